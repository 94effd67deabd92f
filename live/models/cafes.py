"""A café as it goes on in the room: what stands on the screen, and its version."""

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from events.models import Cafe
from live.models.kinds import Kind
from werkplaats.models import User
from werkplaats.register.entries import Entry, Purpose, Term, by_user, of_the_site

# Without vowels no code spells a word; without O, 0, I and 1 none can be misread from a screen.
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789"
CODE_LENGTH = 4
OPEN_AFTER = timedelta(days=1)  # a code works that long after the café
# After the café: an evening that runs late is not cut off, and nothing goes on for ever. A key of who helps neither.
LATER = timedelta(hours=1)
# Of LISTEN: «12 48» says that room 12 is in version 48, «12 c» that its counts moved, «12 w» that something waits.
CHANNEL, COUNTS, WAITS = "live", "c", "w"
LISTENER = "zaal"  # by which PostgreSQL knows the connection of who listens
MOST_TABLES = 40
LOCK = 2107  # of advisory locks: a room, while it begins or ends to be a rehearsal


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def normalise_code(typed: str) -> str:
    """As it stands in the database: people type small letters, and spaces between."""
    return "".join(typed.split()).upper()


class Moved(Exception):
    """Somebody else gave a command since the page was drawn that this one comes from."""


class Ended(Moved):
    """The rehearsal is over, or one began, or the room was closed, since somebody's page was drawn."""


class LiveCafeQuerySet(models.QuerySet["LiveCafe"]):
    def open(self) -> "LiveCafeQuerySet":
        """Those whose code works: until a day after the café, and none that was called off."""
        ends = Q(cafe__ends_at__gt=timezone.now() - OPEN_AFTER, cafe__called_off_at=None)
        return self.filter(ends, closed_at=None).select_related("cafe")

    def of_code(self, typed: str) -> "LiveCafe | None":
        """The one whose code this is, if it works. A rehearsal has its own: that of the evening is in print."""
        code = normalise_code(typed)
        real, rehearsal = Q(code=code, rehearsing_since=None), Q(rehearsal_code=code, rehearsing_since__isnull=False)
        return self.open().filter(real | rehearsal).select_related("scene", "spotlight").first() if code else None

    def over(self, typed: str) -> "LiveCafe | None":
        """The last one that had this code, when it works no more: everyone may read where its words are now.

        Of one that was called off in its rehearsal the code of that too.
        """
        code = normalise_code(typed)
        tried = Q(rehearsal_code=code, rehearsing_since__isnull=False, cafe__called_off_at__isnull=False)
        public = self.filter(tried | Q(code=code), cafe__published_at__isnull=False)
        last = public.select_related("cafe").order_by("cafe__ends_at").last()
        return last if last and last.is_over else None

    def had(self, typed: str) -> bool:
        """Whether a room ever had this code, or a rehearsal: who left that page open guesses nothing."""
        code = normalise_code(typed)
        return bool(code) and self.filter(Q(code=code) | Q(rehearsal_code=code)).exists()

    def rehearsed(self, typed: str) -> bool:
        """Whether this was the code of a rehearsal, which is over."""
        code = normalise_code(typed)
        return bool(code) and self.filter(rehearsal_code=code, rehearsing_since=None).exists()

    def of_today(self) -> "LiveCafe | None":
        """One that goes on now: where people type a code they read that they are at the right place."""
        now = timezone.now()
        about_now = Q(cafe__starts_at__lt=now + timedelta(hours=1), cafe__ends_at__gt=now - LATER)
        found = self.open().filter(about_now, rehearsing_since=None, cafe__published_at__isnull=False)
        return next((live for live in found.select_related("scene").order_by("pk") if live.goes_on), None)

    def led_by(self, user: User) -> "LiveCafeQuerySet":
        """Those that they may lead: all for who may change cafés, else those that they were asked for, while open."""
        if not (user.is_active and user.is_staff):
            return self.none()
        asked_for = self.filter(leaders__user=user, closed_at=None)
        return self.all() if user.has_perm("events.change_cafe") else asked_for

    def of_cafe(self, cafe: Cafe) -> "LiveCafe":
        """That of a café, made with a code of its own when there is none yet."""
        if found := self.filter(cafe=cafe).first():
            return found
        return self.get_or_create(cafe=cafe, defaults={"code": self.free_code()})[0]

    def free_code(self, wished: str = "") -> str:
        """One that no open room has, for the evening or for rehearsals: the `wished` one if it is free.

        Raises ValidationError.
        """
        for code in [wished, *(new_code() for _ in range(20))]:
            if code and not self.filter(Q(code=code) | Q(rehearsal_code=code), closed_at=None).exists():
                return code
        raise ValidationError("Er zijn te veel cafés open om een nieuwe code te maken.")


