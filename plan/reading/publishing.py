"""What becomes public when a harvest is published now, beside what was published before; and how the letters stand."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q

from plan.models import Choice, Destination, Harvest, Heard, PlanStep, Publication, Stack
from plan.reading import in_plan
from plan.reading.published import WAYS
from plan.reading.voices import Voice, voices


@dataclass
class Shown:
    """One stack as everyone is going to read it. `before` is what was published of it last."""

    stack: Stack
    quotes: list[Voice] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)  # names of those that are public and lean on it
    before: Heard | None = None

    @property
    def is_changed(self) -> bool:
        """Whether it was published in other words, or with another choice."""
        return self.before is not None and (self.before.heard, self.before.said_choice) != self.says

    @property
    def leans_in_vain(self) -> bool:
        """Whether a public sentence leans on what goes to the plan no more: that sentence does not change by it."""
        was_proposed = self.before is not None and self.before.choice == Choice.PLAN
        is_dropped = self.stack.choice == Choice.NOT or was_proposed and self.stack.choice != Choice.PLAN
        return bool(self.sentences) and is_dropped

    @property
    def says(self) -> tuple[str, str]:
        return self.stack.heard, self.stack.said_choice


@dataclass
class Preview:
    """`groups` are the choices that were made, each with its stacks, most cards in front. `alone` voices are answered
    by themselves, which is never public. `dropped` was public, and lies on no stack any more.
    """

    groups: list[tuple[str, list[Shown]]]
    alone: int
    dropped: list[Heard]

    @property
    def sentences(self) -> int:
        return sum(len(shown) for _, shown in self.groups)


def preview(harvest: Harvest, last: Publication | None) -> Preview:
    """Eight queries, and two at most for each kind that is quoted."""
    stacks = [stack for stack in Stack.objects.lying().filter(harvest=harvest).with_cards() if stack.cards]
    stacks.sort(key=lambda stack: (-stack.cards, stack.pk))
    before = {heard.stack_id: heard for heard in last.heard.all()} if last else {}
    quotes, sentences = _quotes(stacks), _sentences(harvest, stacks)
    shown = [
        Shown(stack, quotes[stack.pk], sentences.get(stack.pk, []), before.pop(stack.pk, None))
        for stack in stacks
        if stack.is_done
    ]
    groups = [(WAYS[choice].title, [each for each in shown if each.stack.choice == choice]) for choice in Choice]
    alone = Destination.objects.standing().filter(harvest=harvest, stack=None).count()
    return Preview([group for group in groups if group[1]], alone, list(before.values()))


def _quotes(stacks: list[Stack]) -> dict[int, list[Voice]]:
    quoted = Destination.objects.standing().as_stack().as_read().filter(stack__in=stacks, is_quote=True)
    cards = list(quoted.select_related("fragment").order_by("pk"))
    drawn = {voice.pk: voice for voice in voices([card.fragment for card in cards])}
    found: dict[int, list[Voice]] = defaultdict(list)
    for card in cards:
        if voice := drawn.get(card.fragment_id):
            if card.quote_from is not None:
                voice.text = voice.text[card.quote_from : card.quote_to]
            found[card.stack_id].append(voice)  # type: ignore[index]  # of these stacks
    return found


def _sentences(harvest: Harvest, stacks: list[Stack]) -> dict[int, list[str]]:
    """As everyone reads it now: of a sentence that leans on a stack but is not public, nothing yet."""
    joined = in_plan.joined(harvest)
    lying = {stack.pk: joined[stack.pk] for stack in stacks}
    found = in_plan.leaning(lying, adopted=PlanStep.objects.is_adopted())
    return {pk: [shown.name for shown in each] for pk, each in found.items()}


@dataclass(frozen=True)
class Letters:
    """How many people were mailed about a publication, and how many see it on the site alone."""

    mails: int
    visitors: int


def letters(publication: Publication) -> Letters:
    """One query."""
    found = publication.told.aggregate(
        mails=Count("pk", filter=Q(mailed_at__isnull=False)), visitors=Count("pk", filter=Q(mailed_at=None))
    )
    return Letters(**found)
