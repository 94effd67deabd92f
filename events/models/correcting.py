"""A coordinator corrects a sign-up, maybe to that of somebody else: whose words are left then, and who hears."""

from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.db.models import F

from events.models import mail_jobs

if TYPE_CHECKING:
    from events.models.cafes import Cafe

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
    cancelled_by_id: int | None
    if TYPE_CHECKING:

        @property
        def is_coming(self) -> bool: ...

    def retype(self, typed: set[str]) -> None:
        """Saves only these fields, which a coordinator typed: the place may have changed since the form was opened.

        What they correct makes the rest nobody's own: its owner saw none of it. Another address takes it from the
        owner of the former, and gets a mail where that one cancelled.
        """
        if not typed:
            return
        with transaction.atomic():
            self.cafe.locked()
            was = type(self)._default_manager.get(pk=self.pk)
            self.version = F("version") + 1
            changed = typed | {"version"}
            if "email" in typed and was.email:  # somebody else may read it: nobody knows them here
                self.cancels = self.term_mails = 0
                self.named_at = None
                changed |= {"cancels", "term_mails", "named_at"} | self.forget_the_former(typed)
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
