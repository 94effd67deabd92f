"""The desk on which a person scores: one idea at a time with its three buttons, and in the end a summary."""

import functools
from dataclasses import dataclass
from typing import NamedTuple, cast

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe

from polls.rounds.board import Board, Scores, ShownIdea
from polls.rounds.models.rounds import Colour, Stage


def draw_stickers() -> dict[int, str]:
    """A small sticker of each colour as HTML."""
    shape = '<svg class="sticker {css}"><use href="{icons}#sticker-{css}"/></svg>'
    return {colour.value: shape.format(css=colour.css, icons=static("img/icons.svg")) for colour in Colour}


class Sheet(NamedTuple):
    """One idea as it lies on the desk, the same for everyone in the room who gave it the same sticker."""

    slug: str
    words: tuple[str, ...]
    mark: str
    total: int
    id: int
    version: int
    number: int
    text: str
    groups: tuple[str, ...]
    originals: tuple[str, ...]
    given: int | None
    by_originals: bool
    fresh: bool

    @property
    def buttons(self) -> list[dict]:
        """The three stickers, each with its word and whether this person gave it."""
        return [
            {
                "value": colour.value,
                "css": colour.css,
                "name": colour.label,
                "word": word,
                "pressed": self.given == colour,
            }
            for colour, word in zip(Colour, self.words, strict=True)
        ]


@functools.lru_cache(maxsize=2000)
def draw(sheet: Sheet) -> SafeString:
    """Kept, because a room asks for the same few sheets all the time."""
    return render_to_string("polls/rounds/scoring.html#sheet", {"idea": sheet})


STICKER = SimpleLazyObject(draw_stickers)  # the names of static files are not known yet when this is imported


@dataclass(frozen=True)
class Desk:
    """`idea` is what lies on the desk; None when there is nothing to score, or all is done and asked for."""

    scores: Scores
    idea: ShownIdea | None
    fresh: bool = False  # a press just put it there: it gets the focus
    problem: str = ""

    @classmethod
    def at(cls, scores: Scores, number: int | None, **more) -> "Desk":
        """With the idea of this number; without one, where the person left off: the first without a sticker."""
        ideas = scores.board.ideas
        if scores.board.round.stage != Stage.STICKERS or not ideas:
            return cls(scores, None, **more)
        if number is None:
            return cls(scores, next(iter(scores.left), None), **more)
        return cls(scores, ideas[number - 1] if number <= len(ideas) else None, **more)

    @property
    def board(self) -> Board:
        return self.scores.board

    @property
    def is_open(self) -> bool:
        return self.board.round.stage == Stage.STICKERS

    @property
    def total(self) -> int:
        return len(self.board.ideas)

    @property
    def sheet(self) -> SafeString:
        """The idea with its three buttons and the way to the next."""
        round, idea = self.board.round, cast(ShownIdea, self.idea)  # nobody asks without
        return draw(
            Sheet(
                slug=round.slug,
                words=tuple(round.word(colour) for colour in Colour),
                mark=round.mark,
                total=self.total,
                id=idea.id,
                version=idea.version,
                number=idea.number,
                text=idea.text,
                groups=tuple(idea.groups),
                originals=tuple(original.text for original in idea.originals),
                given=self.scores.given(idea),
                by_originals=self.scores.by_originals(idea),
                fresh=self.fresh,
            )
        )

    @property
    def address(self) -> str:
        """Where this desk can be found again."""
        slug = self.board.round.slug
        if self.idea:
            return f"{reverse('polls:desk', args=[slug])}?idee={self.idea.number}"
        return reverse("polls:own_stickers", args=[slug])

    @property
    def dots(self) -> SafeString:
        """One item for each idea of the round: its sticker, if it has one, and whether it lies here.

        Not in the template, where a dot costs ten times as much: they are drawn anew after every sticker.
        """
        return mark_safe("".join(map(self._dot, self.board.ideas)))  # noqa: S308, each part is ours

    def _dot(self, idea: ShownIdea) -> str:
        here = ' class="is-here"' if idea is self.idea else ""
        given = self.scores.given(idea)
        return f"<li{here}>{STICKER[given] if given else ''}</li>"

    @property
    def given(self) -> list[dict]:
        """The sticker of this person on each idea, for the summary."""
        colours = [(idea, self.scores.given(idea)) for idea in self.board.ideas]
        return [
            {
                "idea": idea,
                "css": Colour(colour).css if colour else "",
                "name": Colour(colour).label if colour else "",
                "word": self.board.round.word(colour) if colour else "",
            }
            for idea, colour in colours
        ]
