"""The page of a café with a room: now, to come in by; afterwards, what was heard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Mailing
from live.actions import closing, counting, leading, rehearsing, saying
from live.models import Kind, LiveCafe
from live.models.cafes import LATER, OPEN_AFTER
from posts.models import Thumb
from tests.helpers import factories
from tests.live.helpers import again, room, seat, shown, to, voice

pytestmark = pytest.mark.django_db


def page(client, live: LiveCafe) -> str:
    return client.get(live.cafe.get_absolute_url()).text


def over(live: LiveCafe, ago: timedelta = timedelta(hours=1)) -> LiveCafe:
    now = timezone.now()
    live.cafe.starts_at, live.cafe.ends_at = now - ago - timedelta(hours=2), now - ago
    live.cafe.save(update_fields=["starts_at", "ends_at"])
    return again(live)


def evening() -> LiveCafe:
    """One that was: two things said, hands counted, stickers placed, all revealed."""
    live = to(room(Kind.QUESTION, Kind.POLL, Kind.STICKERS, Kind.THANKS), Kind.QUESTION)
    said = shown(live, "Eén vast gezicht", 4)
    Thumb.objects.create(post=said.post, visitor=factories.visitor(), value=1)
    voice(live, "Dit wacht nog", 5)
    live = to(live, Kind.POLL)
    yes, no = live.scene.poll.choices.order_by("pk")[:2]
    counting.count_hands(live.scene, seat(live, 4), {yes.pk: 5, no.pk: 1})
    counting.vote(live.scene, seat(live, online=True), no.pk, None)
    leading.reveal(again(live), again(live).turn)
    live = to(live, Kind.STICKERS)
    leading.reveal(live, live.turn)
    return again(live)


def test_now_it_says_what_is_asked_how_many_are_there_and_where_to_come_in(client):
    live = to(room(), Kind.QUESTION)
    seat(live, 4)
    seat(live, online=True)
    live.raise_version()
    text = page(client, live)
    for told in (
        "nu bezig",
        live.scene.question.text,
        "6 mensen in de zaal en 1 online.",
        live.code,
        "Doe online mee",
        "in de mail van je",
    ):
        assert told in text
    assert f'href="/z/{live.code.lower()}/"' in text
    assert "Aanmelden kan niet meer" not in text
    assert live.cafe.online_link not in text  # that is for who signed up


def test_the_page_follows_the_room_and_shows_nothing_of_a_rehearsal_or_an_empty_screen(client):
    live = to(room(Kind.QUESTION, Kind.BREAK), Kind.BREAK)
    assert "Nu: pauze" in page(client, live) and live.scenes.get(kind=Kind.QUESTION).question.text in page(client, live)
    leading.clear(live, live.turn)
    assert "Nu: pauze" not in page(client, live)
    LiveCafe.objects.filter(pk=live.pk).update(cleared_at=None, rehearsing_since=timezone.now(), rehearsal_code="BBBB")
    text = page(client, live)
    assert "Nu: pauze" not in text and "BBBB" not in text and live.code in text


def test_a_café_without_a_running_order_is_as_it_was(client):
    live = room()
    live.scenes.all().delete()
    assert "Dit café is nu bezig. Aanmelden kan niet meer." in page(client, live)


def test_a_café_that_goes_on_leads_to_no_room_that_is_closed(client):
    live = room()
    LiveCafe.objects.filter(pk=live.pk).update(closed_at=timezone.now())
    assert live.code not in page(client, live) and "/z/" not in client.get(f"/c/{live.cafe_id}/").url


def test_the_landing_page_leads_to_what_was_heard_where_a_room_was(client):
    live = over(evening())
    assert f'href="{live.cafe.get_absolute_url()}">lees wat we hoorden</a>' in client.get("/").text
    cafe = over(room(begun=False), timedelta(minutes=30)).cafe
    assert f'href="{cafe.said_url}">lees en praat verder</a>' in client.get("/").text


def test_the_printed_address_leads_in_while_it_goes_on_and_to_the_page_otherwise(client):
    live = room()
    assert client.get(f"/c/{live.cafe_id}/").url == f"/z/{live.code.lower()}/"
    live = over(live)
    assert client.get(f"/c/{live.cafe_id}/").url == live.cafe.get_absolute_url()
    early = room(
        begun=False, starts_at=timezone.now() + timedelta(days=1), ends_at=timezone.now() + timedelta(days=1.1)
    )
    rehearsing.start(early)
    assert client.get(f"/c/{early.cafe_id}/").url == f"{early.cafe.get_absolute_url()}#aanmelden"


def runs_late(live: LiveCafe, by: timedelta = timedelta(minutes=1)) -> LiveCafe:
    return over(live, by)


def test_an_evening_that_runs_late_goes_on_for_everyone_until_its_thanks(client):
    live = to(room(Kind.QUESTION, Kind.THANKS), Kind.QUESTION)
    own = factories.registration(live.cafe, by_hand=True).get_absolute_url()
    live, way_in = runs_late(live), f"/z/{live.code.lower()}/"
    text = page(client, live)
    assert "nu bezig" in text and live.scene.question.text in text and "Dit hoorden we" not in text
    assert client.get(f"/c/{live.cafe_id}/").url == way_in
    assert "nu bezig" in client.get("/z/").text
    assert f'href="{way_in}"' in client.get(own).text
    live = to(live, Kind.THANKS)
    leading.clear(live, live.turn)  # the laptop is on its way home: that is no reason to come back
    assert "Dit hoorden we" in page(client, live) and "nu bezig" not in client.get("/z/").text
    assert client.get(f"/c/{live.cafe_id}/").url == live.cafe.get_absolute_url()
    assert way_in not in client.get(own).text


@pytest.mark.parametrize("why", ["an hour", "closed", "not begun", "a rehearsal that was forgotten"])
def test_what_ended_or_never_began_does_not_run_late(client, why):
    live = runs_late(to(room(Kind.QUESTION, Kind.THANKS), Kind.QUESTION))
    if why == "an hour":
        live = runs_late(live, LATER)
    changed = {
        "closed": {"closed_at": timezone.now()},
        "not begun": {"begun_at": None},
        "a rehearsal that was forgotten": {"rehearsing_since": timezone.now(), "rehearsal_code": "BBBB"},
    }.get(why, {})
    LiveCafe.objects.filter(pk=live.pk).update(version=live.version, **changed)
    assert "nu bezig" not in page(client, live) and "nu bezig" not in client.get("/z/").text
    assert client.get(f"/c/{live.cafe_id}/").url == live.cafe.get_absolute_url()


def test_at_the_thanks_every_way_leads_to_what_was_said(client):
    live = room(Kind.QUESTION, Kind.THANKS)
    shown(live, "Korte lijnen helpen")
    live = to(again(live), Kind.THANKS)
    text = page(client, live)
    assert "Dit hoorden we" in text and "Korte lijnen helpen" in text and "nu bezig" not in text
    assert client.get(f"/c/{live.cafe_id}/").url.startswith(live.cafe.get_absolute_url())
    to(live, Kind.QUESTION)
    assert "nu bezig" in page(client, live)
    assert client.get(f"/c/{live.cafe_id}/").url == f"/z/{live.code.lower()}/"


@pytest.mark.parametrize("closed", [False, True])
def test_afterwards_it_tells_what_was_heard_the_same_before_and_after_closing(client, closed):
    live = over(evening())
    if closed:
        live = over(live, OPEN_AFTER)
        assert closing.close_due(timezone.now()) == 1
    text = " ".join(page(client, live).split())
    for told in (
        "Dit hoorden we",
        "Eén vast gezicht",
        "Een tafel van zes · 1 duimpje",
        "7 mensen kozen, waarvan 6 handen geteld aan 1 tafel",
        "5 van de 7 mensen",
        "Wat gebeurt er nu?",
        "De stickers",
    ):
        assert told in text, told
    for hidden in ("Dit wacht nog", "Tafel 4", live.code):
        assert hidden not in text


def test_of_one_it_speaks_as_of_one_and_of_two_as_of_two(client):
    live = to(room(Kind.QUESTION, Kind.POLL, Kind.STICKERS), Kind.QUESTION)
    Thumb.objects.create(post=shown(live, "Korte lijnen", 4).post, visitor=factories.visitor(), value=1)
    live = to(live, Kind.POLL)
    counting.vote(live.scene, seat(live), live.scene.poll.choices.first().pk, None)
    leading.reveal(again(live), again(live).turn)
    live = to(live, Kind.STICKERS)
    live.scene.round.ideas.exclude(pk__in=live.scene.round.ideas.values("pk")[:1]).update(removed_at=timezone.now())
    leading.reveal(again(live), again(live).turn)
    live = over(again(live))
    text = " ".join(page(client, live).split())
    for told in (
        "Dit kreeg de meeste duimpjes",
        "bijdrage</dt><dd>1</dd>",
        "idee met stickers</dt><dd>1</dd>",
        "1 mens koos.",
        "Lees wat er gezegd werd, en praat verder",
        "Bekijk de uitslag",
    ):
        assert told in text, told
    assert "De meesten zeggen" not in text
    shown(live, "Rust", 5)
    text = " ".join(page(client, live).split())
    assert "Deze kregen de meeste duimpjes" in text and "Lees beide bijdragen, en praat verder" in text


def test_what_was_taken_away_since_is_not_told_any_more(client):
    live = over(evening())
    live.voices.shown().get().post.remove(None, "weg")
    assert "Eén vast gezicht" not in page(client, live)


def test_a_room_that_nobody_began_heard_nothing(client):
    live = over(room(begun=False))
    assert "Dit café is geweest." in page(client, live)
    assert "Dit hoorden we" not in page(client, live)


def test_the_thanks_lead_to_what_was_heard(mailoutbox, django_capture_on_commit_callbacks):
    from events import mails

    live = over(evening())
    mailing = Mailing(cafe=live.cafe, kind=Mailing.Kind.THANKS, audience=Mailing.Audience.ALL)
    assert f"testserver{live.cafe.get_absolute_url()}" in mails.preview(mailing, 1).text
    mailing.cafe = over(room(begun=False)).cafe
    assert f"testserver{mailing.cafe.get_absolute_url()}" not in mails.preview(mailing, 1).text


def test_the_pages_ask_as_often_for_one_voice_as_for_three(client, django_assert_num_queries):
    live = to(room(Kind.QUESTION), Kind.QUESTION)
    page(client, live)
    with django_assert_num_queries(3):  # the version of the site, the room of the café, its cycles
        page(client, live)
    live = over(evening())
    page(client, live)
    with django_assert_num_queries(9):
        page(client, live)
    for number in range(3):
        made = saying.say(live.scenes.get(kind=Kind.QUESTION), seat(live, 6), factories.visitor(), f"Nog {number}")
        saying.show(made, factories.coordinator(email=f"{number}@example.com"), made.post.version)
    with django_assert_num_queries(9):
        page(client, live)


def test_ones_own_page_leads_in_while_it_goes_on(client):
    live = room()
    registration = factories.registration(live.cafe, by_hand=True)
    assert f'href="/z/{live.code.lower()}/"' in client.get(registration.get_absolute_url()).text
    live = over(live)
    assert "/z/" not in client.get(registration.get_absolute_url()).text
