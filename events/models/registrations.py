"""Sign-ups for a café: one row per café and address, and what can be done with it. `sign_up` makes them."""

from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.functions import RandomUUID
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone

from events import tokens
from events.models import mail_jobs
from events.models.arriving import ArrivingQuerySet
from events.models.cafes import Cafe
from events.models.confirmable import Confirmable, OldLink
from events.models.correcting import Corrected
from events.models.told import Told
from events.models.waiting_list import LetIn, since
from events.places import Seat, Standing, Wish
from werkplaats.fields import Address, Line, Prose
from werkplaats.models import Role, User, Visitor, Werkgebied
from werkplaats.names import NamedPerson
from werkplaats.register.entries import Entry, Purpose, Term, by_address

NO_SECOND_PLACE = "Er is geen plaats vrij voor een tweede persoon. Je eigen plaats houd je."
TOO_LATE = "Je aanmelding wijzigen kan niet meer."


class RegistrationQuerySet(ArrivingQuerySet):
    def coming(self) -> "RegistrationQuerySet":
        """Those who have a place or wait for one."""
        return self.filter(cancelled_at__isnull=True)

    def mailable(self) -> "RegistrationQuerySet":
        """Those who have a place or wait for one, and whom a mail may reach."""
        return self.coming().reachable()

    def online_of(self, user: User | AnonymousUser) -> "RegistrationQuerySet":
        """The places online of who is logged in, when their address was proven theirs: the link is for them."""
        if not user.is_authenticated:
            return self.none()
        theirs = User.objects.reachable().filter(pk=user.pk).values("email")
        return self.filter(seat=Seat.ONLINE, email__in=theirs)

    def with_a_wish(self) -> "RegistrationQuerySet":
        """Those who have a place or wait for one, and wrote what to take into account."""
        return self.coming().exclude(wishes="")


