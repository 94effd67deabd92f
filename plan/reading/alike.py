"""What lies beside a voice on the desk: voices that are alike, where such voices lie, and a proposal when it is strong.

Suggestions decide nothing. They come from what the worker compared (`plan.models.likeness`); while it has not come to
a voice, or to its new words, from the words that it shares with the first voices of the list.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import BigIntegerField

from plan.alike import plain
from plan.models import KINDS, Compared, Destination, Fragment, Likeness, Stack
from werkplaats import compiled
from werkplaats.compiled import Given, among

__all__ = ["Alike", "Proposal", "lying", "proposal", "to", "where_lies"]

MOST = 5
# In thousandths: what is less alike is not shown, and what is this much may be proposed.
SHOWN, STRONG = 350, 400
# The nearest that lie somewhere are asked where: most of them must lie on one stack, and two at least.
ASKED, AGREE = 3, 2
# What is proposed is easily done: who sorts first reads and chooses without.
FIRST_WITHOUT = 30
# Without the worker a page compares with this many voices and no more.
COMPARED_BY_PAGE = 200
LEAST_SHARED = 0.15
# A voice as each run of a query that is kept gives it: see `known`.
FRAGMENT, HARVEST, WORDS = (Given(name, BigIntegerField()) for name in ("fragment", "harvest", "words"))
GIVEN = Fragment(pk=FRAGMENT, harvest_id=HARVEST, source_version=WORDS)


class Piece(NamedTuple):
    """A part of a text, and whether it is a word that they share."""

    text: str
    shared: bool


@dataclass(frozen=True)
class Alike:
    """A voice that is alike to another: its text in pieces, those that they share to be shown bold."""

    fragment: Fragment
    marks: list[tuple[int, int]] = field(default_factory=list)

    @property
    def pieces(self) -> list[Piece]:
        return self.pieces_of(self.fragment.text)

    def pieces_of(self, text: str) -> list[Piece]:
        """Of its text, where that was read already."""
        pieces, here = [], 0
        for begin, end in sorted(self.marks):
            if here <= begin < end <= len(text):
                pieces += [Piece(text[here:begin], False), Piece(text[begin:end], True)]
                here = end
        pieces.append(Piece(text[here:], False))
        return [piece for piece in pieces if piece.text]


@dataclass(frozen=True)
class Proposal:
    """A stack for a voice, since most of the voices like it lie there: `there` of `lying`."""

    stack: Stack
    there: int
    lying: int

    def __str__(self) -> str:
        return f"{self.there} van de {self.lying} die al liggen, liggen daar"


def to(fragment: Fragment, limit: int = MOST, beside: tuple[str, ...] = KINDS) -> list[Alike]:
    """Voices without destination that are alike to this one, most alike first; none when nothing is.

    With what was said, and what else is asked for `beside` it, in one query; two when there is none, and one more
    while it was not compared.
    """
    found = compiled.objects(still_there, limit, beside, **known(fragment))
    if found:
        return [Alike(pair.other, list(zip(pair.marks[::2], pair.marks[1::2], strict=True))) for pair in found]
    return [] if is_compared(fragment) else by_shared_words(fragment, limit)


def known(fragment: Fragment) -> dict[str, Any]:
    return {"fragment": fragment.pk, "harvest": fragment.harvest_id, "words": fragment.source_version}


def still_there(limit: int, beside: tuple[str, ...]) -> compiled.AnyQuerySet:
    pairs = alike_to().filter(other__destinations=0)
    return pairs.select_related("other", *(f"other__{each}" for each in beside))[:limit]


def elsewhere() -> compiled.AnyQuerySet:
    return alike_to().filter(other__destinations__gt=0).values_list("other", "strength")[:MOST]


def alike_to() -> compiled.AnyQuerySet:
    return Likeness.objects.of(GIVEN).filter(strength__gte=SHOWN)


def is_compared(fragment: Fragment) -> bool:
    """Whether the worker came to it: in its harvest, in the words that it has."""
    return bool(compiled.rows(compared, **known(fragment)))


def compared() -> compiled.AnyQuerySet:
    return Compared.objects.filter(pk=FRAGMENT, harvest=HARVEST, source_version=WORDS).values("pk")


def by_shared_words(fragment: Fragment, limit: int = MOST) -> list[Alike]:
    """As `to`, of the first voices on the list alone: the worker has not been here."""
    voices = Fragment.objects.without_destination().filter(harvest=fragment.harvest_id).exclude(pk=fragment.pk)
    others = [(voice, plain.stems_of(voice.text)) for voice in voices.with_words().order_by("pk")[:COMPARED_BY_PAGE]]
    mine = plain.stems_of(fragment.text)
    weights = plain.weights_of([mine, *(stems for _, stems in others)])
    near = [(plain.shared(mine, stems, weights), voice) for voice, stems in others]
    near = sorted((pair for pair in near if pair[0] >= LEAST_SHARED), key=lambda pair: (-pair[0], pair[1].pk))
    return [Alike(voice, plain.marks_in(voice.text, mine)) for _, voice in near[:limit]]


def lying(fragment: Fragment) -> tuple[list[tuple[Stack, int]], Proposal | None]:
    """Where the voices lie that are alike, and the stack on which it probably belongs: see `where_lies`, `proposal`.

    One query; two when any of them lies somewhere, three when there is a proposal.
    """
    strengths: dict[int, int] = dict(compiled.rows(elsewhere, **known(fragment)))
    if not strengths:
        return [], None
    cards = compiled.objects(on_a_stack, voices=list(strengths))
    found = [(card.stack, card.fragment_id) for card in cards]
    counted = Counter(stack for stack, _ in found).most_common()
    strong = [pk for pk, strength in strengths.items() if strength >= STRONG][:ASKED]
    return counted, _proposed(fragment, [card for card in found if card[1] in strong])


def on_a_stack() -> compiled.AnyQuerySet:
    cards = Destination.objects.standing().filter(among("fragment", "voices"), stack__isnull=False)
    return cards.select_related("stack").order_by("pk")


def where_lies(fragment: Fragment) -> list[tuple[Stack, int]]:
    """The stacks on which voices lie that are alike, each with how many, most first."""
    return lying(fragment)[0]


def proposal(fragment: Fragment) -> Proposal | None:
    """The stack on which it probably belongs; None when that is not strong, and for the first voices of a harvest."""
    return lying(fragment)[1]


def _proposed(fragment: Fragment, cards: list[tuple[Stack, int]]) -> Proposal | None:
    """`cards`: on which stack the nearest voices lie, and their keys; of one on two stacks twice."""
    voices = len({voice for _, voice in cards})
    for stack, there in Counter(stack for stack, _ in cards).most_common(1):
        if there >= AGREE and 2 * there > voices and _enough_sorted(fragment):
            return Proposal(stack, there, voices)
    return None


def _enough_sorted(fragment: Fragment) -> bool:
    """Whether the first voices of the harvest have a destination, which are to be read without a proposal."""
    return len(compiled.rows(first_sorted, FIRST_WITHOUT, **known(fragment))) == FIRST_WITHOUT


def first_sorted(most: int) -> compiled.AnyQuerySet:
    return Fragment.objects.filter(harvest=HARVEST, live=True, destinations__gt=0).values_list("pk")[:most]
