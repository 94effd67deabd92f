"""Polls, wensbeelden, sticker rounds and design cycles in the admin."""

from polls.admin import cycles, polls, rounds, wensbeelden

__all__ = ["cycles", "polls", "rounds", "wensbeelden"]
