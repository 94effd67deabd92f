"""What an entry of the processing register says. It stands on the model that it is about, as `in_register`.

Everything that tells what is kept of people is drawn from these: the privacy page, the sheet of the privacy officer,
what a person may see of themselves, what erasing them takes along, and what the terms do. A test fails on a column that
can hold something of a person and stands in no entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Q, TextChoices
from django.db.models.expressions import Combinable


class Purpose(TextChoices):
    """Why it is kept. The legal basis of each is a text of the co-operation: see `werkplaats.privacy`."""

    PARTICIPATION = "meedenken", "meedenken over het ondersteuningsplan"
    CAFES = "cafes", "aanmelden voor de Passend Onderwijscafés"
    ANSWERING = "antwoorden", "vertellen wat er met een inbreng gebeurt"
    ACCOUNTS = "inloggen", "inloggen en weten van wie iets is"
    MODERATING = "modereren", "een veilig gesprek: modereren, en misbruik tegengaan"
    KEEPING = "verantwoorden", "kunnen nagaan wie wat veranderde, en dat de site het doet"


class Term(TextChoices):
    """How long: one setting each, with its default and what happens then in `werkplaats.register.terms`."""

    NAMES = "namen", "namen en adressen bij bijdragen"
    VOTES = "stemmen", "duimpjes, stemmen en stickers"
    VISITORS = "bezoekers", "bezoekers die niets deden"
    ACCOUNTS = "accounts", "accounts waarmee niemand inlogt"
    WORDS = "woorden", "woorden, wensbeelden, foto's en aantekeningen"
    UNPUBLISHED = "ongepubliceerd", "bijdragen die nooit online kwamen"
    SIGN_UPS = "aanmeldingen", "aanmeldingen voor cafés"
    WISHES = "wensen", "wensen over eten en toegankelijkheid"
    AUDIT = "logboek", "het logboek van wijzigingen"
    LETTERS = "brieven", "mails die nooit vertrokken"
    JOBS = "taken", "mislukte taken en mails die niet aankwamen"
    SESSIONS = "sessies", "sessies van wie inlogt"
    LOGS = "logs", "logbestanden met adressen van apparaten"
    CHILD = "kind", "verhalen over één kind"
    PHOTOS = "flappen", "foto's van flappen"
    FILES = "bestanden", "bestanden met de opbrengst"
    BRIEF = "kort", "wat alleen even telt"
    SITE = "site", "teksten van de site, en wie ze beheert"


class Whose(TextChoices):
    """What leads from a row to a person."""

    USER = "user"
    VISITOR = "visitor"
    ADDRESS = "address"


class Path(NamedTuple):
    """A lookup from the row to a person's user, visitor or address.

    `unless` is the lookup of a user whose the row is, if there is one, whoever the visitor was.
    """

    lookup: str
    whose: Whose
    unless: str = ""


def by_user(lookup: str) -> Path:
    return Path(lookup, Whose.USER)


def by_visitor(lookup: str, *, unless: str = "") -> Path:
    return Path(lookup, Whose.VISITOR, unless)


def by_address(lookup: str) -> Path:
    return Path(lookup, Whose.ADDRESS)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the register: a table, or another place in which something of a person is kept.

    `personal` are the columns that hold it, each with its name in Dutch, and `sooner` the term of those that go before
    the rest. `some` are rows that go by another term than the rest, each with what they are. `plain` are columns that
    could hold something of a person by their kind, and do not; `staff` those that hold who of the staff did it.
    `secret` are those of `personal` that open something: nobody is shown what is in them.
    `unsaid` hold how the staff decided, what another said, or numbers of rows: whom a row is about is not told these.
    `instead` is what is told of a column in place of what is in it, and `past` which versions are told at all.
    `of` leads to whose rows these are: nowhere when they are of nobody in particular.
    `children` says that words of pupils, or about children, may be in it; `only_staff` that nobody else is.
    """

    what: str
    purpose: Purpose
    term: Term
    personal: Mapping[str, str] = field(default_factory=dict)
    of: tuple[Path, ...] = ()
    sooner: Mapping[str, Term] = field(default_factory=dict)
    some: Mapping[Term, str] = field(default_factory=dict)
    staff: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    unsaid: tuple[str, ...] = ()
    instead: Mapping[str, Combinable] = field(default_factory=dict)
    past: Q = field(default_factory=Q)
    children: bool = False
    only_staff: bool = False

    @property
    def columns(self) -> set[str]:
        """All that it speaks of."""
        return {*self.personal, *self.staff, *self.plain}


def of_a_browser(what: str, purpose: Purpose = Purpose.PARTICIPATION, term: Term = Term.VOTES) -> Entry:
    """For what holds nothing of a person but of which visitor it is."""
    personal = {"visitor": "nummer uit je cookie"}
    return Entry(what=what, purpose=purpose, term=term, personal=personal, of=(by_visitor("visitor"),))


def of_an_account(what: str, purpose: Purpose, term: Term, *, only_staff: bool = False) -> Entry:
    """For what holds nothing of a person but of which user it is."""
    of = (by_user("user"),)
    return Entry(what=what, purpose=purpose, term=term, personal={"user": "account"}, of=of, only_staff=only_staff)


def of_the_site(*plain: str, staff: tuple[str, ...] = ()) -> Entry:
    """For what coordinators write and everyone may read; or for what holds nothing of anybody, whatever its kind."""
    return Entry(
        what="teksten en instellingen van de site", purpose=Purpose.KEEPING, term=Term.SITE, plain=plain, staff=staff
    )
