"""What stood on the screen and went: back once somebody read it, and gone when it is elsewhere or nowhere."""

import pytest

from live.actions import leading, refusing, saying
from live.models import Kind, LiveCafe, Voice
from live.reading import phones
from live.reading.state import look_at, state_of
from posts.actions import moderating
from posts.models import Post
from tests.helpers import factories
from tests.live.helpers import again, room, shown, to

pytestmark = pytest.mark.django_db


def stands(live: LiveCafe) -> list[str]:
    return [voice.text for voice in look_at(again(live)).voices]


def where(voice: Voice) -> str:
    own = phones.own_voices(voice.seat, again(voice.live))
    return next(each.where for each in own if each.voice == voice)


def approve(voice: Voice) -> None:
    post = Post.objects.get(pk=voice.post_id)
    moderating.approve([post], factories.coordinator(email="m@example.com"), {post.pk: post.version})


def edited(live: LiveCafe, text: str, fresh: str) -> Voice:
    """What its writer changed after it came on the screen."""
    made = shown(live, text)
    made.post.edit(text=fresh)
    made.post.refresh_from_db()
    return made


def test_what_was_taken_off_the_screen_is_back_when_a_moderator_approves_it():
    live = to(room(), Kind.QUESTION)
    made = shown(live, "Te snel gedrukt")
    saying.hide(made)
    assert stands(live) == [] and where(made) == phones.AGAIN
    assert not live.voices.waiting().exists()  # who took it away is not asked at once to show it
    version = again(live).version
    approve(made)
    assert stands(live) == ["Te snel gedrukt"] and where(made) == phones.SHOWN
    assert again(live).version > version


def test_words_that_their_writer_changed_wait_in_the_room_and_come_anew():
    live = to(room(), Kind.QUESTION)
    made = edited(live, "Korte lijnne", "Korte lijnen")
    shown(live, "Intussen kwam dit", 5)
    assert stands(live) == ["Intussen kwam dit"] and list(live.voices.waiting()) == [made]
    by = factories.coordinator(email="l@example.com")
    with pytest.raises(saying.Changed):
        saying.show(made, by, made.post.version - 1)
    for version in (made.post.version, made.post.version + 1):  # a press of a page that is behind, too
        try:
            saying.show(Voice.objects.select_related("post", "live").get(pk=made.pk), by, version)
        except saying.Changed:
            assert version != made.post.version
    assert stands(live) == ["Intussen kwam dit", "Korte lijnen"] and not live.voices.waiting().exists()
    assert Post.objects.readable().filter(pk=made.post_id).exists()


def test_changed_words_are_back_too_when_the_ordinary_list_approves_them():
    live = to(room(), Kind.QUESTION)
    made = edited(live, "Korte lijnne", "Korte lijnen")
    saying.set_aside(made)
    assert not live.voices.waiting().exists()
    approve(made)
    assert stands(live) == ["Korte lijnen"] and where(made) == phones.SHOWN


def test_changed_words_can_be_refused():
    live = to(room(), Kind.QUESTION)
    made = edited(live, "Korte lijnen", "Daan van groep 6")
    refusing.refuse(made, factories.coordinator(email="l@example.com"), "een naam", made.post.version)
    made.post.refresh_from_db()
    assert made.post.removal == "moderator" and not live.voices.waiting().exists()


@pytest.mark.parametrize("why", ["reported", "child", "room"])
def test_what_was_reported_waits_for_a_moderator_alone(why):
    live = to(room(), Kind.QUESTION)
    shown(live).post.hold(why)
    assert not live.voices.waiting().exists()


def test_words_that_were_moved_to_another_question_leave_this_one():
    live = to(room(), Kind.QUESTION)
    made = shown(live, "Hoort bij iets anders")
    leading.spotlight(again(live), again(live).turn, made)
    version = again(live).version
    made.post.move_to(factories.question())
    assert again(live).version > version
    assert "Hoort bij" not in state_of(again(live)).body.decode() and where(made) == phones.ON_SITE


@pytest.mark.django_db(transaction=True)
def test_a_post_that_is_deleted_leaves_the_screen_with_a_new_version():
    live = to(room(), Kind.QUESTION)
    made = shown(live, "Weg ermee")
    version = again(live).version
    Post.objects.filter(pk=made.post_id).delete()
    assert again(live).version > version and stands(live) == []


# One that is large


def test_nothing_is_large_while_nobody_reads_along():
    live = to(room(), Kind.QUESTION)
    made = shown(live)
    leading.go_alone(again(live), again(live).turn, alone=True)
    leading.spotlight(again(live), again(live).turn, made)
    assert again(live).spotlight is None
    LiveCafe.objects.filter(pk=live.pk).update(spotlight=made)
    assert look_at(again(live)).stands == Kind.QUESTION


def test_nothing_is_large_in_another_scene_on_screen_nor_phones():
    live = to(room(Kind.QUESTION, Kind.POLL), Kind.QUESTION)
    made = shown(live)
    live = to(live, Kind.POLL)
    leading.spotlight(live, live.turn, made)
    assert again(live).spotlight is None
    LiveCafe.objects.filter(pk=live.pk).update(spotlight=made)
    live = again(live)
    phone = phones.phone_of(live, made.seat, phones.Person(made.seat.visitor_id, 1))
    assert (look_at(live).stands, phone.task) == (Kind.POLL, "count")
