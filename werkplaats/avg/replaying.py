"""Erasing again what was erased before a back-up was put back: it brought everyone back who was in it."""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.db.models import Q

import events.privacy
import polls.privacy
import posts.privacy
from polls.models import Wensbeeld
from posts.models import Post
from werkplaats.avg import erasing
from werkplaats.models import User, Visitor
from werkplaats.privacy import erased
from werkplaats.privacy.erased import Line, What
from werkplaats.privacy.person import Person, Words


def replay() -> Counter[str]:
    """Does the whole list again; returns how many of each it found. Doing it twice does no harm.

    A number may be somebody else's since: after a back-up numbers are given again. So of each line only what is older
    than the line goes.
    """
    counts: Counter[str] = Counter()
    lines = list(erased.lines())  # of before: erasing adds to it
    # Persons first: by their words is found what the staff wrote down of them.
    for line in lines:
        if line.what == What.PERSON:
            counts[line.what] += again_person(line, rows_of_staff(line, lines))
    for line in lines:
        if line.what not in (What.PERSON, What.LINES):
            counts[line.what] += again(line)
    return +counts


def rows_of_staff(line: Line, lines: list[Line]) -> erasing.Rows:
    """Which lines of the staff went with a person, at once or later. Only such as still name them go again."""
    found = [line.more.get("rows", {})]
    erasure = line.more.get("erasure")
    found += [each.more["rows"] for each in lines if each.what == What.LINES and each.ids == [erasure]]
    labels = {label for rows in found for label in rows}
    return {label: sorted({key for rows in found for key in rows.get(label, [])}) for label in labels}


def again(line: Line) -> int:
    with transaction.atomic():
        if line.what == What.APART:
            return apart(line)
        if line.what == What.POST:
            return posts.privacy.replay(line.ids, line.at)
        return polls.privacy.replay(line.what, line.ids, line.at)


def again_person(line: Line, rows: erasing.Rows) -> int:
    """Who it was is read from what the back-up brought: the list knows no address."""
    user = User.objects.filter(pk__in=line.ids, date_joined__lt=line.at).first()
    known = Person.of_user(user) if user else Person()
    visitors = {UUID(hex=each) for each in line.more.get("visitors", [])}
    of_nobody_else = Visitor.objects.filter(Q(user=None) | Q(user__in=line.ids), pk__in=visitors)
    of_nobody_else = of_nobody_else.filter(created_at__lt=line.at)
    addresses = known.addresses | events.privacy.addresses(line.more.get("sign_ups", []), line.at)
    addresses |= posts.privacy.addresses(line.more.get("typed", []), line.at)
    found = known.visitors | set(of_nobody_else.values_list("pk", flat=True))
    person = Person(known.user, frozenset(found), frozenset(addresses))
    if not person:
        return 0
    also = tuple(line.more.get("also", ()))
    row = erasing.erase(person, Words(line.more["words"]), wipe=rows, also=also, before=line)
    return int(bool(row.counts))


def apart(line: Line) -> int:
    """Takes a story about one child out of sight again, if it is of before that moment."""
    model = {each._meta.label: each for each in (Post, Wensbeeld)}[line.more["table"]]
    return sum(row.set_apart(None) for row in model.objects.filter(pk__in=line.ids, created_at__lt=line.at))
