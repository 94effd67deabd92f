"""What a mail server may answer instead of «yes», in two kinds: for good, and not now."""

import re
import smtplib

ABOUT_US = "MAIL FROM: "  # stands before what was said of the sender
LONGEST = 300  # characters of what a server said
_ADDRESS = re.compile(r"[^\s<>()\"',;:]+@")


class NotNow(Exception):
    """A mail did not leave; a next try may succeed. Says why, without an address."""


class Refused(Exception):
    """A mail server refused a mail for good. Says why, without an address."""


# Others (log-in, STARTTLS, the greeting) refuse us, or all that we send: the letter itself was not looked at.
ABOUT_THE_LETTER = (smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)


def failure_of(error: Exception) -> NotNow | Refused:
    """What an error of sending means: 5xx is final at every step of a letter, everything else may be tried again."""
    code, words = said_in(error)
    told = " ".join(filter(None, [str(code or ""), words]))[:LONGEST]
    if code and 500 <= code < 600 and isinstance(error, ABOUT_THE_LETTER):
        return Refused(told)
    return NotNow(told or type(error).__name__)


def said_in(error: Exception) -> tuple[int | None, str]:
    """The code and the words of the server, without addresses; no code when it did not come to an answer."""
    words: bytes | str
    code: int | None
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        code, words = None, str(error)
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    if isinstance(error, smtplib.SMTPSenderRefused):
        text = ABOUT_US + text
    return code, _ADDRESS.sub("…@", " ".join(text.split()))
