"""A mail server with moods, and the worker that sends to it, for tests."""

import asyncio
import email.policy
import socketserver
import threading
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage

from asgiref.sync import sync_to_async
from django.db import connections
from procrastinate.contrib.django import app


class MailServer(socketserver.ThreadingTCPServer):
    """An SMTP server that keeps what it accepts, from `with` on. Its `mood` is one of

    silent: takes the connection and says nothing; refuse: not now (450); forget: takes the mail, and never says so;
    accept; or a step and an answer to it: ("MAIL", "550 no"), ("RCPT", …), ("DATA", …) for after the text, ("", …) for
    the greeting. `drop` closes the connection once the text is there.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood: str | tuple[str, str] = "accept"
        self.asked = 0
        self.mails: list[EmailMessage] = []
        self.port = self.server_address[1]

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self):
        self.server.asked += 1
        if self.server.mood == "silent":
            self.rfile.read()
            return
        greeting = self.moody("") or b"220 test\r\n"
        self.wfile.write(greeting)
        if not greeting.startswith(b"220"):
            return
        while line := self.rfile.readline().strip().upper():
            if answer := self.answer(line):
                self.wfile.write(answer)

    def moody(self, step: str) -> bytes:
        """What the mood says at this step of the conversation; nothing when it is about another."""
        mood = self.server.mood
        return f"{mood[1]}\r\n".encode() if isinstance(mood, tuple) and mood[0] == step else b""

    def answer(self, line: bytes) -> bytes:
        if refusal := self.moody(line[:4].decode()) if line[:4] != b"DATA" else b"":
            return refusal
        if line.startswith(b"RCPT") and self.server.mood == "refuse":
            return b"450 later\r\n"
        if line == b"DATA":
            self.wfile.write(b"354 go on\r\n")
            mail = b"".join(iter(self.rfile.readline, b".\r\n"))
            if refusal := self.moody("DATA"):
                return refusal
            if self.server.mood == "drop":
                self.connection.close()
                return b""
            self.server.mails.append(email.message_from_bytes(mail, policy=email.policy.default))
            if self.server.mood == "forget":
                return b""
        return b"221 bye\r\n" if line == b"QUIT" else b"250 ok\r\n"


def work(queues=("mail",)) -> None:
    """The worker's work as far as it is due."""

    async def until_idle():
        worker = app.with_connector(app.connector.get_worker_connector())
        async with worker.open_async():
            await worker.run_worker_async(
                queues=list(queues), wait=False, listen_notify=False, install_signal_handlers=False
            )
        await sync_to_async(connections.close_all)()  # in the thread that did the work

    # In a thread of its own: Playwright keeps a loop running in this one, when browser tests came before.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, until_idle()).result()


def time_passes() -> int:
    """Makes what waits for its next try due; returns how many that are."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = now() WHERE queue_name = 'mail' AND status = 'todo'"
        )
        return cursor.rowcount
