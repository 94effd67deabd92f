"""What erasing a person does to who invites: for `werkplaats.avg`. Their link stays, as nobody's."""

from collections import Counter

from inviting.models import Consulent, MondayMail
from werkplaats.backoffice import log
from werkplaats.privacy.person import Person


def erase(person: Person) -> Counter[str]:
    """Call it in the transaction that erases."""
    consulenten = Consulent.objects.filter(user=person.user) if person.user else Consulent.objects.none()
    ids = list(consulenten.values_list("pk", flat=True))
    if ids:
        log.forget(Consulent, ids)
        consulenten.delete()
    if person.user:
        Consulent.pgh_event_model.objects.filter(user=person.user).delete()
    return Counter(consulenten=len(ids))


def names(person: Person) -> set[str]:
    """What they were called at their invitations."""
    found = Consulent.objects.filter(user=person.user) if person.user else Consulent.objects.none()
    return set(found.values_list("name", flat=True))


def job_ids(person: Person) -> dict[str, list[int]]:
    """The arguments of jobs that are about them."""
    mails = MondayMail.objects.filter(consulent__user=person.user) if person.user else MondayMail.objects.none()
    consulenten = Consulent.objects.filter(user=person.user) if person.user else Consulent.objects.none()
    return {
        "consulent_id": list(consulenten.values_list("pk", flat=True)),
        "monday_mail_id": list(mails.values_list("pk", flat=True)),
    }
