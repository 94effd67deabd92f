"""What erasing a person does to rooms: for `werkplaats.avg`. Their words there are contributions like any other."""

from collections import Counter

from django.db.models import Q

from live.models import Headcount, Leader, Seat, Voice
from live.models.cafes import COUNTS
from werkplaats.privacy.person import Person


def erase(person: Person) -> Counter[str]:
    """Call it in the transaction that erases. What they counted goes; a result that was shown stays as it was."""
    seats = Seat.objects.filter(visitor__in=person.visitors).select_related("live")
    found = list(seats)
    # Which words of a table were theirs is told nowhere any more; of a rehearsal the words themselves go.
    theirs = Q(seat__in=[seat.pk for seat in found])
    Voice.objects.filter(theirs, post=None).delete()
    Headcount.objects.filter(theirs).delete()
    seats.delete()
    for live in {seat.live for seat in found}:
        live.tell(COUNTS)
    if person.user:
        Leader.objects.filter(user=person.user).delete()
    return Counter(seats=len(found))
