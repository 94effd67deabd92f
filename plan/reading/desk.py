"""All that one page of the desk shows, each kind of thing in one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, Func, Q

from plan.models import KEYS, Act, Destination, Fragment, Harvest, Presence, Stack
from plan.models.harvests import NAMES
from plan.models.presence import backwards, present_at
from plan.reading import alike
from plan.reading.ground import grounds_of
from plan.reading.listing import Listing, Wanted, Window
from plan.reading.voices import Voice, answers_to, voices
from werkplaats import compiled
from werkplaats.compiled import Given
from werkplaats.models import User

HARVEST, USER = Given("harvest", BigIntegerField()), Given("user", BigIntegerField())


@dataclass
class Place:
    """One of the fifteen places; `stack` is None where none lies."""

    key: str
    stack: Stack | None = None
    next_free: bool = False


@dataclass
class Similar:
    """A voice that is alike to the one that is read; `pieces` are its words, with those that they share apart."""

    voice: Voice
    pieces: list[alike.Piece]


@dataclass
class Desk:
    """What `state` is made of was read; stacks and the own last step are when a page asks for them, once."""

    harvest: Harvest
    user: User
    wanted: Wanted
    left: int
    total: int
    present: list[Presence]  # the others, and this person if they were here before
    voice: Voice | None = None
    before: list[Voice] = field(default_factory=list)
    after: list[Voice] = field(default_factory=list)
    lies_on: list[Destination] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    similar: list[Similar] = field(default_factory=list)
    lies: list[tuple[Stack, int]] = field(default_factory=list)
    proposal: alike.Proposal | None = None
    ground: str = ""  # what each role thinks of it, in figures

    @cached_property
    def others(self) -> list[Presence]:
        """Who sorts along, with what they read."""
        return [each for each in self.present if each.user_id != self.user.pk]

    @cached_property
    def stacks(self) -> list[Stack]:
        return stacks_of(self.harvest)

    @cached_property
    def mine(self) -> Act | None:
        """The own last step that can still be undone."""
        return next(iter(compiled.objects(last_step, harvest=self.harvest.pk, user=self.user.pk)), None)

    @property
    def done(self) -> int:
        return self.total - self.left

    @property
    def busy(self) -> dict[int, Presence]:
        """By the key of the fragment who else reads it."""
        return {each.fragment_id: each for each in self.others if each.fragment_id}

    @property
    def is_changed_alone(self) -> bool:
        """Whether the voice was answered by itself, in other words than it has now."""
        words = self.voice.fragment.source_version if self.voice else None
        return any(not each.stack_id and each.source_version != words for each in self.lies_on)

    @property
    def back(self) -> Voice | None:
        """The voice before this one."""
        return self.before[-1] if self.before else None

    @property
    def places(self) -> list[Place]:
        """In rows of five, as the keys lie."""
        lying = {stack.key: stack for stack in self.stacks if stack.key}
        free = next((key for key in KEYS if key not in lying), "")
        return [Place(key, lying.get(key), key == free) for key in KEYS]

    @property
    def loose(self) -> list[Stack]:
        """Stacks that came when all places were taken."""
        return [stack for stack in self.stacks if not stack.key]

    @property
    def unwritten(self) -> list[Stack]:
        """Stacks that lack their sentence or their choice."""
        return [stack for stack in self.stacks if not stack.is_done]

    @property
    def state(self) -> str:
        """What a page shows of the work of others: when this is another, somebody did something."""
        here = "-".join(f"{each.user_id}.{each.fragment_id or 0}" for each in self.others)
        return f"{self.harvest.version}/{self.left}/{self.total}/{here}"


def harvest_at(pk: int) -> Harvest | None:
    """With what it is called by. One query."""
    return next(iter(compiled.objects(named, harvest=pk)), None)


def named() -> compiled.AnyQuerySet:
    return Harvest.objects.named().filter(pk=HARVEST).only("version", "question", "cafe", "cycle", *NAMES)


def figures(harvest: Harvest) -> tuple[int, int]:
    """How many voices have no destination, and how many there are. One query, on indexes of these alone."""
    for left, total in compiled.rows(counted, harvest=harvest.pk):
        return left, total
    return 0, 0


def counted() -> compiled.AnyQuerySet:
    live = Fragment.objects.filter(harvest=HARVEST, live=True).values("harvest").order_by()
    return live.annotate(left=Count("pk", filter=Q(destinations=0)), total=Count("pk")).values_list("left", "total")


def stacks_of(harvest: Harvest) -> list[Stack]:
    """As they lie on the desk, each with its `cards`. One query."""
    found = compiled.objects(in_place, harvest=harvest.pk)
    cards: dict[int, int] = dict(found[0].every_count) if found else {}
    for stack in found:
        stack.cards = cards.get(stack.pk, 0)
    return found


def in_place() -> compiled.AnyQuerySet:
    """Each stack has the counts of all, as `with_cards` has them: PostgreSQL counts once, what lies somewhere alone."""
    here = {"fragment__harvest": HARVEST, "fragment__live": True, "fragment__destinations__gt": 0}
    cards = Destination.objects.filter(harvest=HARVEST, stack__isnull=False, **here).order_by().values("stack")
    pair = Func("stack", Count("pk"), template="ARRAY[%(expressions)s]", output_field=ArrayField(BigIntegerField()))
    counts = ArraySubquery(cards.annotate(pair=pair).values("pair"))
    return Stack.objects.filter(harvest=HARVEST).in_place().annotate(every_count=counts)


def last_step() -> compiled.AnyQuerySet:
    return Act.objects.to_undo(HARVEST, USER)[:1]


def standing_of() -> compiled.AnyQuerySet:
    cards = Destination.objects.standing().filter(fragment=Given("fragment", BigIntegerField()))
    return cards.select_related("stack").order_by("pk")


def overview(harvest: Harvest, user: User, wanted: Wanted) -> Desk:
    """The desk without a voice on it. Two queries: who is there, and the figures."""
    return Desk(harvest, user, wanted, *figures(harvest), present_at(harvest))


def desk(harvest: Harvest, user: User, wanted: Wanted, pk: int | None = None, *, behind: int | None = None) -> Desk:
    """With the voice `pk` on it, or the next `behind` that one; without either the first that nobody reads."""
    shown = overview(harvest, user, wanted)
    window = _window(Listing(harvest, wanted, backwards=backwards(shown.present, user)), set(shown.busy), pk, behind)
    if window.chosen:
        _put_on(shown, window.chosen, window)
    return shown


def _window(listing: Listing, busy: set[int], pk: int | None, behind: int | None) -> Window:
    row = listing.find(pk or behind or 0) if pk or behind else None
    if row is None:
        return listing.from_start(busy)
    return listing.behind(row, busy) if behind else listing.around(row)


def _put_on(shown: Desk, row: Fragment, window: Window) -> None:
    similar = alike.to(row, beside=())
    drawn = _drawn([*window.before, row, *window.after, *(each.fragment for each in similar)])
    for pk, other in shown.busy.items():
        if pk in drawn:
            drawn[pk].reader = str(other.user)
    shown.before = [drawn[each.pk] for each in window.before if each.pk in drawn]
    shown.after = [drawn[each.pk] for each in window.after if each.pk in drawn]
    shown.similar = [
        Similar(drawn[each.fragment.pk], each.pieces_of(drawn[each.fragment.pk].text))
        for each in similar
        if each.fragment.pk in drawn
    ]
    shown.lies, shown.proposal = alike.lying(row)
    if row.pk in drawn:
        _read_out(shown, row, drawn[row.pk])


def _read_out(shown: Desk, row: Fragment, voice: Voice) -> None:
    """The voice itself, with what others thought and said of it, and where it lies."""
    shown.voice, shown.answers = voice, answers_to(row)
    if ground := grounds_of([row.pk]).get(row.pk):
        shown.ground = ground.words
    if row.destinations:
        shown.lies_on = compiled.objects(standing_of, fragment=row.pk)


def _drawn(rows: Iterable[Fragment]) -> dict[int, Voice]:
    return {voice.pk: voice for voice in voices(rows)}
