"""What the rounds of one design cycle yielded together."""

from dataclasses import dataclass

from polls.rounds.models.rounds import Stage
from polls.rounds.shown import Board, ShownIdea

SHOWN = 5


@dataclass(frozen=True)
class Gained:
    """An idea with the round that it comes from, and how green it is there."""

    idea: ShownIdea
    board: Board

    @property
    def share(self) -> float:
        """The part of those who scored in its round that gave it green: rounds of 12 and of 300 people weigh the same.

        Not of those who scored this idea: two of two, where all others passed it by, is less than 18 of 23.
        """
        return self.idea.green / self.board.scorers


@dataclass(frozen=True)
class Yield:
    boards: list[Board]
    ideas: list[Gained]  # of the rounds whose result is known, the greenest first

    @property
    def best(self) -> list[Gained]:
        return self.ideas[:SHOWN]

    @property
    def others(self) -> list[Gained]:
        return self.ideas[SHOWN:]

    @property
    def scorers(self) -> int:
        """People per round, added up: who took part in two rounds spoke twice."""
        return sum(board.scorers for board in self.finished)

    @property
    def stickers(self) -> int:
        return sum(board.stickers for board in self.finished)

    @property
    def finished(self) -> list[Board]:
        return [board for board in self.boards if board.round.stage == Stage.RESULT]


def yield_of(boards: list[Board]) -> Yield:
    gained = [
        Gained(idea, board)
        for board in boards
        if board.round.stage == Stage.RESULT
        for idea in board.ideas
        if idea.people
    ]
    return Yield(boards, sorted(gained, key=lambda each: (-each.share, -each.idea.green, each.idea.red)))
