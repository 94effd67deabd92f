"""The phones of who is there: each write plain, with htmx and twice, and nothing of another browser."""

import re

import pytest
from django.test import Client

from live.actions import leading, saying
from live.models import Headcount, Kind, LiveCafe, Seat, SeatKind, Voice
from live.reading.results import hands_of
from polls.models import Ballot, Choice, Poll, Sticker
from posts.models import Post, Thumb
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.live.helpers import again, room, seat, shown, to

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
ALL = [Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.POLL, Kind.STICKERS, Kind.WENSBEELDEN, Kind.BREAK, Kind.THANKS]


def address(live: LiveCafe, *rest) -> str:
    return "/".join(["/z", live.code.lower(), *map(str, rest)]) + "/"


def at(live: LiveCafe, table: int | None = 4, *, people: int = 6, online: bool = False) -> Client:
    """A browser with a seat."""
    return browser_of(seat(live, table, people=people, online=online).visitor)


def words(answer) -> str:
    text = answer.content.decode()
    main = re.search(r"<main.*</main>", text, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", main[0] if main else text).split())


# The code and the seat


def test_a_code_opens_its_room_and_a_wrong_one_says_so_with_what_was_typed(client):
    live = room()
    code = live.code.lower()
    assert client.post("/z/", {"code": f" {code[:2]} {code[2:]} "}).url == address(live)
    for typed, status in ((live.code[:3] + "A", 422), ("", 422), ("ééén", 422), ("x" * 500, 422)):
        answer = client.post("/z/", {"code": typed})
        assert answer.status_code == status and "Fout: " in answer.content.decode()
    answer = client.get("/z/aaaa/")
    assert answer.status_code == 404
    assert "Deze code hoort niet bij een café van nu" in words(answer) and 'value="aaaa"' in answer.content.decode()


def test_a_seat_is_taken_once_changed_later_and_a_get_writes_nothing(client):
    live = room()
    assert "Waar zit je?" in words(client.get(address(live)))
    assert "Jullie zitten aan tafel 7." in words(client.get(address(live, 7)))
    assert not Seat.objects.exists()
    for _ in range(2):
        assert client.post(address(live, "plek"), {"plek": "7", "people": "5"}).status_code == 302
    assert Seat.objects.get().name == "Tafel 7" and Seat.objects.get().people == 5
    assert client.get(address(live, 7)).url == address(live)
    client.post(address(live, "plek"), {"plek": "online"})
    assert Seat.objects.get().kind == SeatKind.ONLINE


@pytest.mark.parametrize(
    "typed", [{}, {"plek": "41"}, {"plek": "4"}, {"plek": "4", "people": "0"}, {"plek": "4", "people": "veel"}]
)
def test_a_seat_that_is_none_is_refused_with_what_was_chosen(client, typed):
    live = room()
    answer = client.post(address(live, "plek"), typed)
    assert answer.status_code == 422 and not Seat.objects.exists()
    assert "Er gaat nog iets niet goed" in words(answer)
    if typed.get("plek") == "4":
        assert 'value="4" checked' in answer.content.decode()


def test_what_is_scanned_leads_to_the_phone_also_from_the_sheet_of_a_table(client, settings):
    live = room()
    assert live.link.startswith(settings.SITE_URL.upper())
    for scanned in (live.link.removeprefix(settings.SITE_URL.upper()), f"/Z/{live.code}/"):
        assert "Waar zit je?" in words(client.get(scanned, follow=True))
    assert "Jullie zitten aan tafel 7." in words(client.get(f"/Z/{live.code}/7/", follow=True))
    assert "Doe mee met het café" in words(client.get("/Z/", follow=True))


def test_who_comes_late_hears_that_they_are_not_too_late(client):
    live = to(to(room(*ALL), Kind.QUESTION), Kind.POLL)
    answer = client.post(address(live, "plek"), {"plek": "alleen"}, follow=True)
    assert "Je bent niet te laat. We zijn nu bij: peiling." in words(answer)
    assert "De vraag: 0 bijdragen" in words(answer)


# What is on


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (Kind.WELCOME, "Kijk even naar voren"),
        (Kind.TALK, "Praat met elkaar"),
        (Kind.QUESTION, "Iemand leest het eerst, dan komt het op het scherm. Noem ook geen namen van kinderen."),
        (Kind.POLL, "Steek je hand op, en tel. Hoeveel van jullie zeggen:"),
        (Kind.STICKERS, "Idee 1 van 4:"),
        (Kind.WENSBEELDEN, "Wie herkent zich hierin?"),
        (Kind.BREAK, "Neem nog een kop koffie."),
        (Kind.THANKS, "Lees wat er gezegd is"),
    ],
)  # fmt: skip
def test_every_scene_asks_one_thing(kind, said):
    live = to(room(*ALL), kind)
    assert said in words(at(live).get(address(live)))


