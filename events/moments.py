"""When things happen around a café, on the clock of Amsterdam: a day earlier is the same time on the day before."""

from datetime import datetime, time, timedelta

from django.utils import timezone

EARLY = time(10)  # people who must be there before this are reached the evening before
EVENING = time(20)
MORNING = time(10)
MIDNIGHT = time(0)
ASKING = timedelta(hours=4)
LINK = timedelta(hours=1)


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


def ahead(moment: datetime) -> str:
    """«morgen», «over een week», «over 3 dagen»"""
    days = (timezone.localdate(moment) - timezone.localdate()).days
    return {0: "vandaag", 1: "morgen", 7: "over een week"}.get(days, f"over {days} dagen")
