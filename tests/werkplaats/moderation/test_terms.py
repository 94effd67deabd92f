"""A working day: Monday to Friday, on the clock here."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from werkplaats.moderation.terms import a_working_day_after, working_days_ago

HERE = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("moment", "after"),
    [
        ("2026-10-14 15:00", "2026-10-15 15:00"),  # Wednesday
        ("2026-10-16 15:00", "2026-10-19 15:00"),  # Friday
        ("2026-10-17 10:00", "2026-10-20 00:00"),  # Saturday: Monday is the whole day that it waits
        ("2026-10-18 23:59", "2026-10-20 00:00"),
        ("2026-10-23 12:00", "2026-10-26 12:00"),  # the clock goes back on the Sunday between
        ("2026-03-27 12:00", "2026-03-30 12:00"),  # and forward
        ("2026-10-15 23:59", "2026-10-16 23:59"),
    ],
)
def test_a_working_day_after(moment, after):
    at, then = (datetime.fromisoformat(text).replace(tzinfo=HERE) for text in (moment, after))
    assert a_working_day_after(at.astimezone(ZoneInfo("UTC"))) == then


@pytest.mark.parametrize(
    ("now", "days", "ago"),
    [
        ("2026-10-15 15:00", 1, "2026-10-14 15:00"),  # Thursday
        ("2026-10-19 15:00", 1, "2026-10-16 15:00"),  # Monday
        ("2026-10-20 09:00", 1, "2026-10-19 09:00"),  # Tuesday: all of the weekend is late
        ("2026-10-17 10:00", 1, "2026-10-16 00:00"),  # Saturday: as on Friday at midnight
        ("2026-10-18 23:00", 2, "2026-10-15 00:00"),
        ("2026-10-16 15:00", 5, "2026-10-09 15:00"),
        ("2026-10-26 12:00", 1, "2026-10-23 12:00"),  # the clock went back
    ],
)
def test_what_waits_longer_than_so_many_working_days(now, days, ago):
    at, then = (datetime.fromisoformat(text).replace(tzinfo=HERE) for text in (now, ago))
    assert working_days_ago(at.astimezone(ZoneInfo("UTC")), days) == then
