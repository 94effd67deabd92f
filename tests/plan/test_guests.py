"""Who came to a café: who of them is told, once, and what their letter says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Cafe, Registration
from plan.actions import informing
from plan.models import Choice, Note, Told
from plan.reading import guests, receivers
from tests.helpers import factories
from tests.plan import helpers, telling
from tests.plan.telling import finish, lay, lay_another, person, publish, publish_and_tell, voice_of
from werkplaats.mutes.models import Kind, Mute

pytestmark = pytest.mark.django_db
NOT = {"choice": Choice.NOT, "words": "het mag niet", "decided_by": "het bestuur"}


def line_at(desk, cafe, on=None) -> None:
    key = helpers.uuid.uuid4()
    notes = helpers.noting.open_cafe(cafe.pk, desk.anouk)
    helpers.noting.write(notes.pk, [helpers.noting.Line(key, "Minder papier.")], desk.anouk)
    lay(desk, Note.objects.get(key=key).fragment, on=on)


@pytest.fixture
def desk(desk):
    """A café about the question with one line, and a guest; all of it lies on one stack."""
    desk.cafe = cafe_about(desk, "In Laren")
    desk.guest = factories.registration(desk.cafe, email="gast@example.org")
    line_at(desk, desk.cafe)
    lay(desk, *desk.voices)
    finish(desk.lines, desk.anouk)
    return desk


def cafe_about(desk, title: str) -> Cafe:
    return factories.cafe(topic=desk.question, title=title, starts_at=timezone.now() + timedelta(days=1))


def invited() -> list[tuple[int, str]]:
    rows = Told.objects.filter(registration__isnull=False).order_by("pk")
    return list(rows.values_list("publication__number", "registration__email"))


def correct(desk, **more):
    finish(desk.lines, desk.anouk, heard="Korter gezegd.", **more)
    return publish_and_tell(desk, changed="De zin is korter.")


def test_a_writer_who_was_told_gets_no_letter_as_a_guest_afterwards(desk):
    fatima = person("fatima@example.org")
    lay(desk, voice_of(fatima, desk.question), on=desk.wait)
    finish(desk.wait, desk.anouk, heard="Niemand wacht.")
    factories.registration(desk.cafe, email=fatima.email)
    publish_and_tell(desk)
    correct(desk)
    assert invited() == [(1, "gast@example.org")]
    assert receivers.counts(desk.harvest)[:2] == (0, 0)


def test_who_was_at_two_cafes_about_one_question_gets_one_letter_about_both(desk):
    second = cafe_about(desk, "In Hilversum")
    factories.registration(second, email="gast@example.org")
    line_at(desk, second)
    publish_and_tell(desk)
    letter = guests.letter_of(Told.objects.get(registration__isnull=False))
    assert letter.cafes == "In Laren en In Hilversum"
    correct(desk)
    assert invited() == [(1, "gast@example.org")]


def test_asked_of_several_it_says_what_is_told_of_each(desk):
    """Of many publications in one query, and of one when it is told: these must agree."""

    def both(publication) -> tuple[set[int], bool]:
        return guests.still_to_tell([publication.pk]), bool(guests.of_publication(publication))

    first = publish(desk)
    assert both(first) == ({desk.harvest.pk}, True)
    informing.tell(first.pk)
    assert both(first) == (set(), False)
    fatima = person("fatima@example.org")
    lay(desk, voice_of(fatima, desk.question), on=desk.wait)
    finish(desk.wait, desk.anouk, heard="Niemand wacht.")
    publish_and_tell(desk, changed="Er kwam iets bij.")
    factories.registration(desk.cafe, email=fatima.email)  # of lines that she was told of as a writer
    lay_another(desk)
    second = publish(desk, changed="Niets voor gasten.")
    assert both(second) == (set(), False)
    later = cafe_about(desk, "In Hilversum")
    factories.registration(later, email=fatima.email)
    line_at(desk, later)
    third = publish(desk, changed="Nog een café.")
    assert both(third) == ({desk.harvest.pk}, True)
    Mute.objects.create(user=fatima, kind=Kind.TOLD)
    assert both(third) == (set(), False)


def test_lines_of_a_later_cafe_are_news(desk):
    publish_and_tell(desk)
    second = cafe_about(desk, "In Hilversum")
    factories.registration(second, email="gast@example.org")
    line_at(desk, second)
    assert receivers.counts(desk.harvest).mails == 1
    publish_and_tell(desk, changed="Een café erbij.")
    assert invited() == [(1, "gast@example.org"), (2, "gast@example.org")]
    assert guests.letter_of(Told.objects.latest("pk")).cafes == "In Hilversum"


def test_where_it_was_noted_who_came_nobody_else_is_told(desk):
    factories.registration(desk.cafe, email="niet@example.org")
    Registration.objects.filter(pk=desk.guest.pk).update(came_at=timezone.now())
    publish_and_tell(desk)
    assert invited() == [(1, "gast@example.org")]
    letter = guests.letter_of(Told.objects.get(registration__isnull=False))
    assert (letter.came, letter.had_seat) == ("In Laren", "")


def test_where_it_was_not_noted_the_letter_does_not_say_who_was_there(desk):
    publish_and_tell(desk)
    letter = guests.letter_of(Told.objects.get(registration__isnull=False))
    assert (letter.came, letter.had_seat) == ("", "In Laren")


def test_nobody_was_at_a_cafe_that_was_called_off(desk):
    Cafe.objects.filter(pk=desk.cafe.pk).update(called_off_at=timezone.now())
    publish_and_tell(desk)
    assert invited() == []


def test_a_letter_that_waited_says_how_it_is_now(desk):
    publish_and_tell(desk)
    finish(desk.lines, desk.anouk, heard="Toch niet.", **NOT, decided_on=timezone.localdate())
    publish(desk, changed="Toch niet.")
    letter = guests.letter_of(Told.objects.get(registration__isnull=False))
    assert [(each.heard, each.choice) for each in letter.heard] == [("Toch niet.", Choice.NOT)]


def test_a_line_with_an_answer_of_its_own_is_not_told_as_its_stack(desk):
    card = helpers.card(Note.objects.get().fragment, desk.lines)
    helpers.laying.decide(desk.harvest.pk, card.pk, card.version, desk.anouk, **NOT, decided_on=timezone.localdate())
    assert receivers.counts(desk.harvest).mails == 0
    publish_and_tell(desk)
    assert invited() == []


def test_a_guest_whose_address_is_wiped_has_no_letter(desk):
    publish_and_tell(desk)
    told = Told.objects.get(registration__isnull=False)
    told.registration.email = ""
    assert guests.letter_of(told) is None
    assert telling.Publication.objects.count() == 1
