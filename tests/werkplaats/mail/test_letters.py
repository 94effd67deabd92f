"""The reader of mails itself: of what is wrong on the wire, it says so."""

from email.policy import SMTP

import pytest
from django.core.mail import EmailMultiAlternatives

from tests.helpers.letters import Letter

RIGHT = """\
From: De digitale werkplaats <werkplaats@voorbeeld.example>
To: ouder@voorbeeld.example
Subject: =?utf-8?q?E=C3=A9n_caf=C3=A9?= voor =?utf-8?b?w6nDqW4=?=
 =?utf-8?q?_zaal?=
Date: Sat, 28 Nov 2026 12:00:00 +0000
Message-ID: <job-1-2@voorbeeld.example>
Auto-Submitted: auto-generated
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="x"

--x
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 7bit

Hallo, lees https://voorbeeld.example/a/?b=1.
--x
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: 7bit

<!DOCTYPE html><html lang="nl"><head><title>x</title></head><body><p>Hallo &amp; dag</p></body></html>
--x--
"""


def letter(words: str) -> Letter:
    made = Letter("werkplaats@voorbeeld.example", ["ouder@voorbeeld.example"], words.replace("\n", "\r\n").encode())
    assert made.subject is not None  # it is read when somebody asks
    return made


def test_a_right_mail_has_no_faults_and_reads_as_a_mail_program_shows_it():
    found = letter(RIGHT)
    assert found.faults == []
    assert found.subject == "Eén café voor één zaal"
    assert (found.words, found.links_in_text) == ("Hallo & dag", {"https://voorbeeld.example/a/?b=1"})


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (" voor =?utf-8?b?w6", "=?utf-8?q?voor?==?utf-8?b?w6", "glued"),
        ("=?utf-8?b?w6nDqW4=?=", "=?utf-8?b?w6nDqQ?=", "says nothing"),
        ("=?utf-8?q?_zaal?=", "=?utf-8?q?_za=C3?=\n =?utf-8?q?=A9l?=", "says nothing"),  # half a letter in each
        ("=?utf-8?q?_zaal?=", f"=?utf-8?q?{'a' * 70}?=", "an encoded word of 82"),
        ("auto-generated", "auto-generated\nBcc: x@voorbeeld.example", "other headers"),
        ("auto-generated", "auto-generated\nTo: x@voorbeeld.example", "To is there 2 times"),
        ("Message-ID: <job-1-2@voorbeeld.example>\n", "", "Message-ID is there 0 times"),
        ("auto-generated", "auto-generated\nList-Unsubscribe: =?utf-8?q?=3Chttps=3A?=", "List-Unsubscribe is encoded"),
        ("auto-generated", f"auto-generated {'a ' * 40}", "a line of"),
        ("Sat, 28 Nov 2026", "tomorrow", "no date"),
        ("Hallo, lees", "Hallo é, lees", "not 7 bit"),
        ("Hallo, lees", "Hallo\x01, lees", "control character"),
        ("Hallo, lees", "a" * 999, "a line of 1"),
        ("Hallo, lees", "Hallo,<br>lees", "tags or entities"),
        ("Hallo, lees", "d&#x27;Hont", "tags or entities"),
        ("Hallo, lees", "{{ naam }}", "not what a person"),
        ("Hallo &amp; dag", "Hallo <b>dag</p>", "the HTML, line 1"),
        ("--x--", "", "a part is not right"),
    ],
)
def test_it_sees_what_is_wrong(before, after, fault):
    assert before in RIGHT
    faults = letter(RIGHT.replace(before, after)).faults
    assert any(fault in each for each in faults), faults


def test_it_sees_a_line_that_ends_otherwise():
    for words in (RIGHT.replace("\n", "\r\n").replace("lees ", "lees\n"), RIGHT.replace("\n", "\r\n") + "\r"):
        assert "a line that does not end in CRLF" in Letter("a@b.example", ["c@d.example"], words.encode()).faults


def test_djangos_own_mail_would_not_do():
    """The faults that `werkplaats.mail.headers` is for; once these are gone, that may go."""
    subject = "Je staat op de wachtlijst: Themacafé met ouders over één plan, woensdag 9 december"
    mail = EmailMultiAlternatives(subject, "één", "a@voorbeeld.example", ["b@voorbeeld.example"])
    mail.attach_alternative("<html lang='nl'><body><p>één</p></body></html>", "text/html")
    found = Letter("a@voorbeeld.example", ["b@voorbeeld.example"], mail.message(policy=SMTP).as_bytes())
    assert found.subject != subject or any("glued" in each for each in found.faults)
    assert "not 7 bit" in found.faults
