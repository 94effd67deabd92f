"""The letter by which a role is typed in front of a line. They follow from the list of roles, in its order."""

import string
import unicodedata
from collections.abc import Iterable

from werkplaats.models import Role

LETTERS = "".join(letter for letter in string.ascii_lowercase if letter not in "ex")  # «1e klas»; x3 is three times
PUPIL = "s"  # of scholier: the l is of the leerkracht


def letters_of(roles: Iterable[Role]) -> dict[str, Role]:
    """A letter for each role, pupils last: its first letter that is still free, else any that is.

    A role for which none is left has no letter; there are 24.
    """
    given: dict[str, Role] = {}
    for role in sorted(roles, key=lambda role: role.is_pupil):  # else in the order in which they came
        wanted = (PUPIL if role.is_pupil else "") + _plain(role.name) + LETTERS
        free = next((letter for letter in wanted if letter in LETTERS and letter not in given), None)
        if free:
            given[free] = role
    return given


def _plain(name: str) -> str:
    """In small letters, without accents."""
    return unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode().lower()
