"""What was heard in a room, as the page of its café says it."""

from typing import Any

from django import template

from live.models import SeatKind
from werkplaats.words import in_the_cafe

register = template.Library()


@register.filter
def heard_from(post: Any) -> str:
    """«een tafel van zes», «iemand in de zaal», «iemand online»; never which table."""
    if post.kind_of_seat == SeatKind.TABLE:
        return in_the_cafe(post.meeting_size or 1).partition(",")[0]
    return "iemand online" if post.kind_of_seat == SeatKind.ONLINE else "iemand in de zaal"
