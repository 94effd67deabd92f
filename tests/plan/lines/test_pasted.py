"""Many lines at once, as a preview reads them."""

import uuid
from types import SimpleNamespace

from plan.lines.pasted import Pasted, cut, lines_of, marked, same
from plan.lines.prefixes import Place
from plan.models.notes import LONGEST

LETTERS = {"o": SimpleNamespace(pk=1), "l": SimpleNamespace(pk=2)}


def test_a_list_is_read_as_people_write_it():
    text = """
    Tafel 3:
    - elke keer een ander aan tafel x4
    •\twachten zonder te weten waarom

    2. samen één specialist
    4l minder papier
    zelf\u200b bellen
    """
    assert lines_of(text, LETTERS) == [
        Pasted("elke keer een ander aan tafel", Place(3), 4),
        Pasted("wachten zonder te weten waarom", Place(3)),
        Pasted("samen één specialist", Place(3)),
        Pasted("minder papier", Place(4, 2)),
        Pasted("zelf bellen", Place(4, 2)),
    ]


def test_what_is_too_long_is_cut_and_loses_no_word():
    sentence = "Dit is een zin van een ouder over wachten. "
    for text in (sentence * 30, "woord " * 300, "x" * 1200):
        pieces = cut(text.strip())
        assert all(0 < len(piece) <= LONGEST for piece in pieces)
        assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert all(piece.endswith(".") for piece in cut((sentence * 30).strip()))
    assert {line.cut for line in lines_of(sentence * 30, LETTERS)} == {True}


def test_nothing_is_no_line():
    for text in ("", " \n\n", "\u200b\n\u2800", "-", "4l"):
        assert [line.text for line in lines_of(text, LETTERS)] in ([], ["-"])


def test_the_same_preview_gives_the_same_keys_and_another_others():
    seed, line = uuid.uuid4(), Pasted("minder papier", Place(4))
    assert line.line(seed, 1) == line.line(seed, 1)
    others = [line.line(seed, 2), line.line(uuid.uuid4(), 1), Pasted("minder", Place(4)).line(seed, 1)]
    assert len({line.line(seed, 1).key, *(other.key for other in others)}) == 4


def test_what_is_there_already_is_told():
    lines = marked(lines_of("Minder papier!\nmeer tijd", LETTERS), {same("minder  papier"): 91})
    assert [line.known for line in lines] == [91, None]
