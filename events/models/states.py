"""What a café is up to, in a word."""

from django.db import models


class State(models.TextChoices):
    CONCEPT = "concept", "concept"
    EARLY = "early", "nog niet open"
    OPEN = "open", "open"
    FULL = "full", "vol"
    CLOSED = "closed", "aanmelden gesloten"
    NOW = "now", "bezig"
    PAST = "past", "geweest"
    CALLED_OFF = "called_off", "afgelast"

    @classmethod
    def of(cls, cafe) -> "State":
        if cafe.published_at is None:
            return cls.CONCEPT
        if cafe.called_off_at:
            return cls.CALLED_OFF
        if cafe.has_begun:
            return cls.PAST if cafe.is_past else cls.NOW
        if cafe.opens_later:
            return cls.EARLY
        if not cafe.is_open:
            return cls.CLOSED
        return cls.OPEN if any(places.has_room for places in cafe.offers) else cls.FULL
