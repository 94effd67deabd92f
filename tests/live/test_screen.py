"""What the screen shows in each scene, in how many queries, and what is never in it."""

import json
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from live.actions import counting, leading, saying
from live.models import Kind, LiveCafe, Scene, Seat, SeatKind
from live.models.cafes import COUNTS
from live.reading import state
from live.reading.crowd import MOST, crowd
from live.reading.state import LARGEST, state_of
from polls.models import Colour
from tests.helpers import factories
from tests.live.evening import each_scene, evening
from tests.live.helpers import again, room, seat, shown, to, voice
from werkplaats.models import Visitor

pytestmark = pytest.mark.django_db


def said(live: LiveCafe) -> dict:
    return json.loads(state_of(again(live)).body)


def everything(live: LiveCafe) -> str:
    return state_of(again(live)).body.decode()


def page(client, live: LiveCafe) -> str:
    return client.get(live.screen_url).content.decode()


def test_every_scene_is_small_with_the_longest_words_and_has_a_title_and_words(client):
    live = evening(long=True)
    seen = []
    for name in each_scene(live):
        told = said(live)
        assert len(everything(live).encode()) <= LARGEST, name
        assert told["title"] and told["words"].strip(), name
        seen.append(name)
    assert len(seen) == 20


QUERIES = {
    "begin": 2,  # the room, who is there
    "welkom": 2,
    "tafeltijd": 2,
    "vraag": 4,  # and the voices, which of them stand
    "uitgelicht 1": 5,  # and the one that is large
    "alleen": 3,  # and who wrote
    "peiling": 7,  # and its choices, the tables, phones on their own, who sits where, the ballots
    "peiling met uitslag": 3,  # it was fixed when it was shown
    "stickers": 3,  # and the board
    "stickers met uitslag": 3,
    "wensbeelden": 3,
    "pauze": 2,
    "dank": 6,  # and the voices, the ideas, the next question and the next café
    "leeg": 2,
}


@pytest.mark.parametrize("most", [1, 3])
def test_what_is_asked_of_the_database_is_the_same_with_one_and_with_three(most, django_assert_num_queries):
    live = evening(most=most)
    seen = set()
    for name in each_scene(live):
        if name in QUERIES:
            seen.add(name)
            with django_assert_num_queries(QUERIES[name], info=name):
                state._drawn(live.pk)
    assert seen == QUERIES.keys()


def test_the_code_to_scan_leads_to_the_phones_of_this_room(client):
    live = room()
    path = urlsplit(live.link).path
    assert path == f"/Z/{live.code}"
    for scanned, leads_to in ((path, live.code), (f"{path}/", live.code), (f"{path}/7", f"{live.code}/7")):
        assert client.get(scanned, follow=True).redirect_chain[-1] == (f"/z/{leads_to.lower()}/", 302)
    for pixels in ("code-zaal", "code-daarna"):
        assert page(client, live).count(f'id="{pixels}"') == 1


def test_keys_has_who_leads_and_the_page_asks_nothing_of_who_is_not_logged_in(
    client, settings, django_assert_num_queries
):
    live = to(room(), Kind.QUESTION)
    shown(live)
    page(client, live)  # the first time of an address is counted
    with django_assert_num_queries(5):  # the room, its question, who is there, the voices, which of them stand
        assert "toetsen" not in page(client, live)
    client.force_login(factories.coordinator(email="leidt@example.org"))
    assert 'id="toetsen"' not in page(client, live)  # without a second factor
    settings.DEMO = True
    assert 'id="toetsen"' in page(client, live)
    client.force_login(factories.user(email="ander@example.org"))
    assert 'id="toetsen"' not in page(client, live)


def test_no_count_of_a_poll_is_told_before_it_is_revealed(client):
    live = to(room(Kind.POLL), Kind.POLL)
    poll, scene = live.scene.its_poll, live.scene
    yes, no, later = poll.choices.all()
    before = page(client, live)
    counting.count_hands(scene, seat(live, 4, people=20), {yes.pk: 17, no.pk: 0, later.pk: 0})
    again(live).raise_version()
    hidden = said(live)
    counting.count_hands(scene, seat(live, 4, people=20), {yes.pk: 0, no.pk: 13, later.pk: 4})
    again(live).raise_version()
    # How many tables counted is told, whatever they counted.
    assert {key: hidden[key] for key in ("screen", "words")} == {key: said(live)[key] for key in ("screen", "words")}
    assert "1 van de 10 tafels" in hidden["screen"]
    assert ">17<" not in page(client, live) and before != page(client, live)
    leading.reveal(again(live), again(live).turn)
    assert "<b>13</b>" in said(live)["screen"]
    assert f"De meeste mensen kozen «{no.text}»: 13 van de 17." in said(live)["words"]
    assert '<th scope="row">' in said(live)["words"] and "<caption>" in said(live)["words"]


