"""Words and dates as people write them."""

from datetime import datetime

from django import template
from django.utils import formats, timezone

register = template.Library()


@register.filter
def day(moment) -> str:
    """«maandag 19 oktober», with the year when it is not this year."""
    date = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return formats.date_format(date, "l j F" if date.year == timezone.localdate().year else "l j F Y")


@register.filter
def clock(moment) -> str:
    """«19.30», «7.00»"""
    return formats.date_format(timezone.localtime(moment), "G.i")


@register.filter
def moment(value) -> str:
    """«maandag 19 oktober, 19.30 uur»"""
    return f"{day(value)}, {clock(value)} uur"


@register.filter
def period(event) -> str:
    """«maandag 19 oktober, 19.30 – 21.30 uur», of anything with `starts_at` and `ends_at`."""
    return f"{day(event.starts_at)}, {clock(event.starts_at)} – {clock(event.ends_at)} uur"


@register.filter
def number(value: int, words: str) -> str:
    """«1 reactie», «12 reacties» from `count|number:"reactie,reacties"`."""
    one, more = words.split(",")
    return f"{formats.number_format(value, use_l10n=True, force_grouping=True)} {one if value == 1 else more}"
