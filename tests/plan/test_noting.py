"""Lines of an evening: kept once, in their order, each a voice."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from events.models import Cafe
from plan.actions import noting
from plan.models import Fragment, Harvest, Note, Notes
from tests.helpers import factories
from tests.plan import helpers

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes():
    cafe = factories.cafe(topic=factories.question())
    return noting.open_cafe(cafe.pk, helpers.sorter())


def line(text: str = "minder papier", **fields) -> noting.Line:
    return noting.Line(uuid.uuid4(), text, **fields)


def test_the_notes_of_a_cafe_lie_in_the_harvest_of_its_question(notes):
    by = helpers.sorter()
    assert notes.harvest.question == notes.cafe.topic
    assert noting.open_cafe(notes.cafe_id, by) == notes
    own = noting.open_cafe(factories.cafe().pk, by)
    assert own.harvest.cafe == own.cafe
    with pytest.raises(Cafe.DoesNotExist):
        noting.open_cafe(0, by)


def test_a_meeting_has_a_name_and_a_day(notes):
    today, by = factories.timezone.localdate(), helpers.sorter()
    made = [noting.open_meeting(notes.harvest_id, "deelnemersraad", today, by) for _ in range(2)]
    assert made[0] == made[1] and str(made[0]) == "deelnemersraad"
    for wrong in ({"meeting": "raad"}, {"held_on": today}, {}, {"cafe": notes.cafe, "meeting": "raad"}):
        with pytest.raises(IntegrityError, match="notes_of_a_cafe_or_a_meeting"), transaction.atomic():
            Notes.objects.create(harvest=notes.harvest, **wrong)


def test_what_is_imported_twice_is_there_once(notes):
    by, voices = helpers.sorter(), Fragment.objects.filter(note__notes=notes)
    lines = [line(f"regel {number}", table=3, times=number) for number in range(1, 5)]
    first, again = noting.write(notes.pk, lines, by), noting.write(notes.pk, [*lines, lines[0], line()], by)
    assert (first.new, again.new) == (4, 1)
    assert again.kept[:4] == [each.key for each in lines]
    assert list(notes.lines.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert voices.filter(live=True).count() == notes.harvest.voices_left == 5


def test_a_line_is_corrected_by_who_read_it(notes):
    noting.write(notes.pk, [line("mider papier")], helpers.sorter())
    note = notes.lines.get()
    assert noting.correct(note.pk, note.version, text="minder papier", times=3)
    assert not noting.correct(note.pk, note.version, text="meer papier")
    note.refresh_from_db()
    assert (note.text, note.times, note.version) == ("minder papier", 3, 2)
    assert Fragment.objects.get(note=note).source_version == 2


def test_a_line_that_was_struck_leaves_its_number_open_and_nothing_else(notes):
    noting.write(notes.pk, [line(), line()], helpers.sorter())
    first, second = notes.lines.all()
    noting.strike(first.pk)
    noting.strike(first.pk)
    assert list(notes.lines.all()) == [second]
    assert Fragment.objects.get().note == second


WRONG = [{"text": ""}, {"times": 0}, {"times": 1000}, {"table": 0}, {"on_behalf": "duif"}]


@pytest.mark.parametrize("fields", WRONG)
def test_what_a_line_may_not_be(notes, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        noting.write(notes.pk, [line(), line(**fields)], helpers.sorter())
    assert not Note.objects.exists()


def test_a_voice_that_came_by_telephone_says_so(notes):
    noting.write(notes.pk, [line(on_behalf="telephone", role_id=factories.role().pk)], helpers.sorter())
    assert notes.lines.get().get_on_behalf_display() == "per telefoon"
    assert Harvest.objects.get().voices_left == 1
