"""What steps have in common that change where voices lie; inside a step, never by themselves."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField, Exists, OuterRef

from plan.actions import telling
from plan.actions.outcomes import Lost, Seen
from plan.actions.steps import Step
from plan.models import Destination, Fragment, Stack
from werkplaats import compiled
from werkplaats.compiled import Given, among

HARVEST, STACK = Given("harvest", BigIntegerField()), Given("stack", BigIntegerField())
# The key of a fragment, with where a quote begins and ends in its text.
Quotes = Mapping[int, tuple[int, int]]


def place(
    this: Step,
    voices: Mapping[int, Seen],
    *,
    also: bool = False,
    stack: Stack | None = None,
    quotes: Quotes | None = None,
    **chosen: Any,
) -> tuple[list[int], list[Lost]]:
    """Gives voices a destination. Returns the keys of those that have it now, and why the others were left."""
    place = {"harvest": this.harvest.pk, "stack": stack.pk if stack else 0}
    found = compiled.objects(to_place, stack is not None, pks=list(voices), **place)
    rows = {row.pk: row for row in found}
    already = {row.pk for row in found if row.is_there}
    fits = [row for pk, row in rows.items() if pk not in already and is_as_seen(row, voices[pk], also)]
    marks = marked(fits, quotes or {})
    this.add([_card(this, row, stack, {**chosen, **marks.get(row.pk, {})}) for row in fits])
    this.change(fits)
    done = already | {row.pk for row in fits}
    left = {pk: seen for pk, seen in voices.items() if pk not in done}
    if not left:
        return list(done), []
    known = {pk: row for pk, row in rows.items() if pk in left}
    return list(done), telling.lost_fragments(this.harvest, known, left, this.by)


def to_place(on_stack: bool) -> compiled.AnyQuerySet:
    """Voices of a harvest, locked; each tells whether it `is_there`, on the stack or dealt with by itself, already."""
    there = Destination.objects.filter(fragment=OuterRef("pk"), harvest=HARVEST, stack=STACK if on_stack else None)
    return Fragment.objects.filter(among("pk", "pks"), harvest=HARVEST).annotate(is_there=Exists(there)).locked()


def voices_locked(pks: Iterable[int]) -> dict[int, Fragment]:
    """By their key, until the end of the transaction. One query."""
    return {row.pk: row for row in compiled.objects(to_move, pks=list(pks))}


def to_move() -> compiled.AnyQuerySet:
    return Fragment.objects.filter(among("pk", "pks")).locked()


def is_as_seen(row: Fragment, seen: Seen, also: bool) -> bool:
    """Whether a voice may be given a destination by who saw it so; `also`: another one."""
    return row.live and (row.version, row.source_version) == tuple(seen) and (also or not row.destinations)


def _card(this: Step, row: Fragment, stack: Stack | None, values: dict[str, Any]) -> Destination:
    known = {"harvest": this.harvest, "fragment": row, "stack": stack, "by": this.by}
    return Destination(**known, source_version=row.source_version, **values)


def marked(rows: list[Fragment], quotes: Quotes) -> dict[int, dict[str, Any]]:
    """The fields of the quotes in these voices, of which the words are read when there are any.

    Raises ValidationError for a quote that is not in the text.
    """
    wanted = [row.pk for row in rows if row.pk in quotes]
    texts = {row.pk: row.text for row in Fragment.objects.with_words().filter(pk__in=wanted)} if wanted else {}
    return {pk: quote_in(text, *quotes[pk]) for pk, text in texts.items()}


def quote_in(text: str, begin: int | None, end: int | None) -> dict[str, Any]:
    """The fields of a quote; without a marked part it is all of the words."""
    if begin is None and end is None:
        return {"is_quote": True, "quote_from": None, "quote_to": None}
    if begin is None or end is None or not 0 <= begin < end <= len(text):
        raise ValidationError("Markeer de woorden van het citaat nog eens.", code="quote")
    return {"is_quote": True, "quote_from": begin, "quote_to": end}


def as_seen(this: Step, cards: Mapping[int, int]) -> tuple[list[Destination], list[Lost]]:
    """The cards that have the version that was seen, with their voices locked, and why the others were left."""
    found = Destination.objects.filter(pk__in=list(cards), harvest=this.harvest)
    voices = voices_locked(found.values_list("fragment", flat=True))
    rows = {row.pk: row for row in found.order_by("pk").select_related("stack")}
    for row in rows.values():
        row.fragment = voices[row.fragment_id]
    same = [row for row in rows.values() if row.version == cards[row.pk]]
    left = {pk: seen for pk, seen in cards.items() if pk not in rows or rows[pk].version != seen}
    if not left:
        return same, []
    return same, telling.lost_cards(this.harvest, {pk: rows[pk] for pk in left if pk in rows}, left, this.by)


def touch(this: Step, cards: Iterable[Destination]) -> None:
    """Where these voices lie changes: who saw them lie elsewhere is told."""
    this.change({row.fragment_id: row.fragment for row in cards}.values())


def carry(this: Step, cards: list[Destination], to: Stack) -> None:
    """Brings cards to a stack. Where a voice lies there already, that card stays, with what only the other had."""
    there = {row.fragment_id: row for row in to.cards_on.filter(fragment__in=[card.fragment_id for card in cards])}
    twice = [card for card in cards if card.fragment_id in there]
    touch(this, cards)
    gains = [(there[card.fragment_id], gains_of(there[card.fragment_id], card)) for card in twice]
    this.change_each([(row, values) for row, values in gains if values])
    this.remove(twice)
    this.change([card for card in cards if card.fragment_id not in there], stack_id=to.pk)


def gains_of(stays: Destination, goes: Destination) -> dict[str, Any]:
    """The own choice and the quote of a card that goes, as far as the one that stays has none."""
    gains: dict[str, Any] = {}
    if goes.choice and not stays.choice:
        gains |= goes.chosen
    if goes.is_quote and not stays.is_quote:
        gains |= {name: getattr(goes, name) for name in Destination.QUOTE}
    return gains
