"""What whoever leads a café sees: what to say, what is on the screen, the one next step, and what waits."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from live.models import HelperKey, Kind, LiveCafe, Scene, Voice
from live.reading.results import Present
from live.reading.state import Look, look_at

SEEN_WITHIN = timedelta(seconds=25)  # a screen tells every ten seconds that it is there
MOST_WAITING, MOST_SHOWN = 30, 12
BEFORE = "We beginnen zo. Neem nog een kop koffie."
EMPTY = "We gaan zo verder."
LARGE = "Wie herkent dit? Geef een duimpje. Of vertel."
IN_TIME, TIME_IS_UP = "Ik zeg het als de tijd om is.", "De tijd is om. Rond rustig af."
REVEALED = "Kijk, dit kozen jullie. Wie wil er iets over zeggen?"
WAS_OVER = "Deze ronde is al afgelopen. Kijk, dit is de uitslag. Wie wil er iets over zeggen?"
ALONE = "Schrijf op wat jullie bespraken. Wie wil iets hardop vertellen?"


@dataclass(frozen=True)
class Step:
    """The one big button: what it says, in small what comes of it, and what it sends to which address."""

    label: str
    name: str  # of the address
    small: str = ""
    scene: Scene | None = None
    fields: dict[str, str] = field(default_factory=dict)

    def address(self, live: LiveCafe) -> str:
        return reverse(f"live:{self.name}", args=[live.pk, *([self.scene.pk] if self.scene else [])])


@dataclass
class Desk:
    """`shown` are the newest that everyone may read of the question that is on, the newest first.

    `helpers` are the keys that work, also of a link that nobody opened yet.
    """

    live: LiveCafe
    look: Look
    scene: Scene | None
    scenes: list[Scene]
    waiting: list[Voice]
    wait: int
    shown: list[Voice]
    helpers: list[HelperKey]

    @property
    def present(self) -> Present:
        return self.look.present

    @property
    def reading_along(self) -> int:
        """How many phones help."""
        return sum(bool(key.browser) for key in self.helpers)

    @property
    def has_screen(self) -> bool:
        seen = self.live.screen_seen_at
        return seen is not None and seen > timezone.now() - SEEN_WITHIN

    @property
    def number(self) -> int:
        """Which scene of the running order is on, from 1; 0 before it begins."""
        return next((number for number, each in enumerate(self.scenes, 1) if each == self.scene), 0)

    @property
    def next(self) -> Scene | None:
        return self.scenes[self.number] if self.number < len(self.scenes) else None

    @property
    def previous(self) -> Scene | None:
        return self.scenes[self.number - 2] if self.number > 1 else None

    @property
    def last(self) -> Voice | None:
        """What came last on the screen."""
        return self.shown[0] if self.shown else None

    @property
    def title(self) -> str:
        if self.live.cleared_at:
            return "Het scherm is leeg"
        return self.scene.get_kind_display() if self.scene else "Nog niet begonnen"

    @property
    def is_time_up(self) -> bool:
        return bool(self.scene and self.scene.minutes_left == 0)

    @property
    def sentence(self) -> str:
        """The one that is said aloud now."""
        scene = self.scene
        if scene is None or self.live.cleared_at or self.look.spotlight:
            return BEFORE if scene is None else EMPTY if self.live.cleared_at else LARGE
        if scene.kind == Kind.TALK and scene.ends_at:
            return TIME_IS_UP if self.is_time_up else scene.says or IN_TIME
        if scene.kind == Kind.QUESTION and self.live.is_alone:
            return scene.says or ALONE
        if scene.was_over:
            return WAS_OVER
        return REVEALED if scene.is_revealed else scene.sentence

    @property
    def step(self) -> Step | None:
        """What the big button does; None behind the last scene."""
        scene, after = self.scene, self.next
        if self.live.begun_at is None:
            return Step("Begin het café", "begin", "" if self.has_screen else "met of zonder scherm")
        if self.live.cleared_at:
            return Step("Toon het scherm weer", "clear", fields={"leeg": "nee"})
        if self.look.spotlight:
            return Step("Terug naar allemaal", "spotlight")
        if scene and scene.has_result and not scene.shows_result:
            return Step("Toon de uitslag", "reveal")
        if scene and scene.kind == Kind.TALK and not scene.ends_at:
            return Step(f"Start {_minutes(scene)}", "start_time")
        return further(scene, after) if after else None


def further(scene: Scene | None, after: Scene) -> Step:
    """The step to the next scene. A talk at the tables begins with its time."""
    if after.kind == Kind.TALK and not after.ends_at:
        return Step(f"Start {_minutes(after)}", "go_to", "daarna: tafeltijd", after, {"tijd": "ja"})
    if scene and scene.kind == Kind.TALK and after.kind == Kind.QUESTION:
        return Step("Stop, en ga schrijven", "go_to", scene=after)
    small = "deze ronde is al afgelopen" if after.was_over else ""
    return Step(f"Verder: {after.get_kind_display().lower()}", "go_to", small, after)


def _minutes(scene: Scene) -> str:
    return "1 minuut" if scene.minutes == 1 else f"{scene.minutes} minuten"


def led(pk: int) -> LiveCafe:
    """The room with all that its pages show of it."""
    return LiveCafe.objects.select_related("cafe", "scene__question", "scene__poll", "scene__round", "spotlight").get(
        pk=pk
    )


def desk_of(live: LiveCafe) -> Desk:
    """A constant number of queries."""
    look = look_at(live)
    scene = live.scene if live.begun_at else None
    waiting = waiting_in(live)
    asked: Any = live.voices.filter(scene__question=scene.question_id if scene else None)
    shown = asked.shown() if scene and scene.kind == Kind.QUESTION else asked.none()
    return Desk(
        live,
        look,
        scene,
        list(live.scenes.select_related("question", "poll", "round").order_by("position")),
        waiting[:MOST_WAITING],
        len(waiting),
        list(shown.select_related("post").order_by("-number")[:MOST_SHOWN]),
        list(HelperKey.objects.alive().filter(live=live).order_by("pk")),
    )


def waiting_in(live: LiveCafe) -> list[Voice]:
    """What somebody has to read first, the oldest first."""
    return list(live.voices.waiting().select_related("post"))
