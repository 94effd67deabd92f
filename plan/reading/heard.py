"""What was heard, in figures that may be public: made once, when a coordinator publishes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Count

from plan.models import KINDS, Destination, Harvest, Stack
from plan.reading import missing
from werkplaats.models import Role

FEW = 5


class Speakers(NamedTuple):
    """`roles` are [name in the plural, how many] from FEW on; `others` how many more, when these are FEW or more.

    Fewer than FEW others would be told by subtracting: then the roles come without figures, as «vooral ouders».
    """

    roles: list[list[Any]]
    others: int


def speakers_of(stacks: Sequence[Stack]) -> dict[int, Speakers]:
    """By the key of a stack, of its cards that may be read. Two queries."""
    standing = Destination.objects.standing().filter(stack__in=stacks)
    roles = ("fragment__post__role", "fragment__wensbeeld__role", "fragment__note__role")
    found: dict[int, Counter[int | None]] = defaultdict(Counter)
    for stack, post, wensbeeld, note, times in standing.values_list("stack", *roles, "fragment__note__times"):
        found[stack][post or wensbeeld or note] += times or 1
    names = {role.pk: role.plural or role.name for role in Role.objects.all()}
    return {stack.pk: _withheld(found[stack.pk], names) for stack in stacks}


def _withheld(counts: "Counter[int | None]", names: dict[int, str]) -> Speakers:
    told: list[list[Any]] = [[names[role], count] for role, count in counts.most_common() if role and count >= FEW]
    others = counts.total() - sum(count for _, count in told)
    if 0 < others < FEW:
        return Speakers([[name, None] for name, _ in told], 0)
    return Speakers(told, others)


def figures(harvest: Harvest) -> dict[str, Any]:
    """How many voices there are of each kind, and who is missing."""
    absent = missing.of_harvest(harvest)
    kinds: dict[str, Any] = {kind: Count(kind) for kind in KINDS}
    return {
        "kinds": harvest.fragments.filter(live=True).aggregate(**kinds),
        "missed": {"roles": list(absent.roles), "places": list(absent.places), "bodies": absent.silent},
    }
