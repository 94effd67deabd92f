"""How a mail looks on the wire: headers that every mail program reads, however long they are."""

import email.policy
from email.header import Header
from email.policy import EmailPolicy
from typing import Any

from django.core.mail import EmailMultiAlternatives

# Python would fold these, or make encoded words of them, in which no program looks for an address.
WHOLE = {"list-unsubscribe", "list-unsubscribe-post", "message-id", "references", "in-reply-to"}

LONGEST_WORD = 74  # characters of an encoded word and the space before it: RFC 2047 allows 75 for the word
LONGEST_PLAIN_WORD = 60  # of a subject that is not encoded; Python folds after a longer one, in a way of its own


class Typed(str):
    """A subject that says what was typed. Python's policy would read encoded words in it: «=?utf-8?q?…?=» in a name.

    Nobody may have «kwaad.example» as a name, since mails tell it to others; in code it would become that on its way.
    """

    __slots__ = ()
    name = "Subject"

    @property
    def is_plain(self) -> bool:
        """Whether a mail program shows it as it is, not encoded."""
        return self.isascii() and "=?" not in self and all(len(word) <= LONGEST_PLAIN_WORD for word in self.split())


class PlainHeaders(EmailPolicy):
    """Folds as RFC 2047 and 5322 ask, where Python's own policy does not.

    Python's folding glues two encoded words together when plain words stood between them.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        kept: tuple[str, Any] = super().header_store_parse(name, value)  # refuses a value of several lines
        return (name, Typed(value)) if name.lower() == "subject" else kept

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in WHOLE:
            return f"{name}: {value}{self.linesep}"
        if not isinstance(value, Typed):
            return str(super().fold(name, value))
        if value.is_plain:
            return str(super().fold(name, str(value)))
        words = Header(str(value), "utf-8", maxlinelen=LONGEST_WORD, header_name=name).encode(linesep=self.linesep)
        return f"{name}: {words}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii", "surrogateescape")


class Mail(EmailMultiAlternatives):
    """A mail in text and HTML that is written to bytes with `PlainHeaders`."""

    def message(self, *, policy: Any = email.policy.default) -> Any:
        # 7 bit: not every server says that it takes 8, and a relay that makes 7 of it breaks the DKIM signature.
        lines = {"linesep": policy.linesep, "max_line_length": policy.max_line_length}
        return super().message(policy=PlainHeaders(cte_type="7bit", **lines))
