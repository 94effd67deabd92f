"""Two coordinators with one row open: a form tells what another changed since its page was drawn.

A hidden copy of what was shown comes along for each field, so `changed_data` has only what was typed. With the row
locked, that copy is laid beside the row as it is. What another changed and nobody typed in here stays as it is now, and
is told once it is saved. Where both typed, nothing is written: the form comes back with both, and with a new copy, so
that saving once more is about what stands there now.
"""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.html import format_html

from werkplaats.words import day, excerpt, moment

NOTHING = "(leeg)"
LONG = 200  # characters of what another changed and that stands in its field: where both typed it is told whole
BOTH = (
    "Iemand anders veranderde dit ook, terwijl jij typte. Nu staat er: <q>{}</q>. Jij hebt: <q>{}</q>. "
    "Kijk welke het moet zijn, en bewaar nog een keer."
)
NOT_AWAY = "«{}» is intussen veranderd. Kijk eerst hoe het nu is. Moet het toch weg? Bewaar dan nog een keer."


class ShownField(forms.BoundField):
    """A field that also draws, hidden, what the page showed: as it was sent, whatever was typed in it since.

    Django draws what was typed there once more for a moment and for an empty choice of several, and then that counts
    as not typed.
    """

    form: "TypedForm"

    def as_widget(self, widget=None, attrs=None, only_initial=False):
        if not only_initial:
            return super().as_widget(widget, attrs)
        hidden = self.field.hidden_widget()
        value = self.form.shown_before(self, hidden)
        return hidden.render(self.html_initial_name, value, {"id": self.html_initial_id}, self.form.renderer)

    def value(self):
        """What another put there meanwhile, in a field in which nobody typed here."""
        stands = self.form.stands
        return self.field.prepare_value(stands[self.name]) if self.name in stands else super().value()


