"""Polls with their votes, the wensbeelden that people send in after "ja", sticker rounds and design cycles."""

from polls.models.cycles import Addition, DesignCycle, Perspective, Step
from polls.models.ideas import Idea
from polls.models.poll import Ballot, Choice, Poll, ResultsShown, Tally
from polls.models.rounds import Colour, Group, Member, Stage, StickerRound
from polls.models.stickers import Scorer, Sticker, StickerTally
from polls.models.wensbeeld import Wensbeeld, WensbeeldReport

__all__ = [
    "Addition",
    "Ballot",
    "Choice",
    "Colour",
    "DesignCycle",
    "Group",
    "Idea",
    "Member",
    "Perspective",
    "Poll",
    "ResultsShown",
    "Scorer",
    "Stage",
    "Step",
    "Sticker",
    "StickerRound",
    "StickerTally",
    "Tally",
    "Wensbeeld",
    "WensbeeldReport",
]