def test_before_it_begins_while_it_is_cleared_and_when_it_is_over(client):
    live = room(begun=False)
    browser = at(live)
    assert "We beginnen zo" in words(browser.get(address(live)))
    leading.begin(live, live.turn)
    live = to(live, Kind.QUESTION)
    leading.clear(live, live.turn)
    assert "Het scherm is even leeg" in words(browser.get(address(live)))
    LiveCafe.objects.filter(pk=live.pk).update(closed_at=live.cafe.starts_at)
    answer = browser.get(address(live))
    assert answer.status_code == 410 and live.cafe.get_absolute_url() in answer.content.decode()
    LiveCafe.objects.filter(pk=live.pk).update(closed_at=None)
    type(live.cafe).objects.filter(pk=live.cafe_id).update(published_at=None)
    LiveCafe.objects.filter(pk=live.pk).update(closed_at=live.cafe.starts_at)
    assert client.get(address(live)).status_code == 404  # of a concept nothing is told


# Words


def test_words_are_sent_once_plain_and_with_htmx():
    live = to(room(), Kind.QUESTION)
    browser, url = at(live), address(live, "zeg", live.scene.pk)
    for _ in range(2):
        assert browser.post(url, {"text": "Korte lijnen"}).url == f"{address(live)}?verstuurd={live.scene.pk}"
    assert Post.objects.count() == Voice.objects.count() == 1
    page = browser.get(f"{address(live)}?verstuurd={live.scene.pk}").content.decode()
    assert f'data-placed="{url}"' in page and "wacht even" in page
    for _ in range(2):
        answer = browser.post(url, {"text": "Nog iets"}, headers=HTMX)
        assert answer.status_code == 200 and answer["X-Geplaatst"] == "1"
        assert answer.content.decode().lstrip().startswith('<div class="phone-now" id="nu"')
    assert Post.objects.count() == 2
    post = Post.objects.first()
    assert post.in_room and post.meeting_size == 6 and post.published_at is None and post.email == ""


@pytest.mark.parametrize(("text", "said"), [("", "Schrijf eerst iets op."), ("a" * 281, "er passen er 280")])
def test_words_that_do_not_fit_come_back(text, said):
    live = to(room(), Kind.QUESTION)
    for headers in ({}, HTMX):
        answer = at(live).post(address(live, "zeg", live.scene.pk), {"text": text}, headers=headers)
        assert answer.status_code == 422 and said in words(answer) and text in answer.content.decode()
    assert not Post.objects.exists()


def test_who_is_still_writing_when_the_room_goes_on_sends_it_all_the_same():
    live = to(room(*ALL), Kind.QUESTION)
    question, browser = live.scene, at(live)
    live = to(live, Kind.POLL)
    page = browser.get(f"{address(live)}?schrijf={question.pk}").content.decode()
    assert "data-elsewhere" in page and address(live, "zeg", question.pk) in page
    assert browser.post(address(live, "zeg", question.pk), {"text": "Nog van ons"}).status_code == 302
    assert Voice.objects.get().scene == question


def test_a_closed_question_a_scene_to_come_and_one_of_another_room_take_no_words():
    live = room(*ALL)
    browser, scene = at(live), live.scenes.get(kind=Kind.QUESTION)
    assert browser.post(address(live, "zeg", scene.pk), {"text": "te vroeg"}).status_code == 404
    other = to(room(), Kind.QUESTION)
    assert browser.post(address(live, "zeg", other.scene.pk), {"text": "elders"}).status_code == 404
    live = to(live, Kind.QUESTION)
    type(scene.question).objects.filter(pk=scene.question_id).update(closed_at=live.begun_at)
    answer = browser.post(address(live, "zeg", scene.pk), {"text": "te laat"})
    assert answer.status_code == 409 and "te laat" in answer.content.decode()
    assert not Post.objects.exists()


