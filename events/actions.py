from events.models.registrations import Registration
from events.models.waiting_list import LetIn


def cancel(people: list[Registration], *, by) -> LetIn:
    """Cancels them all; returns what their places meant for who waits."""
    found, gone = LetIn(), {each.pk for each in people}
    # Who waits goes first: nobody of them gets the place of another, to lose it again.
    for registration in sorted(people, key=lambda each: not each.waits_for):
        found.add(registration.cancel(by=by))
    found.asked = [each for each in found.asked if each.pk not in gone]
    return found
