"""How long sign-ups are kept: they are wiped a set time after the café, and what stays is counts and a few words."""

import calendar
from collections import Counter
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from events import moments
from events.mails import CAFE_HEADER
from events.models import Attempt, Cafe, Registration
from events.places import Seat
from werkplaats import mail
from werkplaats.backoffice import log
from werkplaats.models import User
from werkplaats.words import day, number

GONE = "gewiste aanmelding"


def forget_sign_ups(now: datetime) -> list[Cafe]:
    """Wipes the sign-ups of each café whose time has come; returns the cafés."""
    due = forgotten(now)
    for cafe in due:
        wipe(cafe, now)
    return due


def forgotten(now: datetime) -> list[Cafe]:
    """The cafés whose sign-ups go at this moment."""
    over = Cafe.objects.filter(forgotten_at=None, ends_at__lt=now)
    return [cafe for cafe in over if forgets_at(cafe) <= now]


def forget_wishes(now: datetime) -> int:
    """Wipes what people wished for at cafés that ended before today; returns how many wishes."""
    today = moments.days_from(now, 0, moments.MIDNIGHT)
    return Registration.objects.filter(cafe__ends_at__lt=today).exclude(wishes="").update(wishes="")


def wipe(cafe: Cafe, now: datetime) -> int:
    """Deletes the sign-ups, also from the admin's log and from the demo's mails, and keeps counts. Returns how many."""
    with transaction.atomic():
        cafe = cafe.locked()
        rows = cafe.registrations.all()
        log.forget(Registration, rows.values_list("pk", flat=True), GONE)
        cafe.final_counts = {**cafe.counts, "totals": totals_of(rows)}
        cafe.forgotten_at = now
        cafe.save(update_fields=["final_counts", "forgotten_at"])
        emails = set(rows.exclude(email="").values_list("email", flat=True))
        gone = rows.count()
        rows.delete()
        cafe.attempts.all().delete()
        forget_people(emails)
    mail.forget(CAFE_HEADER, str(cafe.pk))
    return gone


def forget_people(emails: set[str]) -> int:
    """Deletes the users of these addresses who only ever pressed «Ik kom»; returns how many there were.

    Nothing else hangs on them, they never logged in, and nobody made them staff or gave them a name.
    """
    bare = {"last_login": None, "is_staff": False, "is_superuser": False, "is_active": True, "name": ""}
    people = User.objects.filter(email__in=emails, **bare)
    people = people.exclude(email__in=Registration.objects.exclude(email="").values("email"))
    relations: Any = User._meta.get_fields(include_hidden=True)
    for relation in relations:
        model = relation.related_model
        if relation.auto_created and not (relation.concrete or model is EmailAddress or model._meta.proxy):
            rows = model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            people = people.exclude(Exists(rows))
    found = list(people.values_list("pk", flat=True))
    User.objects.filter(pk__in=found).delete()
    return len(found)


def forget_attempts(now: datetime) -> int:
    """Wipes which addresses browsers tried, once the café is over; returns how many."""
    gone, _ = Attempt.objects.filter(cafe__ends_at__lt=now).delete()
    return gone


def forgets_at(cafe: Cafe) -> datetime:
    """When the sign-ups may be wiped: at midnight, `keep_months` after the day of the café."""
    ended = timezone.localtime(cafe.ends_at).date()
    years, month = divmod(ended.month - 1 + cafe.keep_months, 12)
    year, month = ended.year + years, month + 1
    date = ended.replace(year=year, month=month, day=min(ended.day, calendar.monthrange(year, month)[1]))
    return timezone.make_aware(datetime.combine(date, moments.MIDNIGHT))


def told(cafe: Cafe) -> str:
    """When the sign-ups will be wiped, or were, in words."""
    if cafe.forgotten_at:
        return f"De aanmeldingen zijn gewist op {day(cafe.forgotten_at)}. De aantallen zijn gebleven."
    return f"De aanmeldingen worden gewist op {day(forgets_at(cafe))}. De wensen al op de dag na het café."


def told_of_counts(cafe: Cafe) -> str:
    """What is left to tell about a café whose sign-ups are wiped; empty as long as they are there."""
    if not cafe.forgotten_at:
        return ""
    totals = totals_that_stay(cafe) or {"people": 0, "came": 0}
    people = number(totals["people"], "persoon was,mensen waren")
    return f"{told(cafe)} {people} aangemeld, van wie {totals['came']} afgevinkt."


def totals_that_stay(cafe: Cafe) -> dict | None:
    """As `totals_of`, for a café whose sign-ups are wiped."""
    return cafe.final_counts and cafe.final_counts.get("totals")


def totals_of(registrations) -> dict:
    """How many people these are, by place, by role and by werkgebied; cancelled sign-ups do not count."""
    coming = registrations.coming().order_by()
    tables: list[tuple[str, Counter]] = [(name, Counter()) for name in ("plaats", "rol", "werkgebied")]
    came = 0
    fields = ("seat", "role__name", "werkgebied__name", "came_at", "people")
    for seat, role, area, was_there, people in coming.values_list(*fields):
        names = (Seat(seat).label if seat else "wachtlijst", role or "niet ingevuld", area or "niet ingevuld")
        for (_, counter), name in zip(tables, names, strict=True):
            counter[name] += people
        came += people if was_there else 0
    return {
        "people": tables[0][1].total(),
        "came": came,
        "tables": [(name, counter.most_common()) for name, counter in tables],
    }
