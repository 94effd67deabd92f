"""Whether a correction would say the same as what is public: then there is nothing to publish."""

from typing import Any

from plan.models import Destination, Harvest, HeardVoice, Publication, Stack
from plan.models.choices import CHOICE_FIELDS
from plan.reading import heard as reading
from plan.reading import in_plan

CARD = ("fragment", "source_version", "is_quote", "quote_from", "quote_to", *CHOICE_FIELDS)


def is_unchanged(harvest: Harvest, last: Publication) -> bool:
    """Whether nothing is other than in the last publication: no stack, no card, no voice and no figure.

    Three queries as a rule, eleven where it is.
    """
    if _stacks(harvest) != _heard(last):
        return False
    now = Destination.objects.standing().filter(harvest=harvest).order_by().values_list("stack", *CARD)
    then = HeardVoice.objects.filter(publication=last).order_by().values_list("heard__stack", *CARD)
    # Of words that were removed since, the correction says nothing any more.
    if now.difference(then).exists() or then.difference(now).exists():
        return False
    return _figures(reading.figures(harvest)) == _figures(last.figures)


def _stacks(harvest: Harvest) -> dict[int, Any]:
    joined = in_plan.joined(harvest)
    lying = [stack for stack in Stack.objects.lying().filter(harvest=harvest).with_cards() if stack.cards]
    return {stack.pk: (stack.heard, stack.chosen, joined[stack.pk]) for stack in lying}


def _heard(last: Publication) -> dict[int, Any]:
    return {heard.stack_id: (heard.heard, heard.chosen, heard.stacks) for heard in last.heard.all()}


def _figures(figures: dict[str, Any]) -> dict[str, Any]:
    """Without the days: while people may still say something, the last one is today."""
    return {name: value for name, value in figures.items() if name != "period"}
