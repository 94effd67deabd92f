"""The praatkaart as a PDF, read back: its words, title and language, what a screen reader finds, how many sheets."""

import io

import pytest
from pypdf import PdfReader

from posts import card
from tests.helpers import factories
from werkplaats.paper import pdf

pytestmark = pytest.mark.django_db
LINK = "https://werkplaats.example/v/abcdefgh/"
HARD = "Wat heeft één kind nodig, ook als het Çağrı, Žižek of Siân heet: مرحبا 😀 <b>?"


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def words(reader: PdfReader) -> str:
    """The text as one selects it."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags(reader: PdfReader) -> list[tuple[str, str]]:
    document = reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()
    return [(each.get_object()["/S"], each.get_object().get("/Alt", "")) for each in document["/K"]]


def test_its_words_can_be_selected_and_it_says_what_it_is():
    reader = read(card.card(factories.question(text="Wat werkt er al één keer goed?"), LINK))
    said = words(reader)
    for part in ("Wat werkt er al één keer goed?", card.TITLE, *(step for _, step in card.STEPS), card.HOW):
        assert part in said
    assert "werkplaats.example/v/abcdefgh/" in said
    assert reader.metadata.title == "Praatkaart · Wat werkt er al één keer goed?"
    assert reader.trailer["/Root"]["/Lang"] == "nl-NL"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_screen_reader_finds_headings_paragraphs_and_what_the_code_is():
    found = tags(read(card.card(factories.question(), LINK)))
    assert [kind for kind, _ in found].count("/H1") == 1
    assert [kind for kind, _ in found].count("/H2") == 2
    assert ("/Figure", f"Code om te scannen: {LINK}") in found


def test_it_is_one_sheet_of_a5_and_two_on_one_of_a4_of_which_one_is_read_aloud():
    question = factories.question(text="Wat werkt?")
    one, two = read(card.card(question, LINK)), read(card.card(question, LINK, two=True))
    sizes = [[round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] for reader in (one, two)]
    assert ([len(one.pages), len(two.pages)], sizes) == ([1, 1], [[148, 210], [297, 210]])
    assert (words(one).count("Wat werkt?"), words(two).count("Wat werkt?")) == (1, 2)
    assert tags(one) == tags(two)


def test_it_carries_its_fonts_and_of_these_the_letters_that_it_needs():
    reader = read(card.card(factories.question(text=HARD), LINK))
    fonts = [font.get_object() for font in reader.pages[0]["/Resources"]["/Font"].values()]
    assert len(fonts) == 3
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert len(described["/FontFile2"].get_object().get_data()) < 40_000


def test_accents_stay_and_letters_of_another_script_break_nothing():
    said = words(read(card.card(factories.question(text=HARD), LINK)))
    assert "Wat heeft één kind nodig, ook als het Çağrı, Žižek of Siân heet:" in said
    assert card.HOW in said


@pytest.mark.parametrize("text", ["W" * 200, "woord " * 33, "Kort?"])
def test_the_longest_question_leaves_room_for_the_rest(text):
    question = factories.question(text=text.strip())
    paper = pdf.Pdf("", pdf.A5)
    paper.add_page()
    paper.choose(pdf.HEADING, card.SIZES[-1])
    assert paper.height_of(question.text, pdf.A5[0] - 2 * card.MARGIN) <= card.ROOM
    paper.made()  # closes its fonts
    assert len(read(card.card(question, LINK)).pages) == 1


def test_the_page_leads_to_both(client):
    question = factories.question(text="Wat werkt?")
    page = client.get(f"/vragen/{question.slug}/praatkaart/").text
    address = f"/vragen/{question.slug}/praatkaart.pdf"
    for path in (address, f"{address}?twee=1"):
        assert f'href="{path}"' in page
        answer = client.get(path)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == f'inline; filename="praatkaart-{question.slug}.pdf"'
        assert f"testserver/vragen/{question.slug}/" in words(read(answer.content))


def test_a_concept_has_no_file(client):
    assert client.get(f"/vragen/{factories.question(current=False).slug}/praatkaart.pdf").status_code == 404
