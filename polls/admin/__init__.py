"""Polls, wensbeelden, sticker rounds and design cycles in the admin."""

from polls.admin import cycles, polls, rounds

__all__ = ["cycles", "polls", "rounds"]
