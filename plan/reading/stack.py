"""One stack, opened: its cards, who speaks on it, and the sentences of the plan that lean on it."""

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from plan.models import Destination, Footnote, Sentence, Stack
from plan.reading.voices import Voice, voices
from werkplaats.models import Role

CARDS = 60  # on a page
ENOUGH = 3  # cards of one role alone are worth a word


@dataclass
class Card:
    """A voice on a stack."""

    destination: Destination
    voice: Voice

    @property
    def mark(self) -> str:
        return f"{self.destination.pk}.{self.destination.version}"

    @property
    def is_changed(self) -> bool:
        """Whether the words are others than those that were read when it was laid."""
        return self.destination.source_version != self.voice.fragment.source_version

    @property
    def parts(self) -> tuple[str, str, str]:
        """The words before the marked part, the marked part, and those behind it."""
        text, card = self.voice.text, self.destination
        if not card.is_quote or card.quote_from is None or self.is_changed:
            return text, "", ""
        return text[: card.quote_from], text[card.quote_from : card.quote_to], text[card.quote_to :]


def cards_of(stack: Stack, number: int) -> tuple["Page[Destination]", list[Card]]:
    """A page of the cards, the first that were laid in front. Two queries, and one for each of ideas and polls."""
    rows = Destination.objects.standing().filter(stack=stack).order_by("pk")
    page = Paginator(rows.select_related("fragment"), CARDS).get_page(number)
    drawn = {voice.pk: voice for voice in voices([row.fragment for row in page])}
    return page, [Card(row, drawn[row.fragment_id]) for row in page if row.fragment_id in drawn]


@dataclass
class Speakers:
    """How many cards there are of each role, most first; `only` is the role when there is one alone."""

    counts: list[tuple[str, int]]
    only: str = ""

    @property
    def words(self) -> str:
        """«ouders 8, leerkrachten 2»"""
        return ", ".join(f"{name} {count}" for name, count in self.counts)


def speakers(stack: Stack) -> Speakers:
    """Two queries."""
    standing = Destination.objects.standing().filter(stack=stack)
    roles = ("fragment__post__role", "fragment__wensbeeld__role", "fragment__note__role")
    found = Counter(next((role for role in row if role), None) for row in standing.values_list(*roles))
    names = {role.pk: role.plural or role.name for role in Role.objects.all()}
    known = [(names[pk], count) for pk, count in found.most_common() if pk]
    unknown = found.get(None, 0)
    alone = len(known) == 1 and not unknown and known[0][1] >= ENOUGH
    return Speakers([*known, *([("onbekend", unknown)] if unknown else [])], known[0][0] if alone else "")


def sentences_of(stack: Stack) -> QuerySet[Sentence]:
    """The sentences of the plan that lean on a stack, with their newest wording. One query."""
    leaning = Footnote.objects.filter(source__stack=stack).values("sentence")
    return Sentence.objects.standing().with_newest().filter(pk__in=leaning)


def without_quote(stacks: list[Stack]) -> list[Stack]:
    """Those on which no card is a quote. One query."""
    quoted = Destination.objects.standing().filter(stack__in=stacks, is_quote=True).values_list("stack", flat=True)
    found = set(quoted)
    return [stack for stack in stacks if stack.cards and stack.pk not in found]
