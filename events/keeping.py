"""How long sign-ups are kept: a set time after the café they go, and only counts stay."""

import calendar
from datetime import datetime

from django.utils import timezone

from events import moments
from events.models import Cafe
from werkplaats.templatetags.werkplaats import day


def forgets_at(cafe: Cafe) -> datetime:
    """From when the sign-ups may be wiped: midnight, so many months after the day of the café."""
    ended = timezone.localtime(cafe.ends_at).date()
    years, month = divmod(ended.month - 1 + cafe.keep_months, 12)
    year, month = ended.year + years, month + 1
    date = ended.replace(year=year, month=month, day=min(ended.day, calendar.monthrange(year, month)[1]))
    return timezone.make_aware(datetime.combine(date, moments.MIDNIGHT))


def told(cafe: Cafe) -> str:
    """When the sign-ups go, or went, in words."""
    if cafe.forgotten_at:
        return f"De aanmeldingen zijn gewist op {day(cafe.forgotten_at)}. De aantallen zijn gebleven."
    return f"De aanmeldingen worden gewist op {day(forgets_at(cafe))}. De wensen al op de dag na het café."
