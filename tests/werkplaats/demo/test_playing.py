"""«Speel een café na»: a room of sixty, by the verbs of phones and leaders; in the demo only, and again as often."""

import pytest
from django.utils import timezone

from events.models import Cafe
from live.actions import leading
from live.models import Headcount, Kind, LiveCafe, Seat
from live.reading import results
from posts.models import Post, Thumb
from tests.helpers import factories
from werkplaats.demo import playing
from werkplaats.demo.content import play

pytestmark = pytest.mark.django_db
PATH = "/speel-een-cafe-na/"


@pytest.fixture
def threads(monkeypatch):
    """The keys of what would be played, each in a thread."""
    started = []

    class Thread:
        def __init__(self, target, **fields):
            self.target = target

        def start(self):
            started.append(self.target.args[0])

    monkeypatch.setattr(playing, "Thread", Thread)
    return started


def played() -> tuple[LiveCafe, float]:
    """One that was, and how many seconds it would take."""
    factories.coordinator(email=f"leidt-{timezone.now().timestamp()}@example.com")
    live, waited = playing.prepare(), []
    playing.run(live.pk, waited.append)
    return LiveCafe.objects.select_related("cafe", "scene").get(pk=live.pk), sum(waited)


def test_outside_the_demo_it_is_not_there(client, threads, settings):
    settings.DEMO = False
    assert client.get(PATH).status_code == client.post(PATH).status_code == 404
    assert not threads and not Cafe.objects.exists()


def test_one_press_plays_one_and_a_second_press_no_other(client, threads, settings):
    settings.DEMO = True
    factories.question()
    assert "Speel een café na</button>" in client.get(PATH).text
    assert client.post(PATH).url == PATH
    live = LiveCafe.objects.get()
    assert threads == [live.pk]
    client.post(PATH)
    assert threads == [live.pk] and LiveCafe.objects.get() == live
    text = client.get(PATH).text
    assert live.screen_url in text and live.get_absolute_url() in text


def test_it_is_an_evening_of_sixty_people_in_five_minutes_that_ends_itself():
    factories.question()
    live, seconds = played()
    assert 240 <= seconds <= 300
    present = results.present_in(live)
    assert (present.people, present.tables, present.online) == (60, 10, 9)
    assert live.voices.shown().count() == len(play.said) - 2 and live.voices.waiting().count() == 2
    assert Thumb.objects.filter(post__in_room=True).count() > 5
    poll = results.poll_result(live.scenes.get(kind=Kind.POLL))
    assert (poll.people, poll.hands) == (60, 47)
    stickers = live.scenes.get(kind=Kind.STICKERS)
    assert stickers.is_revealed and results.sticker_result(stickers).people > 30
    assert live.scene.kind == Kind.THANKS and live.cafe.is_past


def test_played_again_nothing_is_left_of_the_one_before():
    factories.question()
    first, _ = played()
    before = [model.objects.count() for model in (Cafe, LiveCafe, Seat, Headcount)]
    said = set(Post.objects.filter(in_room=True).values_list("pk", flat=True))
    second, _ = played()
    assert second != first
    assert [model.objects.count() for model in (Cafe, LiveCafe, Seat, Headcount)] == before
    now = set(Post.objects.filter(in_room=True).values_list("pk", flat=True))
    assert len(now) == len(said) and not now & said


def test_who_takes_the_lead_keeps_it():
    factories.question()
    factories.coordinator()
    live = playing.prepare()

    def take_over(seconds):
        here = LiveCafe.objects.get(pk=live.pk)
        if here.scene and here.scene.kind == Kind.QUESTION and here.last_command != "clear True":
            leading.clear(here, here.turn)

    playing.run(live.pk, take_over)
    here = LiveCafe.objects.select_related("cafe", "scene").get(pk=live.pk)
    assert here.scene.kind == Kind.QUESTION and here.cleared_at and not here.cafe.is_past
