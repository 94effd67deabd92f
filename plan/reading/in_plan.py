"""Where in the plan that everyone reads something stands that was heard: in which sentences, as they are public now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from plan.models import Choice, Harvest, Heard, Publication, Source, Stack, Wording


@dataclass(frozen=True)
class Shown:
    """A sentence of the plan as it is public now, in words that are so `since`.

    `name` is «zin 2.3 van het concept» until the plan is adopted.
    """

    number: str
    text: str
    name: str
    since: datetime

    @property
    def address(self) -> str:
        return reverse("concept:sentence", args=[self.number])


def sentences(rows: Iterable[Heard], *, adopted: bool) -> dict[int, list[Shown]]:
    """Of what was heard and goes to the plan, by its key, as `leaning`."""
    return leaning({row.pk: row.stacks for row in rows if row.choice == Choice.PLAN}, adopted=adopted)


def leaning(stacks: Mapping[int, Iterable[int]], *, adopted: bool) -> dict[int, list[Shown]]:
    """By the same keys, the sentences that lean on one of these stacks in the wording that everyone reads now.

    What was linked since that wording became public is not among its sources: it comes with the next one. In the order
    of the plan. Two queries at most, and none for no stacks.
    """
    keys = {stack for each in stacks.values() for stack in each}
    numbers = dict(Source.objects.filter(stack__in=keys).values_list("stack", "number")) if keys else {}
    if not numbers:
        return {}
    of = "het plan" if adopted else "het concept"
    # Of the wordings that are public: an earlier one may have leaned on what its sentence leans on no more.
    public = Wording.objects.filter(pk__in=Wording.objects.public().values("pk"), sources__overlap=[*numbers.values()])
    found: dict[int, list[Shown]] = defaultdict(list)
    for row in public.select_related("sentence__chapter").order_by("sentence__chapter__number", "sentence__number"):
        number = row.sentence.shown_number
        shown = Shown(number, row.text, f"zin {number} van {of}", row.published_at)  # type: ignore[arg-type]  # public
        for key, each in stacks.items():
            if any(numbers.get(stack) in row.sources for stack in each):
                found[key].append(shown)
    return found


def still_proposed() -> list[str]:
    """What everyone reads was heard and goes to the plan, but is in no public sentence of it, most heard in front.

    Three queries at most.
    """
    newest = Publication.objects.order_by("harvest", "-number").distinct("harvest")
    rows = list(Heard.objects.filter(publication__in=newest.values("pk"), erased_at=None, choice=Choice.PLAN))
    found = sentences(rows, adopted=False)
    return [row.heard for row in sorted(rows, key=lambda row: -row.times) if row.pk not in found]


def joined(harvest: Harvest) -> dict[int, list[int]]:
    """By the key of each stack that is there, its own and those of all that were joined into it. One query."""
    into = dict(Stack.objects.filter(harvest=harvest).order_by("pk").values_list("pk", "joined_into"))
    found: dict[int, list[int]] = defaultdict(list)
    for stack in into:
        there = stack
        while further := into[there]:
            there = further
        found[there].append(stack)
    return found
