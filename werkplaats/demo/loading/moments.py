import datetime

from django.utils import timezone


def moment(day: datetime.date, clock: str) -> datetime.datetime:
    """The moment on the wall clock of the site."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.fromisoformat(clock)))


def between(start: datetime.datetime, end: datetime.datetime, count: int) -> list[datetime.datetime]:
    """`count` moments, evenly spread, the earliest first."""
    return [start + (end - start) * (number + 1) / (count + 1) for number in range(count)]
