"""What was heard, in figures that may be public: made once, when a coordinator publishes, and never anew.

Everyone reads all publications of a harvest, one beside the other, and every contribution with the role of who wrote
it. So no figure may say more than it seems to, not by subtracting two of them, nor one publication from the next:

- Roles are told of people, not of voices: who said five things is one of their role. Of the whole harvest in fives
  («minstens 50»), so that what its stacks tell of a role, taken from that, leaves no small number.
- Of a stack as `plan.reading.withholding` does, from what the publication before told on: a role from FEW people on,
  told anew when FEW of it came or went, nothing at all until FEW of any role did; and those who are left are nobody,
  or FEW people of two roles or more. Where no role can be told so, «vooral ouders» is, of what was counted then.
- Which roles and parts of the region are missing, and the fives, change with that too: nobody sees a role go from
  four to five with the one voice that came.
- Lines of an evening stand nowhere with their role, and contributions do. So who speaks in them counts as of a role of
  its own, from FEW on too: taking the contributions that everyone can count from a figure leaves no small number.
- Voices that went from one stack to another since any publication are in both: there no figures of roles are told.
- How many people there were is told in tens.

What stays exact is how often something was heard, as each contribution of it can be read.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from plan.models import KINDS, Destination, Harvest, Heard, HeardVoice, Publication, Stack
from plan.reading import missing
from plan.reading.withholding import FEW, NONE, UNKNOWN, Table, Told, tables_apart, tell
from posts.models.holds import WITHOUT_PLACE
from werkplaats.models import Role, Werkgebied

TENS = 10
SAID = (
    *("post", "post__visitor", "post__role", "post__meeting_size", "post__werkgebied", "post__name"),
    *("wensbeeld", "wensbeeld__visitor", "wensbeeld__role", "note", "note__role", "note__times"),
    *("idea__group", "idea", "poll"),
)
type Counted = dict[int, int]  # people, by the key of a role or of a part of the region


class Person(NamedTuple):
    """Somebody who said something, or several who did: `who` tells them apart. `aloud`: a line of an evening."""

    who: Any
    role: int
    place: int | None
    people: int  # as many as they spoke for
    times: int
    aloud: bool


class Speakers(NamedTuple):
    """`roles` are [name in the plural, how many people], or None where that is not told; `others` how many more.

    `by_role` is what is told and from what, for the publication after this one.
    """

    roles: list[list[Any]]
    others: int
    by_role: dict[str, Any]


def speakers_of(stacks: Sequence[Stack]) -> dict[int, Speakers]:
    """Who speaks on each of these stacks of one harvest, by its key. Four queries."""
    cards = Destination.objects.standing().filter(stack__in=stacks)
    found: dict[int, list[Person]] = defaultdict(list)
    lies: dict[int, set[int]] = defaultdict(set)
    for stack, fragment, *said in cards.values_list("stack", "fragment", *(f"fragment__{name}" for name in SAID)):
        found[stack].append(_person(*said))
        lies[fragment].add(stack)
    before = Heard.objects.filter(stack__in=stacks).order_by("stack", "-publication__number").distinct("stack")
    told = {heard.stack_id: _told(heard.by_role) for heard in before}
    moved, names = _moved(lies, stacks), _names()
    return {stack.pk: _said(found[stack.pk], told.get(stack.pk), stack.pk in moved, names) for stack in stacks}


def _said(persons: list[Person], before: Told | None, is_moved: bool, names: dict[int, str]) -> Speakers:
    told = tell(before, _table(_people_on_stack(persons))) or Told()
    kept = {"shown": _flat(told.shown), "seen": _flat(told.seen)}
    shown = _by_role(told.shown)
    others = sum(_flat(told.seen).values()) - sum(shown.values())
    fits = sum(shown.values()) + others <= sum(person.times for person in persons)
    if shown and fits and not is_moved and (others == 0 or others >= FEW):
        most_first = sorted(shown.items(), key=lambda each: (-each[1], names[each[0]]))
        return Speakers([[names[role], count] for role, count in most_first], others, kept)
    many = _by_role({role: counts for role, counts in told.seen.items() if sum(counts) >= FEW})
    mainly = [role for role, count in many.items() if 2 * count > sum(_flat(told.seen).values())]
    return Speakers([[names[role], None] for role in mainly], 0, kept)


def _people_on_stack(persons: list[Person]) -> Counted:
    """How many people of each role; of lines of an evening under its key below zero."""
    counted: Counted = defaultdict(int)
    for person in {(person.role, person.who): person for person in persons}.values():
        counted[-person.role if person.aloud else person.role] += person.times if person.aloud else 1
    return dict(counted)


def _by_role(table: Table) -> Counted:
    """Both kinds of people together, without those whose role is unknown."""
    counted: Counted = defaultdict(int)
    for key, (count, *_) in table.items():
        if key != UNKNOWN:
            counted[abs(key)] += count
    return counted


def _moved(lies: dict[int, set[int]], stacks: Sequence[Stack]) -> set[int]:
    """The stacks that a voice came to from another one, or went from to another one, since any publication."""
    went: dict[tuple[int, int], set[int]] = defaultdict(set)
    harvests = {stack.harvest_id for stack in stacks}
    rows = HeardVoice.objects.filter(publication__harvest__in=harvests, heard__isnull=False, fragment__in=lies)
    for publication, fragment, stack in rows.values_list("publication", "fragment", "heard__stack"):
        went[publication, fragment].add(stack)
    return {stack for (_, fragment), there in went.items() for stack in there ^ lies[fragment]}


def figures(harvest: Harvest) -> dict[str, Any]:
    """How much was heard, by about how many people, from whom, and who is missing, after the publication before.

    `heard` are [name of a role, at least so many people], `people` is None when there are few. Seven queries.
    """
    last = harvest.publications.first()
    before = last.figures if last else {}
    rows = list(harvest.fragments.filter(live=True).values_list(*SAID))
    persons = [_person(*row) for row in rows]
    roles = _counted_anew(before.get("roles"), _people(persons, "role"))
    places = _counted_anew(before.get("places"), _people(persons, "place"))
    names, named = _names(), _names(is_rest=False)
    areas = {row.pk: row.name for row in Werkgebied.objects.all()}
    people = sum(_largest((person.who, person) for person in persons).values())
    return {
        "kinds": {kind: sum(1 for row in rows if row[SAID.index(kind)]) for kind in KINDS},
        "times": sum(person.times for person in persons),
        "people": people // TENS * TENS or None,
        "period": _period(harvest),
        "heard": [[names[role], count // FEW * FEW] for role, count in _most_first(roles, names) if count >= FEW],
        "missed": {
            "roles": [name for role, name in named.items() if roles.get(role, 0) < FEW],
            "places": [name for place, name in areas.items() if places.get(place, 0) < FEW],
            "bodies": missing.silent(harvest),
        },
        "roles": _as_json(roles),
        "places": _as_json(places),
    }


def public_figures(publication: Publication) -> dict[str, Any]:
    """Those of `figures` that a page may show: without the exact numbers that the next publication goes on from."""
    return {name: value for name, value in publication.figures.items() if name not in ("roles", "places")}


def _counted_anew(before: dict[str, int] | None, now: Counted) -> Counted:
    """What was counted before, until FEW people came or went since."""
    then = {int(key): count for key, count in (before or {}).items()}
    return now if before is None or tables_apart(_table(then), _table(now)) >= FEW else then


def _people(persons: Iterable[Person], name: str) -> Counted:
    """By role or part of the region: each person with the largest meeting that they spoke for."""
    counted: Counted = defaultdict(int)
    found = ((getattr(person, name), person) for person in persons)
    for (key, _), people in _largest(((key, person.who), person) for key, person in found if key).items():
        counted[key] += people
    return dict(counted)


def _largest(pairs: Iterable[tuple[Any, Person]]) -> dict[Any, int]:
    most: dict[Any, int] = {}
    for key, person in pairs:
        most[key] = max(most.get(key, 0), person.people)
    return most


def _person(*said: Any) -> Person:
    row = dict(zip(SAID, said, strict=True))
    if row["post"]:
        place = None if row["post__name"] in WITHOUT_PLACE else row["post__werkgebied"]
        who = row["post__visitor"] or f"post {row['post']}"
        return Person(who, row["post__role"] or UNKNOWN, place, row["post__meeting_size"] or 1, 1, False)
    if row["wensbeeld"]:
        who = row["wensbeeld__visitor"] or f"wensbeeld {row['wensbeeld']}"
        return Person(who, row["wensbeeld__role"] or UNKNOWN, None, 1, 1, False)
    if row["note"]:
        times = row["note__times"]
        return Person(f"note {row['note']}", row["note__role"] or UNKNOWN, None, times, times, True)
    group = row["idea__group"] or row["idea"]
    return Person(f"group {group}", UNKNOWN, None, 0 if row["poll"] else 1, 1, False)


def _period(harvest: Harvest) -> list[str]:
    """The first and the last day on which people could say something, as ISO dates; empty where nobody knows."""
    if question := harvest.question:
        days = [question.opened_at, question.closed_at or timezone.now()] if question.opened_at else []
    else:
        days = [harvest.cafe.starts_at] * 2 if harvest.cafe else []
    return [timezone.localdate(day).isoformat() for day in days if day]


def _most_first(counts: Counted, names: dict[int, str]) -> list[tuple[int, int]]:
    """In fives: who came last in a five is not told by the order either."""
    known = [(role, count) for role, count in counts.items() if role in names]
    order = list(names)
    return sorted(known, key=lambda each: (-(each[1] // FEW), order.index(each[0])))


def _names(**chosen: bool) -> dict[int, str]:
    return {role.pk: role.plural or role.name for role in Role.objects.filter(**chosen)}


def _table(counts: Counted) -> Table:
    return {key: (count, *NONE[1:]) for key, count in counts.items()}


def _flat(table: Table) -> dict[str, int]:
    return {str(key): count for key, (count, *_) in table.items()}


def _as_json(counts: Counted) -> dict[str, int]:
    return {str(key): count for key, count in counts.items()}


def _told(by_role: dict[str, Any]) -> Told | None:
    """What a stack told before; None when it told nothing yet."""
    shown, seen = ({int(key): count for key, count in by_role.get(name, {}).items()} for name in ("shown", "seen"))
    return Told(_table(shown), _table(seen)) if seen else None
