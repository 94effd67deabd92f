"""Rows inside a form: what somebody typed in one that another took away meanwhile comes back, as a new one."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import QueryDict

from werkplaats.backoffice.meanwhile import plain
from werkplaats.web.addresses import whole_number

GONE = (
    "Iemand anders haalde intussen weg waar jij in typte. Wat je typte, staat hieronder als nieuw. Bewaar nog een keer "
    "om het terug te zetten, of maak die velden leeg."
)


def forget_at_reload(fields: Iterable[forms.Field]) -> None:
    """Keeps browsers from putting back after F5 what stood in these: they go by the number of a row, or its place.

    By then another row may have it.
    """
    for field in fields:
        field.widget.attrs["autocomplete"] = "off"


class RowsFormSet(forms.BaseInlineFormSet):
    """Rows inside a form. One that is there no more, and in which somebody typed, becomes a new one at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_moved = False
        if self.is_bound and self.instance.pk:
            self.move_gone(cast(QueryDict, self.data).copy())

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        forget_at_reload(form.fields.values())

    def clean(self) -> None:
        super().clean()
        if self.has_moved:
            raise ValidationError(GONE, code="gone")

    def move_gone(self, data: QueryDict) -> None:
        counts = (f"{self.prefix}-{name}_FORMS" for name in ("TOTAL", "INITIAL"))
        total, initial = (whole_number(data.get(name, "")) for name in counts)
        if not 0 < initial <= total <= self.absolute_max:
            return
        there, key = {str(row.pk) for row in self.get_queryset()}, cast(type[Model], self.model)._meta.pk.name
        rows = [self.take(data, number) for number in range(total)]
        stay = [row for row in rows[:initial] if row.get(f"-{key}", [""])[0] in there]
        gone = [row for row in rows[:initial] if row not in stay and is_typed_in(row)]
        if len(stay) == initial:
            return
        for row in gone:
            row[f"-{key}"] = [""]
        anew = [{name: value for name, value in row.items() if not name.startswith("initial")} for row in gone]
        everything = [*stay, *rows[initial:], *anew]
        for number, row in enumerate(everything):
            self.put(data, number, row)
        data[f"{self.prefix}-TOTAL_FORMS"], data[f"{self.prefix}-INITIAL_FORMS"] = str(len(everything)), str(len(stay))
        self.data, self.has_moved = data, bool(gone)

    def take(self, data: QueryDict, number: int) -> dict[str, list[str]]:
        """Takes the fields of a row out; by their name without its number."""
        place, found = self.add_prefix(number), {}
        for name in [each for each in data if each.startswith((f"{place}-", f"initial-{place}-"))]:
            found[name.replace(place, "", 1)] = data.pop(name)
        return found

    def put(self, data: QueryDict, number: int, row: dict[str, list[str]]) -> None:
        for name, values in row.items():
            first, last = ("initial-", name.removeprefix("initial-")) if name.startswith("initial") else ("", name)
            data.setlist(f"{first}{self.add_prefix(number)}{last}", values)


def is_typed_in(row: dict[str, list[str]]) -> bool:
    """Whether something stands in it that the page did not show."""
    shown = {name.removeprefix("initial-"): values for name, values in row.items() if name.startswith("initial")}
    both = [(row[name], values) for name, values in shown.items() if name in row and row[name] != ["on"]]
    return any([*map(plain, typed)] != [*map(plain, was)] for typed, was in both)
