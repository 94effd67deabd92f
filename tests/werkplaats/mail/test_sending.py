"""No mail is a weapon: an address that nobody proved to be theirs gets so many a day."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail as outbox
from django.db import connection
from django.utils import timezone

from werkplaats import mail, tasks
from werkplaats.accounts.models import Letter
from werkplaats.mail.models import FailedMail
from werkplaats.mail.sending import reference_of
from werkplaats.models import Site, User

MOST, TYPED = 10, 6
pytestmark = pytest.mark.django_db


def job(number: int, attempts: int = 0):
    facts = {"id": number, "attempts": attempts, "task_name": "tests.mail", "task_kwargs": {}}
    return SimpleNamespace(job=SimpleNamespace(**facts))


def send(to: str, times: int, attempts: int = 0) -> None:
    data = {"email": to}
    for number in range(times):
        mail.send(job(1000 + number, attempts), template="account/email/unknown_account", to=to, data=data)


def test_an_address_that_nobody_proved_gets_ten_mails_a_day(caplog):
    send("doelwit@example.org", MOST + 3)
    send("ander@example.org", 1)
    assert [sent.to for sent in outbox.outbox] == [["doelwit@example.org"]] * MOST + [["ander@example.org"]]
    assert caplog.text.count("was dropped") == 3
    assert "doelwit" not in caplog.text


def test_what_a_stranger_causes_by_typing_leaves_room_for_what_the_site_has_to_tell():
    for number in range(20):
        context = job(number)
        mail.send(context, template="account/email/unknown_account", to="a@example.org", data={}, by_typing=True)
    assert len(outbox.outbox) == TYPED
    send("a@example.org", 9)
    assert len(outbox.outbox) == MOST
    assert FailedMail.objects.count() == 20 - TYPED + 9 - (MOST - TYPED)
    assert FailedMail.objects.first().why == "dit adres kreeg vandaag al veel mail"


def test_a_proven_address_gets_all():
    User.objects.confirmed("bekend@example.org")
    send("bekend@example.org", MOST + 3)
    assert len(outbox.outbox) == MOST + 3


def test_a_proven_address_gets_only_so_many_that_strangers_cause_by_typing(monkeypatch):
    User.objects.confirmed("bekend@example.org")
    typed = {"template": "account/email/unknown_account", "to": "bekend@example.org", "data": {}, "by_typing": True}
    for number in range(18):
        mail.send(job(number), **typed)
    assert len(outbox.outbox) == 6
    noon = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    for number in range(18):
        mail.send(job(100 + number), **typed)
    assert len(outbox.outbox) == 12
    send("bekend@example.org", 3)
    mail.send(job(200), **typed | {"always": True})
    assert len(outbox.outbox) == 16


def test_plus_addresses_of_one_mailbox_count_together():
    for number in range(MOST + 3):
        send(f"doelwit+{number}@example.org", 1)
    send("DOELWIT@example.org", 1)
    assert len(outbox.outbox) == MOST
    send("doelwit@ander.example", 1)
    send("+@example.org", 1)
    assert len(outbox.outbox) == MOST + 2


def test_what_strangers_type_for_plus_addresses_of_one_mailbox_counts_together():
    for number in range(TYPED + 3):
        to = f"a+{number}@example.org"
        mail.send(job(number), template="account/email/unknown_account", to=to, data={}, by_typing=True)
    assert len(outbox.outbox) == TYPED


def test_what_goes_always_is_neither_counted_nor_dropped():
    context = {"template": "account/email/unknown_account", "to": "a+1@example.org", "data": {}}
    for number in range(MOST + 3):
        assert mail.send(job(number), **context, always=True)
    send("a@example.org", MOST + 3)
    assert len(outbox.outbox) == 2 * MOST + 3
    assert mail.send(job(99), **context, always=True)


def test_what_a_stranger_caused_is_noted_apart():
    typed = {"template": "account/email/unknown_account", "to": "a@example.org", "data": {}, "by_typing": True}
    for number in range(20):
        mail.send(job(number), **typed)
    assert FailedMail.objects.count() == 20 - TYPED and not FailedMail.objects.missed().exists()
    send("a@example.org", MOST)
    assert FailedMail.objects.missed().count() == TYPED


def test_answers_go_to_the_address_for_questions():
    Site.objects.update_or_create(pk=1, defaults={"contact_email": "vragen@example.org"})
    send("iemand@example.org", 1)
    assert outbox.outbox[0].message()["Reply-To"] == "vragen@example.org"
    Site.objects.update(contact_email="")
    send("ander@example.org", 1)
    assert outbox.outbox[1].message()["Reply-To"] is None


def test_a_message_id_is_the_same_at_each_try_and_another_after_a_restore():
    """After a restore the next job gets a number that was given before."""
    context = job(12_345)
    event = "INSERT INTO procrastinate_events (job_id, type, at) VALUES (12345, 'deferred', now() + %s)"
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE procrastinate_events DROP CONSTRAINT procrastinate_events_job_id_fkey")
        cursor.execute(event, ["0 days"])
    first, again = reference_of(context), reference_of(context)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = 12345")
        cursor.execute(event, ["1 day"])
    assert first == again != reference_of(context)


def test_nothing_is_escaped_in_plain_text(settings, tmp_path):
    for kind, words in (("txt", "{{ name }} schreef\n{{ name }}"), ("html", "{{ name }}")):
        (tmp_path / f"brief.{kind}").write_text(words)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    made = mail.message(template="brief", to="a@example.org", data={"name": "d'Hont & Bo"}, reference="x")
    assert (made.subject, made.body) == ("d'Hont & Bo schreef", "d'Hont & Bo\n")
    assert made.alternatives[0].content == "d&#x27;Hont &amp; Bo"


def test_trying_again_counts_once():
    for attempt in range(MOST + 3):
        send("doelwit@example.org", 1, attempts=attempt)
    assert len(outbox.outbox) == MOST + 3


def test_a_code_always_goes():
    send("doelwit@example.org", MOST)
    letter = Letter.objects.create(
        to="doelwit@example.org", template="account/email/login_code", data={"email": "", "code": "ABC-DEF"}
    )
    tasks.send_code.func(job(99), letter_id=letter.pk)
    assert "ABC-DEF" in outbox.outbox[-1].subject
