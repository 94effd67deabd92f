"""How a mail looks on the wire: headers that every mail program reads, however long they are."""

import email.policy
from email.header import Header
from email.policy import EmailPolicy
from typing import Any

from django.core.mail import EmailMultiAlternatives

# Python would fold these, or make encoded words of them, in which no program looks for an address.
WHOLE = {"list-unsubscribe", "list-unsubscribe-post", "message-id", "references", "in-reply-to"}

LONGEST_WORD = 74  # characters of an encoded word and the space before it: RFC 2047 allows 75 for the word


class PlainHeaders(EmailPolicy):
    """Folds as RFC 2047 and 5322 ask, where Python's own policy does not.

    Python's folding glues two encoded words together when plain words stood between them.
    """

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in WHOLE:
            return f"{name}: {value}{self.linesep}"
        if name.lower() == "subject" and not str(value).isascii():
            words = Header(str(value), "utf-8", maxlinelen=LONGEST_WORD, header_name=name).encode(linesep=self.linesep)
            return f"{name}: {words}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


class Mail(EmailMultiAlternatives):
    """A mail in text and HTML that is written to bytes with `PlainHeaders`."""

    def message(self, *, policy: Any = email.policy.default) -> Any:
        return super().message(policy=PlainHeaders(linesep=policy.linesep, max_line_length=policy.max_line_length))
