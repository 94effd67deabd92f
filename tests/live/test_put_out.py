"""A phone that who leads puts out of the room: nothing of it counts, it reads so, and it can be let in again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from live.actions import counting, joining, leading, saying
from live.models import HelperKey, Kind, Seat, Voice
from live.models.cafes import Ended
from live.reading import attending, results, state
from tests.helpers import factories
from tests.helpers.logging_in import is_logged_in, log_in
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
    assert joining.put_out(live, [false.pk, stranger.pk]) == 2
    assert joining.put_out(live, [false.pk, stranger.pk]) == 2  # twice is once
    assert chosen(live) == {"ja": 5, "nee": 0, "nog niet": 0}
    present = results.present_in(live)
    assert (present.room, present.tables, present.online) == (6, 1, 0)
    assert results.progress(live.scene) == {"tables": 1, "alone": 0, "online": 0}
    assert joining.let_in(live, [stranger.pk]) == 1
    assert chosen(live) == {"ja": 5, "nee": 1, "nog niet": 0}


def test_in_a_rehearsal_as_well(live):
    yes, *_ = live.scene.poll.choices.all()
    type(live).objects.filter(pk=live.pk).update(rehearsing_since=live.begun_at, rehearsal_code="TRFP")
    live = again(live)
    sitting = seat(live, online=True)
    counting.vote(live.scene, sitting, yes.pk, None)
    joining.put_out(live, [sitting.pk])
    assert (chosen(live)["ja"], results.progress(live.scene)["alone"]) == (0, 0)


def test_its_words_wait_in_the_ordinary_list_and_are_back_with_it():
    live = to(room(), Kind.QUESTION)
    made = voice(live, "Koop nu goedkope vakanties", table=None)
    joining.put_out(live, [made.seat.pk])
    assert not live.voices.waiting().exists()
    assert type(made.post).objects.waiting().get() == made.post
    joining.let_in(live, [made.seat.pk])
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
    joining.put_out(live, [made.seat.pk])
    live.raise_version()
    assert "1 tafel schreef" not in Client().get(reverse("live:state", args=[live.code.lower()])).json()["words"]


@pytest.mark.parametrize("name", ["phone", "seat", "earlier"])
def test_it_reads_so_on_each_page(live, name):
    browser = phone(live, "online")
    joining.put_out(live, [last(live).pk])
    answer = browser.get(reverse(f"live:{name}", args=[live.code.lower()]))
    assert answer.status_code == 403 and "Deze telefoon doet niet meer mee" in answer.text


def test_another_seat_is_no_way_around(live):
    browser = phone(live, "online")
    joining.put_out(live, [last(live).pk])
    answer = browser.post(reverse("live:seat", args=[live.code.lower()]), {"plek": "3", "people": 4})
    assert answer.status_code == 403 and last(live).put_out_at and last(live).table is None


def test_nor_is_a_log_in_that_makes_two_seats_one(live):
    out, kept = seat(live, online=True), seat(live, online=True)
    joining.put_out(live, [out.pk])
    Seat.objects.get(pk=out.pk).give_to(kept.visitor)
    assert live.seats.get().put_out_at


def test_what_it_types_comes_nowhere_and_is_given_back():
    live = to(room(), Kind.QUESTION)
    browser = phone(live, "online")
    joining.put_out(live, [last(live).pk])
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
    answer = boss.post(address(live), {"telefoon": [false.pk], "doe": "buiten"}, follow=True)
    assert "1 telefoon staat buiten." in answer.text and "Buiten gezet" in answer.text
    answer = boss.post(address(live), {"telefoon": [false.pk], "doe": "binnen"}, follow=True)
    assert "1 telefoon doet weer mee." in answer.text and "Buiten gezet" not in answer.text


def test_a_phone_that_sits_elsewhere_by_now_goes_out_there(live, boss):
    sitting = seat(live, 4)
    joining.sit(live, sitting.visitor, "tafel", table=5, people=6)
    for _ in range(2):  # a double tap
        answer = boss.post(address(live), {"telefoon": [sitting.pk], "doe": "buiten"}, follow=True)
        assert "1 telefoon staat buiten." in answer.text
    assert live.seats.get().put_out_at and "Wie er is · 1 buiten" in boss.get(reverse("live:lead", args=[live.pk])).text


def test_one_that_is_gone_says_so(live, boss):
    gone = seat(live, 4).pk
    live.seats.all().delete()
    answer = boss.post(address(live), {"telefoon": [gone], "doe": "buiten"})
    assert answer.status_code == 409 and "is er niet meer" in answer.text


def test_without_a_tick_and_without_phones_it_says_so(live, boss):
    assert "Er doet nu niemand mee." in boss.get(address(live)).text
    assert "Vink eerst aan" in boss.post(address(live), {"doe": "buiten"}).text


def test_nobody_puts_out_a_phone_of_another_room(live, boss):
    other = seat(room(), 2)
    assert boss.post(address(live), {"telefoon": [other.pk], "doe": "buiten"}).status_code == 409
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
    if who == "helper":
        page = browser.get(to_decide).text
        assert "Buiten gezet om" in page and "Laat weer meedoen" in page
        browser.post(to_decide, {"binnen": made.seat_id})
        assert live.voices.waiting().count() == 3 and "Buiten gezet om" not in browser.get(to_decide).text


def test_many_at_once_go_out_by_when_they_came_and_tables_stay(live, boss):
    at_table = seat(live, 4)
    early = seat(live, online=True)
    assert "Veel telefoons ineens?" not in boss.get(address(live)).text
    came = timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=3)
    Seat.objects.update(taken_at=came - timedelta(minutes=30))
    strangers = [seat(live) for _ in range(8)]
    Seat.objects.filter(pk__in=[each.pk for each in strangers]).update(taken_at=came + timedelta(seconds=9))
    assert f'<option value="{came.isoformat()}">' in boss.get(address(live)).text
    answer = boss.post(address(live), {"sinds": came.isoformat(), "doe": "buiten"}, follow=True)
    assert "8 telefoons staan buiten." in answer.text
    assert {*Seat.objects.inside()} == {at_table, early}


def test_a_phone_hears_in_the_state_that_it_is_out_by_a_mark_of_its_own(live):
    sitting, other = seat(live, 4), seat(live, 5)
    joining.put_out(live, [sitting.pk])
    state = Client().get(reverse("live:state", args=[live.code.lower()])).json()
    assert state["out"] == [sitting.mark] != [other.mark]
    joining.let_in(live, [sitting.pk])
    assert Client().get(reverse("live:state", args=[live.code.lower()])).json()["out"] == []


# Who logs in on a phone that sits


def logged_in_on(browser: Client, live, email: str = "fatima@example.org"):
    """The same browser after a log-in, as the site does it."""
    factories.user(email=email)
    log_in(browser, email)
    assert is_logged_in(browser)
    return browser.get(reverse("live:phone", args=[live.code.lower()]))


def test_a_log_in_keeps_the_seat_and_its_count(live):
    yes, *_ = live.scene.poll.choices.all()
    browser = phone(live, "6")
    sitting = last(live)
    counting.count_hands(live.scene, sitting, {yes.pk: 4})
    assert "Waar zit je?" not in logged_in_on(browser, live).text
    assert live.seats.get().pk == sitting.pk and chosen(live)["ja"] == 4


def test_a_log_in_makes_one_human_not_two(live):
    yes, no, _ = live.scene.poll.choices.all()
    browser = phone(live, "online")
    counting.vote(live.scene, last(live), yes.pk, None)
    logged_in_on(browser, live)
    answer = {"choice": no.pk, "plek": "online"}
    browser.post(reverse("live:vote", args=[live.code.lower(), live.scene_id]), answer)
    assert (chosen(live), results.present_in(live).online) == ({"ja": 0, "nee": 1, "nog niet": 0}, 1)


def test_a_log_in_is_no_way_in_for_who_was_put_out(live):
    browser = phone(live, "online")
    joining.put_out(live, [last(live).pk])
    assert logged_in_on(browser, live).status_code == 403


def test_who_logs_in_reads_no_words_of_who_used_the_phone_before():
    live = to(room(), Kind.QUESTION)
    browser = phone(live, "online")
    saying.say(live.scenes.get(kind=Kind.QUESTION), last(live), last(live).visitor, "Van wie er eerst zat")
    earlier = reverse("live:earlier", args=[live.code.lower()])
    assert "Van wie er eerst zat" in browser.get(earlier).text
    logged_in_on(browser, live)
    assert "Van wie er eerst zat" not in browser.get(earlier).text


@pytest.mark.parametrize("act", ["the list", "a press of who leads"])
def test_when_the_rehearsal_ended_meanwhile_it_says_so(boss, act, monkeypatch):
    live = to(room(), Kind.QUESTION)
    made = voice(live, "Koop nu", table=None)

    def ended(*arguments):
        raise Ended

    monkeypatch.setattr("live.models.LiveCafe.stays", ended)
    if act == "the list":
        answer = boss.post(address(live), {"telefoon": [made.seat_id], "doe": "buiten"})
    else:
        answer = boss.post(reverse("live:decide", args=[live.pk]), {"gezien": made.seen, "doe": "buiten"})
    assert answer.status_code == 409 and "Er is niets gedaan" in answer.text
    assert not live.seats.get().put_out_at


def test_a_log_in_whose_seat_went_meanwhile_goes_on(live):
    sitting = seat(live, online=True)
    live.seats.all().delete()
    sitting.give_to(factories.visitor())
    assert not live.seats.exists()


def test_words_whose_phone_nobody_knows_any_more_are_left_for_later(boss):
    live = to(room(), Kind.QUESTION)
    made = voice(live)
    Voice.objects.update(seat=None)
    boss.post(reverse("live:decide", args=[live.pk]), {"gezien": made.seen, "doe": "buiten"})
    assert not live.voices.waiting().exists()


def test_of_very_many_the_last_that_were_put_out_are_in_the_state(live, monkeypatch):
    monkeypatch.setattr(state, "MOST_OUT", 2)
    at_table, *others = seat(live, 4), seat(live), seat(live)
    joining.put_out(live, [each.pk for each in others])
    joining.put_out(live, [at_table.pk])
    told = Client().get(reverse("live:state", args=[live.code.lower()])).json()["out"]
    assert len(told) == 2 and told[-1] == at_table.mark
