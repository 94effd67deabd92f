"""The voices that may be read now, one after another, as they stand in a file: never more than a few in memory.

Names are left out unless asked for, addresses always; a werkgebied is told where enough people of that role wrote.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import batched
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Count, DateTimeField, F, Field, OuterRef, Subquery, Sum, TextField, When
from django.utils import timezone

from plan.models import Destination, Fragment, Harvest, OnBehalf
from plan.models.fragments import KINDS
from plan.reading.ground import Ground, grounds_of
from polls.models import StickerTally
from posts.models import Language, PostTheme
from posts.models.holds import WITHOUT_PLACE
from posts.models.thumb_kinds import KINDS as THUMBS
from werkplaats.fields import printable
from werkplaats.names import order_of
from werkplaats.words import in_the_cafe

AT_ONCE = 1000  # rows that are read from the database together
SMALL = 5  # fewer of one role in one werkgebied could tell who someone is
NO_ROLE = "Zonder rol"
CALLED = {
    "post": "bijdrage",
    "answer": "antwoord",
    "wensbeeld": "wensbeeld",
    "idea": "idee",
    "poll": "peiling",
    "note": "aantekening",
}
COLOURS = ("green", "blue", "red")
# Where each kind of voice has its words, and the role of who said it.
WORDS = {"post": "text", "wensbeeld": "text", "idea": "text", "poll": "question", "note": "text"}
ROLES = {"post": "role__name", "wensbeeld": "role__name", "note": "role__name"}
type Pairs = set[tuple[int, int | None, int]]


@dataclass(frozen=True, slots=True)
class Voice:
    """One thing said, its texts as files can hold them. `harvest` and `number` are keys; `number` is the fragment's.

    `thumbs` are counts in the order of the kinds of thumbs, `colours` those of stickers, green, blue, red; empty where
    there are none. `stacks` are the names of those on which it lies.
    """

    number: int
    harvest: int
    kind: str
    text: str
    day: date | None
    answer_to: int | None = None
    language: str = ""
    rendering: str = ""
    name: str = ""
    role: str = ""
    werkgebied: str = ""
    meeting: str = ""
    people: int | None = None
    table: int | None = None
    times: int = 1
    on_behalf: str = ""
    themes: str = ""
    thumbs: tuple[int, ...] = ()
    colours: tuple[int, ...] = ()
    stacks: tuple[str, ...] = ()
    in_room: bool = False  # of a café: `meeting` says it
    version: int = 0
    destinations: int = 0
    ground: Ground | None = None  # by `with_grounds`

    @property
    def agreed(self) -> str:
        """What each role with enough people thinks of it, in words."""
        return self.ground.words if self.ground else ""

    @property
    def about(self) -> str:
        """Who said it, for whom and where, in one line."""
        parts = [self.name, self.role, self.werkgebied, self.on_behalf]
        if self.meeting:
            of_post = self.kind in ("bijdrage", "antwoord") and not self.in_room
            parts.append(f"namens {self.meeting}" if of_post else self.meeting)
        if self.table:
            parts.append(f"tafel {self.table}")
        if self.language not in ("", Language.DUTCH.label):
            parts.append(f"taal: {self.language}")
        if self.times > 1:
            parts.append(f"{self.times} keer gezegd")
        return " · ".join(filter(None, parts))


def live(harvest: Harvest | None = None) -> Any:
    """The fragments that may be read now, of one harvest or of all."""
    found = Fragment.objects.filter(live=True)
    return found.filter(harvest=harvest) if harvest else found


def voices(fragments: Any, *, names: bool, told: Pairs) -> Iterator[Voice]:
    """The voices of these fragments, in their order, read by a cursor of the server."""
    for row in _rows(fragments).iterator(chunk_size=AT_ONCE):
        yield _voice(row, names, told)


def with_grounds(said: Iterable[Voice]) -> Iterator[Voice]:
    """The same voices, each with what the roles think of it; a query for AT_ONCE of them."""
    for some in batched(said, AT_ONCE):
        found = grounds_of(voice.number for voice in some if voice.thumbs or voice.colours)
        yield from (replace(voice, ground=found.get(voice.number)) for voice in some)


def told_pairs(harvest: Harvest | None = None) -> Pairs:
    """Harvest, role and werkgebied of which SMALL people or more tell their place; of whoever wrote often, once.

    Counted in each harvest by itself, also for a file of all: two files together tell no more than one. What comes
    while a file is made adds no pair to it. Words of which nobody knows any more whose they are count for nobody.
    """
    placed = live(harvest).filter(post__werkgebied__isnull=False).exclude(post__name__in=WITHOUT_PLACE)
    pairs = placed.values_list("harvest", "post__role", "post__werkgebied")
    counted = pairs.annotate(people=Count("post__visitor", distinct=True)).order_by()
    return {(of, role, area) for of, role, area, people in counted if people >= SMALL}


def said(of: dict[str, str], before: str = "", field: type[Field] = TextField) -> Case:
    """The one of these columns that belongs to the kind of the voice; `before` leads to the fragment."""
    whens = [
        When(**{f"{before}{kind}__isnull": False}, then=F(f"{before}{kind}__{column}")) for kind, column in of.items()
    ]
    return Case(*whens, default=None, output_field=field())


def _rows(fragments: Any) -> Any:
    """With all that a file tells of them, in one query."""
    stacks = Destination.objects.standing().filter(fragment=OuterRef("pk"), stack__isnull=False)
    themes = PostTheme.objects.filter(post=OuterRef("post")).order_by("theme__position", order_of("theme__name"))
    given = StickerTally.objects.filter(idea=OuterRef("idea")).order_by().values("idea")
    counts = {f"n_{colour}": Subquery(given.annotate(n=Sum(colour)).values("n")) for colour in COLOURS}
    return fragments.annotate(
        said=said(WORDS),
        called=said({"post": "name", "wensbeeld": "name"}),
        role_name=said(ROLES),
        when=said({"post": "created_at", "wensbeeld": "created_at", "note": "at"}, field=DateTimeField),
        parent=F("post__parent__fragment"),
        parent_live=F("post__parent__fragment__live"),
        on=ArraySubquery(stacks.order_by("pk").values("stack__name")),
        themes=ArraySubquery(themes.values("theme__name")),
        **counts,
    ).values(
        *("pk", "harvest_id", "source_version", "destinations", "said", "called", "role_name", "when", "on", "themes"),
        *("parent", "parent_live", "post_id", "post__parent_id", "post__role_id", "post__werkgebied_id"),
        *(
            "post__werkgebied__name",
            "post__meeting",
            "post__meeting_size",
            "post__in_room",
            "post__lang",
            "post__rendering",
        ),
        *("post__rendered_at", "post__rendering_refused_at", "post__tally__thumbs", "wensbeeld_id", "idea_id"),
        *("poll_id", "note_id", "note__table", "note__times", "note__on_behalf", "note__notes__meeting"),
        *("note__notes__cafe__title", *counts),
    )


def _voice(row: dict[str, Any], names: bool, told: Pairs) -> Voice:
    kind = next(kind for kind in KINDS if row[f"{kind}_id"])
    more = {"post": _of_post, "note": _of_note, "idea": _of_idea}.get(kind)
    called = printable(row["called"] or "") if names else ""
    return Voice(
        number=row["pk"],
        harvest=row["harvest_id"],
        kind=CALLED["answer" if row["post__parent_id"] else kind],
        text=printable(row["said"]),
        day=timezone.localtime(row["when"]).date() if row["when"] else None,
        name=called,
        role=printable(row["role_name"] or ""),
        themes=", ".join(map(printable, row["themes"])),
        stacks=tuple(map(printable, row["on"])),
        version=row["source_version"],
        destinations=row["destinations"],
        **(more(row, told) if more else {}),
    )


def _of_post(row: dict[str, Any], told: Pairs) -> dict[str, Any]:
    pair = (row["harvest_id"], row["post__role_id"], row["post__werkgebied_id"])
    named = row["called"] not in WITHOUT_PLACE and pair in told
    shown = row["post__rendered_at"] and not row["post__rendering_refused_at"]
    thumbs, people = row["post__tally__thumbs"] or {}, row["post__meeting_size"]
    return {
        "answer_to": row["parent"] if row["parent_live"] else None,
        "language": Language(row["post__lang"]).label,
        "rendering": printable(row["post__rendering"]) if shown else "",
        "werkgebied": printable(row["post__werkgebied__name"] or "") if named else "",
        "meeting": in_the_cafe(people) if (in_room := row["post__in_room"]) else printable(row["post__meeting"]),
        "in_room": in_room,
        "people": people,
        "thumbs": tuple(thumbs.get(str(kind.value), 0) for kind in THUMBS),
    }


def _of_note(row: dict[str, Any], told: Pairs) -> dict[str, Any]:
    return {
        "meeting": printable(row["note__notes__meeting"] or row["note__notes__cafe__title"] or ""),
        "table": row["note__table"],
        "times": row["note__times"],
        "on_behalf": OnBehalf(row["note__on_behalf"]).label if row["note__on_behalf"] else "",
    }


def _of_idea(row: dict[str, Any], told: Pairs) -> dict[str, Any]:
    return {"colours": tuple(row[f"n_{colour}"] or 0 for colour in COLOURS)}
