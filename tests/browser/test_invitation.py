"""The invitation comes out of the printer as two sheets of A4, whatever is written on it."""

import re
from datetime import UTC, datetime

import pytest

from events import invitation
from tests import factories
from werkplaats.models import Motto

START = datetime(2027, 10, 19, 17, 30, tzinfo=UTC)
WORDS = "Vertel wat er goed gaat en wat er beter kan. "
# In words and lines, what the admin lets through at most.
FULL = {
    "title": "Passend Onderwijscafé: " + "samen verder met onze thema's " * 3,
    "question": ("Wat verwachten ouders, scholen en partners van elkaar? " * 4)[:198] + "?",
    "label": "een lang etiket bij het café",
    "room": ("Theaterzaal De Steiger, Havenkade 12, Waterdam, " * 5)[:200],
    "front_text": (WORDS * 9)[:390],
    "next_text": f"## Wat?\n{(WORDS * 16)[:700]}\n\n## Hoe?\n{(WORDS * 16)[:700]}\n- een\n- twee",
}
LOST = """[...document.querySelectorAll('.blad')].flatMap(sheet => {
  const {right, bottom} = sheet.getBoundingClientRect();
  return [...sheet.querySelectorAll('*')].filter(each => {
    const box = each.getBoundingClientRect();
    return box.right > right + 1 || box.bottom > bottom + 1;
  }).map(each => `${each.tagName} ${each.textContent.slice(0, 30)}`);
})"""


ROOMY = {
    "next_text": f"## Wat?\n{(WORDS * 16)[:446]}\n\n## Hoe?\n{(WORDS * 16)[:446]}",
    "question": "Wat vraagt het van ons? " * 3,
    "room": FULL["room"][:90],
}


@pytest.mark.parametrize(
    "fields",
    [{"shows_mottos": False}, ROOMY, FULL, {"next_text": "## Wat?" + "\n- punt" * 33}],
    ids=["plain", "roomy", "full", "list"],
)
def test_two_sheets_of_a4(open_page, transactional_db, fields):
    for position, words in enumerate(
        ["samen leren leven", "perspectief voor ieder kind", "ik maak verschil voor ons"]
    ):
        Motto.objects.create(text=words, artwork="motto-bubbles", artwork_alt="Bellen", position=position)
    if fields in (FULL, ROOMY):
        for month in range(9, 13):
            factories.cafe(starts_at=START.replace(month=month, day=1), label="een extra café")
            factories.cafe(starts_at=START.replace(month=month, day=2), label="een extra café")
    cafe = factories.cafe(starts_at=START, **fields)
    assert fields is not ROOMY or invitation.lines_of(cafe.next_text) in range(
        invitation.ROOMY - 2, invitation.ROOMY + 1
    )
    page = open_page(width=1280)
    page.goto(f"/cafes/{cafe.slug}/uitnodiging/")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 2
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", paper)}
    assert {(round(right / 72 * 25.4), round(top / 72 * 25.4)) for _, _, right, top in boxes} == {(210, 297)}
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    assert page.evaluate(LOST) == []
