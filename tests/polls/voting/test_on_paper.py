"""Hands of a café's poll on paper: counted by hand, in its result, and told apart there."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plan.models import Fragment
from polls.models import Choice, HandsOnPaper, Poll
from tests.helpers import factories
from tests.helpers.races import in_between
from tests.helpers.shown_form import shown_form
from tests.helpers.workbooks import sheets

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll() -> Poll:
    """Of a café whose room saw nothing."""
    cafe = factories.cafe(starts_at=timezone.now())
    fields = {"repeat_votes": False, "on_landing_page": False, "results_shown": "never", "closes_at": timezone.now()}
    return factories.poll(is_of_room=True, room_cafe=cafe, **fields)


@pytest.fixture
def anouk():
    return factories.user(name="Anouk")


def reveal(poll: Poll, *people: int) -> None:
    told = {str(choice.pk): count for choice, count in zip(poll.choices.all(), people, strict=True)}
    Poll.objects.filter(pk=poll.pk).update(room_result=told)


def page(client, poll: Poll) -> str:
    return " ".join(client.get(poll.get_absolute_url()).text.split())


def stands(poll: Poll) -> object:
    return Poll.objects.get(pk=poll.pk).room_result


def test_a_number_is_kept_with_who_and_when(poll, anouk):
    yes = poll.choices.first()
    came, row = HandsOnPaper.objects.put(yes.pk, 14, None, anouk)
    assert came and (row.people, row.by) == (14, anouk)
    came, row = HandsOnPaper.objects.put(yes.pk, None, 14, anouk)
    assert came and row.people is None


def test_the_second_of_two_is_told_what_the_first_counted(poll, anouk):
    joris, yes = factories.user(name="Joris"), poll.choices.first()
    HandsOnPaper.objects.put(yes.pk, 2, None, anouk)
    assert HandsOnPaper.objects.put(yes.pk, 2, None, joris)[0], "the same number is no quarrel"
    came, row = HandsOnPaper.objects.put(yes.pk, 3, None, joris)
    assert (came, row.people, row.by) == (False, 2, anouk)


def test_what_is_no_number_of_hands_and_what_is_no_choice_of_a_café(poll, anouk):
    yes = poll.choices.first()
    for wrong in (1000, -1):
        with pytest.raises(IntegrityError), transaction.atomic():
            HandsOnPaper.objects.put(yes.pk, wrong, None, anouk)
    of_the_site = factories.poll(slug="site").choices.first()
    for pk in (0, of_the_site.pk):
        with pytest.raises(Choice.DoesNotExist):
            HandsOnPaper.objects.put(pk, 1, None, anouk)


def test_of_an_evening_without_internet_they_are_the_result(client, poll, anouk):
    yes, no, _ = poll.choices.all()
    assert "De uitslag komt als de zaal hem heeft gezien." in page(client, poll)
    HandsOnPaper.objects.put(yes.pk, 0, None, anouk)
    HandsOnPaper.objects.put(no.pk, 5, None, anouk)
    assert stands(poll) == {}
    told = page(client, poll)
    assert "Dit koos de zaal." in told and "5 mensen stemden, van wie 5 op papier." in told
    assert Fragment.objects.get(poll=poll).live
    HandsOnPaper.objects.put(no.pk, None, 5, anouk)
    assert stands(poll) == {}, "that nobody said yes was counted too"
    HandsOnPaper.objects.put(yes.pk, None, 0, anouk)
    assert stands(poll) is None and not Fragment.objects.get(poll=poll).live
    assert "De uitslag komt als de zaal hem heeft gezien." in page(client, poll)


def test_they_come_beside_what_the_room_saw(client, poll, anouk):
    yes = poll.choices.first()
    reveal(poll, 4, 2, 0)
    seen = stands(poll)
    HandsOnPaper.objects.put(yes.pk, 3, None, anouk)
    found = Poll.objects.shown_to(None, poll.slug)
    assert [(option.votes, option.paper) for option in found.options] == [(7, 3), (2, 0), (0, 0)]
    assert (found.people, found.on_paper) == (9, 3)
    assert "9 mensen stemden, van wie 3 op papier." in page(client, poll)
    HandsOnPaper.objects.put(yes.pk, None, 3, anouk)
    assert stands(poll) == seen
    assert "6 mensen stemden." in page(client, poll)


def test_what_the_room_sees_afterwards_comes_beside_them(client, poll, anouk):
    HandsOnPaper.objects.put(poll.choices.first().pk, 3, None, anouk)
    reveal(poll, 4, 2, 0)
    assert "9 mensen stemden, van wie 3 op papier." in page(client, poll)


def test_an_evening_that_nobody_began_is_about_the_question_of_its_café(poll, anouk):
    before, asked = factories.question(), factories.question(slug="ander")
    Poll.objects.filter(pk=poll.pk).update(room_question=before)
    poll.room_cafe.topic = asked
    poll.room_cafe.save(update_fields=["topic"])
    HandsOnPaper.objects.put(poll.choices.first().pk, 3, None, anouk)
    assert Fragment.objects.get(poll=poll).harvest.question == asked


def test_the_files_of_coordinators_tell_them_apart(client, coordinator, poll, anouk):
    reveal(poll, 4, 2, 0)
    HandsOnPaper.objects.put(poll.choices.first().pk, 3, None, anouk)
    book = sheets(client.get(f"/beheer/polls/poll/{poll.pk}/uitslag.xlsx").content)
    heads, first, *_, together = book["Uitslag"]
    assert dict(zip(heads, first))["waarvan op papier"] == "3" and dict(zip(heads, first))["stemmen"] == "7"
    assert dict(zip(heads, together))["waarvan op papier"] == "3"
    assert ["mensen, van wie op papier", "9, van wie 3 op papier"] in book["Over deze peiling"]
    assert "9 stemmen van 9 mensen, van wie 3 op papier." in client.get(f"/beheer/polls/poll/{poll.pk}/uitslag/").text
    assert "Bekijk wat de zaal koos" in client.get("/beheer/polls/poll/").text


def test_a_choice_with_hands_on_paper_stays(client, coordinator, poll, anouk):
    yes = poll.choices.first()
    HandsOnPaper.objects.put(yes.pk, 3, None, anouk)
    address = f"/beheer/polls/poll/{poll.pk}/change/"
    answer = client.post(address, shown_form(client, address) | {"choices-0-DELETE": "on"})
    assert f"Op «{yes}» is al gestemd. Deze keuze kan niet meer weg." in answer.text


@pytest.mark.django_db(transaction=True)
def test_two_count_the_same_choice_at_once(poll, anouk):
    joris, yes, came = factories.user(name="Joris"), poll.choices.first(), []
    errors = in_between(
        lambda: came.append(HandsOnPaper.objects.put(yes.pk, 14, None, anouk)[0]),
        lambda: came.append(HandsOnPaper.objects.put(yes.pk, 13, None, joris)[0]),
    )
    assert errors == [] and came == [True, False]
    assert HandsOnPaper.objects.get().people == 14


@pytest.mark.django_db(transaction=True)
def test_two_who_count_and_take_back_at_once_leave_it_known(poll, anouk):
    yes, no, _ = poll.choices.all()
    joris, came = factories.user(name="Joris"), []
    HandsOnPaper.objects.put(yes.pk, 14, None, anouk)
    errors = in_between(
        lambda: came.append(HandsOnPaper.objects.put(yes.pk, None, 14, anouk)[0]),
        lambda: came.append(HandsOnPaper.objects.put(no.pk, 6, None, joris)[0]),
    )
    assert errors == [] and came == [True, True]
    assert stands(poll) == {}
