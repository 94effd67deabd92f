"""What everyone in the room may see now: one small state per version, the same for screen, phones and readers.

There is no list of what happened. A client that missed ten versions reads the eleventh and is up to date. What waits,
is hidden or removed, names, and counts that are not revealed are not in it, nor in its ETag or its size.
"""

import json
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone

from live.models import Kind, LiveCafe, Scene, Voice
from live.reading import results
from werkplaats import kept

MOST_VOICES = 8  # in a state: the screen has four places, and may lag behind
LARGEST = 10_000  # bytes of a state


class State(NamedTuple):
    """`body` is JSON in UTF-8."""

    version: int
    body: bytes

    @property
    def etag(self) -> str:
        return f'"{self.version}"'


class Look(NamedTuple):
    """What stands on the screen, for the templates of screen and phones."""

    live: LiveCafe
    scene: Scene | None
    kind: str
    present: results.Present
    voices: list[Voice]
    many: int
    spotlight: Voice | None = None
    result: Any = None  # of a poll or of stickers, once it is revealed
    progress: dict[str, int] | None = None


def state_of(live: LiveCafe) -> State:
    """The state of a room as it stands in the database; drawn once per version in each process."""
    return kept.shared(f"room:{live.pk}", live.version, lambda: _drawn(live.pk))


def _drawn(pk: int) -> State:
    live = LiveCafe.objects.select_related("cafe", "scene__question", "scene__poll", "scene__round").get(pk=pk)
    look = look_at(live)
    scene = look.scene
    said = {
        "version": live.version,
        "turn": live.turn,
        "kind": look.kind,
        "task": task_of(look),
        "dark": live.is_dark,
        "ends": scene.ends_at.isoformat() if scene and scene.ends_at else None,
        "now": timezone.now().isoformat(),
        "screen": render_to_string("live/screen/stage.html", {"look": look}),
        "voices": [
            [voice.number, render_to_string("live/screen/voice.html", {"voice": voice})] for voice in look.voices
        ],
        "count": look.many,
        "title": render_to_string("live/words.html#title", {"look": look}).strip(),
        "words": render_to_string("live/words.html", {"look": look}),
    }
    return State(live.version, json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())


def task_of(look: Look) -> str:
    """Another one as soon as a phone has something else to do."""
    scene = look.scene
    told = (look.kind, scene and scene.pk, bool(scene and scene.is_revealed), bool(scene and scene.ends_at))
    return "-".join(map(str, (*told, look.spotlight and look.spotlight.pk, look.live.begun_at is not None)))


def look_at(live: LiveCafe) -> Look:
    """What may be seen of a room. While it is cleared that is nothing. A constant number of queries."""
    scene = None if live.cleared_at or live.begun_at is None else live.scene
    kind = "leeg" if live.cleared_at else scene.kind if scene else "begin"
    present = results.present_in(live)
    if live.cleared_at or scene is None:
        return Look(live, scene, kind, present, [], 0)
    large = live.voices.shown().filter(pk=live.spotlight_id) if live.spotlight_id else live.voices.none()
    spotlight = large.select_related("post").first()
    voices, count = _voices(live, scene)
    result: Any = None
    progress = None
    if scene.kind == Kind.POLL:
        result = results.poll_result(scene) if scene.is_revealed else None
        progress = None if scene.is_revealed else results.progress(scene)
    elif scene.kind == Kind.STICKERS:
        result = results.sticker_result(scene)
    return Look(live, scene, kind, present, voices, count, spotlight, result, progress)


def _voices(live: LiveCafe, scene: Scene) -> tuple[list[Voice], int]:
    """The last voices of the question that is on, oldest first, and how many there are. Two queries."""
    if scene.kind != Kind.QUESTION or live.is_alone:
        return [], 0
    shown = live.voices.shown().filter(scene__question=scene.question_id)
    newest = shown.select_related("post").order_by("-number")[:MOST_VOICES]
    return list(reversed(newest)), shown.count()
