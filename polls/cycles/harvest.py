"""The harvest of a design cycle: the ideas of all its rounds together, the greenest first."""

from dataclasses import dataclass

from polls.rounds.board import Board, ShownIdea
from polls.rounds.models.rounds import Stage

SHOWN = 5


@dataclass(frozen=True)
class Gained:
    """An idea with the round that it comes from, and how green it is there."""

    idea: ShownIdea
    board: Board

    @property
    def share(self) -> float:
        """How much of its round gave it green, from 0 to 1, so that rounds of 12 and of 300 people weigh the same.

        Everyone who scored in the round counts, not only who scored this idea: 18 of 23 is more than two of two.
        """
        return self.idea.green / self.board.scorers


@dataclass(frozen=True)
class Harvest:
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
        """People per round, added up: somebody who took part in two rounds spoke twice."""
        return sum(board.scorers for board in self.finished)

    @property
    def stickers(self) -> int:
        return sum(board.stickers for board in self.finished)

    @property
    def on_paper(self) -> int:
        """How many of these stickers were placed on paper."""
        return sum(board.on_paper for board in self.finished)

    @property
    def finished(self) -> list[Board]:
        return [board for board in self.boards if board.round.stage == Stage.RESULT]


def harvest_of(boards: list[Board]) -> Harvest:
    gained = [
        Gained(idea, board)
        for board in boards
        if board.round.stage == Stage.RESULT
        for idea in board.ideas
        if idea.people
    ]
    return Harvest(boards, sorted(gained, key=lambda each: (-each.share, -each.idea.green, each.idea.red)))
