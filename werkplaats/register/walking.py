"""Every column that can hold something of a person, and the entry that speaks of it."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Field, Model

from werkplaats.register.entries import Entry
from werkplaats.register.libraries import TABLES

# By their kind: words, codes that name somebody, files, addresses of machines, and what may hold any of these.
TELLING = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.UUIDField,
    models.FileField,
    models.GenericIPAddressField,
    ArrayField,
)
NO_TABLE = "pghistory.Events"  # a query over all history
PEOPLE = {"werkplaats.User", "werkplaats.Visitor"}


def tables() -> Iterator[type[Model]]:
    """All of the database, also those between two others."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.label != NO_TABLE:
            yield model


def can_tell(column: "Field[Any, Any]") -> bool:
    """Whether a column can hold something of a person, by its kind; a choice from a few words cannot."""
    if column.is_relation:
        return column.related_model._meta.label in PEOPLE  # type: ignore[union-attr]  # mypy: a name, before all is read
    if isinstance(column, ArrayField):
        return isinstance(column.base_field, TELLING)
    return isinstance(column, TELLING) and not column.choices


def entry_of(model: type[Model]) -> Entry | None:
    """What the register says of a table: its own entry, that of what it is the history of, or that of a library's."""
    tracked = getattr(model, "pgh_tracked_model", None)
    found: Entry | None = getattr(tracked or model, "in_register", None) or TABLES.get(model._meta.label)
    return found


def missing() -> list[str]:
    """The columns, as «posts.Post.text», of which no entry speaks."""
    return [column for model in tables() for column in missing_of(model)]


def missing_of(model: type[Model]) -> list[str]:
    """Those of one table."""
    entry = entry_of(model)
    known = entry.columns if entry else set()
    return [
        f"{model._meta.label}.{column.name}"
        for column in model._meta.concrete_fields
        if can_tell(column) and column.name not in known and not of_history(model, column)
    ]


def of_history(model: type[Model], column: "Field[Any, Any]") -> bool:
    """Whether pghistory itself added the column: which event it was."""
    return hasattr(model, "pgh_tracked_model") and column.name.startswith("pgh_")
