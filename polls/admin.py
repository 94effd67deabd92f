"""Polls, wensbeelden, sticker rounds and design cycles in the admin."""

from polls.cycles import admin as cycles
from polls.rounds import admin as rounds
from polls.voting import admin as polls
from polls.wensbeelden import admin as wensbeelden

__all__ = ["cycles", "polls", "rounds", "wensbeelden"]
