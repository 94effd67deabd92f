"""The Passend Onderwijscafés, who comes, and what they were mailed."""

from events.models.cafes import COUNTS, NOBODY, Cafe, State
from events.models.mailings import Mailing
from events.models.registrations import Registration

__all__ = ["COUNTS", "NOBODY", "Cafe", "Mailing", "Registration", "State"]
