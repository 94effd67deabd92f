"""Querysets whose SQL is built once: for pages where the ORM takes longer to build it than PostgreSQL to answer.

A function builds the queryset, with `Given` where a value differs from run to run:

    def of_writer(): return Post.objects.filter(visitor=Given("visitor", UUIDField())).values_list("pk")
    rows(of_writer, visitor=visitor_id)
"""

import functools
from collections.abc import Callable, Hashable
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet

type AnyQuerySet = QuerySet[Any, Any]


class Name(str):
    """A parameter that each run fills in."""

    __slots__ = ()


class Given(Expression):
    """The value that a run gives under this name."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return "%s", (Name(self.name),)


def rows(
    build: Callable[..., AnyQuerySet], *shape: Hashable, skip: Callable[..., AnyQuerySet] | None = None, **given: Any
) -> list[tuple[Any, ...]]:
    """The rows of `build(*shape)`, as the database gives them; one query. Its SQL is kept per shape.

    `skip(*shape)` is a queryset of one number: so many rows are left out at the beginning.
    """
    sql, parameters = sql_of(build, *shape)
    if skip:
        number, more = sql_of(skip, *shape)
        sql, parameters = f"{sql} OFFSET ({number})", (*parameters, *more)
    with connection.cursor() as cursor:
        cursor.execute(sql, [given[each] if isinstance(each, Name) else each for each in parameters])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


@functools.lru_cache(maxsize=500)
def sql_of(build: Callable[..., AnyQuerySet], *shape: Hashable) -> tuple[str, tuple[Any, ...]]:
    return build(*shape).query.sql_with_params()


@functools.lru_cache(maxsize=500)
def named_sql(build: Callable[..., AnyQuerySet], *shape: Hashable) -> tuple[str, dict[str, Any]]:
    """The SQL of `build(*shape)` with its parameters by name, and the constant ones: to run along with SQL by hand."""
    sql, parameters = sql_of(build, *shape)
    names = [each if isinstance(each, Name) else f"constant{place}" for place, each in enumerate(parameters)]
    constants = {name: each for name, each in zip(names, parameters, strict=True) if name != each}
    return sql % tuple(f"%({name})s" for name in names), constants
