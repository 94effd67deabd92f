"""People who keep signing up at a running site, whatever happens to it, and remember what was acknowledged."""

import asyncio
import contextlib
import itertools
import threading
from collections.abc import Iterator

import psycopg

from bench.load import Person, ask
from bench.server import manage
from tests.helpers import loops

PATIENCE = 15  # seconds that someone waits for an answer
WRITERS = 6


class Writers:
    """`acknowledged` are the addresses whose sign-up was answered with a yes, `refused` counts the others."""

    def __init__(self, port: int):
        self.port = port
        self.guest = Person(port, "/cafes/proef/")
        self.numbers = itertools.count()
        self.acknowledged: list[str] = []
        self.refused = 0
        self.going = True

    async def everyone(self) -> None:
        await asyncio.gather(*(self.one() for _ in range(WRITERS)))

    async def one(self) -> None:
        while self.going:
            address = f"gast{next(self.numbers)}@example.org"
            try:
                async with asyncio.timeout(PATIENCE):
                    agreed = await self.sign_up(address)
            except (OSError, EOFError, TimeoutError):
                agreed = False
            if agreed:
                self.acknowledged.append(address)
            else:
                self.refused += 1
                await asyncio.sleep(0.05)

    async def sign_up(self, address: str) -> bool:
        self.guest.start_anew()  # one browser signs up few addresses
        request = self.guest.post("/cafes/proef/aanmelden/", wish="room", name="Gast", email=address)
        reader, stream = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            return (await ask(reader, stream, request)).status < 400
        finally:
            stream.close()
            with contextlib.suppress(OSError):
                await stream.wait_closed()


@contextlib.contextmanager
def writing_to(port: int) -> Iterator[Writers]:
    """Writers at work in a thread of their own."""
    writers = Writers(port)
    thread = threading.Thread(target=loops.run, args=[writers.everyone()])
    thread.start()
    try:
        yield writers
    finally:
        writers.going = False
        thread.join()


def open_a_cafe(variables: dict[str, str], slug: str = "proef", **capacities: int) -> None:
    """A café with room for everyone unless told otherwise, at /cafes/proef/ unless told where."""
    fields = {"slug": slug, "room_capacity": 30_000, "online_capacity": 0, **capacities}
    manage(
        variables, "shell", "--verbosity=0", "-c", f"from tests.helpers import factories; factories.cafe(**{fields})"
    )


def kept(database_url: str) -> set[str]:
    """The addresses that are in the database."""
    with psycopg.connect(database_url) as connection:
        return {address for (address,) in connection.execute("SELECT email FROM events_registration")}
