"""The list of voices without destination: what is asked of it, its order, and the place of one voice in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import BigIntegerField, Case, F, Func, IntegerField, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from plan.models import Fragment, Harvest
from plan.models.fragments import KINDS
from polls.models import StickerTally
from posts.models.holds import WITHOUT_PLACE
from posts.models.thumb_kinds import UP
from werkplaats import compiled
from werkplaats.compiled import Given
from werkplaats.web.addresses import row_key

ALIKE, OLDEST, MOST = "soort", "oudste", "groen"
ORDERS = {ALIKE: "Soort bij soort", OLDEST: "Oudste eerst", MOST: "Meeste groen of duimpjes"}
# What each run of a query that is kept gives: the filters, and the voice behind which it looks.
GIVEN: dict[str, Any] = {
    name: Given(name, BigIntegerField()) for name in ("harvest", "rol", "gebied", "thema", "cafe", "pk", "place")
}
HARVEST = GIVEN["harvest"]
AFTER, BEFORE = 24, 3  # how many of the list a page shows around the voice that is read


@dataclass(frozen=True)
class Wanted:
    """What is asked of the list, as it stands in the address. Malformed parts are left out."""

    volgorde: str = ALIKE
    soort: str = ""
    rol: int = 0
    gebied: int = 0
    thema: int = 0
    cafe: int = 0

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Wanted":
        order, kind = asked.get("volgorde", ""), asked.get("soort", "")
        keys = {name: row_key(asked.get(name, "")) for name in ("rol", "gebied", "thema", "cafe")}
        return cls(order if order in ORDERS else ALIKE, kind if kind in KINDS else "", **keys)

    @property
    def query(self) -> str:
        """As it stands in an address, without what is usual."""
        asked = {each.name: getattr(self, each.name) for each in fields(self)}
        return urlencode({name: value for name, value in asked.items() if value and value != ALIKE})

    @property
    def order_name(self) -> str:
        return ORDERS[self.volgorde]

    @property
    def filters(self) -> bool:
        return bool(self.soort or self.rol or self.gebied or self.thema or self.cafe)

    @property
    def values(self) -> dict[str, int]:
        """What `shape` leaves open."""
        return {name: getattr(self, name) for name in ("rol", "gebied", "thema", "cafe")}

    @property
    def shape(self) -> "Wanted":
        """The same with a value of each run in the place of each key: what a query is kept by."""
        given: dict[str, Any] = {name: GIVEN[name] if value else 0 for name, value in self.values.items()}
        return replace(self, **given)

    @property
    def condition(self) -> Q:
        """Which fragments it keeps."""
        found = Q(**{f"{self.soort}__isnull": False}) if self.soort else Q()
        if self.rol:
            found &= Q(post__role=self.rol) | Q(wensbeeld__role=self.rol) | Q(note__role=self.rol)
        if self.gebied:
            found &= Q(post__werkgebied=self.gebied) & ~Q(post__name__in=WITHOUT_PLACE)
        if self.thema:
            found &= Q(post__posttheme__theme=self.thema)
        if self.cafe:
            found &= Q(note__notes__cafe=self.cafe)
        return found

    @property
    def place(self) -> Any:
        """By what it is sorted, small first; then by the key of the fragment."""
        if self.volgorde == MOST:
            return -_approval()
        if self.volgorde == ALIKE:
            # What was compared in another harvest has no place here.
            return Case(When(compared__harvest=F("harvest"), then=F("compared__place")))
        return Value(0, output_field=IntegerField())


def _approval() -> Coalesce:
    """Thumbs up, green stickers, or how often a line was said."""
    green = StickerTally.objects.filter(idea=OuterRef("idea")).order_by().values("idea").annotate(sum=Sum("green"))
    # A key lookup would take the digit for the place in a list.
    up = Func("post__tally__thumbs", Value(str(UP.value)), function="jsonb_extract_path_text")
    each = Case(
        When(post__isnull=False, then=Cast(up, IntegerField())),
        When(idea__isnull=False, then=Subquery(green.values("sum"))),
        default=F("note__times"),
        output_field=IntegerField(),
    )
    return Coalesce(each, 0)


@dataclass(frozen=True)
class Section:
    """A part of the list of what is `wanted`, sorted by `keys`: those that come behind a voice have a larger one.

    Alike after alike there are two: what was compared in this harvest, and behind it the `rest`.
    """

    wanted: Wanted
    keys: tuple[str, ...]
    rest: bool = False

    @property
    def rows(self) -> compiled.AnyQuerySet:
        wanted = self.wanted
        left = Fragment.objects.filter(wanted.condition, harvest=HARVEST, live=True, destinations=0)
        if wanted.volgorde == ALIKE and not self.rest:
            return left.filter(compared__harvest=HARVEST).annotate(place=F("compared__place"))
        placed = left.annotate(place=wanted.place)
        return placed.filter(Q(compared=None) | ~Q(compared__harvest=HARVEST)) if self.rest else placed

    def some(self, most: int, behind: bool, down: bool) -> compiled.AnyQuerySet:
        """So many of its voices behind the one that a run gives, or from its end when `down`; or of all of it."""
        sign, beyond = ("-", "lt") if down else ("", "gt")
        rows = self.rows.order_by(*(f"{sign}{key}" for key in self.keys))
        if behind:
            first, *more = self.keys
            condition = Q(**{f"{first}__{beyond}": GIVEN[first]})
            for key in more:
                condition |= Q(**{first: GIVEN[first], f"{key}__{beyond}": GIVEN[key]})
            rows = rows.filter(condition)
        return rows[:most]


def some(section: Section, most: int, behind: bool, down: bool) -> compiled.AnyQuerySet:
    return section.some(most, behind, down)


def one(wanted: Wanted) -> compiled.AnyQuerySet:
    return Fragment.objects.filter(harvest=HARVEST, live=True, pk=GIVEN["pk"]).annotate(place=wanted.place)


@dataclass
class Window:
    """The part of the list that a page shows: the voice that is read, and those `before` and `after` it."""

    chosen: Fragment | None = None
    before: list[Fragment] = field(default_factory=list)
    after: list[Fragment] = field(default_factory=list)


class Listing:
    """The list of a harvest in one order, for one person: `backwards` begins at its end.

    Alike after alike it has two sections: what was compared, and behind it what was not.
    """

    def __init__(self, harvest: Harvest, wanted: Wanted, *, backwards: bool = False) -> None:
        self.backwards = backwards
        self.given, self.wanted = {"harvest": harvest.pk, **wanted.values}, wanted.shape
        keys = ("place", "pk") if wanted.volgorde == MOST else ("pk",)
        self.sections = [Section(self.wanted, keys)]
        if wanted.volgorde == ALIKE:
            self.sections = [Section(self.wanted, ("place",)), Section(self.wanted, keys, rest=True)]

    def find(self, pk: int) -> Fragment | None:
        """A voice of the harvest that may be read, also one with a destination, or one that the filters leave out."""
        return next(iter(compiled.objects(one, self.wanted, pk=pk, **self.given)), None)

    def take(self, most: int, row: Fragment | None = None, *, back: bool = False) -> list[Fragment]:
        """So many voices behind `row`, or before it with `back`; without a row from the begin. A query a section."""
        down = self.backwards != back
        sections = list(enumerate(self.sections))
        if row is not None:
            at = {"pk": row.pk, "place": getattr(row, "place", None)}
            here = len(self.sections) - 1 if at["place"] is None else 0
            sections = sections[: here + 1] if down else sections[here:]
        found: list[Fragment] = []
        for number, section in reversed(sections) if down else sections:
            if len(found) < most:
                behind = at if row is not None and number == here else {}
                found += compiled.objects(some, section, most, bool(behind), down, **behind, **self.given)
        return found[:most]

    def around(self, row: Fragment) -> Window:
        return Window(row, self.take(BEFORE, row, back=True)[::-1], self.take(AFTER, row))

    def from_start(self, busy: set[int]) -> Window:
        """With the first voice that nobody else reads; when others read all that is left, the first of those."""
        found = self.take(AFTER + 1 + len(busy))
        at = next((number for number, row in enumerate(found) if row.pk not in busy), 0)
        if not found:
            return Window()
        return Window(found[at], found[max(at - BEFORE, 0) : at], found[at + 1 :][:AFTER])

    def behind(self, row: Fragment, busy: set[int]) -> Window:
        """With the next voice that nobody else reads; behind the last comes the first."""
        found = self.take(AFTER + 1 + len(busy), row)
        at = next((number for number, each in enumerate(found) if each.pk not in busy), None)
        if at is None:
            return self.from_start(busy)
        return Window(found[at], self.take(BEFORE, found[at], back=True)[::-1], found[at + 1 :][:AFTER])
