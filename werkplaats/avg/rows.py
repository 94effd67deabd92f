"""All that the register knows of one person, row by row, in one query."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, JSONObject

from werkplaats.privacy.person import Person
from werkplaats.register.entries import Entry
from werkplaats.register.walking import entry_of, of_history, tables

# Of what the site itself says, what names it. The row of another person is named by its number alone.
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
}
CONTRIBUTIONS = ("posts.Post",)  # what a cookie alone opens: decision 14


class Row(NamedTuple):
    """One row of somebody: of which table, its key, and what is in its columns by their name.

    Of a column that points to something of the site it is the name of that. Of who of the staff did it nothing is
    told, nor of what opens something.
    """

    model: type[Model]
    pk: str
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
    return [Row(by_label[label], pk, values) for label, pk, values in every]


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
    return rows.filter(by_them).order_by()


def has_author(model: type[Model]) -> bool:
    return {"visitor", "author"} <= {column.name for column in model._meta.concrete_fields}


def asked(model: type[Model], entry: Entry, person: Person) -> "QuerySet[Any, tuple[str, str, dict[str, Any]]]":
    text = models.TextField()
    return theirs(model, entry, person).values_list(
        Value(model._meta.label, output_field=text), Cast("pk", text), JSONObject(**columns(model, entry))
    )


def columns(model: type[Model], entry: Entry) -> dict[str, Any]:
    hidden = {*entry.staff, *entry.secret, *entry.unsaid}
    shown: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.name in hidden or of_history(model, column) and column.name != "pgh_created_at":
            continue
        points_to = column.related_model._meta.label if column.is_relation else ""  # type: ignore[union-attr]
        name = NAMED.get(points_to)
        shown[column.name] = F(f"{column.name}__{name}") if name else F(column.attname)
    return shown
