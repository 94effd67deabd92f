"""What one phone shows: the one thing to do there now, and what its browser did before. Nothing of another browser."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from live.models import Headcount, Kind, LiveCafe, Scene, Seat, Voice
from live.reading import fixed, results
from live.reading.results import PollResult
from live.reading.state import Look, look_at, task_of
from polls.models import Poll, Sticker, StickerRound
from polls.rounds.person import Person
from posts.models import PostTally, Removal, Thumb
from posts.models.thumb_kinds import UP, taken_by
from werkplaats import kept

DONE = (Kind.QUESTION, Kind.POLL, Kind.STICKERS, Kind.WENSBEELDEN)  # scenes in which people did something
SHORT = 12  # characters: a longer choice does not fit in a bubble
# What became of words that somebody sent.
WAITS, LATER, SHOWN, ON_SITE, AGAIN, TAKEN, GONE = "waits", "later", "shown", "site", "again", "taken", "gone"


@dataclass
class OwnVoice:
    """Something that this browser sent; `where` says what became of it."""

    voice: Voice
    where: str

    @property
    def may_go(self) -> bool:
        """Whether its writer can take it away."""
        return self.where in (WAITS, LATER, SHOWN, ON_SITE)


@dataclass
class Hands:
    """What was counted at a table, by the key of a choice. Who sat down after that reads only that it was counted."""

    counts: dict[int, int]
    is_ours: bool

    @property
    def people(self) -> int:
        return sum(self.counts.values())


@dataclass
class Desk:
    """The idea to stick at now, of `ideas`; none when this person is ready. `own` is the colour that they gave it.

    `person` is the how-manieth at this phone. At its table `people` placed stickers so far.
    """

    ideas: list[Any]
    idea: Any
    given: dict[int, int]
    buttons: list[dict[str, Any]]
    person: int
    people: int
    is_done: bool

    @property
    def own(self) -> int | None:
        return self.given.get(self.idea.id)


@dataclass
class Earlier:
    """A scene that was on before; `count` are the voices of its question that everyone may see."""

    scene: Scene
    count: int = 0
    result: PollResult | None = None


@dataclass
class Phone:
    """`task` names what to do, and its part of templates/live/tasks. `scene` is mostly the one that is on."""

    live: LiveCafe
    seat: Seat
    look: Look
    task: str
    scene: Scene | None = None
    own: list[OwnVoice] = field(default_factory=list)
    hands: Hands | None = None
    poll: Poll | None = None
    desk: Desk | None = None
    thumbs: list[tuple[Any, int, bool]] = field(default_factory=list)
    is_elsewhere: bool = False  # it shows another scene than the room
    earlier: int = 0  # how many scenes there were before

    @property
    def template(self) -> str:
        return f"live/tasks/{self.task}.html"

    @property
    def mark(self) -> str:
        """Of what the room does now: the script asks again as soon as this is another."""
        return task_of(self.look)

    @property
    def waits(self) -> bool:
        """Whether something that it shows waits to be read."""
        return any(own.where == WAITS for own in self.own)

    @property
    def ups(self) -> int:
        return next((count for kind, count, _ in self.thumbs if kind == UP), 0)

    @property
    def has_thumb(self) -> bool:
        return any(is_given for _, _, is_given in self.thumbs)

    @property
    def is_wordy(self) -> bool:
        """Whether a choice is too long for a bubble."""
        return self.poll is not None and any(len(option.text) > SHORT for option in self.poll.options)

    @property
    def asks_wensbeeld(self) -> bool:
        """Whether what was chosen here leads to sending one in."""
        own = self.poll.own if self.poll else None
        if self.poll and self.hands and self.hands.counts:
            return any(self.hands.counts.get(choice.pk) and choice.asks_wensbeeld for choice in self.poll.options)
        return bool(own and own.asks_wensbeeld)

    @property
    def counted(self) -> list[tuple[str, int]]:
        """What the own table counted, by the words of each choice."""
        counts = self.hands.counts if self.hands else {}
        return [(choice.text, counts.get(choice.pk, 0)) for choice in self.poll.options] if self.poll and counts else []


def look_of(live: LiveCafe) -> Look:
    """What the room sees, read once per version in each process."""
    whole = LiveCafe.objects.select_related("cafe", "scene__question", "scene__poll", "scene__round")
    return kept.shared(f"look:{live.pk}", live.version, lambda: look_at(whole.get(pk=live.pk)))


def phone_of(live: LiveCafe, seat: Seat, person: Person, **asked: Any) -> Phone:
    """A phone at the scene that is on.

    `asked` are wishes of its page: to `write` to a scene or see what was `sent` to it, to count `again`, an `idea` by
    its number, and that all are ready (`is_done`).
    """
    phone = _at(live, seat, person, asked)
    phone.earlier = were_on(live).count() if live.scene else 0
    return phone


def _at(live: LiveCafe, seat: Seat, person: Person, asked: dict[str, Any]) -> Phone:
    look = look_of(live)
    scene = look.scene
    if wanted := asked.get("write") or asked.get("sent"):
        own = own_voices(seat, live, wanted)
        task = "write" if asked.get("write") or not own else "sent"
        return Phone(live, seat, look, task, wanted, own, is_elsewhere=scene is None or scene.pk != wanted.pk)
    if scene is None:
        return Phone(live, seat, look, look.kind)
    if look.spotlight:
        return Phone(live, seat, look, "thumb", scene, thumbs=thumbs_of(look.spotlight, seat.visitor_id))
    if scene.kind == Kind.QUESTION:
        own = own_voices(seat, live, scene)
        return Phone(live, seat, look, "sent" if own else "write", scene, own)
    if scene.kind == Kind.POLL:
        return _at_poll(live, seat, look, scene, again=bool(asked.get("again")))
    if scene.kind == Kind.STICKERS and scene.is_revealed:
        return Phone(live, seat, look, "ranking", scene)
    if scene.kind == Kind.STICKERS:
        desk = desk_of(scene, seat, person, asked.get("idea"), is_done=bool(asked.get("is_done")))
        return Phone(live, seat, look, "stick" if desk.idea else "stuck", scene, desk=desk)
    return Phone(live, seat, look, str(scene.kind), scene)


def _at_poll(live: LiveCafe, seat: Seat, look: Look, scene: Scene, *, again: bool) -> Phone:
    poll = Poll.objects.shown_to(seat.visitor_id, scene.its_poll.slug)
    made = Phone(live, seat, look, "vote", scene, poll=poll, hands=hands_of(scene, seat))
    if scene.is_revealed:
        made.task = "result"
    elif seat.is_table:
        made.task = "counted" if made.hands and not again else "count"
    if live.rehearses and not seat.is_table:
        chosen = Headcount.objects.filter(scene=scene, seat=seat, people__gt=0).values_list("choice", flat=True).first()
        poll.own_row = {"choice": chosen} if chosen else {}
    return made


def hands_of(scene: Scene, seat: Seat) -> Hands | None:
    """What was counted at the table of this phone, if anything was."""
    if not seat.is_table:
        return None
    counted = results.hands_of(scene).get(seat.table or 0)
    if counted is None:
        return None
    is_ours = seat.taken_at <= counted.at
    return Hands(counted.hands if is_ours else {}, is_ours)


def desk_of(scene: Scene, seat: Seat, person: Person, number: int | None = None, *, is_done: bool = False) -> Desk:
    """The idea of this number; without one the first that has no sticker of this person yet."""
    scores = StickerRound.objects.scores(scene.its_round.slug, person)
    ideas = scores.board.ideas
    given = {idea.id: colour for idea in ideas if (colour := scores.given(idea))}
    if scene.live.rehearses:
        placed = Headcount.objects.filter(scene=scene, seat=seat, idea__isnull=False)
        given = {row.idea_id: row.colour for row in placed if row.idea_id and row.colour}
    if is_done:
        idea = None
    elif number is None:
        idea = next((idea for idea in ideas if idea.id not in given), None)
    else:
        idea = ideas[number - 1] if 1 <= number <= len(ideas) else None
    persons = _persons_at(scene, seat)
    mine = {each for visitor, each in persons if visitor == seat.visitor_id} | {person.number}
    buttons = [
        {"value": colour.value, "css": colour.css, "name": colour.label, "word": word}
        for colour, word in scene.its_round.legend
    ]
    return Desk(ideas, idea, given, buttons, len(mine), len(persons), is_done)


def _persons_at(scene: Scene, seat: Seat) -> list[tuple[UUID, int]]:
    """Who placed a sticker at this table, or with this phone alone, as visitor and person."""
    seats = (
        Seat.objects.filter(live=seat.live_id, table=seat.table) if seat.is_table else Seat.objects.filter(pk=seat.pk)
    )
    placed = Sticker.objects.filter(idea__round=scene.round_id, visitor__in=seats.values("visitor")).order_by()
    return [(visitor, person) for visitor, person in placed.values_list("visitor", "person").distinct() if visitor]


def own_voices(seat: Seat, live: LiveCafe, scene: Scene | None = None) -> list[OwnVoice]:
    """What this browser sent, to the question of a scene or at all, the newest first. One query.

    Not what somebody else sent from this seat, who used the device before a log-in.
    """
    theirs = Q(post=None) | Q(post__visitor=seat.visitor_id)
    voices = seat.voices.filter(theirs).select_related("post", "scene").order_by("-pk")
    if scene:
        voices = voices.filter(scene__question=scene.question_id)
    return [OwnVoice(voice, where_is(voice, live)) for voice in voices]


def where_is(voice: Voice, live: LiveCafe) -> str:
    post = voice.post
    if post and post.removed_at:
        return {Removal.WRITER: TAKEN, Removal.HELD: AGAIN}.get(Removal(post.removal), GONE)
    if voice.hidden_at:
        return AGAIN
    was_moved = bool(post and voice.scene and post.question_id != voice.scene.question_id)
    if voice.number and (post is None or post.published_at) and not was_moved:
        return SHOWN
    if post and post.published_at:
        return ON_SITE
    return LATER if live.is_alone or voice.aside_at else WAITS


def thumbs_of(voice: Voice, visitor_id: UUID) -> list[tuple[Any, int, bool]]:
    """Of each kind of thumb that the question takes how many there are, and whether this browser gave it. Two queries.

    None in a rehearsal, whose words are no contribution.
    """
    post = voice.post
    if post is None:
        return []
    tally = PostTally.objects.select_related("post__question").get(pk=post.pk)
    given = Thumb.objects.filter(post=post, visitor=visitor_id).values_list("value", flat=True).first()
    question = tally.post.question
    kinds = taken_by(question.thumbs) if question.closed_at is None else []
    return [(kind, tally.thumbs.get(str(kind.value), 0), kind.value == given) for kind in kinds]


def were_on(live: LiveCafe) -> QuerySet[Scene]:
    """The scenes that were on, but for the one that is on, of those in which people did something."""
    return live.scenes.filter(started_at__isnull=False, kind__in=DONE).exclude(pk=live.scene_id or 0)


def before(live: LiveCafe) -> list[Scene]:
    """Those, the last of the running order first."""
    if live.begun_at is None or live.scene is None:
        return []
    found = were_on(live).select_related("question", "poll", "round").order_by("-position")
    return list(found.annotate(typed_at=Max("poll__choices__on_paper__at")))


def earlier_of(live: LiveCafe) -> list[Earlier]:
    """What there was before, with what everyone may know of it. Results that were shown are read once per process."""
    shown = live.voices.shown().order_by().values_list("scene__question").annotate(count=Count("pk"))
    counts = {} if live.is_alone else dict(shown)
    return [Earlier(scene, counts.get(scene.question_id, 0), _result_of(scene)) for scene in before(live)]


def _result_of(scene: Scene) -> PollResult | None:
    if scene.kind != Kind.POLL or not scene.is_revealed:
        return None
    typed_at: Any = getattr(scene, "typed_at", None)
    return kept.shared(f"result:{scene.pk}", (scene.revealed_at, typed_at), lambda: fixed.poll_result(scene))
