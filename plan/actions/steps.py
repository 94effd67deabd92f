"""One step on the desk: a transaction that holds the harvest, and the act that it writes."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, models, transaction

from plan.actions.outcomes import Outcome, Refused
from plan.models import Act, Destination, Fragment, Harvest, Stack, Verb
from werkplaats import compiled
from werkplaats.compiled import Given, among
from werkplaats.models import User

Row = Destination | Fragment | Stack
Values = dict[str, Any]
MODELS: dict[str, type[Row]] = {"stack": Stack, "fragment": Fragment, "destination": Destination}


def kind_of(model: type[models.Model] | Row) -> str:
    return str(model._meta.model_name)


def columns_of(kind: str) -> dict[str, Any]:
    """What a step may change in such a row, by attribute. Of a fragment the version alone: triggers keep the rest."""
    every = {field.attname: field for field in MODELS[kind]._meta.concrete_fields if not field.primary_key}
    return {"version": every["version"]} if kind == "fragment" else every


def rows_of(kind: str, pks: Iterable[int]) -> dict[int, Row]:
    """By their key. One query."""
    return {row.pk: row for row in compiled.objects(by_key, kind, pks=list(pks))}


def by_key(kind: str) -> compiled.AnyQuerySet:
    return MODELS[kind]._default_manager.filter(among("pk", "pks"))


class Step:
    """What a step changes, with what was there before: a statement for each kind of change, whatever their number."""

    def __init__(self, harvest: Harvest, by: User, verb: Verb) -> None:
        self.harvest, self.by, self.verb = harvest, by, verb
        self.number = harvest.version + 1
        self.stack: Stack | None = None
        self.undoes: Act | None = None
        self.fragments: set[int] = set()
        self.before: dict[str, dict[str, Values | None]] = {}
        self.after: dict[str, dict[str, int | None]] = {}

    def add(self, rows: list[Any]) -> None:
        """Writes new rows of one kind."""
        for row in rows:
            row.version = self.number
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)
        for row in rows:
            self._note(row, None, self.number)

    def change(self, rows: Iterable[Row], **values: Any) -> None:
        """Gives rows of one kind the same values."""
        rows = list(rows)
        if rows:
            self._set(rows, [values] * len(rows))
            chosen = type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows])
            chosen.update(**values, version=self.number)

    def change_each(self, changes: list[tuple[Row, Values]]) -> None:
        """Gives rows of one kind values of their own."""
        if changes:
            rows = [row for row, _ in changes]
            self._set(rows, [values for _, values in changes])
            names = {name for _, values in changes for name in values} | {"version"}
            type(rows[0])._default_manager.bulk_update(rows, sorted(names))  # type: ignore[arg-type]

    def remove(self, rows: list[Destination]) -> None:
        for row in rows:
            self._note(row, self._values(row), None)
        if rows:
            Destination.objects.filter(pk__in=[row.pk for row in rows]).delete()

    def _set(self, rows: list[Row], each: list[Values]) -> None:
        for row, values in zip(rows, each, strict=True):
            self._note(row, self._values(row), self.number)
            for name, value in {**values, "version": self.number}.items():
                setattr(row, name, value)

    def _values(self, row: Row) -> Values:
        return {name: getattr(row, name) for name in columns_of(kind_of(row))}

    def _note(self, row: Row, before: Values | None, after: int | None) -> None:
        """Keeps what was there before the step, once, and the version after it."""
        kind, key = kind_of(row), str(row.pk)
        self.before.setdefault(kind, {}).setdefault(key, before)
        self.after.setdefault(kind, {})[key] = after
        if isinstance(row, Fragment):
            self.fragments.add(row.pk)
        elif isinstance(row, Destination):
            self.fragments.add(row.fragment_id)

    def outcome(self, done: Iterable[int] = (), **more: Any) -> Outcome:
        """What came of it; writes the act when anything changed. Call it last, once."""
        act = self._write() if self.after else None
        return Outcome(self.harvest.version, act, sorted(done), **more)

    def _write(self) -> Act:
        act = Act.objects.create(
            harvest=self.harvest,
            number=self.number,
            by=self.by,
            verb=self.verb,
            stack=self.stack,
            fragments=sorted(self.fragments),
            before=plain(self.before),
            after=self.after,
            undoes=self.undoes,
        )
        self.harvest.version = self.number
        self.harvest.save(update_fields=["version"])
        return act


def plain(before: dict[str, dict[str, Values | None]]) -> dict[str, dict[str, Values | None]]:
    """With days and moments as text, as they come back out of the database."""
    coder = DjangoJSONEncoder()

    def one(value: Any) -> Any:
        return value if value is None or isinstance(value, bool | int | str) else coder.default(value)

    return {
        kind: {key: row and {name: one(value) for name, value in row.items()} for key, row in rows.items()}
        for kind, rows in before.items()
    }


@contextmanager
def step(harvest_id: int, by: User, verb: Verb) -> Iterator[Step]:
    """Holds the harvest until the step is done: acts in it wait for each other, 3 s at most.

    Raises Refused when there is no such harvest, and when the database refuses a name or a place that is taken.
    """
    try:
        with transaction.atomic():
            yield Step(Harvest.locked(harvest_id), by, verb)
    except Harvest.DoesNotExist:
        raise Refused("Deze opbrengst is er niet meer.") from None
    except IntegrityError as error:
        raise Refused(_message_of(error)) from error


def _message_of(error: IntegrityError) -> str:
    """What the constraint that was broken says. Raises the error anew when it is none of the desk."""
    diag = getattr(error.__cause__, "diag", None)
    for model in MODELS.values():
        for constraint in model._meta.constraints:
            if diag and constraint.name == diag.constraint_name:
                return str(constraint.violation_error_message)
    raise error


def stack_in(harvest: Harvest, pk: int) -> Stack:
    """A stack that lies on the desk of this harvest. Raises Refused when there is none such."""
    stack: Stack | None = next(iter(compiled.objects(of_harvest, pk=pk, harvest=harvest.pk)), None)
    if stack is None:
        raise Refused("Deze stapel is er niet meer.")
    if stack.joined_into:
        raise Refused(f"«{stack}» is samengevoegd met «{stack.joined_into}». Kies die stapel.")
    stack.harvest = harvest
    return stack


def of_harvest() -> compiled.AnyQuerySet:
    pk, harvest = (Given(name, models.BigIntegerField()) for name in ("pk", "harvest"))
    return Stack.objects.filter(pk=pk, harvest=harvest).select_related("joined_into")
