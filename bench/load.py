"""A small load generator: browsers, keep-alive connections in one event loop, and what came back.

Like browsers it asks for compressed answers, on every page.
"""

import asyncio
import copy
import gzip
import http.client
import itertools
import re
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE = 30  # seconds that someone waits for an answer
MOST_PRESSES, PAUSE = 10, 0.3  # times; seconds, in which a gate moves on and a database is tried anew


@dataclass
class Request:
    method: str
    path: str
    headers: dict = field(default_factory=dict)
    body: str = ""
    then: "Callable[[Answer], Request] | None" = None  # what the same person sends after the answer, counted as one

    def encode(self) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip"]
        if self.method == "POST":
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\n\r\n" + self.body).encode()


@dataclass
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes  # as it is read: no longer compressed
    size: int  # bytes on the wire, headers included
    seconds: float
    again: int = 0  # how often who asked was told to come back, before this

    def __post_init__(self) -> None:
        if self.header("content-encoding") == "gzip":
            self.body = gzip.decompress(self.body)

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: Request) -> Answer:
    began = time.perf_counter()
    writer.write(request.encode())
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [(name.lower(), value) for name, _, value in (line.partition(": ") for line in lines if line)]
    length = next((int(value) for name, value in headers if name == "content-length"), None)
    size = len(head)
    if first.split()[1] in ("204", "304"):
        body = b""
    elif length is not None:
        body = await reader.readexactly(length)
        size += length
    else:
        body = b""
        while True:
            line = await reader.readuntil(b"\r\n")
            piece = await reader.readexactly(int(line, 16) + 2)
            size += len(line) + len(piece)
            body += piece[:-2]
            if len(piece) == 2:
                break
    return Answer(int(first.split()[1]), headers, body, size, time.perf_counter() - began)


async def run(
    port: int, requests: Iterator[Request], *, connections: int, seconds: float
) -> tuple[list[Answer], float]:
    """Sends requests over keep-alive connections for `seconds`; returns the answers and the time it took."""
    answers: list[Answer] = []
    began = time.perf_counter()

    async def client():
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            while time.perf_counter() - began < seconds:
                request, took = next(requests), 0.0
                while request:
                    answer = await ask(reader, writer, request)
                    took += answer.seconds
                    request = request.then(answer) if request.then and answer.status < 400 else None
                answer.body, answer.seconds = b"", took
                answers.append(answer)
        finally:
            writer.close()

    await asyncio.gather(*(client() for _ in range(connections)))
    return answers, time.perf_counter() - began


async def pace(
    port: int,
    requests: Iterator[Request],
    note: Callable[[int, float], None],
    *,
    connections: int,
    seconds: float,
    rate: float,
) -> None:
    """Sends `rate` requests a second; tells `note` the status of each, 0 when no answer came, and the seconds.

    Those count from the moment at which the request was due: so it shows when the site falls behind.
    """
    numbers, began = itertools.count(), time.perf_counter()

    async def client():
        stream = None
        while (due := began + next(numbers) / rate) < began + seconds:
            await asyncio.sleep(due - time.perf_counter())
            status = 0
            try:
                async with asyncio.timeout(PATIENCE):
                    stream = stream or await asyncio.open_connection("127.0.0.1", port)
                    status = (await ask(*stream, next(requests))).status
            except (OSError, EOFError):
                if stream:
                    stream[1].close()
                stream = None
            note(status, time.perf_counter() - due)
        if stream:
            stream[1].close()

    await asyncio.gather(*(client() for _ in range(connections)))


def once(port: int, request: Request, *, timeout: float = PATIENCE) -> Answer:
    """One request on a connection of its own; raises OSError or HTTPException when nothing answers.

    Not with asyncio: the browser proofs ask from a thread in which Playwright keeps a loop running.
    """
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        headers = {"Accept-Encoding": "gzip", **request.headers}
        if request.method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(request.method, request.path, request.body or None, headers)
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    headers = [(name.lower(), value) for name, value in response.getheaders()]
    size = len(body) + sum(len(name) + len(value) + 4 for name, value in headers)
    return Answer(response.status, headers, body, size, time.perf_counter() - began)


def once_let_in(port: int, request: Request, *, timeout: float = PATIENCE) -> Answer:
    """As `once`, by who presses again while the site asks for it: 503 with a time, and nothing was written.

    A shared core that stands still for half a second is a pool without a connection. That is time: who judges what
    became of everybody asks by this, and who promises that few are sent away counts `again`.
    """
    answer = once(port, request, timeout=timeout)
    for again in range(1, MOST_PRESSES):
        if answer.status != 503 or not answer.header("retry-after"):
            break
        time.sleep(PAUSE)
        answer = once(port, request, timeout=timeout)
        answer.again = again
    return answer


def repeat(make: Callable[[], Request]) -> Iterator[Request]:
    while True:
        yield make()


class Person:
    """One browser: a visitor cookie and a CSRF cookie, both earned the ordinary way, and perhaps a log-in."""

    def __init__(self, port: int, page: str, session: str | None = None):
        self.cookies = {"sessie": session} if session else {}
        page_answer = once_let_in(port, Request("GET", page, {"Cookie": self.cookie}))
        self.keep(page_answer)
        self.token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page_answer.body)[1].decode()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def keep(self, answer: Answer) -> None:
        for name, value in answer.headers:
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]

    def start_anew(self) -> None:
        """Becomes a browser that wrote nothing yet; the form that it has in front of it still works."""
        self.token = secrets.token_hex(16)
        self.cookies = {"csrf": self.token}

    def stranger(self) -> "Person":
        """Another browser, with the same form in front of it."""
        other = copy.copy(self)
        other.start_anew()
        return other

    def get(self, path: str) -> Request:
        return Request("GET", path, {"Cookie": self.cookie})

    def post(self, path: str, *, plain: bool = False, **data) -> Request:
        """A form as htmx sends it, or `plain`."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **data})
        return Request("POST", path, {"Cookie": self.cookie} | ({} if plain else {"HX-Request": "true"}), body)
