"""The page to try out the evening on: its steps tick themselves when they really happened."""

from datetime import timedelta

import pytest
from django.utils import timezone

from live.actions import counting, leading, rehearsing, saying
from live.models import Kind, LiveCafe
from live.reading.rehearsed import steps
from tests.helpers import factories
from tests.live.helpers import again, room, seat, to
from tests.live.test_rehearsing import ahead

pytestmark = pytest.mark.django_db


def done(live: LiveCafe) -> list[str]:
    return [step.name for step in steps(again(live)) if step.told]


def test_each_step_ticks_itself_once_it_happened_in_this_rehearsal():
    early = ahead(Kind.QUESTION, Kind.POLL)
    LiveCafe.objects.filter(pk=early.pk).update(
        screen_seen_at=timezone.now() - timedelta(hours=1), shown_again_at=timezone.now() - timedelta(hours=1)
    )
    live = rehearsing.start(again(early))
    assert done(live) == []
    leading.begin(live, live.turn)
    LiveCafe.objects.filter(pk=live.pk).update(screen_seen_at=timezone.now())
    assert done(live) == ["screen"]
    phone = seat(live, 2)
    assert done(live) == ["screen", "phone"]
    said = saying.say(to(live, Kind.QUESTION).scene, phone, phone.visitor, "Proef")
    assert done(live) == ["screen", "phone"]
    saying.show(said, factories.coordinator(), 0)
    assert done(live) == ["screen", "phone", "words"]
    live = to(live, Kind.POLL)
    leading.reveal(live, live.turn)
    assert done(live) == ["screen", "phone", "words"]
    live.scenes.filter(kind=Kind.POLL).update(revealed_at=None)
    counting.count_hands(live.scenes.get(kind=Kind.POLL), phone, {live.scene.poll.choices.first().pk: 3})
    leading.reveal(again(live), again(live).turn)
    assert done(live) == ["screen", "phone", "words", "poll"]
    leading.clear(again(live), again(live).turn)
    assert done(live) == ["screen", "phone", "words", "poll"]
    leading.clear(again(live), again(live).turn, empty=False)
    assert done(live) == ["screen", "phone", "words", "poll", "empty"]


def test_the_page_begins_it_shows_what_happened_and_erases_it(client, coordinator, django_assert_num_queries):
    live = ahead()
    path = f"/beheer/zaal/{live.pk}/proef/"
    assert "Begin de proef" in client.get(path).text
    assert client.post(path).url == path
    live = again(live)
    text = client.get(path).text
    assert live.rehearsal_code in text and live.code not in text
    assert f"{live.screen_url}</strong>" in text  # to type on the laptop
    seat(live, 2)
    with django_assert_num_queries(7):
        part = client.get(path, headers={"HX-Request": "true", "HX-Target": "stappen"}).text
    assert "1 telefoon doet mee." in part and "<html" not in part
    answer = client.post(path, {"doe": "wis"}, follow=True)
    assert "De proef is gewist. Er is niets van over." in answer.text
    assert not again(live).rehearses
    assert client.post(path, {"doe": "wis"}).url == path


def test_too_late_it_says_so(client, coordinator):
    live = ahead()
    now = timezone.now()
    live.cafe.starts_at, live.cafe.ends_at = now + timedelta(minutes=20), now + timedelta(hours=2)
    live.cafe.save(update_fields=["starts_at", "ends_at"])
    answer = client.post(f"/beheer/zaal/{live.pk}/proef/")
    assert answer.status_code == 409
    assert "Het café begint zo. Oefenen kan niet meer." in answer.text


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        (90, "Dit café is al begonnen. Oefenen kan niet meer."),
        (-1, "Dit café is al begonnen. Oefenen kan niet meer."),  # it runs late
        (-90, "Dit café is geweest. Oefenen kan niet meer."),
    ],
)
def test_of_a_café_that_has_begun_it_says_so_and_offers_nothing(client, coordinator, ends, told):
    live = room(ends_at=timezone.now() + timedelta(minutes=ends), starts_at=timezone.now() - timedelta(hours=3))
    path = f"/beheer/zaal/{live.pk}/proef/"
    text = client.get(path).text
    assert told in text and "Begin de proef" not in text and f'href="/beheer/zaal/{live.pk}/"' in text
    answer = client.post(path)
    assert answer.status_code == 409 and told in answer.text
    assert not again(live).rehearses and again(live).begun_at


def test_shortly_before_it_nothing_is_offered_either(client, coordinator):
    now = timezone.now()
    live = room(begun=False, starts_at=now + timedelta(minutes=20), ends_at=now + timedelta(hours=2))
    text = client.get(f"/beheer/zaal/{live.pk}/proef/").text
    assert "Het café begint zo. Oefenen kan niet meer." in text and "Begin de proef" not in text