class Registration(NamedPerson, Told, Corrected, Confirmable):
    """One row per café and address: a seat or none, and per kind a moment in the queue."""

    # Its address opens it and not the browser. Only a new one hangs on a visitor: to ask about it would tell that.
    goes_along = True

    class People(models.IntegerChoices):
        ALONE = 1, "alleen"
        TOGETHER = 2, "met z'n tweeën"

    # What strangers may see of its identity. A number would tell whether an address that was signed up between two
    # others was new.
    key = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    cafe = models.ForeignKey(Cafe, models.CASCADE, related_name="registrations", verbose_name="café")
    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, blank=True, related_name="registrations", editable=False
    )
    email = Address("e-mailadres", blank=True, help_text="Leeg mag bij een aanmelding per telefoon.")
    name = Line("naam", max_length=60)
    people = models.PositiveSmallIntegerField("komt", choices=People, default=People.ALONE)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, verbose_name="rol")
    werkgebied = models.ForeignKey(Werkgebied, models.PROTECT, null=True, blank=True, verbose_name="werkgebied")
    wishes = Prose(
        "wensen", max_length=500, blank=True, help_text="Toegankelijkheid, eten. Gewist op de dag na het café."
    )
    question = Prose("vraag vooraf", max_length=500, blank=True)
    seat = models.CharField("plaats", max_length=10, choices=Seat, null=True, blank=True)  # noqa: DJ001, no seat is no value
    queued_for_room_at = models.DateTimeField("wacht op de zaal sinds", null=True, blank=True)
    queued_for_online_at = models.DateTimeField("wacht op online sinds", null=True, blank=True)
    asked_at = models.DateTimeField("gevraagd of een vrije plaats past", null=True, editable=False)
    offered_at = models.DateTimeField("laatste mail over een vrije plaats", null=True, editable=False)
    created_at = models.DateTimeField("aangemeld", default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField("afgemeld", null=True, blank=True)
    cancelled_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="afgemeld door"
    )
    gave_up = models.CharField("gaf op", max_length=10, choices=Wish, blank=True, editable=False)
    gave_up_seat = models.CharField("had", max_length=10, choices=Seat, null=True, editable=False)  # noqa: DJ001, as `seat`
    came_at = models.DateTimeField("was er", null=True, editable=False)
    checked_in_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="afgevinkt door"
    )
    cancels = models.PositiveSmallIntegerField("meldde zich af", default=0, editable=False)  # how often
    mailed_at = models.DateTimeField("laatste bevestiging", null=True, editable=False)
    # Of the sign-up: part of the SEQUENCE of its calendar file.
    version = models.PositiveIntegerField(default=0, editable=False)

    in_register = Entry(
        what="aanmeldingen voor cafés",
        purpose=Purpose.CAFES,
        term=Term.SIGN_UPS,
        personal={
            "key": "sleutel van de mails",
            "visitor": "nummer uit je cookie",
            "email": "e-mailadres",
            "name": "naam",
            "name_order": "naam, om op te ordenen",
            "wishes": "wensen over eten en toegankelijkheid",
            "question": "vraag vooraf",
        },
        of=(by_address("email"),),
        secret=("key",),
        sooner={"wishes": Term.WISHES},
        staff=("cancelled_by", "checked_in_by"),
    )

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        constraints = [
            models.UniqueConstraint(
                fields=["cafe", "email"],
                name="one_registration_per_address",
                condition=~Q(email=""),
                violation_error_message="Dit adres is al aangemeld voor dit café.",
            ),
            models.CheckConstraint(
                condition=Q(people__in=[1, 2]),
                name="comes_alone_or_with_one",
                violation_error_message="Je kunt één ander meenemen.",
            ),
            models.CheckConstraint(
                condition=~(Q(seat=Seat.ROOM) & Q(queued_for_room_at__isnull=False))
                & ~(Q(seat=Seat.ONLINE) & Q(queued_for_online_at__isnull=False)),
                name="no_queue_for_what_one_has",
                violation_error_message="Iemand met een plaats staat niet ook op de wachtlijst daarvoor.",
            ),
            # So a count of seats or of a queue needs not ask who cancelled.
            models.CheckConstraint(
                condition=Q(
                    cancelled_at__isnull=False,
                    seat__isnull=True,
                    queued_for_room_at__isnull=True,
                    queued_for_online_at__isnull=True,
                )
                | Q(cancelled_at__isnull=True)
                & (Q(seat__isnull=False) | Q(queued_for_room_at__isnull=False) | Q(queued_for_online_at__isnull=False)),
                name="place_or_queue_unless_cancelled",
                violation_error_message="Wie afgemeld is heeft geen plaats; wie komt heeft er een of wacht.",
            ),
            models.CheckConstraint(
                condition=Q(holds_until__isnull=True, nudge_at__isnull=True)
                | Q(holds_until__isnull=False, confirmed_at__isnull=True, seat__isnull=False),
                name="term_for_unconfirmed_seats_only",
                violation_error_message="Alleen wie een plaats heeft en nog niet vast is, heeft een termijn.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["cafe", "queued_for_room_at"],
                name="queue_for_room",
                condition=Q(queued_for_room_at__isnull=False),
            ),
            models.Index(
                fields=["cafe", "queued_for_online_at"],
                name="queue_for_online",
                condition=Q(queued_for_online_at__isnull=False),
            ),
            models.Index(
                fields=["cafe", "holds_until"],
                name="unconfirmed_holds",
                condition=Q(confirmed_at__isnull=True, seat__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The page where this person sees, changes and cancels the sign-up; only their mail has this link."""
        return reverse("events:registration", args=[self.cafe.slug, tokens.token(self)])

    @property
    def is_coming(self) -> bool:
        """Signed up and not cancelled: with a seat, or waiting for one."""
        return self.cancelled_at is None

    @property
    def waits_for(self) -> list[Seat]:
        """The kinds of places this person waits for."""
        return [seat for seat in Seat if getattr(self, since(seat))]

    @property
    def standing(self) -> Standing:
        return Standing(Seat(self.seat) if self.seat else None, tuple(self.waits_for))

    @property
    def wish(self) -> Wish | None:
        """What this person asked for, as far as they still have or want it; None when they cancelled."""
        return self.standing.wish

    @property
    def brings_someone(self) -> bool:
        return self.people > 1

    def position(self, seat: str) -> int:
        """The number in the queue for this kind, in people; 1 for somebody who was let in since this row was read."""
        ahead = self.cafe.registrations.ahead_of(self, seat)
        return 1 + (ahead.aggregate(people=Sum("people"))["people"] or 0)

    @property
    def queues(self) -> list[tuple[Seat, int]]:
        """What this person waits for, each with their number in that queue; 0 when there are no places of that kind."""
        return [(seat, self.position(seat) if self.cafe.capacity(seat) else 0) for seat in self.waits_for]

    @property
    def was_asked(self) -> bool:
        """Whether the mail about a free place went out, in the hours of asking of the café as it is planned now."""
        return self.asked_at is not None and self.asked_at >= self.cafe.asking_from

    def stand(self, standing: Standing) -> None:
        """Takes the seat and the queues of `standing`, and keeps the turn in a queue they were in. Does not save."""
        now = timezone.now()
        if standing.seat != self.seat:
            self.holds_until = self.nudge_at = None
        self.seat = standing.seat
        for seat in Seat:
            field = since(seat)
            setattr(self, field, (getattr(self, field) or now) if seat in standing.queues else None)
        self.version += 1

    def settle(self, standing: Standing) -> None:
        """Takes what `standing` says and saves; a next offer is another mail."""
        self.stand(standing)
        self.asked_at = None
        self.save()

    def mail_again(self) -> bool:
        """Mails the confirmation again because a coordinator asks; returns whether there was somebody to mail."""
        changed = Registration.objects.mailable().filter(pk=self.pk)
        with transaction.atomic():
            if self.may_still_come and changed.update(mailed_at=timezone.now()):
                mail_jobs.leave("events.tasks.send_confirmation", [self], by_hand=True)
                return True
            return False

    def locked(self) -> Cafe:
        """The café, locked until the transaction ends; this row is read again and belongs to that café object.

        Raises OldLink when the link that opened it was mailed to another address.
        """
        cafe = self.cafe.locked()
        self.refresh_from_db()
        self.cafe = cafe
        if self.mailed_to not in (None, self.email):
            raise OldLink
        return cafe

    def accept(self, seat: str) -> bool:
        """Says yes to a free place, which goes to the first who does; returns whether it was still there.

        Raises ValidationError as `make_firm` does.
        """
        with transaction.atomic():
            cafe = self.locked()
            if not (cafe.is_ahead and seat in self.waits_for and cafe.places(seat).free >= self.people):
                return False
            self.make_firm()
            self.promote(Seat(seat))
            cafe.let_in()
            return True

    def promote(self, seat: Seat) -> None:
        """Moves this person from the queue to a place, and mails them. Call it under the café's lock.

        Everybody who waits for both prefers the room, so those who got a place online keep waiting for it.
        """
        keeps = [] if seat == Seat.ROOM else [each for each in self.waits_for if each != seat]
        self.settle(Standing(seat, tuple(keeps)))
        mail_jobs.leave("events.tasks.send_promotion", [self])

    def take_also(self) -> bool:
        """Takes a free place of the other kind; somebody who goes online keeps waiting for the room."""
        return self.change(wish=Wish.BOTH, people=self.people, firm=True)

    def change(self, *, wish: Wish, people: int, firm: bool = False, **details) -> bool:
        """Brings the sign-up to what is wished; a place is let go only once the other is certain.

        `firm` when this person asks, who proved the address, or a coordinator who signs them up. Returns whether
        anything changed. `details` are fields that say more about the person. Raises ValidationError "closed" when it
        has begun or was cancelled, "people" when there is no second place, and as `check_changes` and `make_firm` do,
        also when it is firm. Who becomes firm by it keeps their own place then and what they typed: only the second one
        is refused.
        """
        refused = None
        with transaction.atomic():
            cafe = self.locked()
            by_hand = firm and self.mailed_to is None and cafe.takes_by_hand
            if not (by_hand or self.may_change and (firm or self.is_coming)):
                raise ValidationError(TOO_LATE, code="closed")
            try:
                standing = self._would_stand(wish, people, firm=firm)
            except ValidationError as error:
                if self.is_firm or not firm:
                    raise
                refused, people = error, self.people
                standing = self._would_stand(wish, people, firm=firm)
            was_sure = self.is_sure or not firm
            moved = (standing, people) != (self.standing, self.people) or not was_sure
            typed = {name: value for name, value in details.items() if getattr(self, name) != value}
            if moved or typed:
                self.check_changes()
                self.become(standing, people, typed, firm=firm)
            elif firm:
                self.make_own()
            if moved:
                mail_jobs.leave(f"events.tasks.send_{'change' if was_sure else 'confirmation'}", [self])
                cafe.let_in()
        if refused:
            raise refused
        return bool(moved or typed)

    def become(self, standing: Standing, people: int, typed: dict, *, firm: bool) -> None:
        """Saves all of it, also of who cancelled. Call it under the café's lock; raises as `make_firm` does."""
        if firm:
            self.make_firm()
        if not self.is_coming:
            self.created_at = self.mailed_at = timezone.now()
            self.cancelled_at = self.cancelled_by = None
        for name, value in typed.items():
            setattr(self, name, value)
        self.people = people
        self.stand(standing)
        self.save()
        if self.shown is not None:  # it is what its owner made of it
            self.shown = self.version

    def would_stand(self, wish: Wish, people: int) -> Standing:
        """What `change` by a coordinator would lead to; raises ValidationError as it does. Call it under the lock."""
        if not (self.is_coming and self.cafe.is_ahead):
            raise ValidationError(TOO_LATE, code="closed")
        return self._would_stand(wish, people, firm=False)

    def _would_stand(self, wish: Wish, people: int, *, firm: bool) -> Standing:
        # A stranger may have chosen a seat of a kind that its owner does not ask for: that goes.
        had = self.seat if self.is_own or not firm or self.seat in wish.seats else None

        def fits(seat: str, more: int) -> bool:
            # Once it has begun, who waits elsewhere keeps no free place from who stands at the door.
            places = self.cafe.places(seat)
            return places.free >= more if self.cafe.has_begun else places.fits(more)

        for at, seat in enumerate(wish.seats):
            more = people - self.people if seat == had else people
            if more <= 0 or fits(seat, more):
                return Standing(seat, tuple(wish.seats[:at]))
            if seat == had:
                raise ValidationError(NO_SECOND_PLACE, code="people")
        if had and people > self.people and not fits(had, people - self.people):
            raise ValidationError(NO_SECOND_PLACE, code="people")
        return Standing(Seat(had) if had else None, tuple(each for each in wish.seats if each != had))

    def cancel(self, *, by: User | None = None) -> LetIn:
        """Gives the place back; twice is once. Returns what `let_in` did with it, in the same transaction.

        `by` is the coordinator who did it, None when this person did. Raises ValidationError "shown".
        """
        with transaction.atomic():
            cafe = self.locked()
            if not self.is_coming:
                return LetIn()
            self.check_shown()
            self.gave_up, self.gave_up_seat = self.wish or "", self.seat
            self.stand(Standing(None))
            self.cancelled_at, self.cancelled_by = timezone.now(), by
            self.cancels += by is None and self.is_firm
            self.asked_at = None
            self.save()
            mail_jobs.leave("events.tasks.send_cancellation", [self])
            return cafe.let_in()

    def check_in(self, *, by: User | None) -> bool:
        """Ticks that this person came, or takes the tick away when `by` is None; returns whether that changed anything.

        Somebody who waits and has come gets a free place in the room, once those are no longer given away by mail.
        """
        with transaction.atomic():
            # First the café, as everyone who hands out its places: see docs/decisions/one-lock-for-scarce-places.md.
            cafe = self.locked() if by and not self.seat else None
            rows = Registration.objects.filter(pk=self.pk, came_at__isnull=by is not None)
            changed = bool(rows.update(came_at=timezone.now() if by else None, checked_in_by=by))
            if changed and cafe:
                self._sit_down(cafe)
        return changed

    def _sit_down(self, cafe: Cafe) -> None:
        self.refresh_from_db()
        self.cafe = cafe
        given_by_hand = cafe.called_off_at is None and (cafe.has_begun or cafe.asks_now)
        if given_by_hand and not self.seat and self.is_coming and cafe.places(Seat.ROOM).free >= self.people:
            self.make_firm()
            self.settle(Standing(Seat.ROOM))
            cafe.let_in()
