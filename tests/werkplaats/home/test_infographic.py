"""The programme on one line: what is drawn where, and read in which order."""

import datetime
from datetime import timedelta
from itertools import pairwise

import pytest

from tests.helpers import factories
from werkplaats.home import infographic, timeline
from werkplaats.site.models import Milestone

TODAY = datetime.date(2026, 11, 22)


def lasting(begin: int, days: int, title: str = "Iets", **fields) -> Milestone:
    date = TODAY + timedelta(begin)
    return Milestone(title=title, date=date, end=date + timedelta(days - 1), whole_month=False, **fields)


def drawn(*milestones: Milestone) -> infographic.Infographic:
    return infographic.draw(timeline.line(TODAY, [], [], milestones), TODAY)


def labels(line: infographic.Infographic) -> list[str]:
    return [item.entry.label if item.entry else "nu" for item in line.items]


def columns(item: infographic.Item) -> range:
    """Those that an arch or a card takes."""
    begin, width = (int(each.split("-")[1]) for each in item.place.split()[1:])
    return range(begin, begin + width)


def test_nothing_planned_is_no_line():
    assert drawn().items == []


def test_it_reads_by_date_and_what_is_to_come_stands_after_now():
    line = drawn(lasting(40, 9, "Straks"), lasting(-40, 9, "Toen"), lasting(-5, 9, "Bezig"), lasting(5, 9, "Gauw"))
    assert labels(line) == ["Toen", "Bezig", "nu", "Gauw", "Straks"]
    places = [int(item.place.split()[-2 if item.entry else 0].split("-")[1]) for item in line.items]
    assert places == sorted(places)


@pytest.mark.parametrize("days", [-400, -3, 3, 1100])
def test_now_stands_at_the_end_or_the_begin_when_all_is_past_or_to_come(days):
    line = drawn(lasting(days, 2))
    assert labels(line) == (["Iets", "nu"] if days < 0 else ["nu", "Iets"])
    percent = float(line.now.rstrip("%"))
    assert percent > 90 if days < 0 else percent < 10


def test_what_falls_within_something_longer_is_a_dot_with_a_card():
    line = drawn(lasting(-20, 60, "Lang"), lasting(-9, 1, "Kort"), lasting(5, 1, "Gauw"))
    assert [item.place.split()[0] for item in line.items if item.entry] == ["arch", "moment", "moment"]
    assert len(line.elbows) == 2


@pytest.mark.django_db
def test_a_question_is_an_arch_whatever_lasts_longer():
    question = factories.question(opened_at=datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC))
    line = infographic.draw(timeline.line(TODAY, [question], [], [lasting(-90, 300, "Schooljaar")]), TODAY)
    assert [item.place.split()[0] for item in line.items if item.entry] == ["moment", "arch"]


def test_a_short_label_takes_the_place_of_the_title():
    assert labels(drawn(lasting(1, 1, "Een concept om op te reageren", label="Lees het concept"))) == [
        "nu",
        "Lees het concept",
    ]


@pytest.mark.parametrize("count", [1, 5, 30, 300])
def test_arches_share_the_width_and_the_rest_is_told(count):
    line = drawn(*(lasting(7 * number - 21, 5, f"Nummer {number}") for number in range(count)))
    arches = [columns(item) for item in line.items if item.entry]
    assert all(before.stop <= after.start for before, after in pairwise(arches))
    assert arches[-1].stop <= infographic.COLUMNS + 1
    assert len(arches) + line.earlier + line.later == count
    assert len(arches) >= min(count, 6)


def test_long_words_make_wide_arches_and_few():
    line = drawn(*(lasting(9 * number, 5, "Medezeggenschapsraden") for number in range(9)))
    widths = [len(columns(item)) for item in line.items if item.entry]
    assert min(widths) * infographic.COLUMN > 21 * infographic.LETTER
    assert line.later == 9 - len(widths)


def test_elbows_do_not_cross():
    long = lasting(-20, 300, "Lang")
    for days in ([1, 2, 3, 4, 5], [270, 272, 274, 276, 278], [30, 40, 200, 210, 220], [9, 9, 9, 9, 9]):
        lines = drawn(long, *(lasting(each, 1) for each in days)).elbows
        shapes = [(float(each.dot[:-1]), float(each.card[:-1]), each.turn) for each in lines]
        assert len(shapes) == 5
        for dot, card, turn in shapes:
            for other_dot, other_card, other_turn in shapes:
                low, high = sorted((dot, card))
                # Down from the line to its turn, and from there to its card.
                assert not (low < other_dot < high and other_turn > turn)
                assert not (low < other_card < high and other_turn < turn)
