"""The Passend Onderwijscafés and who comes: two kinds of places, one fair queue for each."""

from datetime import timedelta

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from events import links
from events.places import Places, Seat
from werkplaats import mail
from werkplaats.fields import Address, Line, Moment, Prose
from werkplaats.models import Role, Visitor, Werkgebied, bumps_site_version

MAIL_AGAIN_AFTER = timedelta(minutes=10)


class CafeQuerySet(models.QuerySet):
    def public(self) -> "CafeQuerySet":
        """What visitors may see: everything but concepts, first the first."""
        return self.filter(published_at__isnull=False).order_by("starts_at", "pk")

    def with_counts(self) -> "CafeQuerySet":
        """Brings `counts` along for a whole list, in a subquery: a join would multiply rows."""
        rows = Registration.objects.filter(cafe=OuterRef("pk")).order_by().values("cafe")
        counts = rows.values(counts=JSONObject(**COUNTS))
        nobody = Value(dict.fromkeys(COUNTS, 0), models.JSONField())
        return self.annotate(counts=Coalesce(Subquery(counts), nobody))


COUNTS = {
    "room_taken": Count("pk", filter=Q(seat=Seat.ROOM)),
    "online_taken": Count("pk", filter=Q(seat=Seat.ONLINE)),
    "room_waiting": Count("pk", filter=Q(queued_for_room_at__isnull=False)),
    "online_waiting": Count("pk", filter=Q(queued_for_online_at__isnull=False)),
}


