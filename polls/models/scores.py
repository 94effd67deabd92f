"""What one person thinks of the ideas of a round: asked for, or with the sticker just given, in one statement.

It answers every sticker of a full room, so it reads nothing but that person's stickers and the version of the round;
what the round looks like is kept until it has another version (`StickerRoundManager`).
"""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from polls.models.board import Board, ShownIdea

# The stickers of one person in a round: the colour by the id of the idea.
OWN = """
    SELECT jsonb_object_agg(sticker.idea_id, sticker.colour)
    FROM polls_sticker sticker JOIN polls_idea idea ON idea.id = sticker.idea_id
    WHERE sticker.visitor_id = %(visitor)s AND sticker.person = %(person)s AND idea.round_id = round.id
"""
READ = f"""
    SELECT round.version, ({OWN}), false FROM polls_stickerround round WHERE round.slug = %(slug)s
"""  # noqa: S608, all of it is ours
# In SQL because placing one would spend more on building this in Python than on anything else. What it reads is from
# before the sticker.
PLACE = f"""
    WITH placed AS (
        INSERT INTO polls_sticker (idea_id, visitor_id, person, colour, placed_at)
        SELECT idea.id, %(visitor)s, %(person)s, %(colour)s, now()
        FROM polls_idea idea JOIN polls_stickerround round ON round.id = idea.round_id
        WHERE idea.id = %(idea)s AND idea.removed_at IS NULL AND round.slug = %(slug)s AND round.stage = 'stickers'
            AND %(visitor)s::uuid IS NOT NULL
        ON CONFLICT (idea_id, visitor_id, person)
        DO UPDATE SET colour = EXCLUDED.colour, placed_at = EXCLUDED.placed_at
        RETURNING idea_id
    )
    SELECT round.version, ({OWN}), EXISTS (SELECT FROM placed)
    FROM polls_stickerround round WHERE round.slug = %(slug)s
"""  # noqa: S608, all of it is ours


def ask(statement: str, slug: str, person, **values) -> tuple[int, dict[int, int], bool] | None:
    """The version of the round, the person's stickers, and whether one was placed; None when there is no such round.

    `person` is a `polls.person.Person`. Raises IntegrityError, outside a transaction at once, when there is no such
    visitor.
    """
    values |= {"slug": slug, "visitor": person.visitor_id, "person": person.number}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row and (row[0], own_of(row[1]), row[2])


def own_of(row: str | None) -> dict[int, int]:
    """The stickers in a row of OWN."""
    return {int(idea): colour for idea, colour in json.loads(row or "{}").items()}


@dataclass(frozen=True)
class Scores:
    """A person's stickers on the ideas of a board."""

    board: "Board"
    own: dict[int, int]
    placed: bool = False  # whether the sticker that was asked for stands

    def given(self, idea: "ShownIdea") -> int | None:
        """By what colour they count: what they gave it, else the best of what they gave its originals."""
        before = [self.own[original.id] for original in idea.originals if original.id in self.own]
        return self.own.get(idea.id) or min(before, default=None)

    def by_originals(self, idea: "ShownIdea") -> bool:
        """Whether they count here only by stickers from before the joining."""
        return idea.id not in self.own and self.given(idea) is not None

    @property
    def scored(self) -> list["ShownIdea"]:
        """The ideas for which they count."""
        return [idea for idea in self.board.ideas if self.given(idea)]

    @property
    def left(self) -> list["ShownIdea"]:
        """The ideas that wait for their sticker."""
        return [idea for idea in self.board.ideas if not self.given(idea)]
