"""A code is never held up, a letter that came too late does not go, and what never arrives somebody knows of."""

import smtplib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.helpers import factories
from tests.helpers.mailserver import time_passes, work
from werkplaats import mail, tasks
from werkplaats.accounts.models import Letter
from werkplaats.avg import terms
from werkplaats.mail.failures import NotNow, Refused, failure_of
from werkplaats.mail.models import ENOUGH, TYPED_ENOUGH, FailedMail
from werkplaats.mail.queue import MOST_ATTEMPTS
from werkplaats.register.entries import Term

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "ouder@example.org"


def fetch(queue: str) -> str | None:
    """The job that a worker of this queue would take now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_fetch_job_v2(%s, NULL)", [[queue]])
        return cursor.fetchone()[0]


def ask_for_a_code() -> None:
    factories.user(email=ADDRESS)
    Client().post("/accounts/login/", {"email": ADDRESS})


def test_a_mail_that_is_planned_keeps_no_others_waiting():
    hour = timezone.now() + timedelta(hours=1)
    mail.later("posts.tasks.send_answers", to=ADDRESS, at=hour, notice_id=1)
    mail.later("posts.tasks.send_approved", to=ADDRESS, post_id=1)
    assert fetch("mail") == "posts.tasks.send_approved"


def test_a_mail_that_the_server_refused_for_now_keeps_no_code_and_no_other_app_waiting():
    mail.later("events.tasks.send_confirmation", to=ADDRESS, registration_id=1)
    assert fetch("mail")  # it is being sent, for as long as the server is silent
    ask_for_a_code()
    mail.later("events.tasks.send_change", to=ADDRESS, registration_id=1)
    mail.later("posts.tasks.send_approved", to=ADDRESS, post_id=1)
    assert fetch("codes") == "werkplaats.tasks.send_code"
    assert fetch("mail") == "posts.tasks.send_approved"
    assert fetch("mail") is None  # mails of one app to one address keep their order


def test_codes_do_not_wait_for_700_other_mails():
    mails = [(f"gast{number}@example.org", {"registration_id": number}) for number in range(700)]
    mail.later_to_all("events.tasks.send_confirmation", mails)
    ask_for_a_code()
    assert fetch("codes") == "werkplaats.tasks.send_code"


def test_an_expired_code_is_never_sent(settings):
    ask_for_a_code()
    letter = Letter.objects.get()
    Letter.objects.update(created_at=timezone.now() - timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT))
    tasks.send_code.func(SimpleNamespace(job=SimpleNamespace(id=1, attempts=1, task_name="x")), letter_id=letter.pk)
    assert not outbox.outbox and not Letter.objects.exists()


FOR_GOOD = [("RCPT", "550 5.1.1 <ouder@example.org>: no such user"), ("MAIL", "550 no"), ("DATA", "554 spam")]
FOR_GOOD += [("DATA", "552 full")]
FOR_NOW = [("", "421 busy"), ("MAIL", "451 later"), ("RCPT", "450 later"), ("DATA", "451 later"), "drop"]


@pytest.mark.parametrize("mood", FOR_GOOD, ids=str)
def test_what_is_refused_for_good_is_given_up_at_once_and_known(mail_server, caplog, mood):
    registration = factories.registration(factories.cafe(), email=ADDRESS)
    mail_server.mood = mood
    work()
    [job] = ProcrastinateJob.objects.filter(queue_name="mail")
    assert (job.status, job.attempts) == ("failed", 1)
    failed = FailedMail.objects.get()
    assert (failed.task, failed.ids["registration_id"]) == ("events.tasks.send_confirmation", registration.pk)
    assert failed.reason.startswith(mood[1][:3])
    assert ADDRESS not in caplog.text + failed.reason
    assert mood[1][:3] in caplog.text


@pytest.mark.parametrize("mood", FOR_NOW, ids=str)
def test_what_is_refused_for_now_is_tried_again(mail_server, caplog, mood):
    factories.registration(factories.cafe(), email=ADDRESS)
    mail_server.mood = mood
    work()
    [job] = ProcrastinateJob.objects.filter(queue_name="mail")
    assert (job.status, job.attempts) == ("todo", 1)
    assert caplog.text.count(f"Mail {job.pk}") == 1
    mail_server.mood = "accept"
    time_passes()
    work()
    assert len(mail_server.mails) == 1 and not FailedMail.objects.exists()


def test_a_refused_code_leaves_neither_address_nor_code(mail_server):
    ask_for_a_code()
    mail_server.mood = ("RCPT", "550 no such user")
    work(["codes"])
    assert ProcrastinateJob.objects.get(queue_name="codes").status == "failed"
    assert not Letter.objects.exists()


def test_after_three_days_it_is_given_up():
    def refuse(context):
        raise NotNow("451 later")

    refuse.__module__, refuse.__name__ = "tests", "refuse"
    registered = mail.task(refuse)
    job = SimpleNamespace(id=7, attempts=MOST_ATTEMPTS, task_name="tests.refuse", task_kwargs={})
    with pytest.raises(NotNow):
        registered.func(SimpleNamespace(job=job))
    assert FailedMail.objects.get().job == 7
    del app.tasks["tests.refuse"]


def test_a_wrong_password_is_not_the_letters_fault():
    assert isinstance(failure_of(smtplib.SMTPAuthenticationError(535, b"wrong")), NotNow)
    assert isinstance(failure_of(smtplib.SMTPConnectError(554, b"no service")), NotNow)
    assert isinstance(failure_of(smtplib.SMTPResponseException(502, b"no STARTTLS now")), NotNow)
    assert isinstance(failure_of(smtplib.SMTPDataError(999, b"?")), NotNow)
    assert isinstance(failure_of(smtplib.SMTPDataError(554, b"spam")), Refused)


def test_what_is_known_of_failed_mails_goes_after_a_month():
    for number, days in enumerate([29, 31]):
        FailedMail.objects.create(job=number, task="x", ids={}, reason="550", at=timezone.now() - timedelta(days=days))
    Letter.objects.create(to=ADDRESS, template="x", data={})
    Letter.objects.update(created_at=timezone.now() - timedelta(days=15))
    for term in (Term.JOBS, Term.LETTERS):
        terms.run(term, timezone.now())
    assert [each.job for each in FailedMail.objects.all()] == [0]
    assert not Letter.objects.exists()


def test_what_strangers_caused_by_typing_buries_no_mail_that_somebody_misses(client, coordinator):
    now = timezone.now()
    for number in range(60):
        reason = "550 5.1.1 weg" if number == 0 else ENOUGH if number == 1 else TYPED_ENOUGH
        FailedMail.objects.create(job=number, task="x", ids={}, reason=reason, at=now - timedelta(hours=60 - number))
    page = client.get("/beheer/").text
    listed = client.get("/beheer/werkplaats/failedmail/").text
    for text in (page, listed):
        assert "het adres bestaat niet" in text and text.count("dit adres kreeg vandaag al veel mail") == 1
    assert FailedMail(reason=TYPED_ENOUGH).why == FailedMail(reason=ENOUGH).why
    terms.run(Term.JOBS, timezone.now())
    assert FailedMail.objects.count() == 2 + 23  # of a day


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        ("550 5.1.1 <…@example.org>: no such user", "het adres bestaat niet"),
        ("550 no", "het adres bestaat niet"),
        ("552 5.2.2 mailbox full", "het postvak is vol of gesloten"),
        ("550 5.7.1 blocked", "de mailserver vertrouwt onze mail niet"),
        ("554 spam", "de mailserver vertrouwt onze mail niet"),
        ("451 later", "de mailserver weigert"),
    ],
)
def test_why_a_mail_did_not_arrive_is_told_in_words(reason, why):
    assert FailedMail(reason=reason).why == why


def test_a_coordinator_sees_what_did_not_arrive_where_it_belongs(client, coordinator):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert "Alle mail is weg." in client.get("/beheer/").text
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, scheduled_at)"
            " VALUES ('mail', 'x', 'todo', 2, now() + interval '1 hour')"
        )
    assert "Eén mail wacht op een nieuwe poging: dat gaat vanzelf." in client.get("/beheer/").text
    registration = factories.registration(factories.cafe())
    FailedMail.objects.create(
        job=1, task="events.tasks.send_hold", ids={"registration_id": registration.pk}, reason="550 5.1.1 no such user"
    )
    own = f"/beheer/events/registration/{registration.pk}/change/"
    page = client.get("/beheer/").text
    assert f'<a href="{own}">Kwam niet aan: het adres bestaat niet</a>' in page
    assert "Eén mail wacht op een nieuwe poging.</a>" in page
    assert "Kwam niet aan: het adres bestaat niet" in client.get(own).text
    assert "het adres bestaat niet" in client.get("/beheer/werkplaats/failedmail/").text
    assert [page.index(part) for part in ("Nu doen", "Loopt vanzelf", "Cijfers")] == sorted(
        page.index(part) for part in ("Nu doen", "Loopt vanzelf", "Cijfers")
    )


def test_what_a_killed_worker_left_is_put_back_also_beside_a_job_of_which_one_waits_already():
    """The worker dies in an hourly job and in a mail, and the next hour comes before anybody looks."""
    hourly = {"task_name": "werkplaats.tasks.call_moderators", "queueing_lock": "call_moderators", "args": {}}
    with connection.cursor() as cursor:
        for job in (hourly, {"task_name": "events.tasks.send_confirmation", "queueing_lock": None, "queue": "mail"}):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status) VALUES (%s, %s, %s, %s)",
                [job.get("queue", "default"), job["task_name"], job["queueing_lock"], "doing"],
            )
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock) VALUES ('later', %s, %s)",
            [hourly["task_name"], hourly["queueing_lock"]],
        )
    app.configure_task("werkplaats.tasks.rescue_stalled_jobs").defer(timestamp=0)
    work(["default"])
    jobs = ProcrastinateJob.objects.order_by("pk").values_list("task_name", "status")
    assert list(jobs[:4]) == [  # the worker adds those that run by the clock
        ("werkplaats.tasks.call_moderators", "doing"),
        ("events.tasks.send_confirmation", "todo"),
        ("werkplaats.tasks.call_moderators", "todo"),
        ("werkplaats.tasks.rescue_stalled_jobs", "succeeded"),
    ]
