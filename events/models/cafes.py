"""A Passend Onderwijscafé: when and where it is, its places of two kinds, and signing up for one."""

from contextlib import suppress
from datetime import datetime, timedelta

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from events import moments
from events.models import sign_up, waiting_list
from events.models.confirmable import MOST_CANCELS, OFTEN, OldLink
from events.models.counting import COUNTS, CafeQuerySet
from events.models.moving import Moving
from events.models.snapshots import Snapshot
from events.models.states import State
from events.models.waiting_list import LetIn
from events.places import Places, Seat, Wish
from werkplaats.fields import Line, Moment, Prose
from werkplaats.register.entries import of_the_site
from werkplaats.versions import bumps_site_version, counts_changes
from werkplaats.words import moment, number

LONGEST = timedelta(hours=12)
ONE_DAY = "Een café eindigt op de dag dat het begint, en duurt hooguit twaalf uur. Kijk ook de datum van het einde na."
MONTHS = "Kies 1 tot en met 24 maanden."
HOURS = "Kies 4 tot en met 240 uur."
NO_ROOM = "Vul in waar de zaal is, of zet de plaatsen in de zaal op 0."
LATE = "Je kunt ook later binnenkomen."
CLOSED = "Aanmelden voor dit café kan niet meer."
MANY = "Je meldde al meer mensen aan."
COUNTED = ["version", "changed_at"]  # a trigger writes these


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=COUNTED)), exclude=COUNTED
)
class Cafe(Moving):
    """A dated meeting, partly in a room and partly online."""

    slug = models.SlugField(
        "adres",
        max_length=60,
        unique=True,
        help_text="Staat in links, mails en drukwerk. Na de eerste aanmelding ligt het vast.",
    )
    title = Line("naam", max_length=120, default="Passend Onderwijscafé")
    label = Line("etiket", max_length=30, blank=True, help_text="Bijvoorbeeld «bij het ontbijt» of «extra».")
    starts_at = Moment("begint")
    ends_at = Moment("eindigt")
    opens_at = Moment("aanmelden kan vanaf", null=True, blank=True, help_text="Leeg: meteen.")
    closes_at = Moment("aanmelden kan tot", null=True, blank=True, help_text="Leeg: tot het café begint.")
    asks_from = Moment(
        "eerst vragen vanaf",
        null=True,
        blank=True,
        help_text="Wie wacht krijgt een vrije plaats vanzelf. Vanaf dit moment vragen we het eerst, en krijgt de "
        "eerste die ja zegt de plaats. Leeg: vier uur voor het begin, of de avond ervoor om 20.00 uur als het café "
        "voor 10.00 uur begint.",
    )
    text = Prose("waar dit café over gaat", max_length=3000)
    question = Line("de vraag die centraal staat", max_length=200)
    agenda = Prose("programma van het café", max_length=2000, blank=True)
    topic = models.ForeignKey(
        "posts.Question",
        models.SET_NULL,
        null=True,
        blank=True,
        limit_choices_to={"kind": "asked"},
        related_name="cafes",
        verbose_name="vraag op de site",
        help_text="Waar mensen online verder praten. Leeg: de vraag van nu.",
    )
    room = Line("zaal en adres", max_length=200, blank=True, help_text="Leeg mag als er geen plaatsen in de zaal zijn.")
    room_capacity = models.PositiveSmallIntegerField("plaatsen in de zaal", default=60)
    route = Prose(
        "route en parkeren",
        max_length=1000,
        blank=True,
        help_text="Alleen voor wie een plaats in de zaal heeft; nooit openbaar.",
    )
    online_link = models.URLField(
        "link om online mee te doen",
        max_length=500,
        blank=True,
        help_text="Alleen voor wie online meedoet; nooit openbaar.",
    )
    online_capacity = models.PositiveSmallIntegerField("plaatsen online", default=100)
    late = Prose(
        "zo kom je later binnen",
        max_length=500,
        blank=True,
        help_text=f"Voor wie een plaats in de zaal heeft. Leeg: «{LATE}» Wie online meedoet, leest dat later "
        "aansluiten kan.",
    )
    front_text = Prose("tekst op de voorkant van de uitnodiging", max_length=600, blank=True)
    next_text = Prose("tekst op de volgende bladzijde van de uitnodiging", max_length=2000, blank=True)
    shows_mottos = models.BooleanField("de drie motto's op de uitnodiging", default=True)
    hold_hours = models.PositiveSmallIntegerField(
        "bedenktijd in uren",
        default=48,
        validators=[MinValueValidator(4, HOURS), MaxValueValidator(240, HOURS)],
        help_text="Wie niet op «Ik kom» drukte, houdt een plaats zolang er nog een vrij is. Wacht er iemand op, dan "
        "vragen we het nog een keer, en heeft die mens zoveel uren. De uren van 22.00 tot 7.00 tellen niet mee.",
    )
    published_at = models.DateTimeField("zichtbaar sinds", null=True, blank=True, default=timezone.now)
    called_off_at = models.DateTimeField("afgelast op", null=True, blank=True)
    keep_months = models.PositiveSmallIntegerField(
        "aanmeldingen bewaren",
        default=3,
        validators=[MinValueValidator(1, MONTHS), MaxValueValidator(24, MONTHS)],
        help_text="In maanden na het café. Daarna blijven alleen aantallen.",
    )
    forgotten_at = models.DateTimeField("aanmeldingen gewist op", null=True, editable=False)
    final_counts = models.JSONField("aantallen die blijven", null=True, editable=False)
    # What calendars go by. Not from its history, of which the oldest rows are wiped: a number that falls is no news.
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    in_register = of_the_site(
        "slug",
        "title",
        "label",
        "text",
        "question",
        "agenda",
        "room",
        "route",
        "online_link",
        "late",
        "front_text",
        "next_text",
        "final_counts",
    )

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
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("starts_at") + LONGEST),
                name="cafe_lasts_12_hours_at_most",
                violation_error_message=ONE_DAY,
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=F("closes_at")),
                name="cafe_sign_up_opens_before_it_closes",
                violation_error_message="Het aanmelden sluit voordat het opengaat.",
            ),
            models.CheckConstraint(
                condition=Q(room_capacity=0) | ~Q(room=""),
                name="cafe_says_where_its_room_is",
                violation_error_message=NO_ROOM,
            ),
            models.CheckConstraint(
                condition=Q(keep_months__range=(1, 24)),
                name="cafe_keeps_sign_ups_2_years_at_most",
                violation_error_message=MONTHS,
            ),
            models.CheckConstraint(
                condition=Q(hold_hours__range=(4, 240)),
                name="cafe_holds_places_4_to_240_hours",
                violation_error_message=HOURS,
            ),
        ]
        triggers = [bumps_site_version(), counts_changes()]

    def __str__(self):
        return f"{self.title} {timezone.localtime(self.starts_at):%d-%m-%Y}"

    def get_absolute_url(self) -> str:
        return reverse("events:cafe", args=[self.slug])

    @property
    def said_url(self) -> str:
        """Where people talk on and read what was said: at the question of the café, or of now until it opens."""
        return self.topic.get_absolute_url() if self.topic and self.topic.opened_at else reverse("posts:current")

    @property
    def state(self) -> State:
        return State.of(self)

    @property
    def is_ahead(self) -> bool:
        """Whether people can still get a place: not called off, and not begun."""
        return self.called_off_at is None and not self.has_begun

    @property
    def opens_later(self) -> bool:
        return self.opens_at is not None and self.opens_at > timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether people can sign up."""
        closed = self.closes_at is not None and self.closes_at <= timezone.now()
        return self.published_at is not None and self.is_ahead and not self.opens_later and not closed

    @property
    def takes_by_hand(self) -> bool:
        """Whether a coordinator can still add people, also those at the door."""
        return bool(self.published_at) and self.called_off_at is None and not self.is_past

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def is_past(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def asking_from(self) -> datetime:
        """From when a free place is offered to all who wait, instead of given to the first."""
        return self.asks_from or moments.asks_from(self.starts_at)

    @property
    def asks_now(self) -> bool:
        return self.is_ahead and self.asking_from <= timezone.now()

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many people have a place and how many wait, per kind: counted at first use, and kept."""
        return self.final_counts or self.registrations.aggregate(**COUNTS)

    @cached_property
    def told(self) -> dict[str, int]:
        """The counts of some minutes ago, for everyone; a list brings them along (`Snapshot.objects.tell`)."""
        Snapshot.objects.tell_one(self)
        return vars(self)["told"]

    def recount(self) -> None:
        """Forgets the counts, because a place changed hands."""
        self.__dict__.pop("counts", None)

    def capacity(self, seat: str) -> int:
        return self.room_capacity if seat == Seat.ROOM else self.online_capacity

    def places(self, seat: str) -> Places:
        """The places of one kind."""
        return self._places(seat, self.counts)

    def _places(self, seat: str, counts: dict[str, int]) -> Places:
        figures = (counts[f"{seat}_{name}"] for name in ("taken", "waiting", "smallest", "unsure"))
        return Places(Seat(seat), self.capacity(seat), *figures)

    def places_told(self, seat: str) -> Places:
        """As `places`, of some minutes ago, for all who may not know the figures of now."""
        return self._places(seat, self.told)

    @property
    def offers_told(self) -> list[Places]:
        return [self.places_told(seat) for seat in self.kinds]

    @property
    def kinds(self) -> list[Seat]:
        """The kinds of places that this café has."""
        return [seat for seat in Seat if self.capacity(seat)]

    @property
    def where(self) -> str:
        """«Grote zaal, Schoolstraat 1, en online», «online»"""
        return ", en ".join(self.room if seat == Seat.ROOM else "online" for seat in self.kinds)

    @property
    def how_to_be_late(self) -> str:
        return self.late or LATE

    @property
    def offers(self) -> list[Places]:
        return [self.places(seat) for seat in self.kinds]

    @property
    def coming(self) -> int:
        """How many people have a place."""
        return self.counts["room_taken"] + self.counts["online_taken"]

    def locked(self) -> "Cafe":
        """This café, locked until the transaction ends: everything that hands out places waits for it.

        What is counted on it afterwards is a new statement, which sees what the holders before it wrote.
        """
        with connection.cursor() as cursor:
            cursor.execute(sign_up.BE_PATIENT, {"patience": sign_up.PATIENCE})
        return Cafe.objects.select_for_update(no_key=True).get(pk=self.pk)

    def register(self, *, email: str, wish: str, by_hand: bool = False, firm: bool = False, **details):
        """Signs an address up for a place, or for the queue when that is full, and mails it.

        `firm` is for who proved the address. `details` are other fields, see `sign_up.insert`. Returns the registration
        and whether it is new. The same address again changes nothing, and is mailed again at most once in ten minutes;
        after a cancellation it starts afresh. What nobody owned yet becomes what somebody `firm` asks. Without an
        address (by telephone) it is always new, and nothing is mailed. Raises ValidationError "closed" when sign-up is
        closed, "brake" when the visitor signed up many addresses, "often" and for the rest as `take_over` does, and
        IntegrityError, outside a transaction at once, for an unknown visitor.
        """
        fields = {"email": email, "wish": Wish(wish), "by_hand": by_hand, "firm": firm, **details}
        for _ in range(2):
            answer = sign_up.insert(self, **fields)
            if made := answer.registration:
                with suppress(OldLink):
                    if (firm or by_hand) and not made.is_own:
                        made.mailed_to = None if by_hand else made.email
                        made.take_over(wish=Wish(wish), **details)
                    return made, answer.is_new
            if not answer.is_open:
                raise ValidationError(Cafe.objects.get(pk=self.pk).why_closed, code="closed")
            if not answer.passed:
                raise ValidationError(MANY, code="brake")
            if firm and self.registrations.filter(email=email, cancels__gte=MOST_CANCELS).exists():
                raise ValidationError(OFTEN, code="often")
            # A coordinator gave this address to another sign-up in between, or another address to this one.
        raise ValidationError(CLOSED, code="closed")

    @property
    def why_closed(self) -> str:
        if self.published_at and self.is_ahead and self.opens_at and self.opens_later:
            return f"Aanmelden voor dit café kan vanaf {moment(self.opens_at)}."
        return CLOSED

    def let_in(self) -> LetIn:
        """Gives what is free to the waiting list; returns who got or was asked what. Call it on `locked()`."""
        return waiting_list.let_in(self)

    def resize(self, **capacities: int) -> LetIn:
        """Changes `room_capacity`, `online_capacity` or both, lets people in, and returns what `let_in` does.

        Raises ValidationError with a message per field when more places are taken than would be left.
        """
        with transaction.atomic():
            cafe = self.locked()
            cafe.check_capacities(capacities)
            for field, capacity in capacities.items():
                setattr(cafe, field, capacity)
                setattr(self, field, capacity)
            cafe.save(update_fields=capacities)
            return cafe.let_in()

    def check_capacities(self, capacities: dict[str, int]) -> None:
        """Raises ValidationError with a message per field that leaves too few places. Call it on `locked()`."""
        errors = {}
        for seat in Seat:
            field, taken = f"{seat}_capacity", self.places(seat).taken
            if capacities.get(field, taken) < taken:
                errors[field] = (
                    f"Er {'is' if taken == 1 else 'zijn'} al {number(taken, 'plaats,plaatsen')} {seat.label} "
                    f"vergeven. Vul minstens {taken} in, of meld eerst mensen af."
                )
        if errors:
            raise ValidationError(errors)
