"""When things happen in the demo: days of a school year, and moments between two others."""

import datetime

from django.utils import timezone

from werkplaats.demo.content import cafes

SUMMER = 8  # the school year that starts in a year has the months from this one on, and those before it a year later


def day(year: int, written: str) -> datetime.date:
    """The day that is written as "month-day", in the school year that starts in `year`."""
    month, number = map(int, written.split("-"))
    return datetime.date(year if month >= SUMMER else year + 1, month, number)


def school_year(today: datetime.date) -> int:
    """The year in which the first school year starts that has most of the cafés ahead, `today` included."""
    year = today.year - 1
    while 2 * sum(day(year, cafe["date"]) >= today for cafe in cafes.texts) <= len(cafes.texts):
        year += 1
    return year


def moment(day: datetime.date, clock: str) -> datetime.datetime:
    """The moment on the wall clock of the site."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.fromisoformat(clock)))


def between(start: datetime.datetime, end: datetime.datetime, count: int) -> list[datetime.datetime]:
    """`count` moments, evenly spread, the earliest first."""
    return [start + (end - start) * (number + 1) / (count + 1) for number in range(count)]
