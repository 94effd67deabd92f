"""The Passend Onderwijscafés and who comes: two kinds of places, one fair queue for each."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from werkplaats.fields import Address, Line, Moment, Prose
from werkplaats.models import Role, User, Visitor, Werkgebied, bumps_site_version


class Seat(models.TextChoices):
    ROOM = "room", "in de zaal"
    ONLINE = "online", "online"


class CafeQuerySet(models.QuerySet):
    def public(self) -> "CafeQuerySet":
        """What visitors may see: everything but concepts, first the first."""
        return self.filter(published_at__isnull=False).order_by("starts_at")

    def with_counts(self) -> "CafeQuerySet":
        """Adds `room_taken`, `online_taken`, `room_queue` and `online_queue`."""
        coming = Q(registrations__cancelled_at__isnull=True)
        return self.annotate(
            room_taken=Count("registrations", filter=coming & Q(registrations__seat=Seat.ROOM)),
            online_taken=Count("registrations", filter=coming & Q(registrations__seat=Seat.ONLINE)),
            room_queue=Count("registrations", filter=coming & Q(registrations__queued_for_room_at__isnull=False)),
            online_queue=Count("registrations", filter=coming & Q(registrations__queued_for_online_at__isnull=False)),
        )


@pghistory.track()
class Cafe(models.Model):
    """A dated meeting, partly in a room and partly online."""

    slug = models.SlugField("adres", max_length=60, unique=True, help_text="Staat in links en drukwerk: wijzig het liever niet.")
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
        "link om online mee te doen", max_length=500, blank=True, help_text="Alleen voor wie online meedoet; nooit openbaar."
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
                condition=Q(starts_at__lt=models.F("ends_at")),
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
        return self.published_at is not None and self.called_off_at is None and timezone.now() < self.starts_at

    def capacity(self, seat: str) -> int:
        return self.room_capacity if seat == Seat.ROOM else self.online_capacity

    def locked(self) -> "Cafe":
        """This café's row, locked until the transaction ends: who hands out places waits for it."""
        return Cafe.objects.select_for_update().get(pk=self.pk)

    def has_place(self, seat: str) -> bool:
        """Whether a place of this kind is free and nobody is waiting for it. Call it under `locked()`."""
        coming = self.registrations.coming()
        return (
            coming.filter(seat=seat).count() < self.capacity(seat) and not coming.queued_for(seat).exists()
        )

    def register(self, *, email: str, seat: str, **details) -> "tuple[Registration, bool]":
        """Signs an address up for a place of kind `seat`, or for its queue when that is full.

        Returns the registration and whether it is new. The same address again changes nothing and gets the same
        registration; one that was cancelled starts afresh. Raises ValidationError when sign-up is closed.
        """
        with transaction.atomic():
            cafe = self.locked()
            if not cafe.is_open:
                raise ValidationError("Aanmelden voor dit café kan niet meer.", code="closed")
            registration = cafe.registrations.filter(email=email).first() or Registration(cafe=cafe, email=email)
            if registration.pk and registration.is_coming:
                return registration, False
            for field, value in details.items():
                setattr(registration, field, value)
            registration.cancelled_at = None
            registration.place(seat, free=cafe.has_place(seat))
            registration.save()
            return registration, True

    def promote(self) -> "list[Registration]":
        """Gives free places to whoever waits longest; call it under `locked()`. Returns who was let in."""
        promoted = []
        for seat in Seat:
            free = self.capacity(seat) - self.registrations.coming().filter(seat=seat).count()
            for registration in self.registrations.coming().queued_for(seat)[: max(free, 0)]:
                registration.place(seat, free=True)
                registration.save()
                promoted.append(registration)
        return promoted


class RegistrationQuerySet(models.QuerySet):
    def coming(self) -> "RegistrationQuerySet":
        return self.filter(cancelled_at__isnull=True)

    def queued_for(self, seat: str) -> "RegistrationQuerySet":
        """Who waits for a place of this kind, longest first."""
        moment = "queued_for_room_at" if seat == Seat.ROOM else "queued_for_online_at"
        return self.filter(**{f"{moment}__isnull": False}).order_by(moment, "pk")


class Registration(models.Model):
    """One row per café and address: a seat or none, and per kind a moment in the queue."""

    cafe = models.ForeignKey(Cafe, models.CASCADE, related_name="registrations", verbose_name="café")
    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, blank=True, related_name="registrations", editable=False
    )
    email = Address("e-mailadres")
    name = Line("naam", max_length=60)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, verbose_name="rol")
    werkgebied = models.ForeignKey(Werkgebied, models.PROTECT, null=True, blank=True, verbose_name="werkgebied")
    seat = models.CharField("plaats", max_length=10, choices=Seat, null=True, blank=True)
    queued_for_room_at = models.DateTimeField("wacht op de zaal sinds", null=True, blank=True)
    queued_for_online_at = models.DateTimeField("wacht op online sinds", null=True, blank=True)
    created_at = models.DateTimeField("aangemeld", default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField("afgemeld", null=True, blank=True)
    mailed_at = models.DateTimeField("laatste bevestiging", null=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = "aanmelding"
        verbose_name_plural = "aanmeldingen"
        constraints = [
            models.UniqueConstraint(
                fields=["cafe", "email"],
                name="one_registration_per_address",
                violation_error_message="Dit adres is al aangemeld voor dit café.",
            ),
            models.CheckConstraint(
                condition=~(Q(seat=Seat.ROOM) & Q(queued_for_room_at__isnull=False))
                & ~(Q(seat=Seat.ONLINE) & Q(queued_for_online_at__isnull=False)),
                name="no_queue_for_what_one_has",
                violation_error_message="Iemand met een plaats staat niet ook in de wachtrij daarvoor.",
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

    @property
    def is_coming(self) -> bool:
        """Signed up and not cancelled: with a seat, or waiting for one."""
        return self.cancelled_at is None

    @property
    def waits_for(self) -> str | None:
        """The kind of place this person waits for, or None."""
        if self.queued_for_room_at:
            return Seat.ROOM
        return Seat.ONLINE if self.queued_for_online_at else None

    def place(self, seat: str, *, free: bool) -> None:
        """Sets the seat, or the moment in its queue when no place is free. Does not save."""
        now = timezone.now()
        self.seat = seat if free else None
        self.queued_for_room_at = now if not free and seat == Seat.ROOM else None
        self.queued_for_online_at = now if not free and seat == Seat.ONLINE else None

    def cancel(self) -> "list[Registration]":
        """Gives the place back, twice is once; returns who got it, in the same transaction."""
        with transaction.atomic():
            cafe = self.cafe.locked()
            self.refresh_from_db()
            if not self.is_coming:
                return []
            self.seat = self.queued_for_room_at = self.queued_for_online_at = None
            self.cancelled_at = timezone.now()
            self.save()
            return cafe.promote() if cafe.is_open else []
