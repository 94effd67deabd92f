"""No mail is a weapon: an address that nobody proved to be theirs gets so many a day."""

from types import SimpleNamespace

import pytest
from django.core import mail as outbox

from werkplaats import mail, tasks
from werkplaats.accounts.models import Letter
from werkplaats.models import User

MOST = 10
pytestmark = pytest.mark.django_db


def job(number: int, attempts: int = 0):
    return SimpleNamespace(job=SimpleNamespace(id=number, attempts=attempts))


def send(to: str, times: int, attempts: int = 0) -> None:
    data = {"email": to}
    for number in range(times):
        mail.send(job(number, attempts), template="account/email/unknown_account", to=to, data=data)


def test_an_address_that_nobody_proved_gets_ten_mails_a_day(caplog):
    send("doelwit@example.org", MOST + 3)
    send("ander@example.org", 1)
    assert [sent.to for sent in outbox.outbox] == [["doelwit@example.org"]] * MOST + [["ander@example.org"]]
    assert caplog.text.count("was dropped") == 3
    assert "doelwit" not in caplog.text


def test_a_proven_address_gets_all():
    User.objects.confirmed("bekend@example.org")
    send("bekend@example.org", MOST + 3)
    assert len(outbox.outbox) == MOST + 3


def test_trying_again_counts_once():
    for attempt in range(MOST + 3):
        send("doelwit@example.org", 1, attempts=attempt)
    assert len(outbox.outbox) == MOST + 3


def test_a_code_always_goes():
    send("doelwit@example.org", MOST)
    letter = Letter.objects.create(
        to="doelwit@example.org", template="account/email/login_code", data={"email": "", "code": "ABC-DEF"}
    )
    tasks.send_letter.func(job(99), letter_id=letter.pk)
    assert "ABC-DEF" in outbox.outbox[-1].subject
