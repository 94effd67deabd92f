"""When things happen in the demo: days around today, and moments between two others."""

import datetime

from django.utils import timezone

SUMMER = 8  # a school year has the months from this one on, and those before it a year later
WRITTEN = datetime.date(2026, 11, 12)  # what is today in the content: one café behind us, the second one ahead


def day(today: datetime.date, written: str) -> datetime.date:
    """The day that is written as "month-day" of one school year, moved by whole weeks to lie around `today`."""
    month, number = map(int, written.split("-"))
    weeks = round((today - WRITTEN).days / 7)  # whole ones: a café stays on its day of the week
    return datetime.date(2026 if month >= SUMMER else 2027, month, number) + datetime.timedelta(weeks=weeks)


def moment(day: datetime.date, clock: str) -> datetime.datetime:
    """The moment on the wall clock of the site."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.fromisoformat(clock)))


def at(today: datetime.date, written: str) -> datetime.datetime:
    """The moment that is written as "month-day hour:minute", on the day where `day` puts it."""
    date, clock = written.split()
    return moment(day(today, date), clock)


def between(start: datetime.datetime, end: datetime.datetime, count: int) -> list[datetime.datetime]:
    """`count` moments, evenly spread, the earliest first."""
    return [start + (end - start) * (number + 1) / (count + 1) for number in range(count)]
