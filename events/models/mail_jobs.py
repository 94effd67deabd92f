"""Mail jobs about sign-ups: queued in the running transaction, sent by the worker after it."""

from collections.abc import Iterable

from werkplaats import mail


def leave(job: str, registrations: Iterable, **ids: int) -> None:
    """Leaves `job` to the worker for each of these that gave an address; `ids` are further arguments of the job."""
    mails = [(each.email, {"registration_id": each.pk, **ids}) for each in registrations if each.email]
    mail.later_to_all(job, mails)