@pghistory.track()
class Cafe(models.Model):
    """A dated meeting, partly in a room and partly online."""

    slug = models.SlugField(
        "adres", max_length=60, unique=True, help_text="Staat in links en drukwerk: wijzig het liever niet."
    )
    title = Line("naam", max_length=120, default="Passend Onderwijscafé")
    label = Line("etiket", max_length=30, blank=True, help_text="Bijvoorbeeld «bij het ontbijt» of «extra».")
    starts_at = Moment("begint")
    ends_at = Moment("eindigt")
    text = Prose("waar dit café over gaat", max_length=3000)
    question = Line("de vraag die centraal staat", max_length=200)
    agenda = Prose("programma van het café", max_length=2000, blank=True)
    room = Line("zaal en adres", max_length=200)
    room_capacity = models.PositiveSmallIntegerField("plaatsen in de zaal", default=60)
    online_link = models.URLField(
        "link om online mee te doen",
        max_length=500,
        blank=True,
        help_text="Alleen voor wie online meedoet; nooit openbaar.",
    )
    online_capacity = models.PositiveSmallIntegerField("plaatsen online", default=100)
    published_at = models.DateTimeField("zichtbaar sinds", null=True, blank=True, default=timezone.now)
    called_off_at = models.DateTimeField("afgelast op", null=True, blank=True)

    objects = CafeQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at"]
        verbose_name = "Passend Onderwijscafé"
        verbose_name_plural = "Passend Onderwijscafés"
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")),
                name="cafe_starts_before_it_ends",
                violation_error_message="Het café eindigt voordat het begint.",
            ),
        ]
        triggers = [bumps_site_version()]

    def __str__(self):
        return f"{self.title} {timezone.localtime(self.starts_at):%d-%m-%Y}"

    def get_absolute_url(self):
        return reverse("events:cafe", args=[self.slug])

    @property
    def is_open(self) -> bool:
        """Whether people can sign up: until it starts, unless it was called off."""
        return self.published_at is not None and self.called_off_at is None and not self.has_begun

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_past(self) -> bool:
        return self.ends_at <= timezone.now()

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many have a place and how many wait, of each kind: counted when first asked, and kept."""
        return self.registrations.aggregate(**COUNTS)

    def places(self, seat: str) -> Places:
        """The places of one kind."""
        capacity = self.room_capacity if seat == Seat.ROOM else self.online_capacity
        return Places(Seat(seat), capacity, self.counts[f"{seat}_taken"], self.counts[f"{seat}_waiting"])

    @property
    def kinds(self) -> list[Seat]:
        """The kinds of places that this café has."""
        return [seat for seat in Seat if (self.room_capacity if seat == Seat.ROOM else self.online_capacity)]

    @property
    def offers(self) -> list[Places]:
        return [self.places(seat) for seat in self.kinds]

    @property
    def coming(self) -> int:
        """How many people have a place."""
        return self.counts["room_taken"] + self.counts["online_taken"]

    def locked(self) -> "Cafe":
        """This café, locked until the transaction ends: who hands out places waits for it.

        It counts with a statement of its own, after the wait: the one that waits sees what was before.
        """
        return Cafe.objects.select_for_update(no_key=True).get(pk=self.pk)

    def register(self, *, email: str, seat: str, **details) -> "tuple[Registration, bool]":
        """Signs an address up for a place of kind `seat`, or for its queue when that is full, and mails it.

        Returns the registration and whether it is new. The same address again changes nothing, and is mailed
        again at most once in ten minutes; one that was cancelled starts afresh. Without an address (by
        telephone) it is always new, and nothing is mailed. Raises ValidationError "closed" when sign-up is.
        """
        with transaction.atomic():
            cafe = self.locked()
            if not cafe.is_open:
                raise ValidationError("Aanmelden voor dit café kan niet meer.", code="closed")
            registration = cafe.registrations.filter(email=email).first() if email else None
            if registration and registration.is_coming:
                registration.confirm_again()
                return registration, False
            registration = registration or Registration(cafe=cafe, email=email)
            for field, value in details.items():
                setattr(registration, field, value)
            registration.created_at, registration.cancelled_at = timezone.now(), None
            registration.place(seat, free=cafe.places(seat).has_room)
            registration.confirm()
            return registration, True

    def let_in(self) -> "list[Registration]":
        """Gives free places to whoever waits longest, and mails them; returns them. Call it on `locked()`."""
        free = {seat: self.places(seat).free for seat in Seat}
        waiting = {seat: self.places(seat).waiting for seat in Seat}
        let_in = []
        while seat := next((seat for seat in Seat if free[seat] and waiting[seat]), None):
            registration = self.registrations.queued_for(seat).first()
            if registration.seat:
                free[registration.seat] += 1
            for queue in registration.waits_for:
                waiting[queue] -= 1
            free[seat] -= 1
            registration.place(seat, free=True)
            registration.save()
            registration.tell("send_promotion")
            let_in.append(registration)
        return let_in


class RegistrationQuerySet(models.QuerySet):
    def coming(self) -> "RegistrationQuerySet":
        """Who has a place or waits for one."""
        return self.filter(cancelled_at__isnull=True)

    def queued_for(self, seat: str) -> "RegistrationQuerySet":
        """Who waits for a place of this kind, longest first."""
        return self.filter(**{f"queued_for_{seat}_at__isnull": False}).order_by(f"queued_for_{seat}_at", "pk")


class Registration(models.Model):
    """One row per café and address: a seat or none, and per kind a moment in the queue."""

    cafe = models.ForeignKey(Cafe, models.CASCADE, related_name="registrations", verbose_name="café")
    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, blank=True, related_name="registrations", editable=False
    )
    email = Address("e-mailadres", blank=True, help_text="Leeg mag bij een aanmelding per telefoon.")
    name = Line("naam", max_length=60)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, verbose_name="rol")
    werkgebied = models.ForeignKey(
        Werkgebied, models.PROTECT, null=True, blank=True, verbose_name="werkgebied"
    )
    seat = models.CharField("plaats", max_length=10, choices=Seat, null=True, blank=True)  # noqa: DJ001, no seat is no value
    queued_for_room_at = models.DateTimeField("wacht op de zaal sinds", null=True, blank=True)
    queued_for_online_at = models.DateTimeField("wacht op online sinds", null=True, blank=True)
    created_at = models.DateTimeField("aangemeld", default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField("afgemeld", null=True, blank=True)
    mailed_at = models.DateTimeField("laatste bevestiging", null=True, editable=False)
    version = models.PositiveSmallIntegerField(default=0, editable=False)  # SEQUENCE of the calendar file

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
                & (
                    Q(seat__isnull=False)
                    | Q(queued_for_room_at__isnull=False)
                    | Q(queued_for_online_at__isnull=False)
                ),
                name="place_or_queue_unless_cancelled",
                violation_error_message="Wie afgemeld is heeft geen plaats; wie komt heeft er een of wacht.",
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
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        """The page where this person sees and cancels the sign-up; only their mail has this link."""
        return reverse("events:registration", args=[self.cafe.slug, links.token(self)])

    @property
    def is_coming(self) -> bool:
        """Signed up and not cancelled: with a seat, or waiting for one."""
        return self.cancelled_at is None

    @property
    def waits_for(self) -> list[Seat]:
        """The kinds of places this person waits for."""
        return [seat for seat in Seat if getattr(self, f"queued_for_{seat}_at")]

    @property
    def wish(self) -> Seat | None:
        """The place this person has, or else the first they wait for; None when they cancelled."""
        return Seat(self.seat) if self.seat else next(iter(self.waits_for), None)

    @property
    def position(self) -> int:
        """The place in the queue of `wish`, from 1: how many wait as long or longer."""
        moment = f"queued_for_{self.wish}_at"
        mine = getattr(self, moment)
        before = Q(**{f"{moment}__lt": mine}) | Q(**{moment: mine}, pk__lte=self.pk)
        return self.cafe.registrations.queued_for(self.wish).filter(before).count()

    def place(self, seat: str, *, free: bool) -> None:
        """Sets the seat, or the moment in its queue when no place is free. Does not save."""
        now = timezone.now()
        self.seat = seat if free else None
        self.queued_for_room_at = now if not free and seat == Seat.ROOM else None
        self.queued_for_online_at = now if not free and seat == Seat.ONLINE else None
        self.version += 1

    def tell(self, job: str) -> None:
        """Leaves the mail `job` (a task of events.tasks) to the worker, in the running transaction."""
        from events import tasks  # it needs the models

        if self.email:
            mail.later(getattr(tasks, job), to=self.email, registration_id=self.pk)

    def confirm(self) -> None:
        """Saves, and mails what this person has: a place, or a place in the queue."""
        self.mailed_at = timezone.now() if self.email else None
        self.save()
        self.tell("send_confirmation")

    def confirm_again(self) -> None:
        """The same mail for who asks again, at most once in ten minutes. Call it under the café's lock."""
        if self.mailed_at is None or self.mailed_at <= timezone.now() - MAIL_AGAIN_AFTER:
            self.confirm()

    def mail_again(self) -> bool:
        """The same mail because a coordinator asks for it; whether there was somebody to mail."""
        with transaction.atomic():
            self.cafe.locked()
            self.refresh_from_db()
            if not (self.is_coming and self.email):
                return False
            self.confirm()
            return True

    def cancel(self) -> "list[Registration]":
        """Gives the place back, twice is once; returns who got it, in the same transaction."""
        with transaction.atomic():
            cafe = self.cafe.locked()
            self.refresh_from_db()
            if not self.is_coming:
                return []
            self.seat = self.queued_for_room_at = self.queued_for_online_at = None
            self.cancelled_at = timezone.now()
            self.version += 1
            self.save()
            self.tell("send_cancellation")
            return cafe.let_in() if cafe.is_open else []
