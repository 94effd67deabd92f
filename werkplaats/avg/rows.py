"""All that the register knows of one person, row by row, in one query."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Field, Func, Model, Q, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, JSONObject

from werkplaats.privacy.person import Person
from werkplaats.register.entries import Entry
from werkplaats.register.walking import entry_of, of_history, tables

# Of what a row points to, what names it. No key stands in what is handed out: it would count what others did, and whose
# own numbers go up by one or by two would read from it whether an address was known.
NAMED = {
    "werkplaats.Role": "name",
    "werkplaats.Werkgebied": "name",
    "werkplaats.Motto": "text",
    "posts.Question": "text",
    "events.Cafe": "title",
    "polls.Poll": "question",
    "polls.Choice": "text",
    "polls.StickerRound": "title",
    "polls.Group": "name",
    "polls.Idea": "round__title",
    "plan.Wording": "text",
    "auth.Group": "name",
    "auth.Permission": "name",
    "contenttypes.ContentType": "model",
}
NUMBERED = "posts.Post"  # its number stands in its address, for everyone
CONTRIBUTIONS = ("posts.Post",)  # what a cookie alone opens: decision 14


class Row(NamedTuple):
    """One row of somebody: of which table, its key, that of what it is a version of (its own when it is none), and
    what is in its columns by their name.

    Of a column that points to another row it is the name of that, and of a contribution its number; of who of the staff
    did it nothing is told, nor of what opens something, nor any other key.
    """

    model: type[Model]
    pk: str
    of: str
    values: dict[str, Any]

    @property
    def is_version(self) -> bool:
        """Whether it is what a row said before."""
        return hasattr(self.model, "pgh_tracked_model")


def rows_of(person: Person, *, only: tuple[str, ...] = ()) -> list[Row]:
    """Everything that is theirs; with `only` that of these tables and their history. One query, none for nobody."""
    found = [asked(model, entry, person) for model, entry in registered(only)] if person else []
    if not found:
        return []
    by_label = {model._meta.label: model for model, _ in registered(only)}
    one, *others = found
    every = one.union(*others, all=True).order_by() if others else one
    return [Row(by_label[label], pk, of, values) for label, pk, of, values in every]


def registered(only: tuple[str, ...] = ()) -> Iterator[tuple[type[Model], Entry]]:
    """The tables with rows of somebody."""
    for model in tables():
        entry = entry_of(model)
        tracked = getattr(model, "pgh_tracked_model", model)
        if entry and entry.of and (not only or tracked._meta.label in only):
            yield model, entry


def theirs(model: type[Model], entry: Entry, person: Person) -> "QuerySet[Any]":
    """The rows of a table that are of this person; of history those of what is theirs now, since they wrote it."""
    if not hasattr(model, "pgh_tracked_model"):
        return model._base_manager.filter(person.whose(entry.of)).order_by()
    rows = model._base_manager.filter(person.whose(entry.of, "pgh_obj__"))
    # What another browser typed before they said that it was theirs is not theirs to read.
    by_them = Q(visitor__in=person.visitors) | Q(author=person.user) if has_author(model) else Q()
    return rows.filter(by_them & entry.past).order_by()


def has_author(model: type[Model]) -> bool:
    return {"visitor", "author"} <= {column.name for column in model._meta.concrete_fields}


def asked(model: type[Model], entry: Entry, person: Person) -> "QuerySet[Any, tuple[str, str, str, dict[str, Any]]]":
    text = models.TextField()
    of = "pgh_obj_id" if hasattr(model, "pgh_tracked_model") else "pk"
    label = Value(model._meta.label, output_field=text)
    keys = (Cast(key, text) for key in ("pk", of))
    return theirs(model, entry, person).values_list(label, *keys, JSONObject(**columns(model, entry)))


def columns(model: type[Model], entry: Entry) -> dict[str, Any]:
    hidden = {*entry.staff, *entry.secret, *entry.unsaid}
    shown: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.name in hidden or of_history(model, column) and column.name != "pgh_created_at":
            continue
        if (value := told_of(model, column)) is not None:
            shown[column.name] = entry.instead.get(column.name, value)
    return shown


def told_of(model: type[Model], column: "Field[Any, Any]") -> Any:
    """What a file tells of a column: what is in it, the name of what it points to, or nothing of a key."""
    label = points_to(model, column)
    if column.is_relation and (name := NAMED.get(label)):
        return F(f"{column.name}__{name}")
    if label and label != NUMBERED:
        return None
    if isinstance(column, models.JSONField):  # of pghistory alone: who did it, and on which page
        return Func(KT(f"{column.name}__url"), Value(r"\d+"), Value("…"), Value("g"), function="regexp_replace")
    return F(column.attname)


def points_to(model: type[Model], column: "Field[Any, Any]") -> str:
    """The label of the table of which it holds a key: another one, its own, or what it is a version of; else empty."""
    tracked = getattr(model, "pgh_tracked_model", model)
    if column.name == tracked._meta.pk.name and not column.is_relation:
        return str(tracked._meta.label)
    return str(column.related_model._meta.label) if column.is_relation else ""  # type: ignore[union-attr]
