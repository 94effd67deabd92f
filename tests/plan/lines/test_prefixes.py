"""Prefixes: what was typed, and what it is read as. tests/browser/test_notes.py holds the script to the same list."""

from types import SimpleNamespace

import pytest

from plan.lines.letters import letters_of
from plan.lines.prefixes import Place, Typed, prefix_of, read
from werkplaats.models import Role

LETTERS = {"o": SimpleNamespace(pk=1), "l": SimpleNamespace(pk=2), "i": SimpleNamespace(pk=3)}
BEFORE = Place(3, 1)
EXAMPLES = [
    ("minder papier", "minder papier", (3, 1), 1),
    ("4l minder papier", "minder papier", (4, 2), 1),
    ("4L  minder papier", "minder papier", (4, 2), 1),
    ("12i minder papier", "minder papier", (12, 3), 1),
    ("4: minder papier", "minder papier", (4, 1), 1),
    ("l: minder papier", "minder papier", (3, 2), 1),
    ("l minder papier", "minder papier", (3, 2), 1),
    ("l", "", (3, 2), 1),
    ("? minder papier", "minder papier", (3, None), 1),
    ("0? minder papier", "minder papier", (None, None), 1),
    ("0l minder papier", "minder papier", (None, 2), 1),
    ("?: minder papier", "minder papier", (3, None), 1),
    ("4l", "", (4, 2), 1),
    # No prefix: a letter of no role, a number alone, a clock, a word.
    ("1e klas blijft bij elkaar", "1e klas blijft bij elkaar", (3, 1), 1),
    ("u wacht te lang", "u wacht te lang", (3, 1), 1),
    ("4 kinderen wachten", "4 kinderen wachten", (3, 1), 1),
    ("10:30 is te vroeg", "10:30 is te vroeg", (3, 1), 1),
    ("ook: dit", "ook: dit", (3, 1), 1),
    (" 4l is een lokaal", "4l is een lokaal", (3, 1), 1),
    (" 4l is een lokaal x2", "4l is een lokaal", (3, 1), 2),
    ("minder papier x3", "minder papier", (3, 1), 3),
    ("minder papier X 12", "minder papier", (3, 1), 12),
    ("4l minder papier ×2", "minder papier", (4, 2), 2),
    # No times: none, too many, alone, or in a word.
    ("minder papier x0", "minder papier x0", (3, 1), 1),
    ("minder papier x1000", "minder papier x1000", (3, 1), 1),
    ("x3", "x3", (3, 1), 1),
    ("mix3", "mix3", (3, 1), 1),
    ("٤l minder", "٤l minder", (3, 1), 1),
]


@pytest.mark.parametrize(("raw", "text", "place", "times"), EXAMPLES)
def test_what_a_line_is_read_as(raw, text, place, times):
    assert read(raw, BEFORE, LETTERS) == Typed(text, Place(*place), times)


def test_a_prefix_is_written_as_it_is_read():
    for place in (Place(), Place(4), Place(None, 2), Place(12, 3)):
        assert read(f"{prefix_of(place, LETTERS)} woorden", BEFORE, LETTERS).place == place


def roles(*names: str) -> list[Role]:
    return [Role(pk=number, name=name, is_pupil=name == "leerling") for number, name in enumerate(names, start=1)]


def test_letters_follow_from_the_roles():
    names = ["ouder", "leerling", "leerkracht", "intern begeleider", "directeur", "iemand anders", "élève", "ouder x"]
    found = {letter: role.name for letter, role in letters_of(roles(*names)).items()}
    assert found == {
        "o": "ouder",
        "l": "leerkracht",
        "i": "intern begeleider",
        "d": "directeur",
        "m": "iemand anders",
        "v": "élève",
        "u": "ouder x",
        "s": "leerling",
    }


def test_more_roles_than_letters():
    assert len(letters_of(roles(*(f"rol {number}" for number in range(30))))) == 24
    assert letters_of([]) == {}