def test_a_scene_that_was_passed_over_takes_no_words():
    live = to(room(*ALL), Kind.POLL)
    browser, skipped = at(live), live.scenes.get(kind=Kind.QUESTION)
    page = browser.get(f"{address(live)}?schrijf={skipped.pk}").text
    assert address(live, "zeg", skipped.pk) not in page and skipped.question.text not in page
    assert browser.post(address(live, "zeg", skipped.pk), {"text": "Niemand vroeg dit"}).status_code == 404
    assert not Post.objects.exists()
    to(live, Kind.QUESTION)
    assert browser.post(address(live, "zeg", skipped.pk), {"text": "Nu wel"}).status_code == 302


def test_what_waits_is_seen_by_the_browser_that_sent_it_and_by_no_other_at_the_table():
    live = to(room(), Kind.QUESTION)
    one, other = at(live, 4), at(live, 4)
    one.post(address(live, "zeg", live.scene.pk), {"text": "Dit wacht nog"})
    for page in ("", "al"):
        assert "Dit wacht nog" in one.get(address(live, page) if page else address(live)).content.decode()
        assert "Dit wacht nog" not in other.get(address(live, page) if page else address(live)).content.decode()
    voice = Voice.objects.get()
    assert other.post(address(live, "weg", voice.pk)).status_code == 404
    assert Post.objects.get().removed_at is None
    for _ in range(2):
        assert one.post(address(live, "weg", voice.pk)).url == address(live, "al")
    assert Post.objects.get().removed_at and "je haalde dit weg" in words(one.get(address(live, "al")))


def test_alone_the_words_are_read_afterwards():
    live = to(room(), Kind.QUESTION)
    leading.go_alone(live, live.turn, alone=True)
    browser = at(again(live))
    assert "We lezen het na afloop." in words(browser.get(address(live)))
    browser.post(address(live, "zeg", live.scene.pk), {"text": "Later"})
    assert "lezen we na afloop" in words(browser.get(address(live)))


def test_what_stands_on_the_screen_stands_on_the_phone_and_own_words_say_so():
    live = to(room(), Kind.QUESTION)
    browser = at(live)
    browser.post(address(live, "zeg", live.scene.pk), {"text": "Van ons"})
    voice = Voice.objects.get()
    saying.show(voice, factories.coordinator(), voice.post.version)
    assert "staat op het scherm" in words(browser.get(address(live)))
    saying.hide(voice)
    assert "iemand leest het nog eens" in words(browser.get(address(live)))
    assert "Van ons" not in at(live).get(address(live)).content.decode()


# Thumbs


def test_a_thumb_for_what_is_large_once_and_taken_back():
    live = to(room(), Kind.QUESTION)
    voice = shown(live, "Een vast gezicht")
    leading.spotlight(again(live), again(live).turn, voice)
    browser = at(live)
    assert "Herken je dit?" in words(browser.get(address(live)))
    seen = {"gezien": f"{voice.post_id}.{voice.post.version}"}
    for headers in ({}, HTMX):
        answer = browser.post(address(live, "duim", voice.pk, "op"), seen, headers=headers)
        assert answer.status_code == (200 if headers else 302)
    assert Thumb.objects.count() == 1
    assert "Je duimpje telt. 1 duimpje omhoog." in words(browser.get(address(live)))
    browser.post(address(live, "duim", voice.pk, "weg"), seen)
    assert not Thumb.objects.exists()
    old = {"gezien": f"{voice.post_id}.{voice.post.version + 1}"}
    assert browser.post(address(live, "duim", voice.pk, "op"), old).status_code == 409
    saying.hide(voice)
    assert browser.post(address(live, "duim", voice.pk, "op"), seen).status_code == 404
    assert not Thumb.objects.exists()


# Polls


def hands(live: LiveCafe, *counts: object) -> dict:
    choices = live.scene.poll.choices.all()
    return {f"keuze-{choice.pk}": count for choice, count in zip(choices, counts, strict=False)}


