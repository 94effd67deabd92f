"""What everyone in the room may see now: one small state per version, the same for screen, phones and readers.

There is no list of what happened. A client that missed ten versions reads the eleventh and is up to date. What waits,
is hidden or removed, names, and counts that are not revealed are not in it, nor in its ETag or its size.
"""

import json
import re
from itertools import zip_longest
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from live.models import Kind, LiveCafe, Scene, Voice
from live.reading import fixed, results
from live.reading.thanks import Thanks, thanks_of
from polls.models import Choice, Wensbeeld
from posts.models.thumb_kinds import UP
from werkplaats import kept

MOST_VOICES = 8  # in a state: the screen has four places, and may lag behind
MOST_NUMBERS = 60  # of the voices that stand: whatever a screen shows or holds back besides these is gone
MOST_OUT = 150  # phones that were put out, the last ones
MOST_WENSBEELDEN = 6
PIPS = 15  # minutes that are drawn one by one
PLACES = [
    "Typ samen één ding op de telefoon van je tafel.",
    "Iemand leest het eerst.",
    "Dan komt het hier te staan.",
    "Zonder namen.",
]
MOST_BUBBLES, IN_A_BUBBLE = 4, 12  # choices, and characters of each
LARGEST = 10_000  # bytes of a state: of longer words there are fewer


class State(NamedTuple):
    """`body` is JSON in UTF-8."""

    version: int
    body: bytes

    @property
    def etag(self) -> str:
        return f'"{self.version}"'


class Look(NamedTuple):
    """What stands on the screen, for the templates of screen and phones.

    `numbers` are those of all voices that stand.
    """

    live: LiveCafe
    scene: Scene | None
    kind: str
    present: results.Present
    voices: list[Voice]
    numbers: list[int]
    spotlight: Voice | None = None
    result: Any = None  # of a poll or of stickers, once it is revealed
    progress: dict[str, int] | None = None
    wrote: results.Wrote = results.Wrote()
    choices: list[Choice] | None = None
    wensbeelden: list[Wensbeeld] | None = None
    thanks: Thanks | None = None

    @property
    def has_corner(self) -> bool:
        """Whether the way in stands in the corner: it is large itself, in the foot, or in nobody's way."""
        return self.stands in ("vraag", "uitgelicht", "peiling", "stickers", "wensbeelden")

    @property
    def places(self) -> list[tuple[str, Voice | None]]:
        """The four places of a question, with what each says while it is empty."""
        last = self.voices[-len(PLACES) :]
        return list(zip_longest(PLACES, last))

    @property
    def are_bubbles(self) -> bool:
        """Whether the choices of a poll are few and short enough to stand in bubbles."""
        choices = self.choices or []
        return len(choices) <= MOST_BUBBLES and all(len(choice.text) <= IN_A_BUBBLE for choice in choices)

    @property
    def after_address(self) -> str:
        """Of the café's own page, to type afterwards."""
        return urlsplit(self.after_link).netloc + urlsplit(self.after_link).path

    @property
    def after_link(self) -> str:
        return settings.SITE_URL + reverse("events:short", args=[self.live.cafe_id]).rstrip("/")

    @property
    def many(self) -> int:
        return len(self.numbers)

    @property
    def stands(self) -> str:
        """What is drawn: the kind, but that one voice of a question may be large."""
        return "uitgelicht" if self.spotlight else self.kind

    @property
    def thumbs(self) -> int:
        """Of the voice that is large. One of a table is one."""
        post = self.spotlight and self.spotlight.post
        return int(post.tally.thumbs.get(str(UP.value), 0)) if post else 0

    @property
    def pips(self) -> list[bool]:
        """The minutes of a scene, with those that are still to come; none when they are too many to count."""
        minutes = self.scene.minutes if self.scene else 0
        left = self.scene.minutes_left if self.scene else None
        left = minutes if left is None else left
        return [number >= minutes - left for number in range(minutes)] if minutes <= PIPS else []

    @property
    def counted(self) -> list[bool]:
        """A place for each table, with those that counted their hands."""
        done = self.progress["tables"] if self.progress else 0
        return [number < done for number in range(max(self.live.tables, done))]


def state_of(live: LiveCafe) -> State:
    """The state of a room as it stands in the database; drawn once per version in each process."""
    return kept.shared(f"room:{live.pk}", live.version, lambda: _drawn(live.pk))


