"""What is of the site itself: log-ins, mails that never arrived, what is kept and for how long."""

from datetime import timedelta
from types import SimpleNamespace

from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory
from django.utils import timezone

from events.models import Attempt
from events.models.attempts import hash_of
from tests.helpers import factories
from tests.werkplaats.hours.cafes import BEGINS, ENDED, until_it_begins
from tests.werkplaats.hours.place import Place, page, staff_page
from werkplaats import mail, tasks
from werkplaats.accounts.models import Letter
from werkplaats.avg import terms
from werkplaats.mail import state
from werkplaats.mail.models import FailedMail
from werkplaats.people.visitors import COOKIE
from werkplaats.pictures import showing
from werkplaats.pictures.models import Picture
from werkplaats.register.entries import Term

NOON = "2027-11-24 12:00"


def asked_for_code() -> Client:
    factories.user(email="noor@example.org")
    browser = Client()
    browser.post("/accounts/login/", {"email": "noor@example.org"})
    return browser


def code_mail(browser: Client) -> str:
    return "een oude code" if Letter.objects.get().is_stale else "een code"


def logged_in() -> Client:
    browser = Client()
    browser.force_login(factories.user())
    return browser


def failed() -> FailedMail:
    return FailedMail.objects.create(job=1, task="events.tasks.send_term", ids={}, reason="550", at=timezone.now())


def picture() -> Picture:
    return Picture.objects.create(name="0" * 32, width=9, height=9, kept_since=timezone.now())


def planned_job() -> None:
    """A mail that may go at noon, and no worker to send it."""
    noon = timezone.now() + timedelta(hours=1)
    mail.later("events.tasks.send_confirmation", to="a@example.org", at=noon, registration_id=1)


def attempt() -> Attempt:
    return Attempt.objects.create(cafe=until_it_begins(), visitor=factories.visitor(), address=hash_of("a@example.org"))


def left(rows, job):
    """A function that tells whether a row is left when the job looks now."""

    def look(made) -> str:
        if job in Term:
            terms.run(Term(job), timezone.now())
        else:
            getattr(tasks, job)(timestamp=0)
        return "staat er nog" if rows().exists() else "gewist"

    return look


def attempts(made) -> str:
    from events import retention

    retention.forget_attempts(timezone.now())
    return "staat er nog" if Attempt.objects.exists() else "gewist"


def opens(address: str) -> str:
    path, _, query = address.partition("?")
    return "open" if showing.has_key(RequestFactory().get(f"{path}?{query}")) else "dicht"


def known(cookie: str) -> str:
    request = SimpleNamespace(COOKIES={COOKIE.name: cookie})
    return "bekend" if COOKIE.read(request) else "een ander"


