"""Headers as bytes: programs find what they look for, and a subject says what was typed. See also test_every_mail."""

import email.policy
import re
from itertools import product

import pytest

from tests.helpers.letters import LONGEST_WITH_WORDS, WANTED, shown
from werkplaats.mail.headers import Mail

LONG_URL = f"https://werkplaats.example/mails/123.answers.{'A1b2C3d4E5' * 9}/"
WORDS = ["café", "é", "ouders", "naïef", "«wat»", "x" * 60, "y" * 119, "een wat langere regel van gewone woorden"]
WORDS += ["=?utf-8?q?kwaad=2Eexample?=", "=?utf-8?b?w6k=?=", "a=?b", "d'Hont & Bo"]


def raw_header(mail: Mail, name: str, policy=email.policy.SMTP) -> str:
    sent = mail.message(policy=policy).as_bytes()
    return re.search(rf"(?ms)^{name}:(.*?)\r?\n(?![ \t])".encode(), sent)[1].decode().removeprefix(" ")


@pytest.mark.parametrize("policy", [email.policy.SMTP, email.policy.default], ids=["smtp", "file"])
def test_the_address_to_unsubscribe_at_leaves_as_it_is(policy):
    mail = Mail("x", "y", "a@example.org", ["b@example.org"], headers={"List-Unsubscribe": f"<{LONG_URL}>"})
    assert raw_header(mail, "List-Unsubscribe", policy) == f"<{LONG_URL}>"


def test_a_subject_comes_as_it_was_typed_and_as_rfc_2047_asks():
    for words in product(WORDS, repeat=3):
        subject = " ".join(words)
        raw = raw_header(Mail(subject, "y", "a@example.org", ["b@example.org"]), "Subject")
        faults: list[str] = []
        assert shown(re.sub(r"\r\n(?=[ \t])", "", raw).strip(), faults) == subject
        assert faults == []
        lines = f"Subject: {raw}".split("\r\n")
        assert all(len(line) <= (LONGEST_WITH_WORDS if "=?" in line else WANTED) for line in lines)
        assert all(line.strip() for line in lines)


def test_a_subject_of_ordinary_words_stays_readable_in_the_source():
    subject = "Je bijdrage staat online, en daar zijn we blij mee: dank je wel voor het meedenken over d'Hont & Bo"
    raw = raw_header(Mail(subject, "y", "a@example.org", ["b@example.org"]), "Subject")
    assert "=?" not in raw and raw.replace("\r\n", "") == subject


def test_a_subject_of_two_lines_is_no_subject():
    with pytest.raises(ValueError, match="linefeed"):
        Mail("een\nBcc: x@example.org", "y", "a@example.org", ["b@example.org"]).message()
