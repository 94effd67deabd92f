"""Mails as files in a folder, for the demo and its Postvak."""

import html
import secrets
from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


def forget(header: str, value: str) -> None:
    """Removes the mails with this value, also among others, in this header from every folder that mails are kept in."""
    for mailer in settings.MAILERS.values():
        if folder := mailer.get("OPTIONS", {}).get("folder"):
            for file in Path(folder).glob("*.eml"):
                with file.open("rb") as content:
                    found = BytesHeaderParser().parse(content).get(header, "")
                if value in (each.strip() for each in found.split(",")):
                    file.unlink(missing_ok=True)


def forget_about(is_about: Callable[[str], bool]) -> int:
    """Removes the mails of whose headers and words `is_about` says so from every folder. Returns how many.

    Each file as it is, and with its parts decoded.
    """
    count = 0
    for mailer in settings.MAILERS.values():
        if folder := mailer.get("OPTIONS", {}).get("folder"):
            for file in Path(folder).glob("*.eml"):
                if is_about(words_of(file.read_bytes())):
                    file.unlink(missing_ok=True)
                    count += 1
    return count


def words_of(content: bytes) -> str:
    """All that can be read in a mail: headers, and every part of text."""
    mail = message_from_bytes(content, policy=policy.default)
    parts = [f"{name}: {value}" for name, value in mail.items()]
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            parts.append(str(part.get_content()))
    return html.unescape("\n".join(parts))


class FolderBackend(BaseEmailBackend):
    """Writes each mail as one .eml file, newest name last; any mail program opens it."""

    def __init__(self, *, folder: Path, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(folder)

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for mail in messages:
            content = mail.message()
            name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(6)}.eml"
            partial = self.folder / f".{name}"
            partial.write_bytes(content.as_bytes())
            partial.rename(self.folder / name)
        return len(messages)
