"""What erasing a person does to sign-ups: for `werkplaats.avg`."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db.models import OuterRef, Subquery
from django.utils.crypto import salted_hmac

from events.models import Attempt, Cafe, Registration
from werkplaats.backoffice import log
from werkplaats.privacy.person import Person

NOBODY = "(gewist)"


def lock_cafes(person: Person) -> None:
    """Locks the cafés that they signed up for: before any other row, as a sign-up does."""
    for cafe in Cafe.objects.filter(registrations__email__in=person.addresses).order_by("pk").distinct():
        cafe.locked()


def erase(person: Person) -> Counter[str]:
    """Erases a person here, under the locks of `lock_cafes`. Returns how many of each kind.

    Before a café the seat falls free, and goes to who waits for it. Of one that has begun the row stays, as nobody's:
    how many came must not change.
    """
    rows = Registration.objects.filter(email__in=person.addresses).order_by("cafe", "pk").select_related("cafe")
    found = list(rows)
    log.forget(Registration, [each.pk for each in found], NOBODY)
    counts = Counter(sign_ups=len(found))
    for each in found:
        if each.cafe.has_begun:
            counts["sign_ups_counted"] += 1
            forget(each)
        else:
            each.delete()
    for cafe in sorted({each.cafe for each in found}, key=lambda cafe: cafe.pk):
        counts["let_in"] += len(cafe.locked().let_in())
    Attempt.objects.filter(visitor__in=person.visitors).delete()
    return counts


def forget(row: Registration) -> None:
    """Leaves of a sign-up what counts: a seat, a role, whether somebody came."""
    left = {"email": "", "name": NOBODY, "wishes": "", "question": "", "visitor": None, "werkgebied": None}
    Registration.objects.filter(pk=row.pk).update(**left, key=uuid4())


def ids(person: Person) -> list[int]:
    return list(Registration.objects.filter(email__in=person.addresses).order_by("pk").values_list("pk", flat=True))


def marks(person: Person) -> dict[str, str]:
    """Of each of their sign-ups a code of its address, from which nobody reads it: see `addresses`."""
    rows = Registration.objects.filter(email__in=person.addresses).order_by("pk")
    return {str(pk): mark_of(email) for pk, email in rows.values_list("pk", "email")}


def mark_of(email: str) -> str:
    return salted_hmac("events.privacy", email, algorithm="sha256").hexdigest()[:16]


def addresses(marks: dict[str, str], before: datetime) -> set[str]:
    """Under which addresses these sign-ups are, of before this moment: for who erases again after a restore.

    A sign-up may have been another's when the back-up was made: its address has another code.
    """
    rows = Registration.objects.filter(pk__in=map(int, marks), created_at__lt=before).exclude(email="")
    return {email for pk, email in rows.values_list("pk", "email") if mark_of(email) == marks[str(pk)]}


def ahead(now: datetime) -> Any:
    """The addresses under which somebody comes, or waits, for a café that is not over."""
    coming = Registration.objects.filter(cafe__ends_at__gt=now, cafe__called_off_at=None, cancelled_at=None)
    return coming.exclude(email="").order_by().values("email")


def confirmed(email: str) -> Subquery:
    """For a query with addresses in the column `email`: when somebody last confirmed a sign-up under it, if ever."""
    theirs = Registration.objects.filter(email=OuterRef(email), confirmed_at__isnull=False)
    return Subquery(theirs.order_by("-confirmed_at").values("confirmed_at")[:1])


def counted(person: Person) -> Counter[str]:
    """What there is now, for the page that asks first."""
    return Counter(sign_ups=len(ids(person)))


def names(person: Person) -> set[str]:
    return set(Registration.objects.filter(email__in=person.addresses).values_list("name", flat=True)) - {"", NOBODY}
