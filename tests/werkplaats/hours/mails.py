"""What the mails about a sign-up say when they leave, on time or late. The café is that of `cafes`."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.test import Client

from events.models import mail_jobs
from events.models.mailings import Mailing
from events.models.registrations import Registration
from tests.events import mailing
from tests.helpers import factories
from tests.helpers.clock import at
from tests.werkplaats.hours.cafes import BEGINS, BEGUN, ENDED, ENDS, until_it_begins
from tests.werkplaats.hours.place import Place
from tests.werkplaats.hours.signups import ASKED, ASKS, firm, unfirm, waiting


def mails(send) -> str:
    """The text of all mails that `send()` leaves, as they leave now."""
    mailing.forget()
    send()
    with tempfile.TemporaryDirectory() as name:
        before, folder = settings.MAILERS, mailing.folder(settings, Path(name))
        found = mailing.deliver(folder)
        settings.MAILERS = before
    return "".join(f"{mail['Subject']}\n{mail.get_body(['plain']).get_content()}" for mail in found)


def reminder(kind: str):
    """A function that has a mail to many leave now, however late."""

    def send(made: Registration) -> str:
        Mailing.objects.all().delete()
        return mails(lambda: made.cafe.mail_to(kind, Registration.objects.filter(pk=made.pk), was=made.cafe.starts_at))

    return send


def known_address(made: Registration) -> str:
    """The mail to somebody without an account who wants to log in."""
    return mails(lambda: Client().post("/accounts/login/", {"email": made.email}))


PLACES = [
    Place(
        "the sign-ups in the mail to somebody who wants to log in without an account",
        "events/templatetags/sign_ups.py",
        firm,
        known_address,
        "We kennen dit adres nog niet | Je bent wel aangemeld voor een café.",
        {
            BEGINS: "We kennen dit adres nog niet | Je bent wel aangemeld voor een café.",
            ENDS: "We kennen dit adres nog niet | Je bent wel aangemeld voor een café.",
            ENDED: "We kennen dit adres nog niet",
        },
    ),
    Place(
        "the mail that confirms, of somebody with a place",
        "templates/events/mail/confirmation.txt templates/events/mail/confirmation.html",
        firm,
        lambda made: mails(made.mail_again),
        "Je bent aangemeld: | Meld je je af, dan krijgt iemand anders je plaats. | "
        "Meld je dan af met de link hierboven.",
        {
            BEGINS: "Je bent aangemeld: | Meld je je af, dan krijgt iemand anders je plaats. | "
            "Meld je dan af met de link hierboven.",
            BEGUN: "Je bent aangemeld:",
            ENDS: "Je bent aangemeld:",
            ENDED: "",
        },
    ),
    Place(
        "the mail that confirms, of somebody in the queue",
        "templates/events/mail/standing.txt templates/events/mail/standing.html templates/events/queue.html",
        waiting,
        lambda made: mails(made.mail_again),
        "krijgt wie het langst wacht die meteen | De eerste die ja zegt, heeft hem. | Dat kan tot het begint",
        {
            ASKS: "krijgt wie het langst wacht die meteen | Dat kan tot het begint",
            ASKED: "De eerste die ja zegt, heeft hem. | Dat kan tot het begint",
            BEGUN: "",
        },
    ),
    *(
        Place(
            f"the mail about {what}, when it leaves late",
            "events/models/confirmable.py templates/events/mail/promotion.txt templates/events/mail/promotion.html",
            makes,
            lambda made, job=job: mails(lambda: mail_jobs.leave(f"events.tasks.{job}", [made])),
            words,
            stands,
        )
        for what, job, makes, words, stands in (
            (
                "a place that came free",
                "send_promotion",
                firm,
                "Er is plaats voor je: | Geef je plaats dan terug",
                {BEGINS: "Er is plaats voor je: | Geef je plaats dan terug", BEGUN: "Er is plaats voor je:", ENDED: ""},
            ),
            (
                "a seat that somebody has to confirm",
                "send_confirmation",
                unfirm,
                "Kom je? Druk op «Ik kom»",
                {BEGINS: "Kom je? Druk op «Ik kom»", ENDS: "Kom je? Druk op «Ik kom»", ENDED: ""},
            ),
            (
                "a turn in the queue that somebody has to confirm",
                "send_confirmation",
                lambda: factories.registration(waiting().cafe, firm=False),
                "Kom je? Druk op «Ik kom»",
                {BEGINS: "Kom je? Druk op «Ik kom»", BEGUN: ""},
            ),
        )
    ),
    Place(
        "the reminder, when it leaves late",
        "events/mails.py events/moments.py",
        firm,
        reminder("week"),
        "Over een week is het zover. | Over 6 dagen is het zover. | Morgen is het zover. | Vandaag is het zover.",
        {
            "2027-11-17 23:59:59": "Over een week is het zover.",
            "2027-11-18 00:00": "Over 6 dagen is het zover.",
            "2027-11-23 23:59:59": "Morgen is het zover.",
            "2027-11-24 00:00": "Vandaag is het zover.",
            BEGINS: "Vandaag is het zover.",
            BEGUN: "",
        },
    ),
    Place(
        "the reminder in the weeks in which the clock changes",
        "events/moments.py",
        lambda: firm(starts_at=at("2026-03-29 19:30"), ends_at=at("2026-03-29 21:30")),
        reminder("week"),
        "Over een week is het zover. | Morgen is het zover. | Vandaag is het zover.",
        {
            "2026-03-22 00:00": "Over een week is het zover.",
            "2026-03-28 23:59:59": "Morgen is het zover.",
            "2026-03-29 00:00": "Vandaag is het zover.",
        },
    ),
    Place(
        "the mail about another time or room, also while the café goes on",
        "events/mails.py templates/events/mail/moved.txt templates/events/mail/moved.html",
        firm,
        reminder("moved"),
        "Er is iets veranderd | Je aanmelding blijft staan | Meld je dan af",
        {
            BEGINS: "Er is iets veranderd | Je aanmelding blijft staan | Meld je dan af",
            BEGUN: "Er is iets veranderd | Je aanmelding blijft staan",
            ENDS: "Er is iets veranderd | Je aanmelding blijft staan",
            ENDED: "",
        },
    ),
    Place(
        "the link to take part online, when it leaves late",
        "events/mails.py templates/events/mail/link.txt templates/events/mail/link.html",
        lambda: factories.registration(until_it_begins(), wish="online"),
        reminder("link"),
        "https://online.example/cafe | Meld je dan af",
        {
            BEGINS: "https://online.example/cafe | Meld je dan af",
            BEGUN: "https://online.example/cafe",
            ENDS: "https://online.example/cafe",
            ENDED: "",
        },
    ),
]