def _drawn(pk: int) -> State:
    live = LiveCafe.objects.select_related("cafe", "scene__question", "scene__poll", "scene__round").get(pk=pk)
    look = look_at(live)
    scene = look.scene
    voices = [
        [voice.number, _tight(render_to_string("live/screen/voice.html", {"voice": voice}))] for voice in look.voices
    ]
    said: dict[str, Any] = {
        "version": live.version,
        "turn": live.turn,
        "kind": look.kind,
        "task": task_of(look),
        "dark": live.is_dark,
        "ends": scene.ends_at.isoformat() if scene and scene.ends_at else None,
        "now": timezone.now().isoformat(),
        "screen": _tight(render_to_string("live/screen/stage.html", {"look": look})),
        "voices": voices,
        "stand": look.numbers[-MOST_NUMBERS:],
        "count": look.many,
        "out": look.present.out[-MOST_OUT:],
        "outs": len(look.present.out),
        "title": _tight(render_to_string("live/words.html#title", {"look": look})),
        "words": _tight(render_to_string("live/words.html", {"look": look})),
    }
    while len(body := _as_json(said)) > LARGEST and len(voices) > len(PLACES):
        del voices[0]
    return State(live.version, body)


def _as_json(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _tight(html: str) -> str:
    """Without the lines of a template: half of what a phone would ask for."""
    return re.sub("[ \n]+", " ", html).strip()


def task_of(look: Look) -> str:
    """Another one as soon as a phone has something else to do."""
    scene = look.scene
    told = (look.kind, scene and scene.pk, bool(scene and scene.shows_result), bool(scene and scene.ends_at))
    return "-".join(map(str, (*told, look.spotlight and look.spotlight.pk, look.live.begun_at is not None)))


def look_at(live: LiveCafe) -> Look:
    """What may be seen of a room. While it is cleared that is nothing. A constant number of queries."""
    scene = None if live.cleared_at or live.begun_at is None else live.scene
    kind = "leeg" if live.cleared_at else scene.kind if scene else "begin"
    present = results.present_in(live)
    if live.cleared_at or scene is None:
        return Look(live, scene, kind, present, [], [])
    look = Look(live, scene, kind, present, *_voices(live, scene), _large(live, scene))
    if scene.kind == Kind.QUESTION and live.is_alone:
        return look._replace(wrote=results.wrote_in(live.voices.filter(scene__question=scene.question_id)))
    if scene.kind == Kind.WENSBEELDEN:
        return look._replace(wensbeelden=list(Wensbeeld.objects.public().exclude(text="")[:MOST_WENSBEELDEN]))
    if scene.kind == Kind.THANKS:
        return look._replace(thanks=thanks_of(live))
    result: Any = None
    progress = None
    if scene.kind == Kind.POLL:
        if scene.is_revealed:
            result = fixed.poll_result(scene)
        else:
            look = look._replace(choices=list(scene.its_poll.choices.all()))
            progress = results.progress(scene)
    elif scene.kind == Kind.STICKERS:
        result = results.sticker_result(scene, rehearses=live.rehearses)
    return look._replace(result=result, progress=progress)


def _large(live: LiveCafe, scene: Scene) -> Voice | None:
    """The voice that stands alone, of the question that is on; none when nobody reads along. At most one query."""
    if not live.spotlight_id or scene.kind != Kind.QUESTION or live.is_alone:
        return None
    asked = live.voices.shown().filter(scene__question=scene.question_id)
    return asked.filter(pk=live.spotlight_id).select_related("post__tally").first()


def _voices(live: LiveCafe, scene: Scene) -> tuple[list[Voice], list[int]]:
    """The last voices of the question that is on, oldest first, and the numbers of all that stand. Two queries.

    A screen takes a number that it heard before for one that it has shown. So one that comes between the two queries
    is in neither, and in both of the next version.
    """
    if scene.kind != Kind.QUESTION or live.is_alone:
        return [], []
    shown = live.voices.shown().filter(scene__question=scene.question_id)
    numbers = [number for number in shown.values_list("number", flat=True) if number]
    last = shown.select_related("post").filter(number__in=sorted(numbers)[-MOST_VOICES:])
    return list(last.order_by("number")), numbers