def test_no_colour_of_a_sticker_is_told_before_it_is_revealed(client):
    live = to(room(Kind.STICKERS), Kind.STICKERS)
    first = live.scene.its_round.ideas.first()
    factories.sticker(first, Colour.RED)
    again(live).raise_version()
    red = said(live)
    assert "1 mens plakte al" in red["screen"]
    live.scene.its_round.ideas.get(pk=first.pk).stickers.update(colour=Colour.GREEN)
    again(live).raise_version()
    green = said(live)
    assert (red["screen"], red["words"]) == (green["screen"], green["words"])
    leading.reveal(again(live), again(live).turn)
    assert f"De meeste groene stickers, 1: «{first.text}»" in said(live)["words"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "Niemand plakte een sticker"),
        ([(0, Colour.RED)], "Niemand gaf een groene sticker"),
        ([(0, Colour.GREEN)], "De meeste groene stickers, 1: «Idee 0»"),
        ([(0, Colour.GREEN), (1, Colour.GREEN)], "De meeste groene stickers, elk 1: «Idee 0», «Idee 1»"),
        ([(place, Colour.GREEN) for place in range(4)], "De meeste groene stickers, elk 1: 4 ideeën"),
    ],
)
def test_the_stickers_name_an_idea_only_when_it_got_most(client, given, sentence):
    live = to(room(Kind.STICKERS), Kind.STICKERS)
    ideas = list(live.scene.its_round.ideas.order_by("pk"))
    for place, idea in enumerate(ideas):
        type(idea).objects.filter(pk=idea.pk).update(text=f"Idee {place}")
    for place, colour in given:
        factories.sticker(ideas[place], colour)
    leading.reveal(again(live), again(live).turn)
    told = said(live)
    assert sentence in told["words"]
    assert ('class="ranking"' in told["screen"]) is bool(given)
    assert f"<h1>{sentence.partition(',')[0]}</h1>" in told["screen"]
    client.get(live.get_absolute_url())
    client.post(f"{live.get_absolute_url()}plek/", {"plek": "alleen", "people": 1})
    assert sentence.partition(",")[0] in client.get(live.get_absolute_url()).content.decode()


def test_no_name_and_no_word_that_is_gone_is_on_screen_or_page(client):
    live = to(room(), Kind.QUESTION)
    stays, gone = shown(live, "Dit blijft"), shown(live, "Dit gaat weg")
    type(stays.post).objects.filter(pk=stays.post_id).update(name="Fatima")
    voice(live, "Dit wacht nog")
    saying.hide(gone)
    for text in (everything(live), page(client, live)):
        assert "Dit blijft" in text
        assert not [words for words in ("Dit gaat weg", "Dit wacht nog", "Fatima") if words in text]
    assert said(live)["stand"] == [1]


def test_a_voice_that_is_large_is_so_no_more_when_it_is_taken_away():
    live = to(room(), Kind.QUESTION)
    made = shown(live, "Heel groot")
    leading.spotlight(again(live), again(live).turn, made)
    assert "spot" in said(live)["screen"] and "Heel groot" in said(live)["words"]
    saying.hide(made)
    assert "Heel groot" not in everything(live) and said(live)["kind"] == "vraag"


def test_wensbeelden_are_the_public_ones_without_a_name():
    live = to(room(Kind.WENSBEELDEN), Kind.WENSBEELDEN)
    factories.wensbeeld(text="Elk kind gezien", name="Noor", role=factories.role("ouder"))
    factories.wensbeeld(text="Dit wacht nog", published=False)
    again(live).raise_version()
    assert "«Elk kind gezien»" in said(live)["screen"]
    assert not [words for words in ("Noor", "ouder", "Dit wacht nog") if words in everything(live)]