class LiveCafe(models.Model):
    """One per café that is led with a screen. `version` rises with all that everyone sees, `turn` with each command.

    Of two rows that one transaction changes this is the last to be locked, after posts, polls and rounds: triggers of
    these raise its version (`live.models.listening`).
    """

    cafe = models.OneToOneField(Cafe, models.CASCADE, related_name="live", verbose_name="café")
    code = models.CharField("code", max_length=CODE_LENGTH)
    rehearsal_code = models.CharField(max_length=CODE_LENGTH, blank=True, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)
    turn = models.PositiveIntegerField(default=1, editable=False)
    last_command = models.CharField(max_length=60, blank=True, editable=False)
    scene = models.ForeignKey("live.Scene", models.SET_NULL, null=True, editable=False, related_name="+")
    spotlight = models.ForeignKey("live.Voice", models.SET_NULL, null=True, editable=False, related_name="+")
    tables = models.PositiveSmallIntegerField("tafels", default=10)
    is_dark = models.BooleanField("donker scherm", default=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    begun_at = models.DateTimeField("begonnen", null=True, editable=False)
    closed_at = models.DateTimeField("gesloten", null=True, editable=False)
    cleared_at = models.DateTimeField("scherm leeg sinds", null=True, editable=False)
    alone_since = models.DateTimeField("alleen sinds", null=True, editable=False)
    shown_again_at = models.DateTimeField("weer getoond na leeg", null=True, editable=False)
    rehearsing_since = models.DateTimeField("proef sinds", null=True, editable=False)
    screen_seen_at = models.DateTimeField("scherm gezien", null=True, editable=False)

    final_counts = models.JSONField("aantallen die blijven", null=True, editable=False)

    in_register = of_the_site("code", "rehearsal_code", "last_command", "final_counts")

    objects = LiveCafeQuerySet.as_manager()

    class Meta:
        verbose_name = "zaal"
        verbose_name_plural = "zalen"
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(closed_at=None), name="one_open_room_per_code"),
            models.CheckConstraint(
                condition=Q(tables__range=(1, MOST_TABLES)),
                name="room_has_tables",
                violation_error_message=f"Vul 1 tot en met {MOST_TABLES} tafels in.",
            ),
        ]
        triggers = [
            # Not for a screen that says every ten seconds that it is there; but for what begins anew with it.
            pgtrigger.Trigger(
                name="counts_version",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "(NEW.screen_seen_at IS NULL OR OLD.turn <> NEW.turn"
                    " OR OLD.screen_seen_at IS NOT DISTINCT FROM NEW.screen_seen_at)"
                ),
                func="NEW.version = OLD.version + 1; RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="tells_version",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"PERFORM pg_notify('{CHANNEL}', NEW.id || ' ' || NEW.version); RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"zaal van {self.cafe}"

    def get_absolute_url(self) -> str:
        """Of the phones."""
        return reverse("live:phone", args=[self.shown_code.lower()])

    @property
    def screen_url(self) -> str:
        return reverse("live:screen", args=[self.shown_code.lower()])

    @property
    def shown_code(self) -> str:
        """The code that works now."""
        return self.rehearsal_code if self.rehearses else self.code

    @property
    def short_address(self) -> str:
        """What people type when they cannot scan: «werkplaats.example/z»."""
        return urlsplit(settings.SITE_URL).netloc + reverse("live:join").rstrip("/")

    @property
    def screen_address(self) -> str:
        """What is typed on the laptop at the beamer."""
        return urlsplit(settings.SITE_URL).netloc + self.screen_url

    @property
    def link(self) -> str:
        """What the code on the screen leads to. In capitals it is a smaller one, and the address takes both."""
        return f"{settings.SITE_URL}{self.get_absolute_url().rstrip('/')}".upper()

    @property
    def is_over(self) -> bool:
        """Whether its code works no more."""
        return bool(self.closed_at) or self.is_off or self.cafe.ends_at + OPEN_AFTER <= timezone.now()

    @property
    def is_off(self) -> bool:
        """Whether it was called off, also in the middle: nothing of it is led or written any more."""
        return self.cafe.called_off_at is not None

    @property
    def is_at_thanks(self) -> bool:
        """Whether it is at its thanks: from there everyone is led to what was said, and not in again."""
        at_the_end = self.scene is not None and self.scene.kind == Kind.THANKS
        return at_the_end and self.begun_at is not None and not self.rehearses

    @property
    def goes_on(self) -> bool:
        """Whether people are led in, of a café that has begun or is about to: until its thanks or its last hour.

        From then on its page tells what was heard. The code leads there, and nobody takes a seat: its figures stand.

        An evening that runs late goes on, at most LATER, if somebody began it. While the screen is empty its thanks
        have not been said; after its time that makes no difference.
        """
        late = timezone.now() - self.cafe.ends_at
        if self.closed_at or self.is_off or late >= LATER:
            return False
        if late < timedelta(0):
            return not self.is_at_thanks or self.cleared_at is not None
        return self.begun_at is not None and not self.rehearses and not self.is_at_thanks

    @property
    def takes_words(self) -> bool:
        """Whether who has a seat may write: also at the thanks and behind them, until the last hour."""
        return self.closed_at is None and timezone.now() < self.cafe.ends_at + LATER

    @property
    def is_alone(self) -> bool:
        """Whether nobody reads along: then what people write comes on the site afterwards, and never on the screen."""
        return self.alone_since is not None

    @property
    def rehearses(self) -> bool:
        return self.rehearsing_since is not None

    def may_be_led_by(self, user: User | Any) -> bool:
        return bool(user.is_authenticated) and LiveCafe.objects.led_by(user).filter(pk=self.pk).exists()

    def command(self, name: str, seen: int, **changes: Any) -> bool:
        """Changes it by a command of who leads, who saw turn `seen`. Returns whether this did it: twice is once.

        Call it last in the transaction that does what belongs to the command. Raises Moved.
        """
        rows = LiveCafe.objects.filter(pk=self.pk, turn=seen, closed_at=None)
        done = rows.update(turn=F("turn") + 1, last_command=name, **changes)
        self.refresh_from_db()
        if not done and (self.turn, self.last_command) != (seen + 1, name):
            raise Moved
        return bool(done)

    def stays(self) -> None:
        """Until the transaction ends it is the rehearsal, or the evening, that this object says. Raises Ended.

        Call it first: whoever ends a rehearsal or closes the room waits (`changes`). Nobody else waits for it.
        """
        now = LiveCafe.objects.filter(pk=self.pk).values_list("rehearsing_since", "closed_at")
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LOCK, self.pk])
        if now.get() != (self.rehearsing_since, None):
            raise Ended

    def changes(self) -> None:
        """Waits for all who write in it, and lets those after them wait until the transaction ends.

        Also for a coordinator in its running order: its scenes are locked here, before its own row.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, self.pk])
            cursor.execute("SELECT FROM live_scene WHERE live_id = %s ORDER BY position FOR UPDATE", [self.pk])

    def raise_version(self) -> None:
        """What is shown of it changed elsewhere."""
        LiveCafe.objects.filter(pk=self.pk).update(version=F("version"))

    def tell(self, what: str) -> None:
        """After commit tells the processes that listen: `COUNTS` moved, or something `WAITS`. Takes no lock."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{self.pk} {what}"])


class Leader(models.Model):
    """Somebody who was asked to lead one café."""

    live = models.ForeignKey(LiveCafe, models.CASCADE, related_name="leaders", verbose_name="zaal")
    user = models.ForeignKey(
        User, models.CASCADE, limit_choices_to={"is_staff": True, "is_active": True}, verbose_name="wie"
    )

    in_register = Entry(
        what="wie een café leidt",
        purpose=Purpose.CAFES,
        term=Term.SITE,
        personal={"user": "account"},
        of=(by_user("user"),),
        only_staff=True,
    )

    class Meta:
        verbose_name = "wie het leidt"
        verbose_name_plural = "wie het leiden"
        constraints = [
            models.UniqueConstraint(
                fields=["live", "user"], name="leads_a_room_once", violation_error_message="Dit café leidt die al."
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} leidt {self.live}"
