"""The programme line: what was, what is now, what comes."""

import datetime
import re
from datetime import timedelta

import pytest
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
        ("Oud café", "done"),
        ("Vorige maand", "done"),
        ("Gisteren", "done"),
        ("Eerste", "now"),
        ("Deze maand", "now"),
        ("Café van nu", "now"),
        ("Café vanavond", "later"),
        ("Nieuw café", "later"),
        ("Tweede", "later"),
    ]


def test_now_is_marked_also_when_nothing_happens_now():
    milestones = [Milestone(title="Ooit", date=datetime.date(2027, 5, 1))]
    assert states(timeline.line(TODAY, [], [], milestones)) == [("Hier zijn we", "now"), ("Ooit", "later")]
    assert timeline.line(TODAY, [], [], []) == []


def test_a_question_to_come_keeps_its_words_and_has_no_link():
    question = factories.question(current=False, text="Geheim?", planned_for=at(datetime.date(2026, 12, 1)))
    [entry] = [entry for entry in timeline.line(TODAY, [question], [], []) if entry.state == "later"]
    assert (entry.text, entry.url, entry.when) == ("", "", "december 2026")


def test_a_cafe_that_is_called_off_says_so():
    cafe = factories.cafe(starts_at=at(TODAY + timedelta(3)), called_off_at=timezone.now())
    assert "afgelast" in [entry.word for entry in timeline.line(TODAY, [], [cafe], [])]


def test_the_short_form_keeps_what_was_last_all_that_is_now_and_what_comes_first():
    milestones = [
        Milestone(pk=day, title=str(day), date=TODAY + timedelta(day), whole_month=False) for day in range(-3, 9)
    ]
    line = timeline.line(TODAY, [], [], milestones)
    assert [entry.title for entry in timeline.short(line)] == ["-1", "0", "1", "2", "3", "4"]


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
        (entry,) = (each for each in client.get(path).text.split('<li class="is-') if "#coffee" in each)
        told += re.findall(r">(vandaag|nu|geweest|komt nog)<", entry.split("</li>")[0])
    assert told == ["vandaag", "vandaag", "nu", "nu", "geweest", "geweest"]
