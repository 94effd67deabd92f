"""What came of a step: what was done, and what another had changed meanwhile."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from plan.models import Act, Choice

LOOK_AGAIN = "Er is iets veranderd sinds je keek. Kijk nog eens, en maak het dan openbaar."


class Refused(Exception):
    """The step cannot be done as it was asked; the text is a Dutch sentence for who asked.

    `act` is what another did that is in the way, where that is known.
    """

    def __init__(self, told: str, act: Act | None = None) -> None:
        super().__init__(told)
        self.act = act


class Seen(NamedTuple):
    """What a page showed of a voice: `Fragment.version` and `Fragment.source_version`."""

    version: int
    source_version: int


class Why(StrEnum):
    """Why a row was left as it is."""

    OTHER = "other"  # somebody changed where it lies, or what is in it
    WORDS = "words"  # who said it says it otherwise now: read it first
    GONE = "gone"  # it may not be read any more, or is not there


@dataclass(frozen=True)
class Lost:
    """A row that was left as it is, since it is not as it was seen.

    `told` is a sentence about it. `act` is what another did, where that is known; `now` is what is in the row: of a
    voice the names of the stacks on which it lies (`stacks`), of a card its choice and whether it is a quote, of a
    stack the fields that were to change.
    """

    pk: int
    why: Why
    told: str
    act: Act | None = None
    now: dict[str, Any] = field(default_factory=dict)

    @property
    def stands(self) -> str:
        """What is in the row now, in words: the choice, or the name. Empty where neither was to change."""
        if "choice" not in self.now:
            return f"«{self.now['name']}»" if "name" in self.now else ""
        if not self.now["choice"]:
            return "nog geen keuze"
        return Choice(self.now["choice"]).said(self.now["words"])


@dataclass(frozen=True)
class Outcome:
    """`done` are the keys of what is as it was asked: by this step, or already, as when it was sent twice.

    `act` is None when nothing changed. `made` is the key of a stack that the step made. `version` is that of the
    harvest after it. True when nothing was lost.
    """

    version: int
    act: Act | None = None
    done: list[int] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    made: int | None = None

    def __bool__(self) -> bool:
        return not self.lost
