"""When things happen around a café, on the clock of Amsterdam: a day earlier is the same time on the day before."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

EARLY = time(10)  # people who must be there before this are reached the evening before
EVENING = time(20)
MORNING = time(10)
MIDNIGHT = time(0)
AWAKE, ASLEEP = time(7), time(22)  # nobody has to answer a mail at night
ASKING = timedelta(hours=4)
LINK = timedelta(hours=1)
SHORTEST_TERM = timedelta(hours=4)
TO_ANSWER = timedelta(hours=1)  # at least, after the second mail about a term


def days_from(moment: datetime, days: int, at: time | None = None) -> datetime:
    """The same time so many days later (earlier when negative), or another time on that day."""
    local = timezone.localtime(moment)
    return timezone.make_aware(datetime.combine(local.date() + timedelta(days=days), at or local.time()))


def reaches(starts_at: datetime, before: timedelta) -> datetime:
    """This long before the start; for an early café the evening before, while people are still up."""
    if timezone.localtime(starts_at).time() < EARLY:
        return days_from(starts_at, -1, EVENING)
    return starts_at - before


def asks_from(starts_at: datetime) -> datetime:
    """From when a free place is offered instead of given, because not everyone will see a mail in time."""
    return reaches(starts_at, ASKING)


@dataclass(frozen=True)
class Term:
    """Until when somebody may say that they come, and when they are asked a second time."""

    ends_at: datetime
    halfway_at: datetime


def term(now: datetime, starts_at: datetime, hours: timedelta) -> Term | None:
    """So many hours of the day, and never into the last day before the café. None when too few would be left."""
    ends_at = min(after_hours_of_the_day(now, hours), last_day_from(starts_at))
    if after_hours_of_the_day(now, SHORTEST_TERM) > ends_at:
        return None
    halfway_at = after_hours_of_the_day(now, hours_of_the_day(now, ends_at) / 2)
    return Term(ends_at, when_awake(halfway_at))


def last_day_from(starts_at: datetime) -> datetime:
    """From when who holds a place keeps it, confirmed or not."""
    return days_from(starts_at, -1)


def after_hours_of_the_day(moment: datetime, hours: timedelta) -> datetime:
    """When so many hours have gone by since `moment`; those of the night do not count."""
    start, end = day_around(moment)
    while end - start < hours:
        hours -= end - start
        start, end = day_around(days_from(start, 1, AWAKE))
    return start + hours


def when_awake(moment: datetime) -> datetime:
    """That moment, or when the night is over that it falls in; at the hour at which people go to sleep it begins."""
    return day_around(moment)[0]


def hours_of_the_day(since: datetime, until: datetime) -> timedelta:
    """How long it is between these moments; the hours of the night do not count."""
    found = timedelta()
    start, end = day_around(since)
    while start < until:
        found += min(end, until) - start
        start, end = day_around(days_from(start, 1, AWAKE))
    return found


def day_around(moment: datetime) -> tuple[datetime, datetime]:
    """What is left of that day, until people sleep; of the next one when they sleep already.

    The clock changes at night, so a day can be reckoned by the clock.
    """
    start = max(timezone.localtime(moment), days_from(moment, 0, AWAKE))
    end = days_from(moment, 0, ASLEEP)
    return (start, end) if start < end else day_around(days_from(moment, 1, AWAKE))


def ahead(moment: datetime) -> str:
    """«morgen», «over een week», «over 3 dagen»"""
    days = (timezone.localdate(moment) - timezone.localdate()).days
    return {0: "vandaag", 1: "morgen", 7: "over een week"}.get(days, f"over {days} dagen")
