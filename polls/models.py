"""Polls with their votes, the wensbeelden that people send in after "ja", sticker rounds and design cycles."""

from polls.cycles.models import Addition, DesignCycle, Perspective, Step
from polls.rounds.models.common import CommonGround
from polls.rounds.models.ideas import Idea
from polls.rounds.models.paper import PaperCount
from polls.rounds.models.rounds import Colour, Group, Member, Stage, StickerRound
from polls.rounds.models.stickers import Scorer, Sticker, StickerTally
from polls.voting.choices import Choice
from polls.voting.models import Ballot, Poll, ResultsShown, Tally
from polls.voting.paper import HandsOnPaper
from polls.wensbeelden.models import Wensbeeld, WensbeeldReport

__all__ = [
    "Addition",
    "Ballot",
    "Choice",
    "Colour",
    "CommonGround",
    "DesignCycle",
    "Group",
    "HandsOnPaper",
    "Idea",
    "Member",
    "PaperCount",
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
