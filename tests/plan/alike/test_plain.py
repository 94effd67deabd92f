"""Likeness by shared words alone, as a page knows it."""

import pytest

from plan.alike import plain

LINES = [
    "Elke keer een ander aan tafel.",
    "minder formulieren invullen",
    "Een rustige plek in de school",
    "De wachttijd bij de jeugdzorg is te lang",
    "een rustige plek op school",
]


@pytest.mark.parametrize(
    "forms",
    [
        ["school", "scholen", "School", "schóól"],
        ["klas", "klassen"],
        ["brief", "brieven"],
        ["huis", "huizen"],
        ["formulier", "formulieren"],
        ["groot", "grote"],
        ["leerling", "leerlingen"],
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({plain.stem_of(form) for form in forms}) == 1


@pytest.mark.parametrize("words", [["wachten", "wachtlijst"], ["ouders", "oud"], ["", "!"], ["taal", "tafel"]])
def test_other_words_have_another_or_nothing_to_say(words):
    one, other = map(plain.stems_of, words)
    assert not one & other


@pytest.mark.parametrize(
    "typed, line",
    [
        ("minder formulieren", 1),
        ("Minder formulieren invullen!", 1),
        ("wachttijd jeugdzorg te lang", 3),
        ("een rustige plek in school", 4),  # of two that are as near the last
        ("meer formulieren voor de ib'er en de gemeente en de zorg", None),
        ("de juf is ziek", None),
        ("het is wat het is", None),
        ("", None),
    ],
)
def test_a_line_that_was_said_before_is_found(typed, line):
    assert plain.alike_line(typed, LINES) == line
    assert plain.alike_line(typed, []) is None


def test_marks_are_whole_words_of_the_text():
    text = "Één vaste contactpersoon, «géén» zes contactpersonen."
    marks = plain.marks_in(text, plain.stems_of("contactpersoon"))
    assert [text[begin:end] for begin, end in marks] == ["contactpersoon", "contactpersonen"]
