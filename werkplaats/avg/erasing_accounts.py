"""The seam to erasing a person: what an account leaves behind goes, and its words stay without a name."""

from django.contrib.sessions.models import Session
from django.db import transaction

from werkplaats.backoffice import log
from werkplaats.models import User, Visitor


def erase_account(user: User) -> int:
    """Erases the account; its words stay, without a name. Returns how many accounts went."""
    with transaction.atomic():
        found = User.objects.select_for_update().filter(pk=user.pk).first()
        if found is None:
            return 0
        Visitor.objects.filter(user=found).update(user=None)
        log.forget(User, [found.pk])
        found.delete()
    return 1


__all__ = ["Session", "erase_account"]
