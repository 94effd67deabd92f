"""A café that gets another time, place or name, or does not go on: what moves along, and who hears of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from events import moments
from events.models import mail_jobs
from werkplaats.versions import mark_of

if TYPE_CHECKING:
    from events.models.cafes import Cafe

# These move along when the start goes to another day.
AROUND = ("ends_at", "opens_at", "closes_at", "asks_from")
# What somebody who says «Ik kom» says it about.
ASKED_ABOUT = ("title", "label", "question", "starts_at", "ends_at", "room")
OFF = "Dit café is afgelast. Maak een nieuw café."


class Moving(models.Model):
    """The part of a café that changes what people agreed to."""

    class Meta:
        abstract = True

    # Of the café.
    starts_at: Any
    called_off_at: Any
    registrations: Any
    mailings: Any
    if TYPE_CHECKING:

        @property
        def opens_later(self) -> bool: ...
        def locked(self) -> "Cafe": ...

    @property
    def asked_about(self) -> str:
        """Names what ASKED_ABOUT says now: a page sends along what it showed of it."""
        return mark_of(*(getattr(self, name) for name in ASKED_ABOUT))

    @property
    def moves(self) -> int:
        """How often people were told that it begins at another moment."""
        return self.mailings.of_another_moment().count()

    def shifted(self, starts_at: datetime, *, typed=()) -> dict[str, datetime]:
        """What the moments in AROUND become when it starts then; those that were `typed` stay as they are.

        Sign-up that is open stays open.
        """
        days = (timezone.localdate(starts_at) - timezone.localdate(self.starts_at)).days
        stays = {*typed, *([] if self.opens_later else ["opens_at"])}
        found = {name: getattr(self, name) for name in AROUND if name not in stays}
        return {name: moments.days_from(value, days) for name, value in found.items() if value and days}

    def ask_again(self) -> None:
        """Who reads a page of before says yes to another day or place than this: their press is not taken."""
        self.registrations.update(version=F("version") + 1)

    def correct(self, fields: Iterable[str]) -> None:
        """Saves these fields without a mail. Who reads a page of before agrees to another café than this: asked again.

        For `ASKED_ABOUT`; the rest changes nothing about what somebody says yes to.
        """
        with transaction.atomic():
            if {*fields} & {*ASKED_ABOUT}:
                self.locked().ask_again()
            self.save(update_fields=fields)

    def move(self, *, by, **changes):
        """Changes the time, the place or both, and tells everyone once; returns the Mailing, None if nothing changed.

        `changes` are `starts_at`, `ends_at`, `room`, `route`, `online_link`. On another day the moments in AROUND move
        along, unless they are given. Raises ValidationError, also when it is called off: nobody would hear of it.
        """
        with transaction.atomic():
            cafe = self.locked()
            if cafe.called_off_at:
                raise ValidationError(OFF)
            was = cafe.starts_at
            changes |= cafe.shifted(changes.get("starts_at", was), typed=changes)
            changed = {name: value for name, value in changes.items() if getattr(cafe, name) != value}
            if not changed:
                return None
            for each in (cafe, self):
                for name, value in changed.items():
                    setattr(each, name, value)
            cafe.full_clean()
            cafe.save(update_fields=changed)
            if cafe.is_ahead:  # it had begun, and now has not: nobody is there yet
                cafe.registrations.filter(came_at__isnull=False).update(came_at=None, checked_in_by=None)
            cafe.ask_again()
            mailing = cafe.mail_to("moved", cafe.registrations.coming(), by=by, was=was)
            cafe.let_in()
            return mailing

    def call_off(self, *, by):
        """Calls it off and tells everyone once; returns the Mailing, None when it was called off already."""
        with transaction.atomic():
            cafe = self.locked()
            if cafe.called_off_at:
                return None
            cafe.called_off_at = self.called_off_at = timezone.now()
            cafe.save(update_fields=["called_off_at"])
            return cafe.mail_to("called_off", cafe.registrations.coming(), by=by)

    def mail_to(self, kind: str, registrations, **fields):
        """Leaves a mail to `registrations` to the worker, in the running transaction; returns its Mailing.

        Who gets one: see `to_mail`.
        """
        people = registrations.to_mail()
        mailing = self.mailings.create(
            kind=kind, starts_at=self.starts_at, moves=self.moves, people=len(people), **fields
        )
        mail_jobs.leave("events.tasks.send_mailing", people, mailing_id=mailing.pk)
        return mailing