def test_a_table_counts_its_hands_and_the_last_phone_is_the_one():
    live = to(room(*ALL), Kind.POLL)
    one, other = at(live), at(live)
    url = address(live, "tel", live.scene.pk)
    for _ in range(2):
        assert one.post(url, hands(live, 4, 1, 1)).url == address(live)
    assert "Jullie tafel is geteld: " in words(one.get(address(live)))
    answer = other.post(url, hands(live, 2, 2, ""), headers=HTMX)
    assert answer.status_code == 200 and "Jullie tafel is geteld" in words(answer)
    assert list(hands_of(live.scene)[4].hands.values()) == [2, 2, 0]
    assert 'max="30" value="2"' in one.get(f"{address(live)}?tel").content.decode()
    assert not Ballot.objects.exists()


def test_who_sits_down_after_the_counting_reads_no_counts():
    live = to(room(*ALL), Kind.POLL)
    at(live).post(address(live, "tel", live.scene.pk), hands(live, 4, 1, 1))
    late = at(live)
    said = words(late.get(address(live)))
    assert "Jullie tafel is geteld." in said and "4," not in said
    assert 'max="30" value="4"' not in late.get(f"{address(live)}?tel").content.decode()


@pytest.mark.parametrize("counts", [("veel", 1, 1), (-1, 1, 1), (31, 0, 0), (20, 20, 0)])
def test_counts_that_cannot_be_come_back_as_they_were_typed(counts):
    live = to(room(*ALL), Kind.POLL)
    answer = at(live).post(address(live, "tel", live.scene.pk), hands(live, *counts))
    assert answer.status_code == 422 and f'value="{counts[0]}"' in answer.content.decode()
    assert not Headcount.objects.exists()


def test_the_first_count_of_a_table_has_a_hand_and_a_later_one_may_have_none():
    """Who presses before anything is filled in counted nothing."""
    live = to(room(*ALL), Kind.POLL)
    browser, url = at(live), address(live, "tel", live.scene.pk)
    answer = browser.post(url, hands(live, 0, "", 0))
    assert answer.status_code == 422 and "bij minstens één antwoord" in words(answer)
    assert not Headcount.objects.exists()
    browser.post(url, hands(live, 2, 0, 0))
    assert browser.post(url, hands(live, 0, 0, 0)).status_code == 302
    assert not Headcount.objects.filter(people__gt=0).exists()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("what", ["choice", "question"])
def test_hands_are_counted_for_the_words_that_the_table_read(what, headers):
    live = to(room(*ALL), Kind.POLL)
    browser, url = at(live), address(live, "tel", live.scene.pk)
    read = browser.get(address(live)).context["hands_form"].words
    first = live.scene.poll.choices.first()
    if what == "choice":
        Choice.objects.filter(pk=first.pk).update(text="ja, als er hulp bij is")
    else:
        Poll.objects.update(question="Is dit wat je wilt?")
    answer = browser.post(url, hands(live, 4, 1, 1) | {"woorden": read}, headers=headers)
    assert answer.status_code == 409 and "De woorden van deze peiling zijn net veranderd" in words(answer)
    assert not Headcount.objects.exists() and f'id="id_keuze-{first.pk}" min="0" max="30" value="4"' in answer.text
    now = answer.context["hands_form"].words
    assert now != read and f'name="woorden" value="{now}"' in answer.text
    assert browser.post(url, hands(live, 4, 1, 1) | {"woorden": now}).status_code == 302
    assert Headcount.objects.get(choice=first).people == 4


@pytest.mark.parametrize("online", [True, False])
def test_who_sits_at_no_table_votes_and_changes_it(online):
    live = to(room(*ALL), Kind.POLL)
    Poll.objects.update(repeat_votes=False)  # as a café has them
    browser, url = at(live, None, online=online), address(live, "stem", live.scene.pk)
    first, second = live.scene.poll.choices.all()[:2]
    for _ in range(2):
        assert browser.post(url, {"choice": first.pk}).url == address(live)
    assert f"Je koos «{first.text}»." in words(browser.get(address(live)))
    assert browser.post(url, {"choice": second.pk}, headers=HTMX).status_code == 200
    assert Ballot.objects.get().choice == second
    assert browser.post(url, {"choice": "x"}).status_code == 422
    assert browser.post(url, {"choice": f"{first.pk}.{'0' * 12}"}).status_code == 409
    assert Ballot.objects.get().choice == second


