"""Trying out the evening before leaves nothing, and ends by itself when somebody forgot it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from live.actions import counting, leading, rehearsing, saying
from live.models import HelperKey, Kind, LiveCafe
from live.reading.state import state_of
from polls.rounds.person import Person
from tests.helpers import factories
from tests.live.helpers import again, room, seat, to

pytestmark = pytest.mark.django_db


def ahead(*kinds: Kind, **fields) -> LiveCafe:
    """A room of a café tomorrow."""
    starts = timezone.now() + timedelta(days=1)
    return room(*kinds, begun=False, starts_at=starts, ends_at=starts + timedelta(hours=2), **fields)


def rows() -> dict[str, int]:
    """How many rows there are of everything, but for what the staff that was made for it logs."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {model._meta.label: model._base_manager.count() for model in models}


def test_a_whole_rehearsal_leaves_no_row_and_the_running_order_as_it_was():
    live = ahead(Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.POLL, Kind.STICKERS)
    by = factories.coordinator()
    its_round = live.scenes.get(kind=Kind.STICKERS).round
    idea = its_round.ideas.first()
    before, scenes = rows(), list(live.scenes.values())
    live = rehearsing.start(live)
    leading.begin(live, live.turn)
    live = to(live, Kind.QUESTION)
    leading.start_time(live, live.turn)
    phone = seat(live, 3)
    said = saying.say(live.scene, phone, phone.visitor, "Dit is een proef")
    saying.show(said, by, 0)
    leading.spotlight(again(live), again(live).turn, said)
    leading.clear(again(live), again(live).turn)
    leading.clear(again(live), again(live).turn, empty=False)
    live = to(live, Kind.POLL)
    choice = live.scene.poll.choices.first()
    counting.count_hands(live.scene, phone, {choice.pk: 3})
    alone = seat(live)
    counting.vote(live.scene, alone, choice.pk, None)
    leading.reveal(again(live), again(live).turn)
    live = to(live, Kind.STICKERS)
    counting.place(live.scene, alone, Person(alone.visitor_id, 1), idea.pk, 1, None, None)
    leading.reveal(again(live), again(live).turn)
    HelperKey.objects.make(live, by)
    version = again(live).version
    assert rows() != before
    assert rehearsing.wipe(again(live)) is True
    assert rows() == before
    assert list(live.scenes.values()) == scenes
    fresh = again(live)
    assert (fresh.version > version, fresh.begun_at, fresh.scene) == (True, None, None)
    assert rehearsing.wipe(fresh) is False


def test_the_printed_code_opens_nothing_of_a_rehearsal_and_its_own_opens_nothing_afterwards():
    live = rehearsing.start(ahead())
    leading.begin(live, live.turn)
    own = again(live).rehearsal_code
    assert LiveCafe.objects.of_code(live.code) is None
    assert LiveCafe.objects.of_code(own) == live
    rehearsing.wipe(live)
    assert LiveCafe.objects.of_code(own) is None
    assert LiveCafe.objects.of_code(live.code) == live
    assert b'"kind":"begin"' in state_of(again(live)).body


def test_a_key_of_before_the_rehearsal_is_for_the_evening():
    live = ahead()
    key, _ = HelperKey.objects.make(live, factories.coordinator())
    live = rehearsing.start(live)
    rehearsing.wipe(live)
    assert list(HelperKey.objects.all()) == [key]


def test_a_browser_that_was_known_before_stays():
    live = ahead()
    visitor = factories.visitor()
    live = rehearsing.start(live)
    live.seats.create(visitor=visitor, kind="alleen")
    rehearsing.wipe(live)
    visitor.refresh_from_db()


@pytest.mark.parametrize("hours, rehearsed, ends", [(1.5, 1, 0), (0.9, 1, 1), (24, 13, 1), (24, 11, 0)])
def test_a_forgotten_rehearsal_ends_by_itself(hours, rehearsed, ends):
    now = timezone.now()
    live = rehearsing.start(ahead())
    LiveCafe.objects.filter(pk=live.pk).update(rehearsing_since=now - timedelta(hours=rehearsed))
    live.cafe.starts_at, live.cafe.ends_at = now + timedelta(hours=hours), now + timedelta(hours=hours + 2)
    live.cafe.save(update_fields=["starts_at", "ends_at"])
    assert rehearsing.wipe_due(now) == ends
    assert again(live).rehearses is not bool(ends)


def test_there_is_no_rehearsal_of_what_goes_on_or_is_about_to():
    with pytest.raises(ValidationError, match="al begonnen"):
        rehearsing.start(room())
    with pytest.raises(ValidationError, match="begint zo"):
        rehearsing.start(room(begun=False))
    live = rehearsing.start(ahead())
    assert rehearsing.start(live).rehearsal_code == live.rehearsal_code


@pytest.mark.parametrize("how", ["start", "wipe"])
def test_a_screen_that_was_there_does_not_go_on_showing_what_was_before(how):
    """The version names what stands there: under an old one each process would hand out the rehearsal."""
    live = ahead(Kind.WELCOME, Kind.QUESTION)
    if how == "wipe":
        live = rehearsing.start(live)
    LiveCafe.objects.filter(pk=live.pk).update(screen_seen_at=timezone.now())
    before = again(live)
    assert before.version == live.version  # of a screen that says that it is there nothing changes
    rehearsing.start(before) if how == "start" else rehearsing.wipe(before)
    assert again(live).version > before.version and again(live).screen_seen_at is None
