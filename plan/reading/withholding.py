"""Which roles may be told apart in the thumbs or stickers of one thing, so that nobody's can be found by subtracting.

Everyone sees the totals of thumbs, at any moment. So what is told by role must not be betrayed by what is left of the
totals, nor by what was told before:

- a role is told from FEW people on, and then told anew when at least FEW of it gave, changed or took back something;
- nothing is told anew until at least FEW people of any role did so: one more thumb never shows whose it is;
- what is left then is nobody, or at least FEW people of two roles or more; else the smallest role that would be told
  waits too.

No set of people that follows from all this, by subtracting one answer from another or from the totals, is smaller than
FEW and of a known role, as long as nobody gave several of the votes: who gave four of five in a role that they chose
knows the fifth. The price: figures by role lag behind by a few thumbs. This is of one thing over time; that a part and
the whole of it are not told both, `plan.reading.ground` sees to. Plain arithmetic, no database.
"""

from dataclasses import dataclass, field

FEW = 5
UNKNOWN = 0  # instead of the key of a role
type Counts = tuple[int, int, int]  # thumbs up, none, down; or green, blue, red
type Table = dict[int, Counts]  # by the key of a role
NONE: Counts = (0, 0, 0)


@dataclass(frozen=True)
class Told:
    """`shown` is told by role, of all that was there when it was told: `seen`. `others` are the people left then."""

    shown: Table = field(default_factory=dict)
    seen: Table = field(default_factory=dict)

    @property
    def others(self) -> int:
        return max(0, sum(map(sum, self.seen.values())) - sum(map(sum, self.shown.values())))


def apart(before: Counts, now: Counts) -> int:
    """At least so many people gave, changed or took back something between the two."""
    more = sum(max(0, new - old) for old, new in zip(before, now, strict=True))
    return max(more, more - sum(now) + sum(before))


def tables_apart(before: Table, now: Table) -> int:
    roles = before.keys() | now.keys()
    flat = [(old, new) for role in roles for old, new in zip(before.get(role, NONE), now.get(role, NONE), strict=True)]
    more = sum(max(0, new - old) for old, new in flat)
    return max(more, sum(max(0, old - new) for old, new in flat))


def tell(told: Told | None, now: Table) -> Told | None:
    """What is told of `now` after `told`, which it is itself when nothing new may be told. None before the first."""
    before = told or Told()
    if tables_apart(before.seen, now) < FEW:
        return told
    roles = before.shown.keys() | now.keys()
    steps = {role: apart(before.shown.get(role, NONE), now.get(role, NONE)) for role in roles}
    anew = {role for role, step in steps.items() if step >= FEW}
    while anew and not is_safe(before.shown, now, anew):
        anew.remove(min(anew, key=lambda role: (steps[role], role)))
    return Told(after(before.shown, now, anew), dict(now))


def after(shown: Table, now: Table, anew: set[int]) -> Table:
    """What is shown when these roles are told anew; a role that has too few people by now is withheld again."""
    kept = {role: counts for role, counts in shown.items() if role not in anew}
    return dict(sorted((kept | {role: now[role] for role in anew if sum(now.get(role, NONE)) >= FEW}).items()))


def is_safe(shown: Table, now: Table, anew: set[int]) -> bool:
    """Whether those who are left then cannot be told apart: nobody, or FEW people of two roles or more."""
    then = after(shown, now, anew)
    left = [apart(then.get(role, NONE), now.get(role, NONE)) for role in shown.keys() | now.keys()]
    left = [people for people in left if people]
    return not left or (len(left) > 1 and sum(left) >= FEW)