def test_each_answers_in_their_own_way_and_never_after_the_result():
    live = to(room(*ALL), Kind.POLL)
    table, alone = at(live), at(live, None)
    choice = live.scene.poll.choices.first()
    count, vote = address(live, "tel", live.scene.pk), address(live, "stem", live.scene.pk)
    assert table.post(vote, {"choice": choice.pk}).status_code == 409
    assert alone.post(count, hands(live, 1, 0, 0)).status_code == 409
    table.post(count, hands(live, 4, 1, 1))
    alone.post(vote, {"choice": choice.pk})
    assert "De meesten" not in words(table.get(address(live)))
    live = again(live)
    leading.reveal(live, live.turn)
    assert table.post(count, hands(live, 6, 0, 0)).status_code == 409
    assert alone.post(vote, {"choice": choice.pk}, headers=HTMX).status_code == 409
    said = words(table.get(address(live)))
    assert f"De meesten zeggen {choice.text}: 5 van de 7 mensen." in said
    assert "7 in de zaal, 0 online." in said and f"Jullie telden: {choice.text} 4," in said
    assert "<caption" in table.get(address(live)).content.decode()


# Stickers


def test_each_person_at_a_phone_sticks_for_themselves():
    live = to(room(*ALL), Kind.STICKERS)
    browser, url = at(live), address(live, "plak", live.scene.pk)
    ideas = list(live.scene.round.ideas.order_by("pk"))
    for number, idea in enumerate(ideas, 1):
        for _ in range(2):
            browser.post(url, {"idea": idea.pk, "colour": 1, "number": number})
    assert Sticker.objects.count() == len(ideas)
    assert "Aan jullie tafel plakten nu 1 van de 6 mensen." in words(browser.get(address(live)))
    assert browser.post(address(live, "volgende")).url == address(live)
    page = browser.get(address(live)).content.decode()
    assert "Jij bent 2 van 6." in page and 'aria-pressed="true"' not in page
    answer = browser.post(url, {"idea": ideas[0].pk, "colour": 3, "number": 1}, headers=HTMX)
    assert answer.status_code == 200 and "Idee 2 van" in words(answer)
    assert Sticker.objects.filter(idea=ideas[0]).count() == 2
    browser.post(address(live, "klaar"))
    assert "1 van de 6" not in words(browser.get(address(live)))


def test_a_sticker_that_is_none_or_comes_too_late_says_so():
    live = to(room(*ALL), Kind.STICKERS)
    browser, url, idea = at(live), address(live, "plak", live.scene.pk), live.scene.round.ideas.first()
    assert browser.post(url, {"idea": idea.pk, "colour": "geel"}).status_code == 422
    assert browser.post(url, {"idea": idea.pk + 10**6, "colour": 1}).status_code == 422
    assert browser.post(url, {"idea": idea.pk, "colour": 1, "gezien": f"{idea.pk}.99"}).status_code == 409
    leading.reveal(again(live), again(live).turn)
    answer = browser.post(url, {"idea": idea.pk, "colour": 1})
    assert answer.status_code == 409 and "Dit kan nu niet meer" in words(answer)
    assert not Sticker.objects.exists()
    assert "mensen plakten stickers." in words(browser.get(address(live)))


# A rehearsal, lost cookies, and what it costs


def test_in_a_rehearsal_nothing_is_kept_on_the_site():
    live = room(*ALL)
    LiveCafe.objects.filter(pk=live.pk).update(rehearsing_since=live.begun_at, rehearsal_code="BCDF")
    live = again(live)
    browser = at(live, None)
    url = f"/z/{live.shown_code.lower()}/"
    live = to(live, Kind.QUESTION)
    browser.post(f"{url}zeg/{live.scene.pk}/", {"text": "Een proef"})
    assert "Een proef" in words(browser.get(url))
    live = to(live, Kind.POLL)
    choice = live.scene.poll.choices.first()
    browser.post(f"{url}stem/{live.scene.pk}/", {"choice": choice.pk})
    assert f"Je koos «{choice.text}»." in words(browser.get(url))
    live = to(live, Kind.STICKERS)
    idea = live.scene.round.ideas.first()
    assert browser.post(f"{url}plak/{live.scene.pk}/", {"idea": idea.pk, "colour": 1}).status_code == 302
    assert not Post.objects.exists() and not Ballot.objects.exists() and not Sticker.objects.exists()
    assert browser.post(f"{url}weg/{Voice.objects.get().pk}/").status_code == 302
    assert not Voice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_form_names_its_seat_so_a_browser_that_lost_its_visitor_is_served_all_the_same():
    live = to(room(*ALL), Kind.POLL)
    browser = at(live, None)
    Seat.objects.get().visitor.delete()
    choice = live.scene.poll.choices.first()
    sent = {"choice": choice.pk, "plek": "alleen", "people": 1}
    assert browser.post(address(live, "stem", live.scene.pk), sent).status_code == 302
    assert Ballot.objects.count() == Seat.objects.count() == 1
    nobody = Client()
    assert nobody.post(address(live, "stem", live.scene.pk), {"choice": choice.pk}).url == address(live)
    assert Ballot.objects.count() == 1