def test_alone_the_screen_tells_how_many_wrote_and_not_what():
    live = to(room(), Kind.QUESTION)
    leading.go_alone(live, live.turn, alone=True)
    voice(live, "Van tafel vier", table=4)
    voice(live, "Nog een van tafel vier", table=4)
    voice(live, "Van één mens", table=None)
    again(live).raise_version()
    assert "<b>1</b> tafel schreef, en <b>1</b> mens alleen of online" in said(live)["screen"]
    assert "De woorden lezen we na afloop." in said(live)["words"]
    assert "vier" not in everything(live)


def test_talking_ends_in_minutes_and_moves_to_nothing_by_itself(client):
    live = to(room(), Kind.TALK)
    assert "nog" not in page(client, live).split("<footer")[0].split("ball")[1][:60]
    leading.start_time(live, live.turn)
    assert "<b data-minutes>8</b> <span data-minutes-word>minuten</span>" in page(client, live)
    Scene.objects.filter(pk=live.scene.pk).update(ends_at=timezone.now() - timedelta(minutes=3))
    text = page(client, live)
    assert "<b data-minutes>0</b>" in text and '<span data-if="over">Rond rustig af</span>' in text
    assert again(live).scene.kind == Kind.TALK


def test_thanks_say_until_when_people_go_on_writing():
    live = room(Kind.WELCOME, Kind.THANKS)
    live = to(live, Kind.THANKS)
    assert "ook later" in said(live)["words"]
    asked = factories.question(current=False, text="En dan?", planned_for=timezone.now() + timedelta(days=9))
    next_cafe = factories.cafe()
    again(live).raise_version()
    told = said(live)
    assert f"tot {timezone.localtime(asked.planned_for):%-d} " in told["words"]
    assert "Volgende café: " in told["words"] and next_cafe.title in next_cafe.title
    assert f"/c/{live.cafe_id}" in told["screen"]


def test_a_crowd_has_a_bubble_for_each_person():
    assert [sum(path.count("M") for path in crowd(people).paths) for people in (0, 1, 58, MOST + 9)] == [0, 1, 58, MOST]
    assert crowd(17).size < crowd(58).size


def test_a_full_house_is_a_small_state():
    live = room()
    visitors = Visitor.objects.bulk_create(Visitor() for _ in range(600))
    kinds = [SeatKind.ALONE, SeatKind.ONLINE]
    Seat.objects.bulk_create(Seat(live=live, visitor=each, kind=kinds[n % 2]) for n, each in enumerate(visitors))
    assert said(live)["screen"].count("<b>300</b>") == 2
    assert len(everything(live).encode()) <= LARGEST


def test_no_two_bubbles_beside_each_other_have_one_tint():
    tints = {
        (int(x), int(y)): tint
        for tint, path in enumerate(crowd(MOST).paths)
        for x, y in re.findall(r"M(-?\d+) (-?\d+)h0", path)
    }
    beside = [((x, y), (x + right, y + down)) for x, y in tints for right, down in ((12, 0), (6, 10), (-6, 10))]
    assert [pair for pair in beside if tints.get(pair[1]) == tints[pair[0]]] == []


def test_who_writes_moves_a_figure_of_the_screen_only_while_nobody_reads_along():
    live = to(room(), Kind.QUESTION)
    told = []
    for alone in (False, True):
        leading.go_alone(again(live), again(live).turn, alone=alone)
        sitting = seat(live, 5)
        with CaptureQueriesContext(connection) as asked:
            saying.say(again(live).scene, sitting, sitting.visitor, f"Alleen: {alone}")
        told.append([each["sql"].count(f"'{live.pk} {COUNTS}'") for each in asked if "pg_notify" in each["sql"]])
    assert told == [[0], [0, 1]]


def test_of_one_voice_and_of_one_vote_it_speaks_as_of_one():
    live = to(room(Kind.QUESTION, Kind.POLL), Kind.QUESTION)
    shown(live, "Korte lijnen", 4)
    assert "1 bijdrage, lees die op je telefoon" in said(live)["screen"]
    shown(live, "Meer tijd", 5)
    assert "2 bijdragen, lees ze op je telefoon" in said(live)["screen"]
    live = to(live, Kind.POLL)
    counting.vote(live.scene, seat(live), live.scene.poll.choices.first().pk, None)
    leading.reveal(again(live), again(live).turn)
    assert "Eén mens koos «ja»." in said(live)["words"]
