"""The stacks under the desk as they lie on the keyboard, each a tile that is drawn once for what it shows.

A step changes one of them and draws all: fifteen took longer than finding the voice.
"""

from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from plan.models import Stack
from plan.reading.desk import Desk, Place


class Tile(NamedTuple):
    """All that shows in a tile. A place without a stack has `stack` 0, and `takes` when the next new one comes there.

    `form` is the form whose voices or cards a press lays there. `state` is a class: is-open, is-proposed or none.
    """

    harvest: int
    form: str
    key: str
    takes: bool
    stack: int = 0
    name: str = ""
    cards: int = 0
    is_done: bool = False
    state: str = ""


class Tiles(NamedTuple):
    placed: list[SafeString]
    loose: list[SafeString]  # without a key: all places were taken


def tiles_of(desk: Desk, form: str, *, takes: bool, opened: Stack | None = None) -> Tiles:
    """`takes`: there is something to lay. On the stack that is `opened` it lies already."""
    places = [*desk.places, *(Place("", stack) for stack in desk.loose)]
    drawn = [draw(_tile(desk, place, form, takes, opened)) for place in places]
    return Tiles(drawn[: -len(desk.loose) or None], drawn[len(desk.places) :])


def _tile(desk: Desk, place: Place, form: str, takes: bool, opened: Stack | None) -> Tile:
    harvest, stack = desk.harvest.pk, place.stack
    if stack is None:
        return Tile(harvest, form, place.key, takes and place.next_free)
    here = stack == opened
    proposed = desk.proposal and desk.proposal.stack == stack
    state = "is-open" if here else "is-proposed" if proposed else ""
    shown = (stack.pk, stack.name, stack.cards, stack.is_done, state)
    return Tile(harvest, form, place.key, takes and not here, *shown)


@lru_cache(maxsize=2000)
def draw(tile: Tile) -> SafeString:
    """Kept by all that it shows, so never out of date."""
    return SafeString(render_to_string("plan/tile.html", {"tile": tile}))
