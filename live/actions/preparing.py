"""The running order of a café: made from its agenda, and fixed to what it asks."""

import itertools
import re
from datetime import time
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from events.models import Cafe
from live.models import ASKING, Kind, LiveCafe, Scene
from polls.models import Choice, Poll, ResultsShown, StickerRound
from posts.models import Question

USUAL = (Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.BREAK, Kind.POLL, Kind.STICKERS, Kind.THANKS)
# The first word that is in a line of the agenda tells what comes on the screen; a line without any tells nothing.
WORDS = (
    (Kind.BREAK, r"pauze"),
    (Kind.WENSBEELDEN, r"wensbeeld"),
    (Kind.STICKERS, r"sticker|plakken|plak\b"),
    (Kind.POLL, r"peiling|stemmen|stem\b"),
    (Kind.THANKS, r"dank|einde|afsluit|slot|meenemen|nemen we mee"),
    (Kind.TALK, r"tafel|gesprek|in groepen"),
    (Kind.QUESTION, r"vraag|verhalen|leggen .* naast|delen|wat hoorden|wat hebben .* nodig"),
    (Kind.WELCOME, r"welkom|inloop|begin"),
)
A_TIME = re.compile(r"^\W*(\d{1,2})[.:](\d{2})(?:\s*uur)?\W*(.*)$", re.IGNORECASE)
MOST_MINUTES = 120
OF_CAFE = "-cafe-"  # in the address of a copy


class Line(NamedTuple):
    """What the agenda says that comes on the screen, from when on and for how long."""

    kind: Kind
    starts_at: time | None
    minutes: int


def read_agenda(agenda: str) -> list[Line]:
    """The scenes that its lines name, in their order. Of two of one kind on a row the first one stands.

    A talk without a question behind it gets one: what was said at the tables is what this is for.
    """
    told = [(time(int(hour), int(minute)), words) for hour, minute, words in _times(agenda)]
    lines: list[Line] = []
    for number, (at, words) in enumerate(told):
        kind = next((kind for kind, pattern in WORDS if re.search(pattern, words, re.IGNORECASE)), None)
        if kind is None or lines and lines[-1].kind == kind:
            continue
        until = told[number + 1][0] if number + 1 < len(told) else None
        lines.append(Line(kind, at, _minutes(kind, at, until)))
    return _with_questions(lines)


def _times(agenda: str) -> list[tuple[str, str, str]]:
    found = [match.groups() for line in agenda.splitlines() if (match := A_TIME.match(line.strip()))]
    return [(hour, minute, words) for hour, minute, words in found if int(hour) < 24 and int(minute) < 60]


def _minutes(kind: Kind, at: time, until: time | None) -> int:
    """A talk at the tables is short, whatever else the agenda does in that time."""
    if kind == Kind.TALK or until is None or until <= at:
        return kind.minutes
    return min(MOST_MINUTES, max(1, (until.hour - at.hour) * 60 + until.minute - at.minute))


def _with_questions(lines: list[Line]) -> list[Line]:
    made: list[Line] = []
    for number, line in enumerate(lines):
        made.append(line)
        behind = lines[number + 1].kind if number + 1 < len(lines) else None
        if line.kind == Kind.TALK and behind != Kind.QUESTION:
            made.append(Line(Kind.QUESTION, None, Kind.QUESTION.minutes))
    return made


def prepare(cafe: Cafe, poll: Poll | None, round: StickerRound | None) -> LiveCafe:
    """The room of a café, with the scenes of its agenda: without one those of the usual evening. Twice is once.

    Of a poll it gets its own copy. People stick in the round itself: ideas that were copied would be other voices, and
    one that is hidden in one place would stay in the other. What it has no question, poll or round for is left out; a
    poll and a round that the agenda does not name come before the thanks.
    """
    with transaction.atomic():
        cafe = cafe.locked()
        live = LiveCafe.objects.of_cafe(cafe)
        if live.scenes.exists():
            return live
        about: dict[Kind, dict[str, Any]] = {}
        if asked := question_of(cafe):
            about |= {kind: {"question": asked} for kind in ASKING}
        about |= {Kind.POLL: {"poll": own_copy(poll, cafe)}} if poll else {}
        about |= {Kind.STICKERS: {"round": round}} if round else {}
        lines = read_agenda(cafe.agenda) or [Line(kind, None, kind.minutes) for kind in USUAL]
        needs = {*ASKING, Kind.POLL, Kind.STICKERS}
        lines = [line for line in _with_chosen(lines, about) if line.kind in about or line.kind not in needs]
        Scene.objects.bulk_create(
            Scene(
                live=live,
                position=position,
                kind=line.kind,
                minutes=line.minutes,
                starts_at=line.starts_at,
                **about.get(line.kind, {}),
            )
            for position, line in enumerate(lines, 1)
        )
    return live


