"""One stack, opened: its cards, who speaks on it, and the sentences of the plan that lean on it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count
from django.db.models.functions import Coalesce

from plan.models import Destination, Footnote, Sentence, Stack
from plan.reading.voices import Voice, voices
from werkplaats import compiled
from werkplaats.compiled import Given
from werkplaats.models import Role
from werkplaats.web.addresses import Numbered

CARDS = 40  # on a page
STACK = Given("stack", BigIntegerField())
ENOUGH = 3  # cards of one role alone are worth a word


@dataclass
class Card:
    """A voice on a stack. Its marks name what a press is about: the card and its version, and of which words."""

    destination: Destination
    voice: Voice

    def __post_init__(self) -> None:
        row, words = self.destination, self.voice.fragment.source_version
        self.key = str(row.pk)
        self.mark = f"{row.pk}.{row.version}"
        self.words_mark = f"{self.mark}.{words}"
        self.quote_mark = f"{self.words_mark}.{int(not row.is_quote)}"  # what the press makes of it
        self.is_quote, self.own_choice = row.is_quote, row.said_choice
        # The words are others than those that were read when it was laid.
        self.is_changed = row.source_version != words

    @property
    def quoted(self) -> tuple[str, str, str] | None:
        """The words before the marked part, the marked part, and those behind it; None without one."""
        text, card = self.voice.text, self.destination
        if not card.is_quote or card.quote_from is None or self.is_changed:
            return None
        return text[: card.quote_from], text[card.quote_from : card.quote_to], text[card.quote_to :]


@dataclass(frozen=True)
class Page(Numbered):
    """So many cards of `count`, or fewer on the last page."""

    count: int
    per_page: int


def stack_at(harvest: int, pk: int) -> Stack | None:
    """With the stack that it was joined into, and what its harvest is called by. One query."""
    return next(iter(compiled.objects(opened, stack=pk, harvest=harvest)), None)


def opened() -> compiled.AnyQuerySet:
    found = Stack.objects.filter(pk=STACK, harvest=Given("harvest", BigIntegerField()))
    return found.select_related("joined_into", "harvest__question", "harvest__cafe", "harvest__cycle")


def cards_of(stack: Stack, page: Page) -> list[Card]:
    """Those on a page, the first that were laid in front. Three queries, one more for each other kind of voice."""
    rows = compiled.objects(laid, page.number, page.per_page, stack=stack.pk)
    drawn = {voice.pk: voice for voice in voices([row.fragment for row in rows])}
    return [Card(row, drawn[row.fragment_id]) for row in rows if row.fragment_id in drawn]


def laid(page: int, size: int) -> compiled.AnyQuerySet:
    return standing().select_related("fragment").order_by("pk")[(page - 1) * size : page * size]


def standing() -> compiled.AnyQuerySet:
    return Destination.objects.standing().filter(stack=STACK)


@dataclass
class Speakers:
    """How many cards there are of each role, most first; `only` is the role when there is one alone."""

    counts: list[tuple[str, int]]
    only: str = ""

    @property
    def words(self) -> str:
        """«ouders 8, leerkrachten 2»"""
        return ", ".join(f"{name} {count}" for name, count in self.counts)

    def page(self, asked: int) -> Page:
        """A page of all their cards; one past the end is the last."""
        count = sum(cards for _, cards in self.counts)
        last = max(1, -(-count // CARDS))
        return Page(min(max(1, asked), last), last, count, CARDS)


def speakers(stack: Stack) -> Speakers:
    """Two queries."""
    found: Counter[int | None] = Counter(dict(compiled.rows(by_role, stack=stack.pk)))
    names: dict[int, str] = {pk: plural or name for pk, name, plural in compiled.rows(roles)}
    known = [(names[pk], count) for pk, count in found.most_common() if pk]
    unknown = found.get(None, 0)
    alone = len(known) == 1 and not unknown and known[0][1] >= ENOUGH
    return Speakers([*known, *([("onbekend", unknown)] if unknown else [])], known[0][0] if alone else "")


def by_role() -> compiled.AnyQuerySet:
    role = Coalesce("fragment__post__role", "fragment__wensbeeld__role", "fragment__note__role")
    found = standing().annotate(role=role).values_list("role")
    return found.annotate(cards=Count("pk")).order_by("-cards", "role")


def roles() -> compiled.AnyQuerySet:
    return Role.objects.values_list("pk", "name", "plural")


def sentences_of(stack: Stack) -> list[Sentence]:
    """The sentences of the plan that lean on a stack, with their newest wording. One query."""
    return compiled.objects(leaning_on, stack=stack.pk)


def leaning_on() -> compiled.AnyQuerySet:
    leaning = Footnote.objects.filter(source__stack=STACK).values("sentence")
    return Sentence.objects.standing().with_newest().filter(pk__in=leaning)


def without_quote(stacks: list[Stack]) -> list[Stack]:
    """Those on which no card is a quote. One query."""
    quoted = Destination.objects.standing().filter(stack__in=stacks, is_quote=True).values_list("stack", flat=True)
    found = set(quoted)
    return [stack for stack in stacks if stack.cards and stack.pk not in found]
