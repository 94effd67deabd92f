"""Giving voices a destination: on a stack, or a choice of their own; moving cards, and taking them off.

Each takes what the page showed, does it to what is still so, and tells of the rest what another did: see Outcome.
"""

from collections.abc import Mapping
from typing import Any

from plan.actions.choosing import check_there, checked
from plan.actions.outcomes import Lost, Outcome, Seen, Why
from plan.actions.placing import Quotes, as_seen, carry, place, quote_in, touch
from plan.actions.steps import stack_in, step
from plan.actions.telling import OTHER_WORDS
from plan.models import Fragment, Verb
from werkplaats.models import User


def lay(
    harvest_id: int,
    stack_id: int,
    voices: Mapping[int, Seen],
    by: User,
    *,
    also: bool = False,
    quotes: Quotes | None = None,
) -> Outcome:
    """Lays voices on a stack: by the key of the fragment, each with what the page showed of it.

    One that lies somewhere by now is left; with `also` it is laid on this stack too, if it lies as it was seen. One
    that lies on this stack already is done. `quotes`: the marked words of a voice, in characters of its text. Raises
    Refused when the stack is not there, and ValidationError for a quote that is not in the text.
    """
    with step(harvest_id, by, Verb.LAY) as this:
        this.stack = stack_in(this.harvest, stack_id)
        done, lost = place(this, voices, also=also, stack=this.stack, quotes=quotes)
        return this.outcome(done, lost=lost)


def settle(harvest_id: int, voices: Mapping[int, Seen], by: User, *, also: bool = False, **chosen: Any) -> Outcome:
    """Deals with voices by themselves, without a stack: `chosen` are choice, words, decided_by and decided_on.

    As `lay`. One that is dealt with so already keeps the choice that it has: that is changed with `decide`. Raises
    ValidationError when the choice lacks what it needs.
    """
    values = checked(chosen)
    check_there(values)
    with step(harvest_id, by, Verb.SETTLE) as this:
        done, lost = place(this, voices, also=also, **values)
        return this.outcome(done, lost=lost)


def move(harvest_id: int, stack_id: int, cards: Mapping[int, int], by: User) -> Outcome:
    """Moves cards to a stack: by the key of the destination, each with the version that the page showed.

    A voice that lies on that stack too, lies there once. Raises Refused when the stack is not there.
    """
    with step(harvest_id, by, Verb.MOVE) as this:
        this.stack = stack_in(this.harvest, stack_id)
        rows, lost = as_seen(this, cards)
        carry(this, [row for row in rows if row.stack_id != stack_id], this.stack)
        return this.outcome([row.pk for row in rows], lost=lost)


def take_off(harvest_id: int, cards: Mapping[int, int], by: User) -> Outcome:
    """Takes cards off, as `move`. A voice without another destination is back on the list."""
    with step(harvest_id, by, Verb.TAKE_OFF) as this:
        rows, lost = as_seen(this, cards)
        touch(this, rows)
        this.remove(rows)
        return this.outcome([row.pk for row in rows], lost=lost)


def decide(harvest_id: int, card: int, seen: int, by: User, **chosen: Any) -> Outcome:
    """Gives one card a choice of its own, or with an empty one that of its stack again.

    Raises ValidationError when the choice lacks what it needs, and when a card without a stack would have none.
    """
    values = checked(chosen)
    with step(harvest_id, by, Verb.DECIDE) as this:
        rows, lost = as_seen(this, {card: seen})
        for row in rows:
            if not row.stack_id:
                check_there(values)
            this.stack = row.stack
            this.change([row], **values)
        return this.outcome([row.pk for row in rows], lost=lost)


def quote(
    harvest_id: int,
    card: int,
    seen: int,
    by: User,
    *,
    source_version: int,
    is_quote: bool,
    begin: int | None = None,
    end: int | None = None,
) -> Outcome:
    """Makes a card a quote or no quote, of the words of `source_version`, which were read: so they are right again.

    `begin` and `end` are in characters of the text, the end not included; without them it is all of the words. Lost
    when the words are not those any more. Raises ValidationError for a part that is not in the text.
    """
    with step(harvest_id, by, Verb.QUOTE) as this:
        rows, lost = as_seen(this, {card: seen})
        read = [row for row in rows if row.fragment.source_version == source_version]
        lost += [Lost(row.pk, Why.WORDS, OTHER_WORDS) for row in rows if row not in read]
        for row in read:
            values: dict[str, Any] = {"is_quote": False, "quote_from": None, "quote_to": None}
            if is_quote:
                words = Fragment.objects.with_words().get(pk=row.fragment_id).text
                values = quote_in(words, begin, end)
            this.stack = row.stack
            this.change([row], source_version=source_version, **values)
        return this.outcome([row.pk for row in read], lost=lost)
