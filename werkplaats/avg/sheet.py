"""What the sheet of the privacy officer and the privacy page tell, drawn from the register."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from werkplaats.avg.measures import MEASURES
from werkplaats.models import Controller, Erasure, Look, Retention, RetentionRun
from werkplaats.register import walking
from werkplaats.register.entries import Entry, Purpose, Term
from werkplaats.register.places import BACKUPS, COOKIES, PLACES, Place
from werkplaats.register.terms import RULES, in_words

NOT_OF_PEOPLE = {Term.SITE}  # what coordinators write
# In short, for who takes part; the rest stands in the tables below it.
IN_SHORT = [
    *(Term.NAMES, Term.WORDS, Term.VOTES, Term.UNPUBLISHED, Term.SIGN_UPS, Term.WISHES, Term.ACCOUNTS, Term.VISITORS),
    *(Term.CHILD, Term.AUDIT, Term.LOGS),
]


class Line(NamedTuple):
    """One line of the register: `tables` are the names in the database, its history among them."""

    entry: Entry
    tables: list[str]
    terms: list["Told"]

    @property
    def holds(self) -> str:
        return ", ".join(dict.fromkeys(self.entry.personal.values())) or self.entry.what

    @property
    def is_of_staff(self) -> bool:
        return bool(self.entry.staff)


class Told(NamedTuple):
    """A term in words; `only` names what of a row it is about, when the rest is kept longer."""

    term: Term
    only: str
    how_long: str
    then: str

    @property
    def words(self) -> str:
        """«naam, e-mailadres: een jaar nadat het plan is vastgesteld»."""
        return f"{self.only}: {self.how_long}" if self.only else self.how_long


def lines(kept: dict[Term, Retention]) -> dict[Purpose, list[Line]]:
    """All entries with something of people, the staff among them, by purpose.

    History stands in the line of what it is the history of, and what the staff writes on the site in one line.
    """
    tables: dict[int, list[str]] = defaultdict(list)
    entries: dict[int, Entry] = {}
    for model in walking.tables():
        if (entry := walking.entry_of(model)) and is_of_people(entry):
            key = 0 if entry.term in NOT_OF_PEOPLE else id(entry)
            entries.setdefault(key, entry)
            tables[key].append(model._meta.db_table)
    found: dict[Purpose, list[Line]] = {purpose: [] for purpose in Purpose}
    for key, entry in entries.items():
        found[entry.purpose].append(Line(entry, tables[key], list(terms_of(entry, kept))))
    return found


def is_of_people(entry: Entry) -> bool:
    return bool(entry.personal or entry.staff or entry.children)


def is_of_participants(entry: Entry) -> bool:
    return not entry.only_staff and bool(entry.personal or entry.children)


def terms_of(entry: Entry, kept: dict[Term, Retention]) -> Iterable[Told]:
    """Its own term, and before it that of the columns that go sooner, and of rows that do."""
    by_term: dict[Term, list[str]] = defaultdict(list)
    for column, term in entry.sooner.items():
        by_term[term].append(entry.personal[column])
    for term, names in by_term.items():
        yield told(term, kept[term], ", ".join(names))
    for term, which in entry.some.items():
        yield told(term, kept[term], which)
    yield told(entry.term, kept[entry.term])


def told(term: Term, kept: Retention, only: str = "") -> Told:
    """How long, in words."""
    return Told(term, only, kept.how_long, RULES[term].then)


def how_long(place: Place, kept: dict[Term, Retention], controller: Controller) -> str:
    """Of a back-up as the co-operation says."""
    if BACKUPS in place.holds:
        return f"{in_words(controller.backup_days)} na het maken"
    return kept[place.term].how_long


def for_everyone() -> dict[str, Any]:
    """What the privacy page shows: by purpose, what is kept of who takes part, and how long; two queries."""
    kept = Retention.objects.all_of()
    register = {
        purpose: [line for line in found if is_of_participants(line.entry)] for purpose, found in lines(kept).items()
    }
    by_purpose = [(purpose, found) for purpose, found in register.items() if found]
    return {
        "in_short": [told(term, kept[term]) for term in IN_SHORT],
        "register": by_purpose,
        "child_goes": in_words(kept[Term.CHILD].days),
        "of_children": [line for _, found in by_purpose for line in found if line.entry.children],
        "cookies": COOKIES,
        "controller": Controller.objects.load(),
    }


def for_officer() -> dict[str, Any]:
    """What the sheet shows; seven queries."""
    kept = Retention.objects.all_of()
    controller = Controller.objects.load()
    last = RetentionRun.objects.last_of_each()
    return {
        "controller": controller,
        "register": [(each, controller.basis_of(each), entries) for each, entries in lines(kept).items()],
        "places": [(place, how_long(place, kept, controller)) for place in PLACES],
        "cookies": COOKIES,
        "measures": MEASURES,
        "terms": [(told(term, kept[term]), kept[term], last.get(term)) for term in Term if term not in NOT_OF_PEOPLE],
        "erasures": Erasure.objects.asked_for().count(),
        "last_erasure": Erasure.objects.asked_for().first(),
        "looks": Look.objects.count(),
    }
