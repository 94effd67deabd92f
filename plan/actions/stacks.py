"""Making stacks and saying what was heard in them; joining them, and taking them apart."""

from collections.abc import Mapping
from typing import Any

from plan.actions import telling
from plan.actions.choosing import checked
from plan.actions.outcomes import Outcome, Refused, Seen
from plan.actions.placing import Quotes, as_seen, carry, place, voices_locked
from plan.actions.steps import Step, columns_of, stack_in, step
from plan.models import KEYS, Act, Destination, Harvest, Stack, Verb
from werkplaats.models import User


def make(
    harvest_id: int,
    name: str,
    by: User,
    voices: Mapping[int, Seen] | None = None,
    *,
    key: str | None = None,
    also: bool = False,
    quotes: Quotes | None = None,
) -> Outcome:
    """Makes a stack and lays voices on it, as `laying.lay`; the stack is there also when all of them were lost.

    `key` is one of KEYS, or "" for none; None takes the first that is free, or none. `made` of the outcome is its key
    in the database. Raises Refused for a name or a place that is taken, or that is none.
    """
    with step(harvest_id, by, Verb.MAKE) as this:
        this.stack = _new(this, name, key)
        done, lost = place(this, voices or {}, also=also, stack=this.stack, quotes=quotes)
        return this.outcome(done, lost=lost, made=this.stack.pk)


def split(
    harvest_id: int, stack_id: int, cards: Mapping[int, int], name: str, by: User, *, key: str | None = None
) -> Outcome:
    """Takes a stack apart: these cards of it go to a new one. By the key of the destination, with its version.

    When all of them were lost there is no new stack. Raises Refused as `make`, and when the stack is not there.
    """
    with step(harvest_id, by, Verb.SPLIT) as this:
        old = stack_in(this.harvest, stack_id)
        found, lost = as_seen(this, cards)
        rows = [row for row in found if row.stack_id == old.pk]
        if not rows:
            return this.outcome(lost=lost)
        this.stack = _new(this, name, key)
        carry(this, rows, this.stack)
        return this.outcome([row.pk for row in rows], lost=lost, made=this.stack.pk)


def _new(this: Step, name: str, key: str | None) -> Stack:
    stack = Stack(harvest=this.harvest, name=name, key=free_key(this.harvest) if key is None else key)
    this.add([stack])
    return stack


def free_key(harvest: Harvest) -> str:
    """The first place without a stack; "" when all fifteen have one."""
    taken = set(harvest.stacks.lying().values_list("key", flat=True))
    return next((key for key in KEYS if key not in taken), "")


def rename(harvest_id: int, stack_id: int, name: str, seen: int, by: User) -> Outcome:
    """Gives a stack another name; `seen` is the version that the page showed. Raises Refused for one that is taken."""
    return _edit(harvest_id, stack_id, seen, by, Verb.RENAME, {"name": name})


def hear(harvest_id: int, stack_id: int, heard: str, seen: int, by: User) -> Outcome:
    """Saves the sentence *Wat we hoorden*, of at most 200 characters; `seen` is the version that the page showed.

    What another did to the name or the choice is not in its way. When the sentence itself changed meanwhile it is
    lost, with the other one in `lost[0].now["heard"]`.
    """
    return _edit(harvest_id, stack_id, seen, by, Verb.HEAR, {"heard": heard})


def choose(harvest_id: int, stack_id: int, seen: int, by: User, **chosen: Any) -> Outcome:
    """Saves what is done with a stack, as `hear`: choice, words, decided_by and decided_on; an empty choice is none.

    Raises ValidationError when the choice lacks what it needs.
    """
    return _edit(harvest_id, stack_id, seen, by, Verb.CHOOSE, checked(chosen))


def _edit(harvest_id: int, stack_id: int, seen: int, by: User, verb: Verb, values: dict[str, Any]) -> Outcome:
    with step(harvest_id, by, verb) as this:
        this.stack = stack = stack_in(this.harvest, stack_id)
        same = all(getattr(stack, name) == value for name, value in values.items())
        if not same and stack.version != seen and _changed_since(stack, seen, list(values)):
            lost = telling.lost_stack(stack, seen, list(values), by)
            return this.outcome(lost=[lost])
        if not same:
            this.change([stack], **values)
        return this.outcome([stack.pk])


def _changed_since(stack: Stack, seen: int, fields: list[str]) -> bool:
    """Whether these fields have other values than in the version that was seen. What cannot be told, has."""
    acts = Act.objects.filter(harvest=stack.harvest_id, after__stack__has_key=str(stack.pk))
    at_the_time = acts.filter(number=seen).exists()
    later = acts.filter(number__gt=seen, number__lte=stack.version).order_by("number").first()
    before = later and later.before and later.before["stack"][str(stack.pk)]
    if not (at_the_time and before):
        return True
    columns = columns_of("stack").items()
    return any(getattr(stack, name) != column.to_python(before[name]) for name, column in columns if name in fields)


def join(harvest_id: int, stack_id: int, into_id: int, seen: Mapping[int, int], by: User) -> Outcome:
    """Joins a stack into another, which keeps its name, sentence and choice; `seen` has the version of both.

    What the plan leans on stays: a source that points to the stack leads to the one it was joined into. Raises Refused
    when one of them is not there, or they are one.
    """
    with step(harvest_id, by, Verb.JOIN) as this:
        this.stack = into = stack_in(this.harvest, into_id)
        stack = stack_in(this.harvest, stack_id)
        if stack == into:
            raise Refused("Kies een andere stapel om mee samen te voegen.")
        others = [row for row in (stack, into) if row.version != seen.get(row.pk)]
        if others:
            lost = [telling.lost_stack(row, seen.get(row.pk, 0), ["name", "heard", *row.chosen], by) for row in others]
            return this.outcome(lost=lost)
        carry(this, _all_cards(stack), into)
        this.change([stack], key="", joined_into_id=into.pk)
        this.change([into])
        return this.outcome([stack.pk, into.pk])


def _all_cards(stack: Stack) -> list[Destination]:
    """Also of voices that may not be read now: they may come back. Their fragments are locked."""
    cards = list(stack.cards_on.order_by("pk"))
    voices = voices_locked(card.fragment_id for card in cards)
    for card in cards:
        card.fragment = voices[card.fragment_id]
    return cards
