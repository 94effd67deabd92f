"""Mails as bytes, read by an independent parser: what was typed arrives, and programs find what they look for."""

import email
import email.policy
import re
from email.header import decode_header, make_header
from itertools import product

import pytest
from django.core.mail import EmailMultiAlternatives

from werkplaats.mail.headers import Mail

LONG_URL = f"https://werkplaats.example/mails/123.answers.{'A1b2C3d4E5' * 9}/"
WORDS = ["café", "é", "ouders", "naïef", "plan", "«wat»", "x" * 60, "een wat langere regel van gewone woorden"]


def bytes_of(mail: EmailMultiAlternatives, policy=email.policy.SMTP) -> bytes:
    return mail.message(policy=policy).as_bytes()


def raw_header(sent: bytes, name: str) -> str:
    return re.search(rf"(?ms)^{name}:(.*?)\r?\n(?![ \t])".encode(), sent)[1].decode().removeprefix(" ")


def decoded(raw: str) -> str:
    """As a mail program reads it: unfolded, then RFC 2047. With Python's old parser, which made none of it."""
    return str(make_header(decode_header(re.sub(r"\r?\n(?=[ \t])", "", raw).strip())))


@pytest.mark.parametrize("policy", [email.policy.SMTP, email.policy.default], ids=["smtp", "file"])
def test_the_address_to_unsubscribe_at_leaves_as_it_is(policy):
    mail = Mail("x", "y", "a@example.org", ["b@example.org"], headers={"List-Unsubscribe": f"<{LONG_URL}>"})
    assert raw_header(bytes_of(mail, policy), "List-Unsubscribe") == f"<{LONG_URL}>"


@pytest.mark.parametrize("words", list(product(WORDS, repeat=3)), ids="-".join)
def test_a_subject_comes_as_it_was_typed_and_as_rfc_2047_asks(words):
    subject = " ".join(words)
    raw = raw_header(bytes_of(Mail(subject, "y", "a@example.org", ["b@example.org"])), "Subject")
    assert decoded(raw) == subject
    for found in re.findall(r"=\?.*?\?=", raw):
        assert len(found) <= 75
    assert "?==?" not in raw  # two encoded words have white space between them
    assert all(len(line) <= 78 for line in raw.split("\r\n"))


def test_djangos_own_mail_would_not():
    """The fault that this is for; when it is gone, `PlainHeaders` may go too."""
    subject = "Je staat op de wachtlijst: Themacafé met ouders over één plan, woensdag 9 december"
    sent = bytes_of(EmailMultiAlternatives(subject, "y", "a@example.org", ["b@example.org"]))
    assert "?==?" in raw_header(sent, "Subject") or "  " in decoded(raw_header(sent, "Subject"))