class TypedForm(forms.ModelForm):
    """Tells what was typed from what the form showed: someone else may have changed the row meanwhile."""

    bound_field_class = ShownField

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.told: list[str] = []  # what another changed, in fields that nobody typed in here
        self.stands: dict[str, Any] = {}  # and what stands there now
        self.shown_now: dict[str, Any] = {}  # what the page that comes back shows: the next save is about that
        for field in self.fields.values():
            field.show_hidden_initial = bool(self.instance.pk)

    def besides(self, row: models.Model) -> dict[str, Any]:
        """What this form shows of a row besides its columns, by the name of the field."""
        return {}

    def leave_the_rest(self, row: models.Model) -> None:
        """Gives what nobody typed in the value that it has in `row` now. For `clean`, with `row` locked."""
        self.compare(row)
        typed, data = self.changed_data, self.cleaned_data
        for field in row._meta.concrete_fields:
            if field.name not in self.fields:  # `save` writes all columns
                setattr(self.instance, field.attname, getattr(row, field.attname))
            elif field.name in data and field.name not in typed:
                data[field.name] = getattr(row, field.name)
        for field in row._meta.many_to_many:
            if field.name in data and field.name not in typed:
                data[field.name] = getattr(row, field.name).all()
        data.update({name: value for name, value in self.besides(row).items() if name in data and name not in typed})

    def compare(self, row: models.Model) -> None:
        """Lays what the page showed beside the row: an error where both typed, else a line in `told`."""
        options, typed = self._meta, self.changed_data
        now = forms.models.model_to_dict(row, options.fields, options.exclude) | self.besides(row)
        self.shown_now = {name: now[name] for name in self.fields if name in now and self.is_other(name, now[name])}
        self.stands = {name: value for name, value in self.shown_now.items() if name not in typed}
        self.told = [
            f"«{self.fields[name].label}» is nu: {excerpt(self.as_read(name, now[name]), LONG)}" for name in self.stands
        ]
        if self.shown_now and self.cleaned_data.get(DELETION_FIELD_NAME):
            self.cleaned_data[DELETION_FIELD_NAME] = False
            raise ValidationError(NOT_AWAY.format(self.instance))
        for name in self.shown_now.keys() - self.stands:
            if self.fields[name].has_changed(now[name], self[name].data):
                written = self.cleaned_data[name] if name in self.cleaned_data else self[name].data
                self.add_error(name, format_html(BOTH, self.as_read(name, now[name]), self.as_read(name, written)))

    def is_other(self, name: str, now: Any) -> bool:
        """Whether the page showed something else in this field than it would by now. Not when it did not say."""
        widget = self.fields[name].hidden_widget()
        shown = self.sent_as_shown(name, widget)
        return shown is not None and sorted(map(plain, shown)) != sorted(map(plain, drawn(self.fields[name], now)))

    def sent_as_shown(self, name: str, widget: forms.Widget) -> list[str] | None:
        """What the page sent along as what it showed in this field; None when it sent nothing of the kind."""
        first, suffixes = self.add_initial_prefix(name), [""]
        if isinstance(widget, forms.MultiWidget):
            suffixes = widget.widgets_names  # type: ignore[attr-defined]  # the stubs do not know it
        if self.fields[name].disabled or not self.fields[name].show_hidden_initial:
            return None
        data = cast(QueryDict, self.data)
        sent = [value for each in suffixes for value in data.getlist(first + each)]
        # An empty choice of several sends nothing, also from a page that tells what it showed.
        tells = isinstance(widget, forms.MultipleHiddenInput) and self.tells_what_it_showed()
        return sent if sent or tells else None

    def tells_what_it_showed(self) -> bool:
        first = self.add_initial_prefix("")
        return any(name.startswith(first) for name in self.data)

    def shown_before(self, field: ShownField, hidden: forms.Widget) -> Any:
        """The value that the hidden copy of a field holds on the page that is drawn."""
        if field.name in self.shown_now:
            return field.field.prepare_value(self.shown_now[field.name])
        if self.is_bound and self.sent_as_shown(field.name, hidden) is not None:
            return hidden.value_from_datadict(self.data, self.files, field.html_initial_name)
        return field.field.prepare_value(field.initial)

    def as_read(self, name: str, value: Any) -> str:
        """The value as a person reads it."""
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return ", ".join(str(each) for each in value or []) or NOTHING
        if isinstance(field, forms.ModelChoiceField):
            rows = cast(models.QuerySet, field.queryset).model._base_manager
            row = value if isinstance(value, models.Model) else rows.filter(pk=value).first() if value else None
            return str(row) if row else NOTHING
        if isinstance(field, forms.ChoiceField):
            value = dict(cast(Any, field.choices)).get(value, value)
        return in_words(value) or NOTHING


class TogetherForm(TypedForm):
    """For a row that two coordinators have open at once."""

    def clean(self):
        """Locks the row until it is saved."""
        data = super().clean()
        rows = type(self.instance)._base_manager.select_for_update(no_key=True)
        if row := rows.filter(pk=self.instance.pk).first():
            self.leave_the_rest(row)
        return data


def in_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "aan" if value else "uit"
    if hasattr(value, "hour"):
        return moment(value) if hasattr(value, "year") else f"{value:%-H.%M}"
    return day(value) if hasattr(value, "weekday") else str(localize(value))


def plain(value: str) -> str:
    """As a browser sends it back: line ends may be two characters."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


def drawn(field: forms.Field, value: Any) -> list[str]:
    """What the hidden copy of a field holds for this value."""
    widget, value = field.hidden_widget(), field.prepare_value(value)
    if isinstance(widget, forms.MultiWidget):
        parts = zip(widget.widgets, widget.decompress(value) or [], strict=True)
        return [str(part.format_value(each) or "") for part, each in parts]
    if isinstance(widget, forms.MultipleHiddenInput):
        return [str(each) for each in value or []]
    return [str(widget.format_value(value) or "")]
