"""The list of voices without destination: what is asked of it, its order, and the place of one voice in it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Cast, Coalesce

from plan.models import Fragment, Harvest
from plan.models.fragments import KINDS
from polls.models import StickerTally
from posts.models.holds import WITHOUT_PLACE
from posts.models.thumb_kinds import UP
from werkplaats.web.addresses import whole_number

ALIKE, OLDEST, MOST = "soort", "oudste", "groen"
ORDERS = {ALIKE: "Soort bij soort", OLDEST: "Oudste eerst", MOST: "Meeste groen of duimpjes"}
ROLE_OF = ("post__role", "wensbeeld__role", "note__role")
AFTER, BEFORE = 24, 3  # how many of the list a page shows around the voice that is read
LARGEST = 2**31 - 1


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
        keys = {name: _key(asked.get(name, "")) for name in ("rol", "gebied", "thema", "cafe")}
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
            return Coalesce(F("compared__place"), LARGEST)
        return Value(0, output_field=IntegerField())


def _key(typed: str) -> int:
    number = whole_number(typed)
    return number if 0 < number <= LARGEST else 0


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


@dataclass
class Window:
    """The part of the list that a page shows: `before` and `after` the voice that is read."""

    before: list[Fragment]
    after: list[Fragment]


class Listing:
    """The list of a harvest in one order, for one person: `backwards` begins at its end."""

    def __init__(self, harvest: Harvest, wanted: Wanted, *, backwards: bool = False) -> None:
        self.wanted, self.backwards = wanted, backwards
        self.all = harvest.fragments.filter(wanted.condition).annotate(place=wanted.place)
        self.left: QuerySet[Fragment] = self.all.filter(live=True, destinations=0)

    def find(self, harvest: Harvest, pk: int) -> Fragment | None:
        """A voice of the harvest that may be read, also one with a destination, or one that the filters leave out."""
        every = harvest.fragments.filter(live=True, pk=pk).annotate(place=self.wanted.place)
        found: Fragment | None = every.first()
        return found

    def ordered(self, rows: QuerySet[Fragment], *, reverse: bool = False) -> QuerySet[Fragment]:
        sign = "-" if self.backwards != reverse else ""
        return rows.order_by(f"{sign}place", f"{sign}pk")

    def first(self, busy: set[int]) -> Fragment | None:
        """The first that nobody else reads; when others read all that is left, the first of those."""
        found = list(self.ordered(self.left)[: len(busy) + 1])
        return next((row for row in found if row.pk not in busy), found[0] if found else None)

    def next_after(self, row: Fragment, busy: set[int]) -> Fragment | None:
        """The next that nobody else reads; behind the last comes the first."""
        behind = self.ordered(self._beyond(row))[: len(busy) + 1]
        return next((each for each in behind if each.pk not in busy), None) or self.first(busy)

    def before(self, row: Fragment) -> Fragment | None:
        """The one before it; the last for the first."""
        found = self.ordered(self._beyond(row, back=True), reverse=True).first()
        return found or self.ordered(self.left, reverse=True).first()

    def around(self, row: Fragment) -> Window:
        """Two queries."""
        behind = list(self.ordered(self._beyond(row))[:AFTER])
        ahead = list(self.ordered(self._beyond(row, back=True), reverse=True)[:BEFORE])
        return Window(ahead[::-1], behind)

    def _beyond(self, row: Fragment, *, back: bool = False) -> QuerySet[Fragment]:
        """Those that come behind a voice, or with `back` before it."""
        place = getattr(row, "place", 0)
        sign = "lt" if self.backwards != back else "gt"
        return self.left.filter(Q(**{f"place__{sign}": place}) | Q(**{f"pk__{sign}": row.pk}, place=place))
