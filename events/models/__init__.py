"""The Passend Onderwijscafés, who comes, and what they were mailed."""

from events.models.cafes import Cafe
from events.models.mailings import Mailing
from events.models.registrations import Registration

__all__ = ["Cafe", "Mailing", "Registration"]
