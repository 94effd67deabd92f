"""The page of who leads: each command plain, with htmx, twice, and from a page that is behind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from live.actions import counting, leading, rehearsing
from live.models import Kind, LiveCafe, Scene
from polls.rounds.person import Person
from posts.models import Post, Thumb
from tests.events.cafe_form import change
from tests.helpers import factories
from tests.live.helpers import again, room, seat, shown, to, voice

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
PAGE = 12  # queries
EVENING = (Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.POLL, Kind.THANKS)


@pytest.fixture(autouse=True)
def second_factor(settings):
    settings.DEMO = True


@pytest.fixture
def boss():
    return factories.coordinator()


@pytest.fixture
def client(boss):
    browser = Client()
    browser.force_login(boss)
    return browser


def address(name: str, live: LiveCafe, *args) -> str:
    return reverse(f"live:{name}", args=[live.pk, *args])


def page(client, live: LiveCafe, deel: str = "nu"):
    return client.get(address("lead", live), {"deel": deel})


def send(client, name: str, live: LiveCafe, *args, turn: int | None = None, htmx: bool = False, **fields):
    fields = {"beurt": again(live).turn if turn is None else turn, **fields}
    return client.post(address(name, live, *args), fields, headers=HTMX if htmx else {})


def to_what(live: LiveCafe, name: str):
    """The room in which a command does something, and what it sends besides."""
    kind = {"reveal": Kind.POLL, "start_time": Kind.TALK, "add_minute": Kind.TALK}.get(name, Kind.QUESTION)
    return to(live, kind)


COMMANDS = {
    "go_to": lambda live: live.scene.kind == Kind.THANKS,
    "reveal": lambda live: live.scene.is_revealed,
    "clear": lambda live: live.cleared_at is not None,
    "start_time": lambda live: live.scene.ends_at is not None,
    "add_minute": lambda live: live.scene.ends_at is not None,
    "spotlight": lambda live: live.spotlight is not None,
    "go_alone": lambda live: live.is_alone,
    "darken": lambda live: live.is_dark,
}


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_works_once_and_from_an_old_page_not_at_all(client, name, htmx):
    live = to_what(room(*EVENING), name)
    made = shown(live)
    args = [live.scenes.get(kind=Kind.THANKS).pk] if name == "go_to" else []
    fields = {"stem": made.pk, "alleen": "ja", "donker": "ja", "leeg": "ja"}
    turn = again(live).turn
    done = send(client, name, live, *args, turn=turn, htmx=htmx, **fields)
    assert done.status_code == (200 if htmx else 302)
    assert COMMANDS[name](again(live)) and again(live).turn == turn + 1
    then = again(live)
    send(client, name, live, *args, turn=turn, htmx=htmx, **fields)  # twice is once
    assert again(live).version == then.version
    assert again(live).scene.ends_at == then.scene.ends_at
    leading.darken(again(live), turn + 1, dark=True)
    then = again(live)
    late = send(client, name, live, *args, turn=turn, htmx=htmx, **fields)
    assert late.status_code == 409 and "Er is nu niets veranderd" in late.text
    assert again(live).version == then.version
    assert f'name="beurt" value="{then.turn}"' in late.text  # the page as it is now
    assert ("<html" in late.text) is not htmx


def test_it_begins_and_goes_on_with_one_button_as_the_keys_of_the_screen_press_it(client):
    live = room(*EVENING, begun=False)
    assert "Begin het café" in page(client, live).text
    kinds = []
    for _ in range(6):
        assert send(client, "go", live).status_code == 302
        kinds.append((again(live).scene.kind, bool(again(live).scene.ends_at), again(live).scene.is_revealed))
    assert kinds == [
        (Kind.WELCOME, False, False),
        (Kind.TALK, True, False),
        (Kind.QUESTION, False, False),
        (Kind.POLL, False, False),
        (Kind.POLL, False, True),
        (Kind.THANKS, False, False),
    ]
    assert send(client, "go", live).status_code == 409  # there is nothing behind it
    assert send(client, "back", live).status_code == 302
    assert again(live).scene.kind == Kind.POLL
    assert send(client, "back", live, turn=again(live).turn - 1).status_code == 409
    assert again(live).scene.kind == Kind.POLL


@pytest.mark.parametrize("name", ["begin", "go"])
@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_days_before_nobody_begins_it_by_a_press(client, name, htmx):
    starts = timezone.now() + timedelta(days=5)
    live = room(*EVENING, begun=False, starts_at=starts, ends_at=starts + timedelta(hours=2))
    answer = send(client, name, live, htmx=htmx)
    assert answer.status_code == 409 and "Beginnen kan op de dag zelf" in answer.text
    assert again(live).begun_at is None
    rehearsing.start(again(live))
    assert send(client, name, live, htmx=htmx).status_code in (200, 302) and again(live).begun_at


def test_the_keys_empty_the_screen_and_show_it_again(client):
    live = room()
    send(client, "clear", live)
    assert again(live).cleared_at
    send(client, "go", live)
    assert not again(live).cleared_at


def test_opening_the_address_of_a_command_leads_to_the_page(client):
    live = room()
    assert client.get(address("reveal", live)).url == address("lead", live)


@pytest.mark.parametrize("scene", ["999999", "of another"])
def test_a_scene_of_another_café_or_one_that_is_gone_is_none_of_this(client, scene):
    live, other = room(), room()
    pk = int(scene) if scene.isdigit() else other.scenes.first().pk
    was = again(live).turn
    for name in ("go_to", "move"):
        answer = send(client, name, live, pk, doe="omhoog", plaats="1")
        assert answer.status_code == 409 and "Er is intussen iets anders gekozen" in answer.text
    assert again(live).turn == was


def test_what_is_to_be_said_follows_what_is_on(client):
    live = room(*EVENING, begun=False)
    said = lambda: page(client, live).context["desk"].sentence
    assert said().startswith("We beginnen zo")
    leading.begin(live, live.turn)
    assert said().startswith("Fijn dat jullie er zijn")
    talk = live.scenes.get(kind=Kind.TALK)
    leading.go_to(again(live), again(live).turn, talk, with_time=True)
    assert said() == "Ik zeg het als de tijd om is."
    Scene.objects.filter(pk=talk.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    assert said().startswith("De tijd is om")
    live = to(live, Kind.QUESTION)
    Scene.objects.filter(pk=live.scene.pk).update(says="Zeg maar.")
    assert said() == "Zeg maar."
    leading.spotlight(again(live), again(live).turn, shown(live))
    assert said().startswith("Wie herkent dit?")
    leading.clear(again(live), again(live).turn)
    assert said() == "We gaan zo verder."


def test_the_lights_tell_whether_the_screen_is_there(client):
    live = room()
    assert "geen scherm" in page(client, live).text
    for seconds, there in ((0, True), (26, False)):
        LiveCafe.objects.filter(pk=live.pk).update(screen_seen_at=timezone.now() - timedelta(seconds=seconds))
        assert ("geen scherm" not in page(client, live).text) is there


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_what_waits_is_shown_in_its_order_once(client, boss, htmx):
    live = to(room(), Kind.QUESTION)
    first, second = voice(live, "Eerst", 1), voice(live, "Dan", 2)
    text = page(client, live, "wacht").text
    assert text.index(">Eerst<") < text.index(">Dan<")
    for _ in range(2):
        answer = send(client, "decide", live, htmx=htmx, gezien=second.seen, doe="goed", deel="wacht")
        assert answer.status_code == (200 if htmx else 302)
    assert [each.pk for each in live.voices.shown()] == [second.pk]
    assert live.voices.waiting().get() == first
    approved = Post.objects.get(pk=second.post_id)
    assert approved.published_at and approved.published_by == boss


def test_words_that_changed_since_they_were_read_are_not_shown(client):
    live = to(room(), Kind.QUESTION)
    made = voice(live, "Eerst")
    Post.objects.filter(pk=made.post_id).update(text="Iets heel anders")
    answer = send(client, "decide", live, gezien=made.seen, doe="goed")
    assert answer.status_code == 409 and "Iets heel anders" in answer.text
    assert not live.voices.shown().exists()


def test_not_now_goes_to_the_ordinary_list(client):
    live = to(room(), Kind.QUESTION)
    made = voice(live)
    send(client, "decide", live, gezien=made.seen, doe="nu-niet")
    assert not live.voices.waiting().exists()
    assert Post.objects.for_moderator().filter(pk=made.post_id).exists()


@pytest.mark.parametrize("pressed", ["kind", "Er staat een naam of iets persoonlijks in."])
def test_about_one_child_or_with_a_name_it_comes_nowhere(client, boss, pressed):
    live = to(room(), Kind.QUESTION)
    made = voice(live, "Daan van groep 6")
    for _ in range(2):
        assert send(client, "decide", live, gezien=made.seen, doe=pressed).status_code == 302
    post = Post.objects.get(pk=made.post_id)
    assert post.removed_at and post.removed_by == boss
    assert post.is_about_child is (pressed == "kind")
    assert post.removal_reason == ("" if pressed == "kind" else pressed)
    assert not live.voices.waiting().exists() and not live.voices.shown().exists()
    assert send(client, "decide", live, gezien=made.seen, doe="goed").status_code == 409


def test_what_is_taken_away_leaves_the_screen_and_a_second_press_takes_no_other(client):
    live = to(room(), Kind.QUESTION)
    first, last = shown(live, "Eerst"), shown(live, "Dan")
    for _ in range(2):
        send(client, "hide", live, gezien=last.seen)
    assert live.voices.shown().get() == first
    assert Post.objects.get(pk=last.post_id).is_held


def test_words_of_another_café_are_none_of_this(client):
    live, other = to(room(), Kind.QUESTION), to(room(), Kind.QUESTION)
    made = voice(other)
    for name in ("decide", "hide"):
        assert send(client, name, live, gezien=made.seen, doe="goed").status_code == 404
        assert send(client, name, live, gezien="x", doe="goed").status_code == 404
    assert send(client, "spotlight", live, stem=shown(other, "Hier").pk).status_code == 404
    assert other.voices.waiting().get() == made


def test_words_of_a_rehearsal_are_no_contribution(client):
    live = to(room(), Kind.QUESTION)
    LiveCafe.objects.filter(pk=live.pk).update(rehearsing_since=timezone.now(), rehearsal_code="ZZZZ")
    live = again(live)
    good, bad = voice(live, "Proef een", 1), voice(live, "Proef twee", 2)
    send(client, "decide", live, gezien=good.seen, doe="goed")
    send(client, "decide", live, gezien=bad.seen, doe="kind")
    assert live.voices.shown().get() == good and not live.voices.waiting().exists()
    send(client, "spotlight", live, stem=good.pk)
    assert "Proef een" in page(client, live).text
    send(client, "hide", live, gezien=good.seen)
    assert not live.voices.shown().exists() and not Post.objects.exists()


def test_alone_no_word_is_on_the_page_and_the_tables_are_counted(client):
    live = to(room(), Kind.QUESTION)
    leading.go_alone(live, live.turn, alone=True)
    for table in (1, 1, 2):
        voice(live, f"Geheim van tafel {table}", table)
    voice(live, "Geheim van thuis", None)
    for deel in ("nu", "wacht", "draaiboek"):
        text = page(client, live, deel).text
        assert "Geheim" not in text
        assert "2 tafels schreven, en 1 ander" in text


def test_a_page_costs_the_same_with_one_voice_and_with_many(client, django_assert_num_queries):
    live = to(room(), Kind.QUESTION)
    seat(live, 1)
    shown(live), voice(live)
    page(client, live)
    with django_assert_num_queries(PAGE):
        page(client, live)
    for number in range(3):
        shown(live, f"s{number}"), voice(live, f"w{number}")
    with django_assert_num_queries(PAGE):
        page(client, live)


def test_a_break_says_until_when(client):
    live = room(Kind.QUESTION, Kind.BREAK, Kind.THANKS)
    live = to(live, Kind.BREAK)
    until = live.scene.ends_at
    assert until - timezone.now() > timedelta(minutes=7)
    to(to(live, Kind.QUESTION), Kind.BREAK)
    assert again(live).scene.ends_at == until  # who looks back for a moment lengthens nothing
    assert "+ 1 minuut" in page(client, live).text


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_of_a_room_that_is_closed_nothing_is_led_any_more(client, htmx):
    live = room(*EVENING)
    voice(live, "Nog te lezen")
    LiveCafe.objects.filter(pk=live.pk).update(closed_at=timezone.now())
    said = page(client, live).text
    assert "Dit café is voorbij" in said and "1 bijdrage wacht" in said and "Zeg dit" not in said
    answer = send(client, "go", live, htmx=htmx)
    assert answer.status_code == (200 if htmx else 410)
    assert answer.headers.get("HX-Redirect", "") == (address("lead", live) if htmx else "")
    assert client.get(reverse("live:rehearse", args=[live.pk])).text.count("Begin de proef") == 0


def test_who_leads_reads_how_many_thumbs_the_large_voice_has_and_how_many_stuck(client):
    live = to(room(Kind.QUESTION, Kind.STICKERS), Kind.QUESTION)
    large = shown(live, "Korte lijnen")
    leading.spotlight(again(live), again(live).turn, large)
    Thumb.objects.create(post=large.post, visitor=factories.visitor(), value=1)
    assert "1 duimpje omhoog" in page(client, live).text
    leading.spotlight(again(live), again(live).turn, None)
    live = to(live, Kind.STICKERS)
    idea = live.scene.round.ideas.first()
    stuck = seat(live, online=True)
    counting.place(live.scene, stuck, Person(stuck.visitor_id, 1), idea.pk, 1, None, None)
    assert "1 mens plakte al. De uitslag is nog verborgen." in page(client, live).text


@pytest.mark.parametrize("act", ["spotlight", "hide"])
def test_a_voice_that_is_gone_by_now_is_neither_made_large_nor_an_error(client, act):
    live = to(room(*EVENING), Kind.QUESTION)
    made = shown(live)
    gone = {"stem": made.pk, "gezien": made.seen}
    made.delete()
    answer = send(client, act, live, **gone)
    assert answer.status_code == (409 if act == "spotlight" else 302) and again(live).spotlight is None


def test_a_café_that_is_over_is_not_begun_any_more(client):
    now = timezone.now()
    live = room(*EVENING, begun=False, starts_at=now - timedelta(hours=5), ends_at=now - timedelta(hours=3))
    answer = send(client, "begin", live)
    assert answer.status_code == 409 and "Het café is al voorbij." in answer.text and again(live).begun_at is None


@pytest.mark.parametrize("sits", [True, False], ids=["people are there", "nobody came yet"])
def test_a_café_that_is_on_stays_on_its_day(client, sits):
    live = to(room(*EVENING), Kind.QUESTION)
    if sits:
        seat(live, 4)
    day = f"{timezone.localtime(live.cafe.starts_at + timedelta(days=30)):%Y-%m-%d}"
    answer = change(client, live.cafe, starts_at_0=day, ends_at_0=day)
    assert ("Dit café is nu bezig, met mensen in de zaal" in answer) is sits
    assert bool(again(live).begun_at) is sits
