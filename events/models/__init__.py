"""The Passend Onderwijscafés, who comes, and what they were mailed."""

from events.models.attempts import Attempt
from events.models.cafes import Cafe
from events.models.mailings import Mailing
from events.models.registrations import Registration
from events.models.snapshots import Snapshot

__all__ = ["Attempt", "Cafe", "Mailing", "Registration", "Snapshot"]
