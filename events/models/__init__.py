"""The Passend Onderwijscafés, who comes, and what they were mailed."""

from events.models.cafes import AROUND, NO_ROOM, Cafe, State
from events.models.counting import COUNTS, NOBODY
from events.models.mailings import Mailing
from events.models.registrations import Registration

__all__ = ["AROUND", "COUNTS", "NOBODY", "NO_ROOM", "Cafe", "Mailing", "Registration", "State"]
