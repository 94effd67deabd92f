"""A filter of which each choice is a name and what it leaves."""

from collections.abc import Callable

from django.contrib import admin
from django.db.models import QuerySet


class Filter(admin.SimpleListFilter):
    choices_of: dict[str, tuple[str, Callable[[QuerySet], QuerySet]]] = {}

    def lookups(self, request, model_admin):
        return [(value, name) for value, (name, _) in self.choices_of.items()]

    def queryset(self, request, queryset):
        chosen = self.choices_of.get(self.value())
        return chosen[1](queryset) if chosen else queryset
