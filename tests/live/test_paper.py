"""The noodpakket, read back: a slide for each scene, a sheet for each table, a list to count stickers on."""

import io

import pytest
from django.conf import settings as site
from pypdf import PdfReader

from live import paper
from live.actions import rehearsing
from live.models import Kind, Leader, LiveCafe
from polls.models import Choice, StickerRound
from tests.helpers import factories
from tests.live.helpers import again, room
from tests.live.test_rehearsing import ahead
from tests.posts.test_card import read, tags

pytestmark = pytest.mark.django_db


def package(live: LiveCafe, tables: int = 3) -> PdfReader:
    live.tables = tables
    return read(paper.emergency(live, "Samenwerkingsverband Waterkant"))


def pages(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_it_has_a_slide_for_each_scene_with_what_to_say():
    live = room(Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.POLL, Kind.THANKS, begun=False)
    live.scenes.filter(kind=Kind.TALK).update(says="Praat maar raak.")
    found = pages(package(live))
    assert len(found) == 1 + 5 + 3 + 1  # the list to count hands on
    for words, scene in zip(found[1:6], live.scenes.all(), strict=True):
        said = paper.SAYS.get(scene.kind, scene.sentence)
        assert f"Zeg dit: {said}" in words and f"dia {scene.position} van 5" in words
    assert "Praat maar raak." in found[2]
    poll = live.scenes.get(kind=Kind.POLL).poll
    assert poll.question in found[4] and poll.choices.first().text in found[4]


def test_what_to_say_asks_for_no_phone_unless_a_coordinator_wrote_it():
    live = room(Kind.WELCOME, Kind.QUESTION, Kind.STICKERS, begun=False)
    found = " ".join(pages(package(live, tables=1))[1:4])
    for word in ("telefoon", "scan", "Stuur"):
        assert word not in found, word
    live.scenes.update(says="Pak je telefoon.")
    assert all("Zeg dit: Pak je telefoon." in words for words in pages(package(live, tables=1))[1:4])


def test_each_table_has_a_sheet_with_its_own_code_and_six_lines():
    live = room(begun=False)
    reader = package(live, tables=12)
    sheets = pages(reader)[-12:]
    question = live.scenes.get(kind=Kind.QUESTION).question.text
    for table, words in enumerate(sheets, 1):
        assert f"Tafelblad voor tafel {table}" in words and question in words
        assert words.count("hoeveel van jullie vinden dit ook?") == 6
    alts = [alt for kind, alt in tags(reader) if kind == "/Figure"]
    assert alts == [f"Code om te scannen: {site.SITE_URL}/z/{live.code}/{table}/" for table in range(1, 13)]


def hands_of(reader: PdfReader) -> list[str]:
    """The sheets that ask for hands."""
    return [words for words in pages(reader) if "Hoeveel handen?" in words]


def test_each_sheet_has_a_box_for_the_hands_of_each_answer_and_a_list_counts_them():
    live = room(Kind.QUESTION, Kind.POLL, begun=False)
    poll = live.scenes.get(kind=Kind.POLL).poll
    reader = package(live, tables=2)
    found = hands_of(reader)
    assert len(found) == 2 and len(reader.pages) == 1 + 2 + 2 + 1
    for table, words in enumerate(found, 1):
        assert f"Tafelblad voor tafel {table}" in words and words.count("hoeveel van jullie vinden dit ook?") == 6
        assert all(text in words for text in (poll.question, "ja", "nee", "nog niet", "Met internet"))
    tally = pages(reader)[-1]
    assert "Turflijst handen" in tally and "per tafel een getal" in tally and "Typ het over" in tally


def test_more_answers_than_fit_beside_the_lines_have_a_sheet_of_their_own():
    live = room(Kind.QUESTION, Kind.POLL, begun=False)
    poll = live.scenes.get(kind=Kind.POLL).poll
    poll.choices.all().delete()
    Choice.objects.bulk_create(
        Choice(poll=poll, text=f"Antwoord {number} " + "woord " * 8, position=number) for number in range(24)
    )
    reader = package(live, tables=1)
    (words,) = hands_of(reader)
    assert "Tafelblad voor tafel 1 Jullie handen" in words and "Met internet" not in words
    assert all(f"Antwoord {number} woord" in words for number in range(24))
    assert len([words for words in pages(reader) if "Turflijst handen" in words]) == 3


def test_its_stickers_are_counted_on_as_many_sheets_as_the_ideas_take():
    live = room(Kind.STICKERS, begun=False)
    its_round = live.scenes.get().round
    group = its_round.groups.first()
    for number in range(20):
        factories.idea(group, text=f"Idee {number} " + "met heel veel woorden " * 8)
    found = [words for words in pages(package(live, tables=1)) if "Turflijst" in words]
    assert len(found) == 3
    for idea in its_round.ideas.all():
        assert any(" ".join(idea.text.split()) in words for words in found)


def test_a_round_that_is_over_has_no_sheet_to_count_on_and_its_slide_says_so():
    live = room(Kind.STICKERS, begun=False)
    live.scenes.update(says="Pak je stickers.")
    assert any("Turflijst stickers" in words for words in pages(package(live, tables=1)))
    StickerRound.objects.update(stage="result")
    found = pages(package(live, tables=1))
    assert not any("Turflijst stickers" in words for words in found)
    assert f"Zeg dit: {paper.WAS_OVER}" in found[1] and "Plak" not in found[1] and "Pak je" not in found[1]


def test_it_says_what_it_is_and_a_screen_reader_finds_a_heading_on_each_page():
    live = room(Kind.WELCOME, Kind.STICKERS, begun=False)
    reader = package(live, tables=2)
    assert reader.metadata.title.startswith("Noodpakket · Passend Onderwijscafé, ")
    assert reader.trailer["/Root"]["/Lang"] == "nl-NL"
    kinds = [kind for kind, _ in tags(reader)]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == len(paper.HOW) + len(reader.pages) - 1


def test_printed_during_a_rehearsal_it_has_the_code_of_the_evening():
    live = rehearsing.start(ahead())
    alts = [alt for kind, alt in tags(package(again(live), tables=1)) if kind == "/Figure"]
    assert alts == [f"Code om te scannen: {site.SITE_URL}/z/{live.code}/1/"]


@pytest.mark.parametrize("text", ["W" * 200, "woord " * 33])
def test_the_longest_words_leave_room_for_the_rest(text):
    live = room(Kind.TALK, begun=False)
    live.scenes.get().question.__class__.objects.update(text=text.strip())
    live.scenes.update(says=("zeg " * 50).strip())
    found = pages(package(live, tables=1))
    assert "Zeg dit: zeg zeg" in found[1] and "dia 1 van 1" in found[1]
    assert len(found) == 3


def test_who_leads_this_café_opens_it_and_nobody_else(client, settings):
    settings.DEMO = True
    live, other = room(begun=False), factories.user(is_staff=True)
    path = f"/beheer/zaal/{live.pk}/noodpakket.pdf"
    assert client.get(path).status_code == 302
    client.force_login(other)
    assert client.get(path).status_code == 404
    Leader.objects.create(live=live, user=other)
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF")
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1 + 5 + live.tables