def _with_chosen(lines: list[Line], about: dict[Kind, dict[str, Any]]) -> list[Line]:
    named = {line.kind for line in lines}
    more = [
        Line(kind, None, kind.minutes) for kind in (Kind.POLL, Kind.STICKERS) if kind in about and kind not in named
    ]
    last = [line for line in lines if line.kind == Kind.THANKS] or [Line(Kind.THANKS, None, Kind.THANKS.minutes)]
    return [line for line in lines if line.kind != Kind.THANKS] + more + last[-1:]


def question_of(cafe: Cafe) -> Question | None:
    """What it asks: its own question, else that of now."""
    return cafe.topic or Question.objects.current()


def fix_question(live: LiveCafe) -> None:
    """When a café begins its question stays what it is, also when another one becomes current on the site.

    One that was prepared with the question of that moment asks what its café asks now; different questions that a
    coordinator chose stay. Call it in the transaction that begins it, before anything is locked.
    A rehearsal fixes nothing.
    """
    if live.rehearses:
        return
    cafe = live.cafe.locked()
    asked = question_of(cafe)
    chosen = set(live.scenes.filter(question__isnull=False).values_list("question", flat=True))
    if asked is None or not chosen:
        return
    if len(chosen) == 1:
        live.scenes.filter(question__isnull=False).update(question=asked)
    Poll.objects.filter(pk__in=live.scenes.filter(poll__is_of_room=True).values("poll")).update(room_question=asked)
    if cafe.topic_id is None:
        Cafe.objects.filter(pk=cafe.pk).update(topic=asked)


def own_copy(poll: Poll, cafe: Cafe) -> Poll:
    """The café's own copy of a poll: nobody can vote until its scene opens it, and nobody sees counts before the room.

    A copy that this café has is that itself. Of two cafés on one day each has its own.
    """
    if poll.is_of_room and Scene.objects.filter(live__cafe=cafe, poll=poll).exists():
        return poll
    return copy_of(poll, cafe)


def let_go(cafe: Cafe) -> None:
    """Of a copy that is in no scene any more, and was never told, nobody types hands any more."""
    asked = Scene.objects.filter(poll__isnull=False).values("poll")
    Poll.objects.filter(room_cafe=cafe, room_result__isnull=True).exclude(pk__in=asked).update(room_cafe=None)


def copy_of(poll: Poll, cafe: Cafe) -> Poll:
    """A new one in which nobody voted yet."""
    copied = Poll.objects.create(
        slug=_free_slug(poll, cafe),
        question=poll.question,
        intro=poll.intro,
        repeat_votes=False,
        results_shown=ResultsShown.NEVER,
        closes_at=timezone.now(),
        is_of_room=True,
        room_cafe=cafe,
        room_question=question_of(cafe),
    )
    same = ("text", "answer", "asks_wensbeeld", "position")
    Choice.objects.bulk_create(
        Choice(poll=copied, **{name: getattr(choice, name) for name in same})
        for choice in poll.choices.order_by("position", "pk")
    )
    return copied


def _free_slug(poll: Poll, cafe: Cafe) -> str:
    """That of a copy: with the day of the café, and a number when others have that one."""
    ending = f"{OF_CAFE}{timezone.localtime(cafe.starts_at):%Y-%m-%d}"
    longest = Poll._meta.get_field("slug").max_length or 60
    taken = set(Poll.objects.filter(slug__contains=ending).values_list("slug", flat=True))
    endings = itertools.chain([ending], (f"{ending}-{number}" for number in itertools.count(2)))
    slug = poll.slug.partition(OF_CAFE)[0] if poll.is_of_room else poll.slug
    return next(made for each in endings if (made := slug[: longest - len(each)] + each) not in taken)


def move(scene: Scene, seen: int, *, by: int) -> bool:
    """Puts a scene one place up (-1) or down (1), as it stood at position `seen`. Returns whether this did it."""
    with transaction.atomic():
        order = list(Scene.objects.select_for_update().filter(live=scene.live_id).order_by("position"))
        places = [each.position for each in order]
        here = next((number for number, each in enumerate(order) if each.pk == scene.pk), -1)
        if here < 0 or places[here] != seen or not 0 <= here + by < len(order):
            return False
        order[here], order[here + by] = order[here + by], order[here]
        for each, position in zip(order, places):
            each.position = position
        Scene.objects.bulk_update(order, ["position"])
        scene.live.raise_version()
    return True
