"""A mail server with moods, for tests."""

import email.policy
import socketserver
import threading
from email.message import EmailMessage


class MailServer(socketserver.ThreadingTCPServer):
    """An SMTP server that keeps what it accepts, from `with` on. Its `mood` is one of

    silent: takes the connection and says nothing; refuse: not now (450); forget: takes the mail, and never says so;
    accept.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood = "accept"
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
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline().strip().upper():
            if answer := self.answer(line):
                self.wfile.write(answer)

    def answer(self, line: bytes) -> bytes:
        if line.startswith(b"RCPT") and self.server.mood == "refuse":
            return b"450 later\r\n"
        if line == b"DATA":
            self.wfile.write(b"354 go on\r\n")
            mail = b"".join(iter(self.rfile.readline, b".\r\n"))
            self.server.mails.append(email.message_from_bytes(mail, policy=email.policy.default))
            if self.server.mood == "forget":
                return b""
        return b"221 bye\r\n" if line == b"QUIT" else b"250 ok\r\n"
