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


def test_a_line_that_says_the_same_is_counted_up_once(notes):
    by = helpers.sorter()
    noting.write(notes.pk, [line("minder papier", times=2)], by)
    same = line("weg met papier", times=3, like=1)
    for _ in range(2):
        done = noting.write(notes.pk, [same], by)
        assert (done.kept, [note.times for note in notes.lines.all()]) == ([same.key], [5])
    assert notes.lines.get().text == "minder papier"
    assert Fragment.objects.count() == 1


@pytest.mark.parametrize("like", [7, -1, 2**40])
def test_where_that_line_is_not_there_any_more_it_is_written(notes, like):
    done = noting.write(notes.pk, [line("weg met papier", like=like)], helpers.sorter())
    assert (done.new, done.counted) == (1, [])
    assert notes.lines.get().text == "weg met papier"


def test_what_cannot_be_counted_up_any_further_is_written(notes):
    by = helpers.sorter()
    noting.write(notes.pk, [line(times=999)], by)
    noting.write(notes.pk, [line("nog eens", like=1)], by)
    assert [note.times for note in notes.lines.all()] == [999, 1]


def test_a_page_can_ask_what_came_after_it(notes):
    by = helpers.sorter()

    def since(version: int) -> list[int]:
        return list(notes.lines.filter(changed__gt=version).values_list("number", flat=True))

    noting.write(notes.pk, [line(), line()], by)
    noting.write(notes.pk, [line()], by)
    notes.refresh_from_db()
    assert (notes.version, since(0), since(1), since(2)) == (2, [1, 2, 3], [3], [])
    first = notes.lines.first()
    noting.correct(first.pk, first.version, text="anders")
    noting.write(notes.pk, [line(like=2)], by)
    notes.refresh_from_db()
    assert (notes.version, since(2)) == (4, [1, 2])
    noting.strike(first.pk)
    notes.refresh_from_db()
    assert notes.version == 5
    # What changed nothing, changes no page.
    noting.strike(first.pk)
    noting.correct(first.pk, 1, text="anders")
    noting.write(notes.pk, [], by)
    notes.refresh_from_db()
    assert notes.version == 5


def test_a_line_is_struck_by_who_read_it(notes):
    noting.write(notes.pk, [line()], helpers.sorter())
    note = notes.lines.get()
    noting.correct(note.pk, note.version, on_behalf="letter")
    assert not noting.strike(note.pk, note.version)
    assert noting.strike(note.pk, note.version + 1)
    assert noting.strike(note.pk, note.version + 1)  # again


def test_who_types_at_which_photo_is_known(notes):
    anouk, photo = helpers.sorter("Anouk"), None
    noting.sit_down(notes.pk, anouk, photo)
    noting.sit_down(notes.pk, anouk, 0)
    assert [(typist.user, typist.photo) for typist in notes.typists.all()] == [(anouk, None)]
