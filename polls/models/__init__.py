"""Polls with their votes, and the wensbeelden that people send in after "ja"."""

from polls.models.poll import Ballot, Choice, Poll, Tally
from polls.models.wensbeeld import Wensbeeld

__all__ = ["Ballot", "Choice", "Poll", "Tally", "Wensbeeld"]
