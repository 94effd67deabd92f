"""The invitation comes out of the printer as two sheets of A4, whatever is written on it."""

import re
from datetime import UTC, datetime
from itertools import count

import pytest

from events.invitation import sheets
from tests.browser.axe import sized
from tests.helpers import factories
from werkplaats.site.models import Motto

# A day of a year to come is told with its year; a Tuesday, so that it is as wide in whichever year this runs.
STARTS = (datetime(year, 10, 19, 17, 30, tzinfo=UTC) for year in count(datetime.now(UTC).year + 1))
START = next(day for day in STARTS if day.weekday() == 1)
PAPER = (794, 1123)  # an A4 in CSS pixels
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
  return [...sheet.querySelectorAll('*')].filter(each => {
    const box = each.getBoundingClientRect(), around = each.parentElement.closest('.kolommen, header, .blad');
    const {right, bottom} = around.getBoundingClientRect();
    return box.right > right + 1 || box.bottom > bottom + 1;
  }).map(each => `${each.tagName} ${each.textContent.slice(0, 30)}`);
})"""
CODES = """[...document.querySelectorAll('.codes .qr')].map(each => {
  const code = each.getBoundingClientRect(), sheet = each.closest('.blad').getBoundingClientRect();
  return [code.width, code.height, sheet.bottom - code.bottom].map(pixels => Math.round(pixels / 96 * 25.4));
})"""
ORDINARY = {
    "title": "Passend Onderwijscafé: hoe werken ouders, scholen en jeugdhulp samen?",
    "question": "Hoe werken ouders, scholen en jeugdhulp samen aan wat ieder kind in onze regio vraagt?",
    "label": "bij het ontbijt",
    "room": "Theaterzaal De Steiger, cultuurhuis aan de haven, Havenkade 12, 1234 AB Waterdam (begane grond)",
}
CAPITALS = f"## WAT?\n{WORDS.upper() * 11}\n\n## HOE?\n{WORDS.upper() * 7}"
# Of each the fields, and the size of the type of both sheets.
CASES = {
    "plain": ({"shows_mottos": False}, "", ""),
    "ordinary": (ORDINARY, "", "is-long"),
    "long title": (ORDINARY | {"title": f"Passend Onderwijscafé: {WORDS * 2}"[:108]}, "", "is-long"),
    "capitals": ({"next_text": CAPITALS}, "", "is-long"),
    "title in capitals": (ORDINARY | {"title": (WORDS * 3).upper()[:120]}, "", "is-long"),
    "full": (FULL, "is-long", "is-longer"),
    "list": ({"next_text": "## Wat?" + "\n- punt" * 26}, "", "is-long"),
}


@pytest.mark.parametrize(("fields", "front", "second"), CASES.values(), ids=CASES)
def test_two_sheets_of_a4(open_page, transactional_db, fields, front, second):
    for position, words in enumerate(["samen leren leven", "perspectief voor ieder kind", "ik maak verschil voor ons"]):
        Motto.objects.create(text=words, artwork="motto-bubbles", artwork_alt="Bellen", position=position)
    if "room" in fields:
        for day in range(1, 7):
            factories.cafe(starts_at=START.replace(month=11, day=day), label=ORDINARY["label"])
    cafe = factories.cafe(starts_at=START, **fields)
    assert sheets.fits_second(cafe.title, cafe.question, cafe.next_text)
    assert sheets.fits_front(cafe.front_text)
    page = open_page(width=1280)
    page.goto(f"/cafes/{cafe.slug}/uitnodiging/")
    paper = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 2
    boxes = {tuple(map(float, box.split())) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", paper)}
    assert {(round(right / 72 * 25.4), round(top / 72 * 25.4)) for _, _, right, top in boxes} == {(210, 297)}
    page.emulate_media(media="print")
    sized(page, *PAPER)
    assert page.evaluate(LOST) == []
    assert page.evaluate(CODES) == [[34, 34, 14]] * 2
    sizes = [page.locator(f".{sheet}").get_attribute("class").split()[2:] for sheet in ("voorkant", "vervolg")]
    assert sizes == [[front] if front else [], [second] if second else []]


def test_codes_stay_on_the_sheet_whatever_is_measured_wrong(open_page, transactional_db):
    cafe = factories.cafe(starts_at=START, next_text="regel\n" * 330, room="woord " * 33)
    page = open_page(width=1280)
    page.goto(f"/cafes/{cafe.slug}/uitnodiging/")
    page.emulate_media(media="print")
    sized(page, *PAPER)
    assert page.evaluate(LOST) != [] and page.evaluate(CODES) == [[34, 34, 14]] * 2


@pytest.mark.parametrize(
    ("fields", "least"),
    [({"front_text": (WORDS * 9)[:390]}, 28), ({"front_text": "regel\n" * 9 + "regel", "room": FULL["room"]}, 0)],
    ids=["words", "lines"],
)
def test_a_long_text_on_the_front_leaves_a_drawing_or_none(open_page, transactional_db, fields, least):
    for words in ["samen leren leven", "perspectief voor ieder kind", "ik maak verschil voor ons"]:
        more = "" if least else ", en nog veel meer dat op veel regels past"
        Motto.objects.create(text=f"{words}{more}", artwork="motto-bubbles")
    cafe = factories.cafe(starts_at=START, label="een lang etiket bij het café", **fields)
    page = open_page(width=1280)
    page.goto(f"/cafes/{cafe.slug}/uitnodiging/")
    drawing = page.locator(".plaat")
    high = drawing.bounding_box()["height"] / 96 * 25.4 if drawing.is_visible() else 0
    assert high >= least and bool(high) == bool(least)
    assert page.locator(".voorkant.is-long").count() == 1 and page.evaluate(LOST) == []
