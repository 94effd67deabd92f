"""What changes several sign-ups at once."""

from events.models import Registration
from events.models.waiting_list import LetIn
from werkplaats.models import User


def confirm(people: list[Registration]) -> LetIn:
    """Makes them all firm, for a coordinator who spoke with them; returns who got a place by it."""
    found = LetIn()
    for registration in sorted(people, key=lambda each: (each.created_at, each.pk)):
        found.add(registration.confirm())
    return found


def give_free(people: list[Registration]) -> LetIn:
    """Takes their places away, as the end of a term would; returns what became of these."""
    found = LetIn()
    for registration in people:
        found.add(registration.give_free())
    return found


def cancel(people: list[Registration], *, by: User) -> LetIn:
    """Cancels them all; returns what became of their places."""
    found, gone = LetIn(), {each.pk for each in people}
    # Those who wait go first, so that none of them gets the place of another and loses it again.
    for registration in sorted(people, key=lambda each: not each.waits_for):
        found.add(registration.cancel(by=by))
    found.asked = [each for each in found.asked if each.pk not in gone]
    return found