KEPT = "staat er nog | gewist"
PLACES = [
    Place(
        "the page for a code, which works a quarter of an hour",
        "werkplaats/settings.py",
        asked_for_code,
        lambda browser: page("/accounts/login/code/confirm/", browser),
        "De code werkt een kwartier. | We mailen je een code.",
        {
            NOON: "De code werkt een kwartier.",
            "2027-11-24 12:14:59": "De code werkt een kwartier.",
            "2027-11-24 12:15:01": "We mailen je een code.",
        },
    ),
    Place(
        "a code that could not be mailed in time",
        "werkplaats/accounts/models.py werkplaats/tasks.py",
        asked_for_code,
        code_mail,
        "een code | een oude code",
        {NOON: "een code", "2027-11-24 12:14:59": "een code", "2027-11-24 12:15": "een oude code"},
    ),
    Place(
        "a log-in, two weeks after somebody was here",
        "werkplaats/people/sessions.py",
        logged_in,
        lambda browser: page("/cafes/", browser),
        "Bekijk al jouw cafés",
        {
            NOON: "Bekijk al jouw cafés",
            "2027-12-08 11:59:59": "Bekijk al jouw cafés",  # which makes it last longer
            "2027-12-22 11:59:58": "Bekijk al jouw cafés",
            "2028-01-05 11:59:58": "",
        },
    ),
    Place(
        "the cookie of a visitor, a year long",
        "werkplaats/web/cookies.py werkplaats/people/visitors.py",
        lambda: COOKIE.sign(factories.visitor().pk.hex),
        known,
        "bekend | een ander",
        {NOON: "bekend", "2028-11-23 12:00": "bekend", "2028-11-23 12:00:01": "een ander"},
    ),
    Place(
        "mails that did not arrive, on Vandaag",
        "werkplaats/home/mail.py",
        failed,
        lambda made: staff_page("/beheer/"),
        "Kwam niet aan: het adres bestaat niet",
        {
            NOON: "Kwam niet aan: het adres bestaat niet",
            "2027-12-01 12:00": "Kwam niet aan: het adres bestaat niet",
            "2027-12-01 12:00:01": "",
        },
    ),
    Place(
        "mails that did not arrive, for a month",
        "werkplaats/mail/models.py werkplaats/avg/tasks.py",
        failed,
        left(FailedMail.objects.all, Term.JOBS),
        KEPT,
        {"2027-11-24 12:00": "staat er nog", "2027-12-24 11:59:59": "staat er nog", "2027-12-24 12:00": "gewist"},
    ),
    Place(
        "letters whose job is gone",
        "werkplaats/accounts/models.py werkplaats/avg/tasks.py",
        lambda: Letter.objects.create(to="a@example.org", template="x", data={}),
        left(Letter.objects.all, Term.LETTERS),
        KEPT,
        {NOON: "staat er nog", "2027-12-08 11:59:59": "staat er nog", "2027-12-08 12:00": "gewist"},
    ),
    Place(
        "the picture of a form that was never sent",
        "werkplaats/pictures/models.py werkplaats/tasks.py",
        picture,
        left(Picture.objects.all, "forget_kept_pictures"),
        KEPT,
        {NOON: "staat er nog", "2027-11-25 12:00": "staat er nog", "2027-11-25 12:00:01": "gewist"},
    ),
    Place(
        "a log-in that is over",
        "werkplaats/avg/tasks.py",
        logged_in,
        left(Session.objects.all, Term.SESSIONS),
        KEPT,
        {NOON: "staat er nog", "2027-12-08 11:59:59": "staat er nog", "2027-12-08 12:00": "gewist"},
    ),
    Place(
        "which addresses a browser tried",
        "events/retention.py",
        attempt,
        attempts,
        KEPT,
        {BEGINS: "staat er nog", ENDED: "staat er nog", "2027-11-24 16:00:01": "gewist"},
    ),
    Place(
        "the address of a picture that waits, for an hour",
        "werkplaats/pictures/showing.py",
        lambda: showing.with_key("/media/a.webp"),
        opens,
        "open | dicht",
        {NOON: "open", "2027-11-24 13:00": "open", "2027-11-24 13:00:01": "dicht"},
    ),
    Place(
        "the alarm that work waits",
        "werkplaats/mail/state.py werkplaats/mail/queue.py",
        planned_job,
        lambda made: " ".join(state.read().alarms),
        "werk wacht langer dan tien minuten",
        {"2027-11-24 11:00": "", "2027-11-24 12:10": "", "2027-11-24 12:10:01": "werk wacht langer dan tien minuten"},
    ),
    Place(
        "until when security.txt holds",
        "werkplaats/home/machines.py",
        lambda: None,
        lambda made: page("/.well-known/security.txt"),
        "Expires: 2028-05-22T00:00:00Z | Expires: 2028-05-23T00:00:00Z",
        {"2027-11-25 00:59:59": "Expires: 2028-05-22T00:00:00Z", "2027-11-25 01:00": "Expires: 2028-05-23T00:00:00Z"},
    ),
]
