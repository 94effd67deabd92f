"""Terms are reckoned in hours of the day, on the clock of Amsterdam."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events import moments

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(text: str) -> datetime:
    """«10-03 21:15» in 2027; the clock changes in the nights to 28-03 and 31-10."""
    return datetime.strptime(f"2027 {text}", "%Y %d-%m %H:%M").replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        ("10-03 09:00", 4, "10-03 13:00"),
        ("10-03 18:00", 4, "10-03 22:00"),
        ("10-03 20:00", 4, "11-03 09:00"),
        ("10-03 22:00", 4, "11-03 11:00"),
        ("10-03 23:30", 4, "11-03 11:00"),
        ("11-03 03:00", 4, "11-03 11:00"),
        ("11-03 06:59", 4, "11-03 11:00"),
        ("08-03 10:00", 48, "11-03 13:00"),
        ("08-03 23:00", 15, "09-03 22:00"),
        ("08-03 23:00", 16, "10-03 08:00"),
        ("27-03 21:00", 2, "28-03 08:00"),  # an hour shorter, which nobody was awake to use
        ("28-03 01:30", 4, "28-03 11:00"),
        ("30-10 21:00", 2, "31-10 08:00"),  # an hour longer
        ("31-10 02:30", 4, "31-10 11:00"),
        ("31-12 21:00", 2, "01-01 08:00"),
    ],
)
def test_hours_of_the_night_do_not_count(since, hours, until):
    end = at(until) if until[3:5] != "01" else at(until).replace(year=2028)
    for zone in (AMSTERDAM, ZoneInfo("UTC")):
        found = moments.after_hours_of_the_day(at(since).astimezone(zone), timedelta(hours=hours))
        assert found == end
        assert moments.hours_of_the_day(at(since).astimezone(zone), found) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("now", "starts", "hours", "ends", "halfway"),
    [
        ("08-03 10:00", "30-03 19:30", 48, "11-03 13:00", "09-03 19:00"),
        ("08-03 10:00", "30-03 19:30", 4, "08-03 14:00", "08-03 12:00"),
        ("08-03 20:00", "30-03 19:30", 4, "09-03 09:00", "09-03 07:00"),  # no mail at ten, when people sleep
        ("08-03 10:00", "10-03 19:30", 48, "09-03 19:30", "09-03 07:15"),  # not into the last day
        ("08-03 23:00", "10-03 19:30", 48, "09-03 19:30", "09-03 13:15"),
        ("09-03 15:30", "10-03 19:30", 48, "09-03 19:30", "09-03 17:30"),
        ("09-03 15:31", "10-03 19:30", 48, None, None),  # less than four hours
        ("08-03 20:00", "10-03 08:00", 48, None, None),  # three of the four are in the night
        ("10-03 10:00", "10-03 19:30", 48, None, None),
        ("11-03 10:00", "10-03 19:30", 48, None, None),
        ("26-03 12:00", "28-03 19:30", 48, "27-03 19:30", "27-03 08:15"),  # a day of 23 hours
    ],
)
def test_a_term_leaves_four_hours_of_the_day_and_the_last_day_alone(now, starts, hours, ends, halfway):
    found = moments.term(at(now), at(starts), timedelta(hours=hours))
    assert found == (ends and moments.Term(at(ends), at(halfway)))
