"""What changes several sign-ups at once."""

from events.models import Registration
from events.models.waiting_list import LetIn
from werkplaats.models import User


def cancel(people: list[Registration], *, by: User) -> LetIn:
    """Cancels them all; returns what became of their places."""
    found, gone = LetIn(), {each.pk for each in people}
    # Those who wait go first, so that none of them gets the place of another and loses it again.
    for registration in sorted(people, key=lambda each: not each.waits_for):
        found.add(registration.cancel(by=by))
    found.asked = [each for each in found.asked if each.pk not in gone]
    return found
