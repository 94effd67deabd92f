"""Why people ask a moderator to look, and why a moderator takes something away."""

from django.core.exceptions import ValidationError
from django.db.models import TextChoices

LONGEST = 300  # characters of the reason for a removal
MOST_WORDS = 100  # characters of what names a child


class ReportReason(TextChoices):
    """What people choose from when they report something; the words below are for a moderator too."""

    PRIVACY = "privacy", "Er staat een naam of iets persoonlijks in"
    CHILD = "child", "Er staat een kind herkenbaar op"
    HURTFUL = "hurtful", "Het is kwetsend"
    OFF_TOPIC = "off-topic", "Het gaat ergens anders over"
    SPAM = "spam", "Het is reclame"
    # Whoever gives it says which words: see werkplaats.moderation.forms.
    ONE_CHILD = "one-child", "Het noemt de naam van een kind, of gaat over één kind"

    @classmethod
    def about(cls, picture: bool) -> list[tuple[str, str]]:
        """The choices for something with or without a picture."""
        return [(value, label) for value, label in cls.choices if picture or value != cls.CHILD]


ABOUT_A_CHILD = (ReportReason.CHILD, ReportReason.ONE_CHILD)  # a moderator hears of it at once

ADVERTISING = "De bijdrage is reclame."
# What a moderator chooses from when a contribution is removed; the writer gets to read it.
REMOVAL_REASONS = (
    "Er staat een naam of iets persoonlijks in.",
    "De bijdrage is kwetsend voor iemand.",
    "De bijdrage gaat niet over de vraag.",
    ADVERTISING,
)


def check_reason(reason: str, reader: str) -> str:
    """The reason for a removal, trimmed. Raises ValidationError "reason" when none is given: `reader` is owed one."""
    if not reason.strip():
        raise ValidationError(f"Geef een reden: {reader} krijgt die te lezen.", code="reason")
    return reason.strip()
