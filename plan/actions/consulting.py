"""Recording that a body met about something."""

import datetime

from plan.models import BodyMeeting
from werkplaats.models import User


def record(harvest_id: int, body_id: int, held_on: datetime.date, by: User) -> BodyMeeting:
    """Records it; twice is once. Raises IntegrityError when there is no such harvest or body."""
    begun = {"by": by}
    return BodyMeeting.objects.get_or_create(harvest_id=harvest_id, body_id=body_id, held_on=held_on, defaults=begun)[0]


def strike(meeting_id: int) -> None:
    """Takes a record away that was wrong. Twice is once."""
    BodyMeeting.objects.filter(pk=meeting_id).delete()
