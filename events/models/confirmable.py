"""What makes a sign-up firm, and whose words it holds. Until then it keeps its seat while nobody needs it: see `holds`.

Whoever knows an address can sign it up. So its words (name, place, with whom, role, werkgebied, wishes, question) are:

| the sign-up                       | its words           | who says what                                           |
|-----------------------------------|---------------------|---------------------------------------------------------|
| holds a seat, or would wait       | maybe a stranger's  | its owner «Ik kom», «Zo kom ik», «Ik kom niet»          |
| firm, `named_at` empty            | maybe a stranger's  | the same: a coordinator spoke, its owner saw no words   |
| firm, `named_at` set: `is_own`    | its owner's         | its owner changes them; to type its address does not    |
| cancelled, and was not `is_own`   | maybe a stranger's  | its owner «Ik kom toch», «Zo kom ik»; anyone: anew      |
| cancelled, and was `is_own`       | its owner's         | its owner «Ik kom toch»; anyone: anew, unconfirmed      |

A coordinator who corrects words makes none of them anybody's own. Of who it is, the owner is asked again; another
address takes all of them from the owner of the former: `correcting`.

All come through `make_firm`: it alone decides whose words these are, and whether they were on the screen. A coordinator
and who is logged in say the words themselves: `take_over`.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from events.models import mail_jobs
from events.models.holds import MOST_TERM_MAILS
from events.models.waiting_list import LetIn
from events.places import Seat, Standing, Wish
from werkplaats.models import FailedMail, User
from werkplaats.web import limits

if TYPE_CHECKING:
    from events.models.cafes import Cafe


MOST_CANCELS = 3
OFTEN = "Je meldde je al drie keer af voor dit café. Kom je toch? Bel of mail dan de organisatie."
MANY_CHANGES = "Je veranderde deze aanmelding al vaak. Probeer het later nog eens, of bel of mail de organisatie."
OTHER_WORDS = "Er is intussen iets veranderd aan deze aanmelding. Kijk of het zo klopt, en druk dan nog een keer."


class OldLink(Exception):
    """The sign-up has another address by now than the one that the link was mailed to."""


class Confirmable(models.Model):
    """The part of a registration that knows whether its address was confirmed."""

    confirmed_at = models.DateTimeField("vast sinds", null=True, editable=False)
    # Of an unconfirmed sign-up: the first two only while somebody needs its seat.
    holds_until = models.DateTimeField("houdt de plaats tot", null=True, editable=False)
    nudge_at = models.DateTimeField("tweede mail op", null=True, editable=False)
    # Never more than two for a café and address, however often it is signed up: no stranger makes them endless.
    term_mails = models.PositiveSmallIntegerField("mails over de bedenktijd", default=0, db_default=0, editable=False)
    # Since when its owner knows the words of it: they typed, saw or told them. Until then they are a stranger's.
    named_at = models.DateTimeField("eigen woorden sinds", null=True, editable=False)

    class Meta:
        abstract = True

    mailed_to: str | None = None  # the address that a link or a log-in proved; None when a coordinator acts
    shown: int | None = None  # the `version` on the page that somebody pressed a button of; None for who had no page

    # Of the registration.
    seat: Any
    email: Any
    key: Any
    cafe: Any
    cancelled_at: Any
    version: int
    cancels: int
    people: int
    created_at: Any
    if TYPE_CHECKING:

        @property
        def is_coming(self) -> bool: ...
        @property
        def standing(self) -> Standing: ...
        def locked(self) -> "Cafe": ...
        @property
        def waits_for(self) -> list[Seat]: ...
        def stand(self, standing: Standing) -> None: ...
        def become(self, standing: Standing, people: int, typed: dict, *, firm: bool) -> None: ...
        def change(self, *, wish: Wish, people: int, firm: bool = False, **details: Any) -> bool: ...
        def promote(self, seat: Seat) -> None: ...
        def gets_back(self) -> Standing: ...

    @property
    def is_firm(self) -> bool:
        """Whether we know that this person wants to come: they said so by a mailed link, or told a coordinator."""
        return self.confirmed_at is not None

    @property
    def is_sure(self) -> bool:
        """Whether somebody firm comes, or waits."""
        return self.is_firm and self.is_coming

    @property
    def is_own(self) -> bool:
        """Whether the words of it are those of its owner, or of a coordinator, and not what a stranger typed."""
        return self.is_firm and self.named_at is not None

    @property
    def may_change(self) -> bool:
        """Whether its owner can say how they come. Who cancelled what was never theirs says it when they come back."""
        goes_on = self.cafe.is_ahead and self.cafe.published_at
        return bool(self.cafe.is_ahead if self.is_coming else goes_on and not self.is_own)

    @property
    def holds_still_until(self) -> datetime | None:
        """Until when the seat is kept; None once that is over, also before the job of every few minutes looks."""
        return self.holds_until if self.holds_until and self.holds_until > timezone.now() else None

    @property
    def may_still_come(self) -> bool:
        """Whether a mail about the place helps: until the end, to who is neither firm nor seated until it begins."""
        is_late = self.cafe.is_past or self.cafe.has_begun and not (self.seat or self.is_firm)
        return self.is_coming and not is_late and self.cafe.called_off_at is None

    @property
    def may_become_firm(self) -> bool:
        """Whether «Ik kom» means something: never of a café that is over or called off."""
        return self.is_coming and not (self.is_firm or self.cafe.is_past or self.cafe.called_off_at)

    @property
    def in_reach(self) -> Seat | None:
        """The free place that «Ik kom» gives to somebody without one: nobody firm who waits longer would get it."""
        if self.is_firm or self.seat or not self.cafe.is_ahead:
            return None
        return next((seat for seat in self.waits_for if self._is_next_for(seat)), None)

    def _is_next_for(self, seat: Seat) -> bool:
        places = self.cafe.places(seat)
        if places.free < self.people:
            return False
        return places.fits(self.people) or not (
            self.cafe.registrations.ahead_of(self, seat).filter(people__lte=places.free).exists()
        )

    def make_firm(self) -> None:
        """The one way to become firm, and to come back. Does not save. Call it under the lock, before anything changes.

        Raises ValidationError as `check_shown` and `check_often` do. Its owner saw all words on the page, and where to
        change them as long as the café is ahead: then they are theirs. A coordinator who gives a place starts anew with
        how often somebody cancelled.
        """
        self.check_shown()
        self.check_often()
        if self.mailed_to is None:
            self.cancels = 0
        elif self.cafe.is_ahead:
            self.named_at = self.named_at or timezone.now()
        self.confirmed_at = self.confirmed_at or timezone.now()
        self.holds_until = self.nudge_at = None

    def check_shown(self) -> None:
        """Raises ValidationError "shown" when the page showed another sign-up, or another café, than it is now."""
        if not self.was_shown:
            raise ValidationError(OTHER_WORDS, code="shown")

    @property
    def was_shown(self) -> bool:
        return self.shown in (None, self.version)

    def check_often(self) -> None:
        """Raises ValidationError "often" for whoever cancelled so often that a coordinator has to give the place."""
        if self.mailed_to is not None and not self.is_sure and self.cancels >= MOST_CANCELS:
            raise ValidationError(OFTEN, code="often")

    def check_changes(self) -> None:
        """Counts one more change by who had the mail, or is logged in. Raises ValidationError "shown" and "many".

        Each is mailed, and others may have the link by now: they fill no mailbox with it. What is refused counts not.
        """
        if self.mailed_to is None:
            return
        self.check_shown()
        if limits.beyond({"change_sign_up": self.key.hex}):
            raise ValidationError(MANY_CHANGES, code="many")

    def confirm(self) -> LetIn:
        """«Ik kom»: keeps the seat, or takes the turn in the queue that the first moment gives; twice is once.

        Raises ValidationError as `make_firm` does. Does nothing once the café is over or called off.
        A free place in reach is theirs at once, also in the hours of asking: to press is to say yes. Returns who got a
        place or was asked. After the term has ended and before anybody took the seat, it is still theirs.
        """
        with transaction.atomic():
            cafe = self.locked()
            if not self.may_become_firm:
                self.make_own()
                return LetIn()
            seat = self.in_reach
            self.make_firm()
            self.version += 1
            self.save()
            found = LetIn()
            if seat:
                self.promote(seat)
                found.append(self)  # type: ignore[arg-type]  # a registration
            found.add(cafe.let_in())
            if self not in found:  # its mail tells all
                mail_jobs.leave("events.tasks.send_confirmation", [self])
            self.refresh_from_db()
            self.cafe = cafe
        return found

    def make_own(self) -> None:
        """Of a firm sign-up, whose owner saw now how it stands. Call it under the lock."""
        if self.is_sure and not self.is_own and self.mailed_to is not None and self.was_shown:
            self.make_firm()
            self.save(update_fields=["named_at"])

    def take_over(self, *, wish: Wish, people: int = 1, **typed: Any) -> None:
        """Makes it firm as its owner or a coordinator typed it: what a stranger typed never stands in their way.

        The place is what a change to that gives. Raises ValidationError as `change` does; "people" once it is firm.
        """
        typed = dict.fromkeys(["visitor_id", "role_id", "werkgebied_id"]) | {"wishes": "", "question": ""} | typed
        self.change(wish=wish, people=people, firm=True, named_at=timezone.now(), **typed)

    def come_back(self) -> None:
        """«Ik kom toch»: undoes a cancellation, for a place while one is free, else the queue; twice is once.

        Raises ValidationError "closed", or as `make_firm` does; "shown" when somebody signed the address up meanwhile.
        """
        with transaction.atomic():
            cafe = self.locked()
            if self.is_sure:
                return
            if self.is_coming:
                raise ValidationError(OTHER_WORDS, code="shown")
            if not (cafe.published_at and cafe.is_ahead):
                raise ValidationError(cafe.why_closed, code="closed")
            self.become(self.gets_back(), self.people, {}, firm=True)
            mail_jobs.leave("events.tasks.send_confirmation", [self])

    @property
    def knows_of_term(self) -> bool:
        """Whether the mails about the term that should have left by now did, or never can."""
        if self.term_mails >= self.term_mails_due or not self.email or User.objects.shut_out(self.email):
            return True
        return FailedMail.objects.about("registration_id", self.pk).refused("events.tasks.send_term").exists()

    @property
    def term_mails_due(self) -> int:
        """How many should have left: one until halfway the first term, two from then on."""
        return 1 if self.nudge_at else MOST_TERM_MAILS

    def ask_again(self) -> None:
        """Asks a second time whether they come: that must leave too before the seat goes. Call it under the lock."""
        self.nudge_at = None
        self.save(update_fields=["nudge_at", "holds_until"])
        mail_jobs.leave("events.tasks.send_term", [self])

    def end_term(self) -> None:
        """Nobody needs the seat any more. Call it under the lock."""
        self.holds_until = self.nudge_at = None
        self.save(update_fields=["holds_until", "nudge_at"])

    def make_way(self, *, by_hand: bool = False) -> None:
        """Gives the seat up for the queue, at the turn of its first moment, and mails. Call it under the lock.

        `by_hand` when a coordinator said so.
        """
        seat, queues = Seat(self.seat), self.standing.queues
        self.stand(Standing(None, (*queues, seat)))
        setattr(self, f"queued_for_{seat}_at", self.created_at)
        self.save()
        mail_jobs.leave("events.tasks.send_lapsed", [self], by_hand=by_hand)

    def give_free(self) -> LetIn:
        """Gives the seat of an unconfirmed sign-up to who waits; returns what `let_in` did, nothing when it is firm."""
        with transaction.atomic():
            cafe = self.locked()
            if self.is_firm or not self.seat or not cafe.is_ahead:
                return LetIn()
            self.check_shown()
            self.make_way(by_hand=True)
            return cafe.let_in()
