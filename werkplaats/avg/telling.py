"""All that is kept of one person, told in Dutch: a page by kind, and a file for programs."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import DateTimeField, Field
from django.utils import timezone
from django.utils.dateparse import parse_datetime

import events.privacy
import plan.privacy
import posts.privacy
from werkplaats.avg import erasing, sheet
from werkplaats.avg.rows import NAMED, Row, points_to, rows_of
from werkplaats.mail import count_jobs
from werkplaats.privacy.models import Retention
from werkplaats.privacy.person import Person
from werkplaats.register.entries import Entry, Term
from werkplaats.register.walking import entry_of
from werkplaats.words import moment, number

# First what people know that they did; the rest follows in the order of the tables.
FIRST = (
    *("posts.Post", "polls.Wensbeeld", "polls.Idea", "werkplaats.Picture", "events.Registration", "werkplaats.User"),
    *("account.EmailAddress", "posts.Thumb", "polls.Ballot", "polls.Sticker", "plan.WordingThumb", "plan.ToldVoice"),
)

GESTURES = {
    "wensbeelden": "wensbeeld,wensbeelden",
    "ideas": "idee,ideeën",
    "thumbs": "duimpje,duimpjes",
    "votes": "stem in een peiling,stemmen in peilingen",
    "stickers": "sticker,stickers",
}


class Told(NamedTuple):
    """One row: each column with its name in Dutch and what is in it, for people.

    `is_new`: of a version, that it said something else than the one before it and than the row itself.
    """

    lines: list[tuple[str, str]]
    is_version: bool
    is_new: bool


class Kind(NamedTuple):
    """All rows of one table, with its history, and how long what of it is kept."""

    entry: Entry
    rows: list[Told]
    values: list[dict[str, Any]]
    terms: list[sheet.Told]

    @property
    def title(self) -> str:
        return self.entry.what[0].upper() + self.entry.what[1:]

    @property
    def how_long(self) -> list[str]:
        return [term.words for term in self.terms]

    @property
    def now(self) -> list[Told]:
        return [row for row in self.rows if not row.is_version]

    @property
    def before(self) -> list[Told]:
        """What it said earlier, each once: many steps change no word of it."""
        return [row for row in self.rows if row.is_version and row.is_new]


class All(NamedTuple):
    """`answers` of others are only counted, as are contributions that others typed under their address (`unclaimed`).

    `more` are things that no row of its own tells: name, and how many.
    """

    kinds: list[Kind]
    answers: int
    unclaimed: int
    more: list[str]

    @property
    def rows(self) -> int:
        return sum(len(kind.rows) for kind in self.kinds)


def all_of(person: Person, *, only: tuple[str, ...] = (), hidden: frozenset[str] = frozenset()) -> All:
    """Everything that is theirs; with `only` these tables alone, as they are on this device, without `hidden`."""
    kept = Retention.objects.all_of()
    found: dict[str, list[Row]] = defaultdict(list)
    shown = posts.privacy.shown_on_device(person) if only else set()
    for row in rows_of(person, only=only):
        if (typed := row.values.get("email")) and person.addresses and typed not in person.addresses:
            row.values["email"] = ""  # of who had the account before
        if not only or not row.is_version and int(row.pk) in shown:
            found[label_of(row)].append(row)
    kinds = [kind_of(found[label], kept, hidden) for label in sorted(found, key=place)]
    more = gestures(person) if only else others(person, found)
    return All(kinds, posts.privacy.answers(person), posts.privacy.count_unclaimed(person), more)


def label_of(row: Row) -> str:
    return getattr(row.model, "pgh_tracked_model", row.model)._meta.label


def place(label: str) -> tuple[int, str]:
    return FIRST.index(label) if label in FIRST else len(FIRST), label


def kind_of(rows: list[Row], kept: dict[Term, Retention], hidden: frozenset[str]) -> Kind:
    entry = entry_of(rows[0].model)
    assert entry  # noqa: S101, no row without one
    newest = sorted(rows, key=lambda row: (row.is_version, -int(row.pk) if row.pk.isdigit() else 0))
    values = [{name: value for name, value in row.values.items() if name not in hidden} for row in newest]
    new = {row.pk for row in newest if row.is_version} & said_otherwise(newest, entry)
    told = [
        Told(list(lines(row.model, entry, said)), row.is_version, row.is_version and row.pk in new)
        for row, said in zip(newest, values, strict=True)
    ]
    return Kind(entry, told, values, list(sheet.terms_of(entry, kept)))


def said_otherwise(newest: list[Row], entry: Entry) -> set[str]:
    """The keys of the versions that begin another text: the first of those that say the same, and not what it says now.

    `newest` has the rows as they are, and then their versions, newest first. Only what is personal counts.
    """

    def says_of(row: Row) -> dict[str, Any]:
        return {name: row.values.get(name) for name in entry.personal if name in row.values}

    now = {row.pk: says_of(row) for row in newest if not row.is_version}
    found: dict[str, list[Row]] = defaultdict(list)  # by the row that they are of, oldest first
    for row in reversed([row for row in newest if row.is_version]):
        before = found[row.of]
        if not before or says_of(before[-1]) != says_of(row):
            before.append(row)
    return {row.pk for key, rows in found.items() for row in rows if not same(says_of(row), now.get(key))}


def same(version: dict[str, Any], now: dict[str, Any] | None) -> bool:
    """Whether a version says what stands there now, of all that both tell."""
    return now is not None and all(now.get(name) == value for name, value in version.items() if name in now)


def lines(model: Any, entry: Entry, values: dict[str, Any]) -> Iterable[tuple[str, str]]:
    """The columns that say something to people: no numbers of rows, nothing empty."""
    for name, value in values.items():
        if name == "pgh_created_at":
            yield "Zo sinds", shown(DateTimeField(), value)
            continue
        column = model._meta.get_field(name)
        title = entry.personal.get(name) or str(column.verbose_name)
        if value in (None, "", [], {}) or is_number_of_a_row(model, column) or not says(column, title):
            continue
        yield title[0].upper() + title[1:], shown(column, value)


def is_number_of_a_row(model: Any, column: "Field[Any, Any]") -> bool:
    label = points_to(model, column)
    return bool(label) and not (column.is_relation and label in NAMED)


def says(column: "Field[Any, Any]", title: str) -> bool:
    """Whether it has a name in Dutch: the others are of the works."""
    return title != column.name.replace("_", " ") or column.name in ("email", "question")


def shown(column: "Field[Any, Any]", value: Any) -> str:
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(column, DateTimeField) and (at := parse_datetime(str(value))):
        return moment(at)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def others(person: Person, found: dict[str, list[Row]]) -> list[str]:
    """What lies in tables that name nobody: sessions, and mails that wait."""
    ids = {
        "user_id": [person.user] if person.user else [],
        "registration_id": keys(found, events.privacy.Registration),
        "letter_id": keys(found, erasing.Letter),
        "post_id": keys(found, posts.privacy.Post),
        "told_id": keys(found, plan.privacy.Told),
    }
    sessions, jobs = len(erasing.sessions_of(person)), count_jobs(ids)
    counts = [(sessions, "apparaat waarop je bent ingelogd,apparaten waarop je bent ingelogd")]
    counts += [(jobs, "mail of taak die wacht,mails of taken die wachten")]
    return [number(count, words) for count, words in counts if count]


def gestures(person: Person) -> list[str]:
    """How many of the rest there are, for a browser that proved nothing: a cookie alone does not open what."""
    counts = erasing.counted(person) if person else {}
    return [number(counts[key], words) for key, words in GESTURES.items() if counts.get(key)]


def keys(found: dict[str, list[Row]], model: Any) -> list[int]:
    return [int(row.pk) for row in found.get(model._meta.label, []) if not row.is_version]


def as_file(person: Person, told: All) -> dict[str, Any]:
    """For programs: every column by its name in the database, except what opens something."""
    return {
        "gemaakt": timezone.now().isoformat(timespec="seconds"),
        "soorten": [
            {
                "wat": kind.entry.what,
                "waarvoor": str(kind.entry.purpose.label),
                "hoelang": kind.how_long,
                "rijen": kind.values,
            }
            for kind in told.kinds
        ],
        "antwoorden_van_anderen": told.answers,
        "onder_je_adres_door_anderen": told.unclaimed,
        "verder": told.more,
    }
