"""What people write is cut between signs as they see them, and turns no words around it."""

import pytest

from posts.reading.threads import first_sign as initial_of
from werkplaats.words import excerpt, first_sign, isolated, shortened, signs, whole_signs

FAMILY, WALES, NETHERLANDS, BELGIUM = "👨‍👩‍👧‍👦", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "🇳🇱", "🇧🇪"
WHEELCHAIR, KEYCAP, ACCENT, HINDI = "🧑🏿‍🦽", "1️⃣", "e\u0301", "कि"
EACH = [FAMILY, WALES, NETHERLANDS, BELGIUM, WHEELCHAIR, KEYCAP, ACCENT, HINDI, "a", "私"]


def test_a_sign_is_what_people_see_as_one():
    assert list(signs("".join(EACH))) == EACH
    assert list(signs("")) == []


@pytest.mark.parametrize(
    ("name", "sign"),
    [("anna", "A"), (f"{FAMILY} de Wit", FAMILY), (f"{NETHERLANDS}{BELGIUM}", NETHERLANDS), ("محمد", "م"), ("", "")],
)
def test_an_initial_is_one_whole_sign(name, sign):
    assert first_sign(name) == sign
    assert initial_of is first_sign


@pytest.mark.parametrize("sign", EACH)
def test_no_cut_falls_inside_a_sign(sign):
    text = sign * 40
    for length in range(len(text) - 30, len(text)):
        for made in (shortened(text, length), excerpt(text, length)):
            assert len(made) <= length
            assert made.endswith("…") and made[:-1].rstrip() == sign * (len(made[:-1].rstrip()) // len(sign))
    assert shortened(text, len(text)) == text
    assert whole_signs(text, len(sign) * 3) == len(sign) * 3


def test_only_a_name_that_reads_from_right_to_left_is_set_apart():
    assert isolated("Sanne d'Hont & Bo") == "Sanne d'Hont & Bo"
    for name in ("محمد", "Sara (שרה)", "١٢٣"):
        assert isolated(name) == f"\u2068{name}\u2069"
