"""Hands on paper in the room of a café, and on its page afterwards: of an evening without internet too."""

from datetime import timedelta

import pytest
from django.utils import timezone

from live.actions import closing, counting, leading, preparing
from live.models import Kind, LiveCafe
from live.models.cafes import OPEN_AFTER
from live.reading import phones
from live.reading.state import state_of
from polls.models import Colour, HandsOnPaper, PaperCount, Poll
from tests.helpers import factories
from tests.live.helpers import again, seat, to
from tests.live.test_around import over, page

pytestmark = pytest.mark.django_db


def prepared(**fields) -> LiveCafe:
    """A café of now with a poll of its own and stickers, which nobody began."""
    now = timezone.now()
    cafe = factories.cafe(starts_at=now, ends_at=now + timedelta(hours=2), **fields)
    return preparing.prepare(cafe, factories.poll(), factories.sticker_round(groups=1, ideas=1))


def polled() -> LiveCafe:
    """One in which five hands and one vote online were counted, and shown."""
    factories.question()
    live = prepared()
    leading.begin(live, live.turn)
    live = to(live, Kind.POLL)
    yes, no, _ = live.scene.poll.choices.all()
    counting.count_hands(live.scene, seat(live, 4), {yes.pk: 4, no.pk: 1})
    counting.vote(live.scene, seat(live, online=True), no.pk, None)
    leading.reveal(again(live), again(live).turn)
    return again(live)


def put(live: LiveCafe, place: int, people: int | None, seen: int | None = None) -> None:
    choice = live.scenes.get(kind=Kind.POLL).poll.choices.all()[place]
    assert HandsOnPaper.objects.put(choice.pk, people, seen, None)[0]


def told(client, live: LiveCafe) -> str:
    return " ".join(page(client, live).split())


def test_what_is_typed_after_the_result_was_shown_stands_on_the_screen_and_in_its_words():
    live = polled()
    before = live.version
    state_of(live)
    put(live, 0, 3)
    live = again(live)
    assert live.version > before
    said = state_of(live).body.decode()
    assert "9 mensen: 8 in de zaal (aan 1 tafel met de hand geteld, 3 op papier), 1 online" in said
    assert "«ja»: 7 van de 9" in said and "Op papier zijn er 3 geteld." in said


def test_a_phone_reads_what_was_typed_since_among_what_there_was():
    live = to(polled(), Kind.THANKS)

    def people() -> int:
        return next(each.result.people for each in phones.earlier_of(again(live)) if each.scene.kind == Kind.POLL)

    assert people() == 6
    put(live, 0, 3)
    assert people() == 9
    put(live, 0, 4, 3)
    assert people() == 10


@pytest.mark.parametrize("closed", [False, True])
def test_afterwards_they_stand_beside_what_was_counted_in_the_room(client, closed):
    live = over(polled())
    if closed:
        live = over(live, OPEN_AFTER)
        assert closing.close_due(timezone.now()) == 1
    put(live, 0, 3)
    text = told(client, live)
    assert "9 mensen kozen, waarvan 5 handen geteld aan 1 tafel, en 3 op papier." in text
    assert "De meesten zeggen ja: 7 van de 9 mensen." in text


@pytest.mark.parametrize("closed", [False, True])
def test_an_evening_without_internet_is_told_once_its_hands_are_typed(client, closed):
    asked = factories.question()
    live = over(prepared())
    if closed:
        live = over(live, OPEN_AFTER)
        assert closing.close_due(timezone.now()) == 1
    assert "Dit café is geweest." in told(client, live)
    put(live, 1, 5)
    text = told(client, live)
    assert "Dit hoorden we" in text and "5 mensen kozen. De handen zijn op papier geteld." in text
    assert "De meesten zeggen nee: 5 van de 5 mensen." in text
    assert "bijdragen</dt>" not in text and asked.text in text
    put(live, 1, None, 5)
    assert "Dit café is geweest." in told(client, live)


def test_votes_that_were_never_shown_are_not_told_beside_them(client):
    factories.question()
    live = prepared()
    leading.begin(live, live.turn)
    live = to(live, Kind.POLL)
    counting.vote(live.scene, seat(live), live.scene.poll.choices.first().pk, None)
    live = over(live, OPEN_AFTER)
    assert closing.close_due(timezone.now()) == 1
    put(live, 1, 5)
    assert "5 mensen kozen. De handen zijn op papier geteld." in told(client, live)


def test_stickers_on_paper_of_an_evening_without_internet_are_told_once_the_round_is(client):
    factories.question()
    live = over(prepared())
    its_round = live.scenes.get(kind=Kind.STICKERS).round
    PaperCount.objects.put(its_round.ideas.get().pk, Colour.GREEN, 4, None, factories.user())
    assert "Dit café is geweest." in told(client, live)
    its_round.move_to("stickers")
    its_round.move_to("result")
    text = told(client, live)
    assert "De stickers" in text and its_round.ideas.get().text in text


def test_a_café_that_comes_another_day_asks_its_poll_anew():
    live = over(prepared())
    put(live, 0, 3)
    was = live.scenes.get(kind=Kind.POLL).poll
    over(live, OPEN_AFTER)
    assert closing.close_due(timezone.now()) == 1
    week = timezone.now() + timedelta(days=7)
    live.cafe.starts_at, live.cafe.ends_at = week, week + timedelta(hours=2)
    live.cafe.save(update_fields=["starts_at", "ends_at"])
    poll = live.scenes.get(kind=Kind.POLL).poll
    assert poll != was and poll.room_result is None and poll.room_cafe == live.cafe
    assert Poll.objects.get(pk=was.pk).room_result == {}
