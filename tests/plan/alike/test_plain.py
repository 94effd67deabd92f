"""Likeness by shared words alone, as a page knows it."""

import pytest

from plan.alike import plain

LINES = [
    "Elke keer een ander aan tafel.",
    "minder formulieren invullen",
    "Een rustige plek in de school",
    "De wachttijd bij de jeugdzorg is te lang",
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
    "typed, nearest",
    [
        ("minder formulieren", 1),
        ("Minder formulieren invullen!", 1),
        ("wachttijd jeugdzorg te lang", 3),
        ("Op school een rustige plek", 2),
        ("het is wat het is", None),
        ("", None),
    ],
)
def test_what_shares_most_is_nearest(typed, nearest):
    stems, each = plain.stems_of(typed), [plain.stems_of(line) for line in LINES]
    weights = plain.weights_of(each)
    near = [plain.shared(stems, other, weights) for other in each]
    assert (near.index(max(near)) if any(near) else None) == nearest
    assert all(0 <= strength <= 1.001 for strength in near)


def test_marks_are_whole_words_of_the_text():
    text = "Één vaste contactpersoon, «géén» zes contactpersonen."
    marks = plain.marks_in(text, plain.stems_of("contactpersoon"))
    assert [text[begin:end] for begin, end in marks] == ["contactpersoon", "contactpersonen"]
