"""The programme line: what was, what is now, what comes."""

import datetime
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from posts.models.questions import Phase
from tests.helpers import factories
from werkplaats.home import timeline
from werkplaats.site.models import Milestone

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)


@pytest.fixture
def clock(monkeypatch):
    """A function that sets the time, of TODAY unless told otherwise."""

    def set_to(hour: int, date: datetime.date = TODAY):
        monkeypatch.setattr(timezone, "now", lambda: at(date, hour))

    set_to(12)
    return set_to


def at(date: datetime.date, hour: int = 19):
    return timezone.make_aware(datetime.datetime.combine(date, datetime.time(hour)))


def states(entries) -> list[tuple[str, str]]:
    return [(entry.title, entry.state) for entry in entries]


def test_questions_cafes_and_milestones_stand_on_one_line_in_order(clock):
    first = factories.question(current=False, title="Eerste", opened_at=at(datetime.date(2026, 10, 1)))
    second = factories.question(current=False, title="Tweede", planned_for=at(datetime.date(2026, 12, 1)))
    cafes = [
        factories.cafe(title="Oud café", starts_at=at(datetime.date(2026, 10, 19))),
        factories.cafe(title="Café van nu", starts_at=at(TODAY, 11), ends_at=at(TODAY, 13)),
        factories.cafe(title="Café vanavond", starts_at=at(TODAY)),
        factories.cafe(title="Nieuw café", starts_at=at(datetime.date(2026, 11, 24))),
    ]
    milestones = [
        Milestone(title="Deze maand", date=datetime.date(2026, 11, 1)),
        Milestone(title="Vorige maand", date=datetime.date(2026, 10, 31)),
        Milestone(title="Gisteren", date=TODAY - timedelta(1), whole_month=False),
    ]
    assert states(timeline.line(TODAY, [second, first], cafes, milestones)) == [
        ("Eerste", "now"),
        ("Vorige maand", "done"),
        ("Oud café", "done"),
        ("Deze maand", "now"),
        ("Gisteren", "done"),
        ("Café van nu", "now"),
        ("Café vanavond", "later"),
        ("Nieuw café", "later"),
        ("Tweede", "later"),
    ]


def test_a_question_to_come_keeps_its_words_and_has_no_link():
    question = factories.question(current=False, text="Geheim?", planned_for=at(datetime.date(2026, 12, 1)))
    [entry] = timeline.line(TODAY, [question], [], [])
    assert (entry.text, entry.url, entry.when) == ("", "", "december 2026")


def test_a_cafe_that_is_called_off_says_so():
    cafe = factories.cafe(starts_at=at(TODAY + timedelta(3)), called_off_at=timezone.now())
    assert "afgelast" in [entry.word for entry in timeline.line(TODAY, [], [cafe], [])]


def test_phases_stand_in_their_order_with_their_questions():
    later = Phase.objects.create(name="over 1 jaar", position=2)
    now = Phase.objects.create(name="nu", position=1)
    questions = [
        factories.question(current=False, phase=later, title="Tweede", planned_for=at(TODAY)),
        factories.question(current=False, phase=now, title="Eerste", opened_at=at(TODAY)),
        factories.question(current=False, phase=later, title="Concept"),
    ]
    found = [(name, [entry.title for entry in entries]) for name, entries in timeline.phases(questions, TODAY)]
    assert found == [("nu", ["Eerste"]), ("over 1 jaar", ["Tweede"])]


def test_the_page_reads_as_a_list_with_dates_and_states_in_words(client):
    factories.question(title="De Eerste Vraag")
    factories.cafe(title="Geweest café", starts_at=timezone.now() - timedelta(days=3))
    page = client.get("/programma/").text
    assert "<ol" in page
    assert f'<time datetime="{timezone.localdate().isoformat()}">' in page
    assert "geweest" in page
    assert '<span class="now">nu</span>' in page


@pytest.mark.parametrize("path", ["/", "/programma/"])
def test_a_cafe_is_now_only_while_it_goes_on(client, clock, path):
    clock(8)
    factories.question(opened_at=at(TODAY - timedelta(9)))
    factories.cafe(starts_at=at(TODAY, 14), ends_at=at(TODAY, 16), published_at=at(TODAY - timedelta(9)))
    told = []
    for hour in (9, 13, 14, 15, 16, 22):
        clock(hour)
        entry = next(each for each in client.get(path).text.split('<li class="is-')[1:] if "#coffee" in each)
        told += re.findall(r">(?:, )?(vandaag|nu|geweest|komt nog)<", entry.split("</li>")[0])
    assert told == ["vandaag", "vandaag", "nu", "nu", "geweest", "geweest"]


@pytest.mark.parametrize("path", ["/", "/programma/"])
def test_signing_up_is_offered_from_the_hour_it_opens_until_it_closes(client, clock, path):
    clock(8)
    factories.cafe(
        starts_at=at(TODAY, 19), opens_at=at(TODAY, 10), closes_at=at(TODAY, 12), published_at=at(TODAY - timedelta(9))
    )
    told = []
    for hour in (9, 10, 11, 12):
        clock(hour)
        told.append("Meld je aan<span" in client.get(path).text)
    assert told == [False, True, True, False]


@pytest.mark.parametrize("path", ["/", "/programma/"])
def test_the_line_moves_on_at_midnight(client, clock, path):
    clock(23)
    factories.question(opened_at=at(TODAY - timedelta(9)))
    assert f'<time datetime="{TODAY}">zondag 22 november</time>' in client.get(path).text
    clock(0, TODAY + timedelta(1))
    assert "maandag 23 november</time>" in client.get(path).text


@pytest.mark.parametrize(
    ("fields", "in_short"),
    [
        ({"date": "2026-12-15"}, "december"),
        ({"date": "2026-12-15", "end": "2027-02-01"}, "december – februari"),
        ({"date": "2026-12-15", "whole_month": False}, "15 december"),
        ({"date": "2026-12-15", "end": "2026-12-18", "whole_month": False}, "15 – 18 december"),
        ({"date": "2026-11-28", "end": "2026-12-02", "whole_month": False}, "28 november – 2 december"),
        ({"date": "2029-12-15", "end": "2030-01-18", "whole_month": False}, "15 december 2029 – 18 januari 2030"),
    ],
)
def test_a_period_is_told_in_short(clock, fields, in_short):
    days = {name: datetime.date.fromisoformat(fields[name]) for name in ("date", "end") if name in fields}
    [entry] = timeline.line(TODAY, [], [], [Milestone(title="Ooit", **fields | days)])
    assert entry.in_short == in_short


def test_a_milestone_ends_no_earlier_than_it_begins():
    wrong = Milestone(title="Ooit", date=TODAY, end=TODAY - timedelta(1))
    with pytest.raises(ValidationError, match="De laatste dag ligt voor de eerste"):
        wrong.full_clean()
    with pytest.raises(IntegrityError, match="milestone_in_order"):
        wrong.save()
