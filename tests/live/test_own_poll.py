"""The poll that a café asks in its room: nobody votes in it elsewhere, and its result is what the room saw."""

import pytest
from django.utils import timezone

from live.actions import counting, leading, preparing
from live.models import Kind, LiveCafe
from plan.exports import tables
from plan.models import Fragment
from plan.reading import voices
from polls.models import Ballot, HandsOnPaper, Poll
from tests.helpers import factories
from tests.live.helpers import again, seat, to

pytestmark = pytest.mark.django_db


@pytest.fixture
def live() -> LiveCafe:
    """At its poll: a table counted five hands, one person online voted."""
    factories.question()
    made = preparing.prepare(factories.cafe(starts_at=timezone.now()), factories.poll(), None)
    leading.begin(made, made.turn)
    made = to(made, Kind.POLL)
    yes, no, _ = made.scene.poll.choices.all()
    counting.count_hands(made.scene, seat(made, 4), {yes.pk: 4, no.pk: 1})
    counting.vote(made.scene, seat(made, online=True), no.pk, None)
    return made


def reveal(live: LiveCafe) -> None:
    leading.reveal(again(live), again(live).turn)


def heard(live: LiveCafe) -> Fragment | None:
    return Fragment.objects.filter(poll=live.scene.poll_id, live=True).select_related("harvest").first()


def test_the_workbench_hears_the_result_that_the_room_saw_and_nothing_before(live):
    assert heard(live) is None
    reveal(live)
    found = heard(live)
    assert found.harvest.question == live.cafe.topic or found.harvest.question == preparing.question_of(live.cafe)
    (voice,) = voices.voices([found])
    assert voice.counts == ["ja: 4 mensen", "nee: 2 mensen", "nog niet: 0 mensen"]
    assert voice.by == "uitslag van een café"
    rows = [row for row in tables.polls(found.harvest) if row[1] == "ja"]
    assert rows == [(live.scene.poll.question, "ja", 4, 4, None)]


def test_the_workbench_and_its_files_tell_hands_on_paper_apart(live):
    reveal(live)
    yes, no, _ = live.scene.poll.choices.all()
    HandsOnPaper.objects.put(yes.pk, 3, None, factories.user())
    HandsOnPaper.objects.put(no.pk, 0, None, factories.user(email="b@example.com"))
    found = heard(live)
    (voice,) = voices.voices([found])
    assert voice.counts == ["ja: 7 mensen, waarvan 3 op papier", "nee: 2 mensen", "nog niet: 0 mensen"]
    assert [row[1:] for row in tables.polls(found.harvest)] == [
        ("ja", 7, 7, 3),
        ("nee", 2, 2, 0),
        ("nog niet", 0, 0, None),
    ]


def test_hands_that_were_never_on_a_screen_are_heard_too(live):
    HandsOnPaper.objects.put(live.scene.poll.choices.first().pk, 3, None, factories.user())
    (voice,) = voices.voices([heard(live)])
    assert voice.counts == ["ja: 3 mensen, waarvan 3 op papier", "nee: 0 mensen", "nog niet: 0 mensen"]


def test_what_counts_twice_and_what_comes_after_it_changes_no_result(live):
    reveal(live)
    reveal(live)
    Ballot.objects.all().delete()
    assert sorted(Poll.objects.get(is_of_room=True).room_result.values()) == [0, 2, 4]


@pytest.mark.parametrize("htmx", [True, False])
def test_nobody_votes_in_it_on_its_page(client, live, htmx):
    poll = live.scene.poll
    address = poll.get_absolute_url()
    page = client.get(address).text
    assert "Over deze peiling stemt een café" in page and 'name="choice"' not in page and "4 stemmen" not in page
    before = Ballot.objects.count()
    headers = {"HX-Request": "true"} if htmx else {}
    answer = client.post(f"{address}stem/", {"choice": poll.choices.first().pk, "number": 1}, headers=headers)
    assert answer.status_code == 409 and "Doe mee met de code op het scherm" in answer.text
    assert Ballot.objects.count() == before


def test_its_page_tells_what_the_room_chose_once_it_was_shown(client, live):
    reveal(live)
    page = client.get(live.scene.poll.get_absolute_url()).text
    assert "Dit koos de zaal" in page and "4 stemmen" in page and "6 mensen stemden" in page
