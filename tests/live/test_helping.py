"""Who reads along: one phone, by a link that looking at leaves free."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from live.models import HelperKey, Kind, Leader, LiveCafe
from live.models.helpers import mark_of
from live.reading import rights
from posts import room as room_of_posts
from tests.helpers import factories
from tests.live.helpers import again, room, shown, to, voice
from werkplaats.moderation.reasons import REMOVAL_REASONS

pytestmark = pytest.mark.django_db
HELP = "/z/helpen/"


@pytest.fixture(autouse=True)
def second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def live():
    return to(room(), Kind.QUESTION)


@pytest.fixture
def boss(live):
    made = factories.user(is_staff=True)
    Leader.objects.create(live=live, user=made)
    return made


@pytest.fixture
def link(live, boss):
    return reverse("live:help_out", args=[HelperKey.objects.make(live, boss)[1]])


@pytest.fixture
def helper(link):
    browser = Client()
    browser.post(link)
    return browser


def test_looking_at_the_link_takes_nothing_and_one_press_does(link):
    one, two = Client(), Client()
    for browser in (one, two):
        assert "Lees mee op deze telefoon" in browser.get(link).text
    assert not HelperKey.objects.exclude(browser="").exists() and rights.COOKIE.name not in one.cookies
    assert one.post(link).url == HELP
    assert one.post(link).url == one.get(link).url == HELP  # twice is once
    for answer in (two.get(link), two.post(link)):
        assert answer.status_code == 410 and "Iemand anders leest al mee" in answer.text
    assert two.get(HELP).status_code == 410 and one.get(HELP).status_code == 200


def test_the_secret_of_a_link_is_kept_nowhere(link):
    secret = link.split("/")[-2]
    assert HelperKey.objects.get().mark == mark_of(secret) != secret


def test_a_link_that_never_was_says_so():
    assert Client().get(reverse("live:help_out", args=["x" * 24])).status_code == 410


def test_they_show_in_the_name_of_who_handed_it_out(helper, live, boss):
    made = voice(live)
    assert made.text in helper.get(HELP).text
    assert helper.post(HELP, {"gezien": made.seen, "doe": "goed"}).url == HELP
    made.post.refresh_from_db()
    assert live.voices.shown().get() == made and made.post.published_by == boss


@pytest.mark.parametrize("pressed", ["nu-niet", "kind"])
def test_not_now_and_about_a_child(helper, live, pressed):
    made = voice(live)
    helper.post(HELP, {"gezien": made.seen, "doe": pressed})
    made.post.refresh_from_db()
    assert not live.voices.waiting().exists() and made.post.is_about_child is (pressed == "kind")


WITHDRAWN = "De schrijver haalde deze woorden net zelf weg."


@pytest.mark.parametrize("pressed", ["goed", "kind", REMOVAL_REASONS[0]])
def test_of_words_that_their_writer_took_away_meanwhile_it_says_so_and_does_nothing(helper, live, boss, pressed):
    made = voice(live)
    sent = {"gezien": made.seen, "doe": pressed}
    room_of_posts.withdraw(made.post, made.seat.visitor_id, AnonymousUser())
    browser = Client()
    browser.force_login(boss)
    for answer in (helper.post(HELP, sent), browser.post(reverse("live:decide", args=[live.pk]), sent)):
        assert answer.status_code == 409 and WITHDRAWN in answer.text
    made.post.refresh_from_db()
    assert made.post.removal == "writer" and not made.post.is_about_child


def test_of_words_of_a_rehearsal_that_their_writer_took_away_it_says_so_too(helper, live):
    LiveCafe.objects.filter(pk=live.pk).update(rehearsing_since=timezone.now(), rehearsal_code="BBBB")
    made = voice(again(live))
    sent = {"gezien": made.seen, "doe": "kind"}
    made.delete()
    answer = helper.post(HELP, sent)
    assert answer.status_code == 409 and WITHDRAWN in answer.text


def test_with_htmx_the_page_changes_in_its_place(helper, live):
    made = voice(live)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    text = helper.post(HELP, {"gezien": made.seen, "doe": "goed"}, headers=headers).text
    assert "<html" not in text and "Er wacht niets." in text


def test_they_read_no_words_of_another_café(helper):
    other = to(room(), Kind.QUESTION)
    made = voice(other, "Van elders")
    assert "Van elders" not in helper.get(HELP).text
    assert helper.post(HELP, {"gezien": made.seen, "doe": "goed"}).status_code == 404
    assert not other.voices.shown().exists()


def test_what_waits_is_only_read_with_the_cookie(live, helper):
    made = voice(live)
    stranger = Client()
    assert made.text not in stranger.get(HELP).text
    assert stranger.post(HELP, {"gezien": made.seen, "doe": "goed"}).status_code == 410
    assert not live.voices.shown().exists()


def no_leader_any_more(live, boss):
    Leader.objects.all().delete()


def account_ended(live, boss):
    type(boss).objects.filter(pk=boss.pk).update(is_active=False)


def an_hour_after(live, boss):
    type(live.cafe).objects.filter(pk=live.cafe_id).update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(minutes=61)
    )


def stopped(live, boss):
    browser = Client()
    browser.force_login(boss)
    browser.post(reverse("live:helper", args=[live.pk]), {"einde": HelperKey.objects.get().pk})


@pytest.mark.parametrize("happens", [no_leader_any_more, account_ended, an_hour_after, stopped])
def test_it_ends(helper, live, boss, happens):
    made = voice(live)
    happens(live, boss)
    assert "Meelezen is voorbij" in helper.get(HELP).text
    assert helper.post(HELP, {"gezien": made.seen, "doe": "goed"}).status_code == 410
    assert live.voices.waiting().get() == made


def test_who_lost_the_café_hands_out_links_that_open_nothing(link, live):
    Leader.objects.all().delete()
    assert Client().post(link).status_code == 410 or Client().get(HELP).status_code == 410


def test_the_leader_is_told_the_link_once_and_sees_who_reads_along(live, boss):
    browser = Client()
    browser.force_login(boss)
    url = reverse("live:helper", args=[live.pk])
    text = browser.post(url, {"deel": "draaiboek"}).text
    assert "/z/helpen/" in text and "<svg" in text
    page = reverse("live:lead", args=[live.pk])
    assert "/z/helpen/" not in browser.get(page).text and "Iemand leest mee" not in browser.get(page).text
    key = HelperKey.objects.get()
    assert key.by == boss and key.take()
    assert "Iemand leest mee" in browser.get(page).text


def test_the_leader_ends_a_link_that_nobody_opened_yet(live, boss, link):
    browser, url = Client(), reverse("live:helper", args=[live.pk])
    browser.force_login(boss)
    page = reverse("live:lead", args=[live.pk])
    text = browser.get(page).text
    assert "nog niet geopend" in text and "Er leest iemand mee" not in text
    assert browser.post(url, {"einde": HelperKey.objects.get().pk}).status_code == 302
    assert Client().get(link).status_code == Client().post(link).status_code == 410
    assert "nog niet geopend" not in browser.get(page).text


def test_the_helper_sees_nothing_of_how_it_is_led(helper, live):
    shown(live, "Staat er al")
    text = helper.get(HELP).text
    assert "Staat er al" not in text and "Maak groot" not in text and "Scherm leeg" not in text
    assert Client().get(reverse("live:lead", args=[live.pk])).status_code == 302
    assert helper.get(reverse("live:lead", args=[live.pk])).status_code == 302


def test_a_page_costs_the_same_with_one_voice_and_with_many(helper, live, django_assert_num_queries):
    voice(live)
    with django_assert_num_queries(6):
        helper.get(HELP)
    for number in range(3):
        voice(live, f"w{number}")
    with django_assert_num_queries(6):
        helper.get(HELP)
    assert again(live).voices.waiting().count() == 4
