"""Telling who was second what another did."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from plan.actions.outcomes import Lost, Seen, Why
from plan.models import Act, Destination, Fragment, Harvest, Stack
from werkplaats.models import User

GONE = "Deze stem is weggehaald, of wacht op een moderator."
NOT_THERE = "Deze kaart ligt hier niet meer."
OTHER_WORDS = "Wie dit schreef, heeft de woorden veranderd. Lees die eerst nog eens."
SOMEBODY = "Iemand was je net voor."


def newest_acts(harvest: Harvest, kind: str, seen: Mapping[int, int], **more: Any) -> dict[int, Act]:
    """The last act on each of these rows after the version that was seen of it; one query."""
    since = min(seen.values(), default=0)
    keys = {f"after__{kind}__has_any_keys": [str(pk) for pk in seen]}
    acts = Act.objects.filter(harvest=harvest, number__gt=since, **keys, **more)
    found = acts.defer("before").select_related("by", "stack").order_by("number")
    return {pk: act for act in found for pk in seen if str(pk) in act.after[kind]}


def sentence(act: Act | None, reader: User) -> str:
    return f"{act.told(reader)}." if act else SOMEBODY


def lost_fragments(harvest: Harvest, rows: dict[int, Fragment], asked: dict[int, Seen], by: User) -> list[Lost]:
    """Why each of the fragments that were asked for was not as it was seen. Two queries, for any number."""
    versions = {pk: seen.version for pk, seen in asked.items()}
    acts = newest_acts(harvest, "fragment", versions, fragments__overlap=list(asked))
    stacks = stacks_under(list(rows))

    def one(pk: int, row: Fragment | None, seen: Seen) -> Lost:
        if row is None or not row.live:
            return Lost(pk, Why.GONE, GONE)
        if row.version == seen.version and row.source_version != seen.source_version:
            return Lost(pk, Why.WORDS, OTHER_WORDS)
        return Lost(pk, Why.OTHER, sentence(acts.get(pk), by), acts.get(pk), {"stacks": stacks[pk]})

    return [one(pk, rows.get(pk), seen) for pk, seen in asked.items()]


def stacks_under(fragments: list[int]) -> dict[int, list[str]]:
    """The names of the stacks on which these voices lie."""
    names: dict[int, list[str]] = defaultdict(list)
    found = Destination.objects.standing().filter(fragment__in=fragments, stack__isnull=False).order_by("pk")
    for fragment, name in found.values_list("fragment", "stack__name"):
        names[fragment].append(name)
    return names


def lost_cards(harvest: Harvest, rows: dict[int, Destination], asked: dict[int, int], by: User) -> list[Lost]:
    """Why each of the cards that were asked for was not as it was seen. One query, for any number."""
    acts = newest_acts(harvest, "destination", asked)

    def one(pk: int, row: Destination | None) -> Lost:
        act = acts.get(pk)
        if row is None:
            return Lost(pk, Why.GONE, sentence(act, by) if act else NOT_THERE, act)
        now = {**row.chosen, "is_quote": row.is_quote, "stack": row.stack and row.stack.name}
        return Lost(pk, Why.OTHER, sentence(act, by), act, now)

    return [one(pk, rows.get(pk)) for pk in asked]


def lost_stack(stack: Stack, seen: int, fields: list[str], by: User) -> Lost:
    """What another made of a stack; one query."""
    act = newest_acts(stack.harvest, "stack", {stack.pk: seen}).get(stack.pk)
    return Lost(stack.pk, Why.OTHER, sentence(act, by), act, {name: getattr(stack, name) for name in fields})
