"""What changes several sign-ups at once."""

from collections.abc import Callable, Iterable

from django.db import transaction

from events.models import Registration
from events.models.waiting_list import LetIn
from werkplaats.backoffice.shown import Decided
from werkplaats.models import User


def as_shown(
    people: Iterable[Registration], seen: dict[int, int], act: Callable[[list[Registration]], LetIn]
) -> tuple[list[Registration], LetIn, Decided]:
    """Calls `act(people)` for those that still are in the version that a page showed.

    All of them are compared before the first is changed: what one gives another makes no difference. Returns these
    people, what became of the places, and how many there were of each.
    """
    people = list(people)
    with transaction.atomic():
        for cafe in sorted({each.cafe_id: each.cafe for each in people}.values(), key=lambda each: each.pk):
            cafe.locked()
        now = dict(Registration.objects.filter(pk__in=[each.pk for each in people]).values_list("pk", "version"))
        same = [each for each in people if each.pk in seen and seen[each.pk] == now.get(each.pk)]
        found = act(same)
    unread = sum(each.pk not in seen for each in people)
    return same, found, Decided(len(same), len(people) - len(same) - unread, unread)


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


def accept(people: list[Registration]) -> LetIn:
    """Gives each a free place that they wait for, as long as there is one; returns who got one."""
    return LetIn([each for each in people if any(each.accept(seat) for seat in each.waits_for)])
