"""A coordinator corrects a sign-up, maybe to that of somebody else: whose words are left then, and who hears."""

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models, transaction
from django.db.models import F

from events.models import mail_jobs
from werkplaats.models import FailedMail

if TYPE_CHECKING:
    from events.models.cafes import Cafe

# Who somebody is. The page of a sign-up lets its owner change these only as long as they are not their own words.
WHO = {"name", "role", "werkgebied"}
NOTHING_SAID: dict[str, Any] = {"wishes": "", "question": "", "role": None, "werkgebied": None}


class Corrected(models.Model):
    """The part of a registration that a coordinator types over."""

    class Meta:
        abstract = True

    # Of the registration.
    cafe: "Cafe"
    version: Any
    cancels: int
    term_mails: int
    named_at: Any
    email: Any
    key: Any
    cancelled_by_id: int | None
    if TYPE_CHECKING:

        @property
        def is_coming(self) -> bool: ...

    def retype(self, typed: set[str]) -> None:
        """Saves only these fields, which a coordinator typed: the place may have changed since the form was opened.

        What they correct makes nothing anybody's own: its owner saw none of it, and is asked once it says who they are.
        Another address takes the sign-up from the owner of the former, with its link and the code for the door, and
        gets a mail where that one cancelled; it is asked anew whether it comes. So does another name that comes with an
        address where none was: nobody knows whether it is still the same person.
        """
        if not typed:
            return
        with transaction.atomic():
            self.cafe.locked()
            was = type(self)._default_manager.get(pk=self.pk)
            self.version = F("version") + 1
            changed = typed | {"version"}
            if typed & WHO or is_another(was.email, typed):
                self.named_at = None
                changed |= {"named_at"}
            if is_another(was.email, typed):
                self.cancels = self.term_mails = 0
                self.key = uuid4()
                changed |= {"cancels", "term_mails", "key"} | self.forget_the_former(typed)
            if "email" in typed:  # what was refused was a mail to the former
                FailedMail.objects.about("registration_id", self.pk).delete()
            self.save(update_fields=changed)
            self.refresh_from_db(fields=["version"])
            # Who had the mails until now may have said that they do not come: not for whom it is about.
            if "email" in typed and was.email and not was.is_coming and was.cancelled_by_id is None:
                mail_jobs.leave("events.tasks.send_cancellation", [self], by_former=True)

    def forget_the_former(self, typed: set[str]) -> set[str]:
        """With another name and another address it is somebody else, who reads nothing of the former. Does not save.

        Returns the fields that were emptied.
        """
        if "name" not in typed:
            return set()
        gone = {name: value for name, value in NOTHING_SAID.items() if name not in typed and getattr(self, name)}
        for name, value in gone.items():
            setattr(self, name, value)
        return {*gone}


def is_another(address: str, typed: set[str]) -> bool:
    """Whether somebody else may read a sign-up of this address once these fields are typed: nobody knows them here."""
    return "email" in typed and bool(address or "name" in typed)
