"""The cafés and who comes, for coordinators. The verbs of the models hand out places, under their lock."""

from events.admin.cafes import CafeAdmin
from events.admin.registrations import RegistrationAdmin

__all__ = [
    "CafeAdmin",
    "RegistrationAdmin",
]
