"""What hangs on a visitor: seeing it, and giving it to the visitor that its own turned out to be.

Apps name what they hang on a visitor by a foreign key `visitor`. A model may say more of itself:

- `give_to(visitor)` hands a row over, where the plain way is not right;
- `lock(rows)` locks rows before several change, where the order of their keys is not right;
- `goes_along = True` for what is no deed of its own, as a membership: it is neither shown nor asked about;
- `of_browser = True` for what is of the device at this moment, as a seat in a room: it stays with it when somebody
  logs in there, whoever that is, and nothing that was said or done goes with it;
- `words_in(rows)` are rows in which somebody said something by these: they are shown, and go along with them;
- `text` are words, which are shown with a `name` and a `picture`; of a row that was taken away only its number;
- `author` is the user who proved that it is theirs;
- `take_role(visitor)` gives the rows of a visitor that have no role the one that they said to be.
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction

from werkplaats.people.models import Role, User, Visitor


@dataclass
class Held:
    """What hangs on a visitor, as it is shown; `mark` is another one as soon as any of it changed.

    `role` is the one that they said to be, which counts for what the other did without one.
    """

    role: Role | None = None
    words: list[tuple[str, Any]] = field(default_factory=list)  # rows with a text, each with the name of its kind
    counts: list[tuple[int, str]] = field(default_factory=list)  # of the others, each with "one,more" for `number`
    seen: Any = field(default_factory=sha256)

    def __post_init__(self) -> None:
        self.seen.update(repr(self.role and self.role.pk).encode())

    def __bool__(self) -> bool:
        return bool(self.words or self.counts)

    @property
    def mark(self) -> str:
        return str(self.seen.hexdigest()[:32])

    def add(self, model: type[models.Model], rows: list[Any]) -> None:
        shown = [row for row in rows if says_something(row) and not getattr(row, "removed_at", None)]
        self.words += [(str(model._meta.verbose_name), row) for row in shown]
        if count := len(rows) - len(shown):
            self.counts.append((count, f"{model._meta.verbose_name},{model._meta.verbose_name_plural}"))
        # What is no words has no version: a thumb may be turned down, a sticker may be another.
        names = ["text", "version", "removed_at"]
        if not has_field(model, "version"):
            names = [column.attname for column in model._meta.concrete_fields]
        for row in rows:
            told = [getattr(row, name, None) for name in names]
            self.seen.update(repr((model._meta.label, row.pk, told)).encode())


def says_something(row: Any) -> bool:
    return bool(getattr(row, "text", "") or getattr(row, "picture_id", None))


def relations(visitor: type[Visitor] = Visitor) -> list[tuple[type[models.Model], str]]:
    """The models that hang on a visitor, and the name of their foreign key."""
    return [(each.related_model, each.field.name) for each in visitor._meta.related_objects]


def held_by(visitor: Visitor, *, lock: bool = False) -> Held:
    """What this visitor wrote and did. `lock`: the words stay as they are until the end of the transaction."""
    held = Held(visitor.role)
    for model, name in relations():
        rows = model._base_manager.filter(**{name: visitor}).order_by("pk")
        if hasattr(model, "words_in"):
            rows = model.words_in(rows)
            rows = rows.select_for_update(of=("self",), no_key=True) if lock else rows
        elif getattr(model, "goes_along", False):
            continue
        if has_field(model, "author"):
            rows = rows.filter(author=None)  # words of a person are shown to nobody else
        if lock and hasattr(model, "lock"):
            model.lock(rows.all())  # which are read after it
        elif lock and has_field(model, "text"):
            rows = rows.select_for_update(of=("self",), no_key=True)
        if found := list(rows):
            held.add(rows.model, found)
    return held


def hand_over(old: Visitor, new: Visitor) -> None:
    """Gives all that hangs on visitor `old` to `new`.

    Where the database allows one per visitor and `new` has one, theirs stays; of votes, thumbs and stickers the last
    in time does. What was taken back left no row, so an older thumb of `old` comes back then. Whoever writes as `old`
    at this moment waits, and then writes as a stranger.
    """
    with transaction.atomic():
        list(Visitor.objects.select_for_update().filter(pk=old.pk))
        for model, name in relations():
            rows = model._base_manager.filter(**{name: old})
            if hasattr(model, "lock"):
                model.lock(rows.all())
            for row in rows.order_by("pk"):
                give(row, name, new)
        if not new.role_id and old.role:
            new.says_to_be(old.role)


def stay_with_browser(old: Visitor, new: Visitor) -> None:
    """At a log-in: gives visitor `new` what is of the device, and leaves all else with `old`."""
    for model, name in relations():
        if getattr(model, "of_browser", False):
            for row in model._base_manager.filter(**{name: old}).order_by("pk"):
                give(row, name, new)


def look_along_as(visitor_id: UUID, role: Role) -> bool:
    """Keeps in which role somebody looks along, and counts under it what they did before they said it.

    What they do at this very moment waits for it, or it waits for that. Returns False when the visitor is gone.
    """
    with transaction.atomic():
        visitor = Visitor.objects.select_for_update().filter(pk=visitor_id).first()
        if visitor:
            visitor.says_to_be(role)
            lend_role(visitor)
    return visitor is not None


def lend_role(visitor: Visitor) -> None:
    """Counts under their role what a visitor did without one."""
    for model, _ in relations():
        if visitor.role_id and hasattr(model, "take_role"):
            model.take_role(visitor)


def give(row: Any, name: str, new: Visitor) -> None:
    if hasattr(row, "give_to"):
        row.give_to(new)
        return
    rows = type(row)._base_manager.filter(pk=row.pk)
    try:
        with transaction.atomic():
            rows.update(**{name: new})
    except IntegrityError:
        rows.delete()


def gather(user: User, own: Visitor) -> None:
    """Hangs on a person's own visitor what they proved to be theirs, in whichever browser they wrote it."""
    for model, name in relations():
        if has_field(model, "author"):
            # One by one: each locks its row and then its thread, as every other change does.
            theirs = model._base_manager.filter(author=user).exclude(**{name: own})
            for pk in theirs.values_list("pk", flat=True):
                theirs.filter(pk=pk).update(**{name: own})


def has_field(model: type[models.Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True
