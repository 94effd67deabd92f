"""Querysets whose SQL is built once: for pages where the ORM takes longer to build it than PostgreSQL to answer.

A function builds the queryset, with `Given` where a value differs from run to run:

    def of_writer(): return Post.objects.filter(visitor=Given("visitor", UUIDField())).values_list("pk")
    rows(of_writer, visitor=visitor_id)

`rows` are as the database gives them, `objects` what the ORM makes of them.
"""

import functools
from collections.abc import Callable, Hashable
from copy import copy
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import connection, connections
from django.db.models import BigIntegerField, BooleanField, Expression, F, Field, Func, QuerySet
from django.db.transaction import TransactionManagementError

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


def among(field: str, name: str) -> Func:
    """The condition that a key is one of those that a run gives under this name: one statement for any number."""
    given = Given(name, ArrayField(BigIntegerField()))
    return Func(F(field), given, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField())


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
        cursor.execute(sql, filled(parameters, given))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def filled(parameters: tuple[Any, ...], given: dict[str, Any]) -> list[Any]:
    return [given[each] if isinstance(each, Name) else each for each in parameters]


def objects(build: Callable[..., AnyQuerySet], *shape: Hashable, **given: Any) -> list[Any]:
    """The rows of `build(*shape)` as objects, with what it selects along and annotates; one query, as `rows`."""
    made = built(build, *shape)
    if made.rows.query.select_for_update and connection.get_autocommit():
        raise TransactionManagementError("Only a transaction keeps rows locked.")
    again: Any = Again(made, filled(made.parameters, given))
    return list(QuerySet(made.rows.model, query=again, using=made.rows.db))


class Again:
    """What a queryset asks its compiler of, with the values of this run."""

    def __init__(self, made: "Built", parameters: list[Any]) -> None:
        self.made, self.parameters = made, parameters

    def get_compiler(self, using: str) -> Any:
        # A copy, on the connection of this thread: the one that is kept serves all of them.
        compiler = copy(self.made.compiler)
        compiler.connection, compiler.as_sql = connections[using], lambda: (self.made.sql, self.parameters)
        return compiler


def sql_of(build: Callable[..., AnyQuerySet], *shape: Hashable) -> tuple[str, tuple[Any, ...]]:
    made = built(build, *shape)
    return made.sql, made.parameters


class Built(NamedTuple):
    """A queryset with its SQL, and the compiler that made it: that knows which column is what."""

    rows: AnyQuerySet
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]


@functools.lru_cache(maxsize=500)
def built(build: Callable[..., AnyQuerySet], *shape: Hashable) -> Built:
    found = build(*shape)
    compiler = found.query.get_compiler(using=found.db)
    sql, parameters = compiler.as_sql()
    return Built(found, compiler, sql, tuple(parameters))


@functools.lru_cache(maxsize=500)
def named_sql(build: Callable[..., AnyQuerySet], *shape: Hashable) -> tuple[str, dict[str, Any]]:
    """The SQL of `build(*shape)` with its parameters by name, and the constant ones: to run along with SQL by hand."""
    sql, parameters = sql_of(build, *shape)
    names = [each if isinstance(each, Name) else f"constant{place}" for place, each in enumerate(parameters)]
    constants = {name: each for name, each in zip(names, parameters, strict=True) if name != each}
    return sql % tuple(f"%({name})s" for name in names), constants
