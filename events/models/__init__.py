"""The Passend Onderwijscafés, who comes, and what they were mailed."""

from events.models.cafes import AROUND, LONGEST, NO_ROOM, OFF, ONE_DAY, Cafe
from events.models.counting import COUNTS, NOBODY
from events.models.mailings import Mailing
from events.models.registrations import Registration
from events.models.states import State
from events.models.waiting_list import LetIn

__all__ = [
    "AROUND",
    "COUNTS",
    "LONGEST",
    "NOBODY",
    "NO_ROOM",
    "OFF",
    "ONE_DAY",
    "Cafe",
    "LetIn",
    "Mailing",
    "Registration",
    "State",
]
