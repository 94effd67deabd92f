"""What all admin pages build on: plain, in Dutch, without deleting, with the browser's own calendar."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from werkplaats.backoffice.gone import RowsFormSet, forget_at_reload
from werkplaats.backoffice.meanwhile import TogetherForm, TypedForm
from werkplaats.backoffice.odd_input import OddInputAdmin
from werkplaats.backoffice.offering import OffersUnsent, told_of
from werkplaats.names import order_of

EVERYWHERE = (ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM)  # where an action can be chosen


MEANWHILE = "Iemand anders veranderde intussen ook iets, en dat is zo gebleven."


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.SplitDateTimeWidget):
    """A day and a time in the browser's own fields: Django's calendar speaks English and is no help on a phone."""

    def __init__(self, attrs=None):
        super().__init__(
            attrs,
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"type": "date", "aria-label": "dag"},
            time_attrs={"type": "time", "aria-label": "tijd"},
        )


class PublishedForm(TypedForm):
    """With a tick for a row that is on the site since `published_at`, or a draft without it."""

    published = forms.BooleanField(
        label="Zichtbaar op de site", required=False, initial=True, help_text="Uit: dit is een concept."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["published"] = self.instance.published_at is not None

    def besides(self, row):
        return super().besides(row) | {"published": row.published_at is not None}

    def save(self, commit=True):
        """Turns the tick into a moment."""
        if "published" in self.changed_data or not self.instance.pk:
            moment = self.instance.published_at or timezone.now()
            self.instance.published_at = moment if self.cleaned_data["published"] else None
        return super().save(commit)


class Filter(admin.SimpleListFilter):
    """A filter whose choices each have a name and a function that narrows the list."""

    choices_of: Mapping[str, tuple[str, Callable[[Any], QuerySet]]] = {}

    def lookups(self, request, model_admin):
        return [(value, name) for value, (name, _) in self.choices_of.items()]

    def queryset(self, request, queryset):
        chosen = self.choices_of.get(self.value() or "")
        return chosen[1](queryset) if chosen else queryset


class RowFilter(admin.RelatedOnlyFieldListFilter):
    """A filter by the rows of another model that are in use, with a word for none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.empty_value_display = mark_safe("niet ingevuld")


class PlainFields(admin.options.BaseModelAdmin):
    """The browser's own calendar, and lists to choose from without more around them."""

    formfield_overrides: ClassVar = {
        models.DateTimeField: {"widget": MomentInput},
        models.DateField: {"widget": DayInput},
    }

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A choice from a list is only that: without the pencils and plusses that open windows, and in Dutch."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if isinstance(field, forms.ModelChoiceField) and field.empty_label:
            field.empty_label = "Kies …" if field.required else "Geen"
        return field


class RowsInline(PlainFields, admin.StackedInline):
    """Rows inside a form, with empty ones to add without JavaScript. Empty rows are not saved."""

    form: type[TypedForm] = TogetherForm
    formset = RowsFormSet
    extra = 1  # once there is something to add to
    extra_when_new = 0

    def get_extra(self, request, obj=None, **kwargs):
        return self.extra if obj else self.extra_when_new


class InOrder(ChangeList):
    """A list in which a column of names stands in the order of names."""

    def get_ordering_field(self, field_name):
        found = super().get_ordering_field(field_name)
        if found != "name":
            return found
        kept = any(field.name == "name_order" for field in self.lookup_opts.concrete_fields)
        return "name_order" if kept else order_of("name")


class BaseAdmin(OffersUnsent, PlainFields, OddInputAdmin):
    """`deletable = True` lets coordinators delete rows; otherwise what was said stays."""

    form: type[TypedForm] = TogetherForm
    deletable = False
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False

    def get_changelist(self, request, **kwargs):
        return InOrder

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.deletable and super().has_delete_permission(request, obj)

    def changelist_view(self, request, extra_context=None):
        """Names a list after what is in it; Django's title says to choose one to change."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        is_saved = request.method == "POST" and "_save" in request.POST
        with transaction.atomic() if is_saved else nullcontext():  # its rows are locked
            return super().changelist_view(request, title | (extra_context or {}))

    def save_related(self, request, form, formsets, change):
        """Tells what another changed meanwhile, and stays so."""
        super().save_related(request, form, formsets, change)
        if told := told_of(form, formsets):
            messages.info(request, f"{MEANWHILE} {'; '.join(told)}.")

    def action_checkbox(self, obj):
        """A tick that no browser puts back after F5: there may be another row in its place by then."""
        attrs = {"class": "action-select", "aria-label": f"Kies {obj}", "autocomplete": "off"}
        return forms.CheckboxInput(attrs, lambda value: False).render(ACTION_CHECKBOX_NAME, str(obj.pk))

    def message_user(self, request, message, *args, **kwargs):
        """Django puts «De» before every name, also before «Passend Onderwijscafé», and says «u»."""
        text = str(message)
        if text.startswith(f"De {self.opts.verbose_name} "):
            words = text.removeprefix("De ").replace(". U kunt ", ". Je kunt ")
            text = type(text)(capfirst(words))  # a safe text stays that
        super().message_user(request, text, *args, **kwargs)

    def get_changelist_form(self, request, **kwargs):
        """Labels the fields in a list, which have no label beside them, with their row.

        Two coordinators may have the list open: only what was typed is written.
        """

        class Labelled(super().get_changelist_form(request, form=TogetherForm, **kwargs)):  # type: ignore[misc]  # a class made here
            def __init__(self, *args, **kwargs):
                super().__init__(*args, **kwargs)
                forget_at_reload(self.fields.values())
                for field in self.fields.values():
                    field.widget.attrs["aria-label"] = f"{field.label} van {self.instance}"

        return Labelled