def test_addresses_of_forms_lead_to_the_phone_when_they_are_opened(client):
    live = to(room(), Kind.QUESTION)
    for path in ("zeg/1", "tel/1", "stem/1", "plak/1", "duim/1/op", "weg/1", "volgende", "klaar"):
        assert client.get(address(live, path)).url == address(live)


def test_what_a_phone_costs_with_one_voice_and_with_three(django_assert_num_queries):
    live = to(room(*ALL), Kind.QUESTION)
    browser, scene = at(live), live.scene
    for number in (1, 3):
        while live.voices.count() < number:
            browser.post(address(live, "zeg", scene.pk), {"text": f"stem {live.voices.count()}"})
            saying.show(Voice.objects.last(), factories.coordinator(), Voice.objects.last().post.version)
        browser.get(address(live))
        with django_assert_num_queries(4):  # the room, the seat, own words, how many scenes there were
            browser.get(address(live))
        with django_assert_num_queries(5):  # the scenes that there were, and the voices of each
            browser.get(address(live, "al"))


@pytest.mark.parametrize(("kind", "most"), [(Kind.POLL, 5), (Kind.STICKERS, 5)])
def test_what_a_phone_costs_at_a_poll_and_at_stickers(django_assert_num_queries, kind, most):
    live = to(room(*ALL), kind)
    browser = at(live)
    browser.get(address(live))
    with django_assert_num_queries(most):
        browser.get(address(live))


def test_what_each_write_costs_with_one_voice_and_with_three(django_assert_num_queries):
    live = to(room(*ALL), Kind.QUESTION)
    browser = at(live)
    browser.get(address(live))
    for number in (1, 3):
        while live.voices.count() < number - 1:
            shown(live, f"stem {live.voices.count()}", table=live.voices.count() + 1)
        with django_assert_num_queries(18):
            browser.post(address(live, "zeg", live.scene.pk), {"text": f"Van ons {number}"})


@pytest.mark.parametrize("tables", [1, 3])
def test_what_counting_voting_and_sticking_cost_with_one_table_and_with_three(django_assert_num_queries, tables):
    live = to(room(*ALL), Kind.POLL)
    for number in range(1, tables + 1):
        at(live, number).post(address(live, "tel", live.scene.pk), hands(live, 3, 2, 1))
    browser, alone = at(live, 9), at(live, None)
    with django_assert_num_queries(13):
        browser.post(address(live, "tel", live.scene.pk), hands(live, 4, 1, 1))
    with django_assert_num_queries(12):
        alone.post(address(live, "stem", live.scene.pk), {"choice": live.scene.poll.choices.first().pk})
    live = to(live, Kind.STICKERS)
    idea = live.scene.round.ideas.first()
    with django_assert_num_queries(12):
        browser.post(address(live, "plak", live.scene.pk), {"idea": idea.pk, "colour": 1, "number": 1})


def test_what_there_was_before_is_what_was_on_and_nothing_else():
    live = to(room(*ALL), Kind.POLL)
    leading.reveal(again(live), again(live).turn)
    browser = at(live)
    live = to(again(live), Kind.QUESTION)  # back: the result stays to be read
    assert "Peiling: ja 0, nee 0, nog niet 0" in words(browser.get(address(live, "al")))


def test_a_scene_that_was_skipped_is_not_among_what_was():
    live = to(room(*ALL), Kind.THANKS)
    assert "Peiling" not in words(at(live).get(address(live, "al")))


def test_a_phone_leads_to_all_that_was_said_which_is_more_than_the_screen_shows():
    live = to(room(*ALL), Kind.QUESTION)
    shown(live, "Korte lijnen", 9)
    answer = at(live).get(address(live)).text
    assert f'href="{live.scene.question.get_absolute_url()}">Lees alles wat er gezegd is' in answer
