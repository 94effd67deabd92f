"""The cafés and their sign-ups, for coordinators. Places are handed out by the models' verbs, under their lock."""

from events.admin.cafes import CafeAdmin
from events.admin.registrations import RegistrationAdmin

__all__ = ["CafeAdmin", "RegistrationAdmin"]
