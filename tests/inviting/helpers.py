"""Consulenten, and their Monday, for tests."""

from inviting.models import Consulent
from tests.events import mailing
from tests.helpers import factories
from werkplaats.people.models import User

MONDAY = "2026-11-02"  # no holiday anywhere; the clock went back a week before


def consulent(name: str = "Anna", *, agreed: bool = True, **fields) -> Consulent:
    """One who said yes, unless told otherwise; the mail that asked is not in the queue."""
    user = User.objects.confirmed(fields.pop("email", f"{name.lower()}@example.org"))
    made = Consulent.objects.invite(user, name)
    if agreed:
        made.agree()
    mailing.forget()
    Consulent.objects.filter(pk=made.pk).update(**fields)
    made.refresh_from_db()
    return made


def question(**fields):
    return factories.question(text="Wat maakt ons Passend Onderwijs tot een succes?", **fields)
