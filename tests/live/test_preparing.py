"""The running order is made from the agenda of a café, and asks what the café asks."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from live.actions import counting, leading, preparing
from live.models import Kind, Leader, LiveCafe, Scene
from live.reading import results
from live.today import today
from polls.models import Poll, StickerRound
from posts.models import Question
from tests.helpers import factories
from tests.live.helpers import again, room, seat, to

pytestmark = pytest.mark.django_db
AGENDA = """\
19.00 uur: inloop met koffie en thee
19.30 uur: welkom, en waarom we dit samen doen
19.45 uur: verhalen aan tafel, in de zaal en online
20.30 uur: pauze
20.45 uur: een peiling
21.00 uur: plakken met stickers
21.20 uur: dank je wel
21.30 uur: einde"""


@pytest.fixture(autouse=True)
def second_factor(settings):
    settings.DEMO = True


def kinds(live: LiveCafe) -> list[str]:
    return [scene.kind for scene in live.scenes.order_by("position")]


def test_the_lines_of_an_agenda_become_scenes_with_their_time():
    lines = preparing.read_agenda(AGENDA)
    assert [line.kind for line in lines] == [
        Kind.WELCOME,
        Kind.TALK,
        Kind.QUESTION,
        Kind.BREAK,
        Kind.POLL,
        Kind.STICKERS,
        Kind.THANKS,
    ]
    assert lines[0][1:] == (time(19, 0), 30)
    assert lines[1][1:] == (time(19, 45), Kind.TALK.minutes)
    assert lines[3][1:] == (time(20, 30), 15)


@pytest.mark.parametrize("agenda", ["", "We praten met elkaar.\nNeem iets mee.", "25.00 uur: welkom", "19.99: pauze"])
def test_an_agenda_without_times_tells_nothing(agenda):
    assert preparing.read_agenda(agenda) == []


def test_without_an_agenda_the_usual_evening_with_what_was_chosen():
    question, cafe = factories.question(), factories.cafe()
    live = preparing.prepare(cafe, None, None)
    assert kinds(live) == [Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.BREAK, Kind.THANKS]
    assert {scene.question for scene in live.scenes.filter(question__isnull=False)} == {question}
    assert preparing.prepare(cafe, factories.poll(), None) == live and len(kinds(live)) == 5  # twice is once


def test_a_poll_and_a_round_that_the_agenda_does_not_name_come_before_the_thanks():
    factories.question()
    cafe = factories.cafe(agenda="19.30 uur Welkom\n19.40 uur aan tafel\n21.00 uur Dank je wel")
    live = preparing.prepare(cafe, factories.poll(), factories.sticker_round())
    assert kinds(live) == [Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.POLL, Kind.STICKERS, Kind.THANKS]


def test_without_a_question_there_is_nothing_to_write_to():
    assert kinds(preparing.prepare(factories.cafe(), None, None)) == [Kind.WELCOME, Kind.BREAK, Kind.THANKS]


def test_a_poll_of_the_site_is_asked_as_the_cafés_own_copy():
    poll, cafe = factories.poll(), factories.cafe()
    factories.vote(poll, factories.visitor(), poll.choices.first())
    copied = preparing.own_copy(poll, cafe)
    assert copied.slug == f"wensbeeld-cafe-{timezone.localtime(cafe.starts_at):%Y-%m-%d}"
    assert (copied.results_shown, copied.repeat_votes, copied.on_landing_page) == ("never", False, False)
    assert copied.is_closed and not copied.ballots.exists()
    said = ("text", "answer", "asks_wensbeeld", "position")
    texts = [list(each.choices.values_list(*said)) for each in (poll, copied)]
    assert texts[0] == texts[1] and ("ja", True) in copied.choices.values_list("text", "asks_wensbeeld")
    Scene.objects.create(live=LiveCafe.objects.of_cafe(cafe), position=1, kind=Kind.POLL, poll=copied)
    assert preparing.own_copy(copied, cafe) == copied
    other = preparing.own_copy(poll, factories.cafe(starts_at=cafe.starts_at))
    assert other.slug == f"{copied.slug}-2"


def test_the_copy_opens_when_its_scene_is_on():
    factories.question()
    now = timezone.now()
    live = preparing.prepare(factories.cafe(starts_at=now, ends_at=now + timedelta(hours=2)), factories.poll(), None)
    scene = live.scenes.get(kind=Kind.POLL)
    assert not Poll.objects.get(pk=scene.poll_id).is_open
    leading.begin(live, live.turn)
    leading.go_to(again(live), again(live).turn, scene)
    assert Poll.objects.get(pk=scene.poll_id).is_open
    leading.reveal(again(live), again(live).turn)
    assert Poll.objects.get(pk=scene.poll_id).is_closed


def test_nobody_votes_in_it_outside_its_scene_and_its_page_names_no_day(client):
    factories.question()
    now = timezone.now()
    cafe = factories.cafe(starts_at=now, ends_at=now + timedelta(hours=2))
    live = preparing.prepare(cafe, factories.poll(), None)
    scene, other = live.scenes.get(kind=Kind.POLL), live.scenes.get(kind=Kind.BREAK)

    def is_open() -> bool:
        return Poll.objects.get(pk=scene.poll_id).is_open

    assert "2999" not in client.get(scene.poll.get_absolute_url()).text
    leading.begin(live, live.turn)
    assert not is_open()
    for _ in range(2):  # back, it goes on
        leading.go_to(again(live), again(live).turn, scene)
        assert is_open()
        assert Poll.objects.get(pk=scene.poll_id).closes_at == cafe.ends_at + timedelta(hours=1)
        leading.go_to(again(live), again(live).turn, other)
        assert not is_open()
    leading.go_to(again(live), again(live).turn, scene)
    leading.reveal(again(live), again(live).turn)
    leading.go_to(again(live), again(live).turn, other)
    leading.go_to(again(live), again(live).turn, scene)
    assert not is_open()


def test_who_votes_again_in_the_room_changes_their_vote_also_where_a_coordinator_let_votes_repeat():
    factories.question()
    live = preparing.prepare(factories.cafe(starts_at=timezone.now()), factories.poll(), None)
    scene = live.scenes.get(kind=Kind.POLL)
    Poll.objects.filter(pk=scene.poll_id).update(repeat_votes=True)
    leading.begin(live, live.turn)
    live = to(live, Kind.POLL)
    one, yes, no = seat(live), *scene.poll.choices.order_by("pk")[:2]
    counting.vote(live.scene, one, yes.pk, None)
    counting.vote(live.scene, one, no.pk, None)
    assert list(scene.poll.ballots.values_list("choice", "number")) == [(no.pk, 1)]


def test_a_round_of_the_site_is_stuck_at_itself_and_its_result_closes_it():
    its_round = factories.sticker_round(groups=2, ideas=2)
    gone, first, *_ = its_round.ideas.order_by("pk")
    factories.sticker(first, 1)
    live = preparing.prepare(factories.cafe(), None, its_round)
    scene = live.scenes.get(kind=Kind.STICKERS)
    assert scene.round == its_round and StickerRound.objects.count() == 1
    gone.hide(factories.coordinator(), "dubbel")
    result = results.sticker_result(scene)
    assert gone.text not in [idea.text for idea in result.ideas] and result.people == 1
    live = to(room_of(live), Kind.STICKERS)
    leading.reveal(live, live.turn)
    its_round.refresh_from_db()
    assert its_round.stage == "result"


def room_of(live: LiveCafe) -> LiveCafe:
    leading.begin(live, live.turn)
    return again(live)


def test_when_it_begins_it_asks_what_its_café_asks_then_and_keeps_to_that():
    factories.question()
    live = preparing.prepare(factories.cafe(), None, None)
    later = factories.question()  # became current on the site
    leading.begin(live, live.turn)
    assert set(live.scenes.filter(question__isnull=False).values_list("question", flat=True)) == {later.pk}
    factories.question()
    live.cafe.refresh_from_db()
    assert live.cafe.topic == later


def test_the_question_that_a_coordinator_gave_the_café_goes_first_and_different_ones_stay():
    own, other = factories.question(current=False, opened_at=timezone.now()), factories.question()
    live = preparing.prepare(factories.cafe(topic=own), None, None)
    assert set(live.scenes.filter(question__isnull=False).values_list("question", flat=True)) == {own.pk}
    live.scenes.filter(kind=Kind.TALK).update(question=other)
    leading.begin(live, live.turn)
    asked = dict(live.scenes.filter(question__isnull=False).values_list("kind", "question"))
    assert asked == {Kind.TALK: other.pk, Kind.QUESTION: own.pk}


def test_a_rehearsal_fixes_nothing():
    factories.question()
    live = preparing.prepare(factories.cafe(), None, None)
    LiveCafe.objects.filter(pk=live.pk).update(rehearsing_since=timezone.now(), rehearsal_code="ZZZZ")
    live = again(live)
    leading.begin(live, live.turn)
    live.cafe.refresh_from_db()
    assert live.cafe.topic is None


def test_up_and_down_from_where_the_page_showed_it():
    live = room(begun=False)
    talk = live.scenes.get(kind=Kind.TALK)
    assert preparing.move(talk, 2, by=-1)
    assert kinds(live)[:2] == [Kind.TALK, Kind.WELCOME]
    assert not preparing.move(talk, 2, by=-1)  # twice is once
    assert not preparing.move(live.scenes.get(kind=Kind.TALK), 1, by=-1)  # it is the first
    assert kinds(live)[:2] == [Kind.TALK, Kind.WELCOME]


def test_the_page_makes_it_once_and_looking_makes_nothing(client):
    factories.question()
    cafe, poll, boss = factories.cafe(), factories.poll(), factories.coordinator()
    url = reverse("live:prepare", args=[cafe.pk])
    client.force_login(boss)
    assert "Wat maakt ons Passend Onderwijs" in client.get(url).text
    assert not LiveCafe.objects.exists()
    refused = client.post(url, {"poll": "77777"})
    assert refused.status_code == 422 and not LiveCafe.objects.exists()
    made = client.post(url, {"poll": poll.pk})
    live = LiveCafe.objects.get()
    assert made.url == reverse("live:lead", args=[live.pk]) == client.get(url).url
    assert live.scenes.get(kind=Kind.POLL).poll.slug.startswith("wensbeeld-cafe-")
    client.post(url, {"poll": poll.pk})
    assert LiveCafe.objects.count() == 1 and live.scenes.filter(kind=Kind.POLL).count() == 1


def test_only_who_may_change_cafés_makes_one(client):
    cafe = factories.cafe()
    client.force_login(factories.user(is_staff=True))
    assert client.post(reverse("live:prepare", args=[cafe.pk])).status_code == 403
    assert not LiveCafe.objects.exists()


def test_vandaag_leads_there_on_the_day_before_and_the_day_itself(rf, django_assert_num_queries):
    now = timezone.now()
    soon = factories.cafe(starts_at=now + timedelta(minutes=1), ends_at=now + timedelta(hours=1))
    factories.cafe(starts_at=now + timedelta(days=3))
    request = rf.get("/")
    request.user = factories.coordinator()
    with django_assert_num_queries(1):
        (block,) = today(request)
    assert [each["url"] for each in block["items"]] == [reverse("live:prepare", args=[soon.pk])]
    live = preparing.prepare(soon, None, None)
    assert today(request)[0]["url"] == reverse("live:lead", args=[live.pk])
    request.user = factories.user(is_staff=True)
    assert today(request) == []
    Leader.objects.create(live=live, user=request.user)
    assert today(request)[0]["url"] == reverse("live:lead", args=[live.pk])


def test_vandaag_and_the_café_lead_there_as_long_as_the_evening_runs_late(rf, client, django_assert_num_queries):
    now = timezone.now()
    live = room(Kind.QUESTION, Kind.THANKS, starts_at=now - timedelta(hours=2), ends_at=now - timedelta(minutes=1))
    room(begun=False, starts_at=now - timedelta(hours=2), ends_at=now - timedelta(minutes=1))
    boss = factories.coordinator()
    request = rf.get("/")
    request.user = boss
    client.force_login(boss)
    url, in_admin = reverse("live:lead", args=[live.pk]), f"/beheer/events/cafe/{live.cafe_id}/change/"
    with django_assert_num_queries(1):
        (block,) = today(request)
    assert [each["url"] for each in block["items"]] == [url]
    assert "Leid dit café" in client.get(in_admin).text
    to(live, Kind.THANKS)
    assert today(request) == [] and "Leid dit café" not in client.get(in_admin).text


def test_the_back_office_adds_changes_and_takes_away(client):
    asked, poll, boss = factories.question(), factories.poll(), factories.coordinator()
    live = preparing.prepare(factories.cafe(), None, None)
    client.force_login(boss)
    url = reverse("admin:live_livecafe_change", args=[live.pk])
    form = client.get(url).context_data["inline_admin_formsets"]
    sent = {"tables": 12, "initial-tables": 10, "_save": "1"}
    for formset in form:
        sent |= {
            f"{formset.formset.prefix}-{name}": value for name, value in formset.formset.management_form.initial.items()
        }
        for each in formset.formset.forms:
            for name in each.fields:
                value = each[name].value()
                sent |= {f"{each.prefix}-{name}": "" if value is None else value}
                sent |= {f"initial-{each.prefix}-{name}": "" if value is None else value}
    sent |= {"scenes-1-says": "Praat maar.", "scenes-3-DELETE": "on"}
    sent |= {"scenes-5-kind": Kind.POLL, "scenes-5-poll": poll.pk, "scenes-5-minutes": 5}
    sent |= {"leaders-0-user": boss.pk}
    answer = client.post(url, sent)
    assert answer.status_code == 302, [each.formset.errors for each in answer.context_data["inline_admin_formsets"]]
    live = again(live)
    assert live.tables == 12 and live.leaders.get().user == boss
    assert kinds(live) == [Kind.WELCOME, Kind.TALK, Kind.QUESTION, Kind.THANKS, Kind.POLL]
    assert live.scenes.get(kind=Kind.TALK).sentence == "Praat maar."
    added = live.scenes.get(kind=Kind.POLL)
    assert added.poll != poll and added.poll.question == poll.question and added.poll.room_cafe == live.cafe
    preparing.let_go(live.cafe)
    assert Poll.objects.get(room_cafe=live.cafe) == added.poll
    added.delete()
    preparing.let_go(live.cafe)
    assert not Poll.objects.filter(room_cafe=live.cafe).exists()
    assert Question.objects.get() == asked
