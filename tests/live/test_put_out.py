"""A phone that who leads puts out of the room: nothing of it counts, it reads so, and it can be let in again."""

import pytest
from django.test import Client
from django.urls import reverse

from live.actions import counting, joining, leading, saying
from live.models import HelperKey, Kind, Seat, Voice
from live.reading import attending, results
from tests.helpers import factories
from tests.live.helpers import again, room, seat, to, voice

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
PAGE = 8  # queries of the list with a poll on


@pytest.fixture(autouse=True)
def second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def live():
    return to(room(Kind.QUESTION, Kind.POLL, Kind.THANKS), Kind.POLL)


@pytest.fixture
def boss():
    browser = Client()
    browser.force_login(factories.coordinator())
    return browser


def address(live) -> str:
    return reverse("live:attending", args=[live.pk])


def phone(live, plek: str, people: int = 6) -> Client:
    browser = Client()
    browser.post(reverse("live:seat", args=[live.code.lower()]), {"plek": plek, "people": people})
    return browser


def last(live) -> Seat:
    return live.seats.order_by("pk").last()


def chosen(live) -> dict[str, int]:
    return {option.text: option.people for option in results.poll_result(live.scene).options}


def test_of_a_phone_that_is_out_nothing_counts_and_the_count_before_it_is_the_one_again(live):
    yes, no, _ = live.scene.poll.choices.all()
    counting.count_hands(live.scene, seat(live, 4, people=6), {yes.pk: 5})
    false = seat(live, 4, people=30)
    counting.count_hands(live.scene, false, {no.pk: 30})
    stranger = seat(live, online=True)
    counting.vote(live.scene, stranger, no.pk, None)
    assert chosen(live) == {"ja": 0, "nee": 31, "nog niet": 0}
    assert joining.put_out(live, [false.seen, stranger.seen]) == 2
    assert joining.put_out(live, [false.seen, stranger.seen]) == 0  # twice is once
    assert chosen(live) == {"ja": 5, "nee": 0, "nog niet": 0}
    present = results.present_in(live)
    assert (present.room, present.tables, present.online) == (6, 1, 0)
    assert results.progress(live.scene) == {"tables": 1, "alone": 0, "online": 0}
    assert joining.let_in(live, [stranger.seen]) == 1
    assert chosen(live) == {"ja": 5, "nee": 1, "nog niet": 0}


def test_in_a_rehearsal_as_well(live):
    yes, *_ = live.scene.poll.choices.all()
    type(live).objects.filter(pk=live.pk).update(rehearsing_since=live.begun_at, rehearsal_code="TRFP")
    live = again(live)
    sitting = seat(live, online=True)
    counting.vote(live.scene, sitting, yes.pk, None)
    joining.put_out(live, [sitting.seen])
    assert (chosen(live)["ja"], results.progress(live.scene)["alone"]) == (0, 0)


def test_its_words_wait_in_the_ordinary_list_and_are_back_with_it():
    live = to(room(), Kind.QUESTION)
    made = voice(live, "Koop nu goedkope vakanties", table=None)
    joining.put_out(live, [made.seat.seen])
    assert not live.voices.waiting().exists()
    assert type(made.post).objects.waiting().get() == made.post
    joining.let_in(live, [made.seat.seen])
    assert live.voices.waiting().get() == made


def test_of_a_phone_whose_person_was_erased_words_still_wait():
    live = to(room(), Kind.QUESTION)
    made = voice(live)
    Voice.objects.update(seat=None)
    assert live.voices.waiting().get() == made


def test_alone_the_tables_that_wrote_are_counted_without_it():
    live = to(room(), Kind.QUESTION)
    leading.go_alone(live, live.turn, alone=True)
    made = voice(again(live), "Van buiten", table=9)
    assert "1 tafel schreef" in Client().get(reverse("live:state", args=[live.code.lower()])).json()["words"]
    joining.put_out(live, [made.seat.seen])
    live.raise_version()
    assert "1 tafel schreef" not in Client().get(reverse("live:state", args=[live.code.lower()])).json()["words"]


@pytest.mark.parametrize("name", ["phone", "seat", "earlier"])
def test_it_reads_so_on_each_page(live, name):
    browser = phone(live, "online")
    joining.put_out(live, [last(live).seen])
    answer = browser.get(reverse(f"live:{name}", args=[live.code.lower()]))
    assert answer.status_code == 403 and "Deze telefoon doet niet meer mee" in answer.text


def test_another_seat_is_no_way_around(live):
    browser = phone(live, "online")
    joining.put_out(live, [last(live).seen])
    answer = browser.post(reverse("live:seat", args=[live.code.lower()]), {"plek": "3", "people": 4})
    assert answer.status_code == 403 and last(live).put_out_at and last(live).table is None


