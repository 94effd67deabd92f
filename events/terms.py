"""What the terms do to sign-ups; `werkplaats.avg` runs them."""

from django.db.models import QuerySet

from events import moments, retention
from events.models import Attempt, Cafe, Registration
from werkplaats.privacy.running import At, Work, Works
from werkplaats.register.entries import Term


def cafes(at: At) -> QuerySet[Cafe]:
    """Those whose sign-ups go."""
    return Cafe.objects.filter(pk__in=[cafe.pk for cafe in retention.forgotten(at.now)])


def sign_ups(at: At) -> int:
    return Registration.objects.filter(cafe__in=cafes(at)).count()


def wipe(pks: list[int], at: At) -> int:
    """Returns how many sign-ups went with these cafés."""
    return sum(retention.wipe(cafe, at.now) for cafe in retention.forgotten(at.now) if cafe.pk in pks)


def wishes(at: At) -> QuerySet[Registration]:
    today = moments.days_from(at.now, 0, moments.MIDNIGHT)
    return Registration.objects.filter(cafe__ends_at__lt=today).exclude(wishes="")


def attempts(at: At) -> QuerySet[Attempt]:
    return Attempt.objects.filter(cafe__ends_at__lt=at.now)


WORKS: Works = {
    Term.SIGN_UPS: [
        Work("aanmelding,aanmeldingen", cafes, wipe, count=sign_ups, first=1, most=1),
        Work(
            "code van wie zich aanmeldde,codes van wie zich aanmeldden",
            attempts,
            lambda pks, at: Attempt.objects.filter(pk__in=pks).delete()[0],
        ),
    ],
    Term.WISHES: [
        Work(
            "wens over eten of toegankelijkheid,wensen over eten of toegankelijkheid",
            wishes,
            lambda pks, at: wishes(at).filter(pk__in=pks).update(wishes=""),
        )
    ],
}
