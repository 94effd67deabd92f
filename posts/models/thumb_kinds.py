"""The kinds of thumbs: value, word in addresses, label, icon, and which questions take each.

To add a kind, add it to KINDS and its icon to static/img/icons.svg. See whether the labels of `Thumbs` stay true, and
whether the buttons still fit on one line of a phone.
"""

from typing import NamedTuple

from django.db import models


class Thumbs(models.TextChoices):
    """Which thumbs a question takes."""

    BOTH = "both", "omhoog en omlaag"
    UP = "up", "alleen omhoog"
    NONE = "none", "geen duimpjes"


class Kind(NamedTuple):
    """`value` is what the database keeps, `word` what an address says, `label` what people read after "duimpje".

    A value of 0 would take the thumb back, and a word has small letters only: thumbs.js reads it from the address.
    """

    value: int
    word: str
    label: str
    icon: str
    taken_with: frozenset[Thumbs]  # the settings of a question that take it


UP = Kind(1, "op", "omhoog", "thumbs-up", frozenset({Thumbs.BOTH, Thumbs.UP}))
DOWN = Kind(-1, "neer", "omlaag", "thumbs-down", frozenset({Thumbs.BOTH}))
KINDS = [UP, DOWN]

TAKEN_BACK = "weg"  # what an address says instead of the word of a kind


def taken_by(setting: str) -> list[Kind]:
    """The kinds that a question with this setting takes, in the order of their buttons."""
    return [kind for kind in KINDS if setting in kind.taken_with]


def wished(word: str) -> int | None:
    """The value of the kind with this word; None for taking back. Raises KeyError when no kind has it."""
    return None if word == TAKEN_BACK else {kind.word: kind.value for kind in KINDS}[word]


def settings_with(value: int | None) -> list[str]:
    """The settings of a question that take the kind with this value."""
    return [str(setting) for kind in KINDS if kind.value == value for setting in kind.taken_with]
