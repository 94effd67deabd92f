"""Telling people what became of their words, once a publication may not be stopped any more."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from plan.models import Publication, Told
from plan.reading import guests, receivers
from werkplaats import mail
from werkplaats.models import User
from werkplaats.mutes.models import Kind, Mute

JOB = "plan.tasks.send_told"


def tell(publication_id: int) -> int:
    """Writes who is told of a publication, and puts a letter for each of them in the queue. Returns how many letters.

    All of it in one transaction: who kills the worker finds nothing done, or everything. Nothing when it was stopped,
    or told already; who stops it at this moment waits, and is too late.
    """
    with transaction.atomic():
        publication = Publication.objects.select_for_update(no_key=True).get(pk=publication_id)
        if not publication.is_waiting:
            return 0
        now = timezone.now()
        receivers.write(publication, now)
        _add_participants(publication)
        letters = _letters(publication)
        mail.later_to_all(JOB, [(address, {"told_id": pk}) for pk, address in letters])
        Told.objects.filter(pk__in=[pk for pk, _ in letters]).update(mailed_at=now)
        publication.told_at = now
        publication.save(update_fields=["told_at"])
    return len(letters)


def tell_when_due(publication_id: int) -> None:
    """The same for the job, which may be one of before the letters were stopped and sent after all: then it is early.

    By the clock of the database, as the worker finds a job by it.
    """
    if Publication.objects.filter(pk=publication_id, leaves_at__lte=Now()).exists():
        tell(publication_id)


def _add_participants(publication: Publication) -> None:
    told = [Told(publication=publication, registration=each) for each in guests.of_publication(publication)]
    Told.objects.bulk_create(told, ignore_conflicts=True)


def _letters(publication: Publication) -> list[tuple[int, str]]:
    """The key of each row that gets a letter, with the address: not of who switched these off."""
    off = Mute.objects.filter(kind=Kind.TOLD).values("user")
    people = publication.told.filter(user__in=User.objects.reachable()).exclude(user__in=off)
    guests = publication.told.filter(registration__isnull=False)
    return [
        *people.order_by("pk").values_list("pk", "user__email"),
        *guests.order_by("pk").values_list("pk", "registration__email"),
    ]
