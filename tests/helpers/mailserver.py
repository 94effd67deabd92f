"""A mail server with moods, and the worker that sends to it, for tests."""

import contextlib
import email.policy
import socket
import socketserver
import threading
from email.message import EmailMessage
from typing import NamedTuple

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.contrib.django import app

from tests.helpers import loops


class Taken(NamedTuple):
    """A mail as it came over the wire, with the addresses that were named outside of it."""

    sender: str
    recipients: list[str]
    wire: bytes


class MailServer(socketserver.ThreadingTCPServer):
    """An SMTP server that keeps what it accepts, from `with` on. Its `mood` is one of

    silent: takes the connection and says nothing; refuse: not now (450); forget: takes the mail, and never says so;
    accept; or a step and an answer to it: ("MAIL", "550 no"), ("RCPT", …), ("DATA", …) for after the text, ("", …) for
    the greeting. `drop` closes the connection once the text is there, `hang up` takes the mail before it does that.
    A mood from RCPT on is for the addresses in `only`, when there are any; the others are well.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood: str | tuple[str, str] = "accept"
        self.only: set[str] = set()
        self.asked = 0
        self.going_on: set[Conversation] = set()  # who gave up may still be heard to the end
        self.named: list[str] = []  # the recipients that came up, in order
        self.taken: list[Taken] = []
        self.refused: list[Taken] = []  # once it had the text
        self.mails: list[EmailMessage] = []
        self.port = self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()

    def take(self, mail: Taken) -> None:
        self.taken.append(mail)
        self.mails.append(email.message_from_bytes(mail.wire, policy=email.policy.default))


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def setup(self):
        super().setup()
        self.server.going_on.add(self)

    def finish(self):
        self.server.going_on.discard(self)
        super().finish()

    def handle(self):
        self.server.asked += 1
        if self.server.mood == "silent":
            with contextlib.suppress(OSError):
                self.rfile.read()
            return
        self.sender, self.recipients = "", []
        greeting = self.moody("") or b"220 test\r\n"
        self.wfile.write(greeting)
        if not greeting.startswith(b"220"):
            return
        while line := self.rfile.readline().strip():
            if answer := self.answer(line):
                self.wfile.write(answer)

    def is_meant(self) -> bool:
        """Whether the mood is for the recipient of this mail; before one is named it is for everybody."""
        only = self.server.only
        return not (only and self.recipients) or bool(only.intersection(self.recipients))

    def moody(self, step: str) -> bytes:
        """What the mood says at this step of the conversation; nothing when it is about another."""
        mood = self.server.mood
        about_this = isinstance(mood, tuple) and mood[0] == step and self.is_meant()
        return f"{mood[1]}\r\n".encode() if about_this else b""

    def answer(self, line: bytes) -> bytes:
        verb = line[:4].upper()
        if verb == b"MAIL":
            self.sender, self.recipients = address_in(line), []
        if verb == b"RCPT":
            self.recipients.append(address_in(line))
            self.server.named.append(self.recipients[-1])
        if refusal := self.moody(verb.decode()) if verb != b"DATA" else b"":
            return refusal
        if verb == b"RCPT" and self.server.mood == "refuse" and self.is_meant():
            return b"450 later\r\n"
        if verb == b"DATA":
            return self.read_mail()
        return b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n"

    def read_mail(self) -> bytes:
        self.wfile.write(b"354 go on\r\n")
        wire = b""
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return b""  # who sends gave up in the middle: half a mail is none
            wire += line.removeprefix(b".")  # RFC 5321, 4.5.2: a dot stands before a line that begins with one
        mood = self.server.mood if self.is_meant() else "accept"
        mail, refusal = Taken(self.sender, self.recipients, wire), self.moody("DATA")
        if refusal or mood == "drop":
            self.server.refused.append(mail)
        else:
            self.server.take(mail)
        if refusal:
            return refusal
        if mood in ("drop", "hang up"):
            self.connection.shutdown(socket.SHUT_RDWR)
        return b"" if mood in ("drop", "hang up", "forget") else b"250 ok\r\n"


def address_in(line: bytes) -> str:
    """The address of `MAIL FROM:<…>` and `RCPT TO:<…>`."""
    return line.partition(b"<")[2].partition(b">")[0].decode()


def work(queues=("mail",)) -> None:
    """The worker's work as far as it is due."""

    async def until_idle():
        worker = app.with_connector(app.connector.get_worker_connector())
        async with worker.open_async():
            await worker.run_worker_async(
                queues=list(queues), wait=False, listen_notify=False, install_signal_handlers=False
            )
        await sync_to_async(connections.close_all)()  # in the thread that did the work

    loops.run(until_idle())


def time_passes() -> int:
    """Makes what waits for its next try due; returns how many that are."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE queue_name = 'mail' AND status = 'todo'"
        )
        return cursor.rowcount