def test_nor_is_a_log_in_that_makes_two_seats_one(live):
    out, kept = seat(live, online=True), seat(live, online=True)
    joining.put_out(live, [out.seen])
    Seat.objects.get(pk=out.pk).give_to(kept.visitor)
    assert live.seats.get().put_out_at


def test_what_it_types_comes_nowhere_and_is_given_back():
    live = to(room(), Kind.QUESTION)
    browser = phone(live, "online")
    joining.put_out(live, [last(live).seen])
    to_say = reverse("live:say", args=[live.code.lower(), live.scene_id])
    for headers in ({"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "same-origin", **HTMX}):
        answer = browser.post(to_say, {"text": "Ik wil nog iets kwijt", "plek": "online"}, headers=headers)
        assert answer.status_code == 403 and "Ik wil nog iets kwijt" in answer.text
    assert not live.voices.exists()


def test_who_leads_sees_phones_without_what_they_chose_and_puts_out_what_they_ticked(live, boss):
    yes, no, _ = live.scene.poll.choices.all()
    counting.count_hands(live.scene, seat(live, 4, people=6), {yes.pk: 5})
    false = seat(live, 4, people=30)
    counting.vote(live.scene, seat(live, online=True), no.pk, None)
    page = boss.get(address(live)).text
    assert "Tafel 4 · 6 mensen · telde 5 handen" in page and "Tafel 4 · 30 mensen<" in page
    assert "Online · stemde" in page and page.count("nog een telefoon van deze tafel") == 1
    answer = boss.post(address(live), {"telefoon": [false.seen], "doe": "buiten"}, follow=True)
    assert "1 telefoon staat buiten." in answer.text and "Buiten gezet" in answer.text
    answer = boss.post(address(live), {"telefoon": [false.seen], "doe": "binnen"}, follow=True)
    assert "1 telefoon doet weer mee." in answer.text and "Buiten gezet" not in answer.text


def test_a_phone_that_sits_elsewhere_by_now_is_another_one_than_was_meant(live, boss):
    sitting = seat(live, 4)
    seen = sitting.seen
    joining.sit(live, sitting.visitor, "tafel", table=5, people=6)
    answer = boss.post(address(live), {"telefoon": [seen], "doe": "buiten"})
    assert answer.status_code == 409 and "zit intussen ergens anders" in answer.text
    assert not live.seats.get().put_out_at


def test_without_a_tick_and_without_phones_it_says_so(live, boss):
    assert "Er doet nu niemand mee." in boss.get(address(live)).text
    assert "Vink eerst aan" in boss.post(address(live), {"doe": "buiten"}).text


def test_nobody_puts_out_a_phone_of_another_room(live, boss):
    other = seat(room(), 2)
    assert boss.post(address(live), {"telefoon": [other.seen], "doe": "buiten"}).status_code == 409
    other.refresh_from_db()
    assert not other.put_out_at


def test_the_list_costs_the_same_with_one_phone_and_with_many(live, boss, django_assert_num_queries):
    yes, no, _ = live.scene.poll.choices.all()
    boss.get(address(live))
    for count in (1, 12):
        for table in range(1, count):
            counting.count_hands(live.scene, seat(live, min(table, 10)), {yes.pk: 2})
            counting.vote(live.scene, seat(live, online=True), no.pk, None)
        with django_assert_num_queries(PAGE):
            boss.get(address(live))


def test_of_very_many_the_page_shows_so_many_and_says_how_many_more(live, boss, monkeypatch):
    monkeypatch.setattr(attending, "MOST", 2)
    for _ in range(3):
        seat(live, online=True)
    assert "En nog 1 telefoon." in boss.get(address(live)).text


@pytest.mark.parametrize("who", ["leader", "helper"])
def test_who_reads_what_waits_can_stop_a_phone_with_one_press(who, boss):
    live = to(room(), Kind.QUESTION)
    made, other = voice(live, "Koop nu", table=None), voice(live, "Korte lijnen")
    saying.say(live.scenes.get(kind=Kind.QUESTION), made.seat, made.seat.visitor, "Koop nu nog meer")
    to_decide, browser = reverse("live:decide", args=[live.pk]), boss
    if who == "helper":
        browser, to_decide = Client(), reverse("live:help")
        secret = HelperKey.objects.make(live, factories.coordinator())[1]
        browser.post(reverse("live:help_out", args=[secret]))
    assert browser.post(to_decide, {"gezien": made.seen, "doe": "buiten"}).status_code == 302
    assert [each.text for each in live.voices.waiting()] == [other.text]
    assert Seat.objects.get(pk=made.seat_id).put_out_at
