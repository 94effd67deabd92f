"""How long something may wait for a moderator, in working days: Monday to Friday, on the clock here.

And when who reads along is left alone.

Holidays are not known: on one, the term runs.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

SATURDAY = 5
WAKES, SLEEPS = 7, 22  # o'clock, here


def a_working_day_after(moment: datetime) -> datetime:
    """The same time on the next working day; what comes in a weekend begins on Monday at midnight."""
    here = timezone.localtime(moment)
    day, clock = here.date(), here.time()
    if day.weekday() >= SATURDAY:
        clock = time()
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, clock))


def working_days_ago(now: datetime, days: int) -> datetime:
    """What came before this moment waits longer than so many working days."""
    here = timezone.localtime(now)
    day, clock = here.date(), here.time()
    if day.weekday() >= SATURDAY:  # no term ends in a weekend: it is as it was when Friday ended
        clock = time()
        while day.weekday() != SATURDAY:
            day -= timedelta(days=1)
    for _ in range(days):
        day -= timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day -= timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, clock))


def is_quiet(now: datetime) -> bool:
    """Whether no mail goes about what can wait: at night and in weekends. A demo is looked at when it is."""
    here = timezone.localtime(now)
    return not settings.DEMO and (here.weekday() >= SATURDAY or not WAKES <= here.hour < SLEEPS)
