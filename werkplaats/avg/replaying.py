"""Erasing again what was erased before a back-up was put back: it brought everyone back who was in it."""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.db.models import Q

import events.privacy
import polls.privacy
import posts.privacy
from werkplaats.avg import erasing
from werkplaats.models import User, Visitor
from werkplaats.privacy import erased
from werkplaats.privacy.erased import Line, What
from werkplaats.privacy.person import Person, Words


def replay() -> Counter[str]:
    """Does the whole list again, oldest first; returns how many of each it found. Doing it twice does no harm.

    A number may be somebody else's since: after a back-up numbers are given again. So of each line only what is older
    than the line goes.
    """
    counts: Counter[str] = Counter()
    for line in list(erased.lines()):  # of before: erasing adds to it
        counts[line.what] += again(line)
    return +counts


def again(line: Line) -> int:
    if line.what == What.PERSON:
        return again_person(line)
    with transaction.atomic():
        if line.what == What.POST:
            return posts.privacy.replay(line.ids, line.at)
        return polls.privacy.replay(line.what, line.ids, line.at)


def again_person(line: Line) -> int:
    """Who it was is read from what the back-up brought: the list knows no address."""
    user = User.objects.filter(pk__in=line.ids, date_joined__lt=line.at).first()
    known = Person.of_user(user) if user else Person()
    visitors = {UUID(hex=each) for each in line.more.get("visitors", [])}
    of_nobody_else = Visitor.objects.filter(Q(user=None) | Q(user__in=line.ids), pk__in=visitors)
    addresses = known.addresses | events.privacy.addresses(line.more.get("sign_ups", []), line.at)
    found = known.visitors | set(of_nobody_else.values_list("pk", flat=True))
    person = Person(known.user, frozenset(found), frozenset(addresses))
    if not person:
        return 0
    row = erasing.erase(person, Words(line.more["words"]), again=True)
    return int(bool(row.counts))
