"""What a form of the back office never sends and an address may hold: answered as a mistake, not as a fault of ours."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import Field, QuerySet
from django.http import Http404, HttpRequest

from werkplaats.web.addresses import whole_number

MOST_WORDS = 8  # of a search; each is one more condition on every row
# What filters and our own links ask. Others, as regular expressions and ranges, read a value in ways of their own.
ASKED = {"exact", "isnull", "in", "gte", "gt", "lte", "lt"}


class OddInputAdmin(admin.ModelAdmin):
    """Reads what stands in an address or a form with care."""

    def lookup_allowed(self, lookup, value, request=None):
        """Only what a filter or a link of ours asks."""
        last = lookup.split("__")[-1]
        is_field = "__" not in lookup or last in {field.name for field in self.opts.get_fields()} | {"id", "pk"}
        is_readable = last != "in" or self.can_read_all(lookup.removesuffix("__in"), value)
        return (is_field or last in ASKED) and is_readable and super().lookup_allowed(lookup, value, request)

    def can_read_all(self, name: str, values: Any) -> bool:
        """Whether the field of this name can read each of these, in a string with commas between them or a list."""
        fields = {field.name: field for field in self.opts.get_fields() if isinstance(field, Field)}
        try:
            for value in values.split(",") if isinstance(values, str) else ",".join(values).split(","):
                fields[name].to_python(value)
        except (KeyError, ValidationError, ValueError, TypeError, OverflowError):
            return False
        return True

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        """A row that went while somebody changed it: the page that says so gives back what they typed."""
        if request.method == "POST":
            raise Http404
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]  # Django's own

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str):
        """With the first words of what somebody pasted."""
        return super().get_search_results(request, queryset, " ".join(search_term.split()[:MOST_WORDS]))

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address fills in beforehand, without what its field cannot read."""
        fields = {field.name: field for field in self.opts.get_fields() if isinstance(field, Field)}
        found = {}
        for name in fields.keys() & request.GET.keys():
            try:
                found[name] = fields[name].clean(request.GET[name], None)
            except (ValidationError, ValueError, TypeError, OverflowError):
                continue
        return found

    def changelist_view(self, request, extra_context=None):
        """Leaves ticks that stand for no row out."""
        if request.method == "POST" and ACTION_CHECKBOX_NAME in request.POST:
            sent = request.POST.copy()
            sent.setlist(
                ACTION_CHECKBOX_NAME, [each for each in sent.getlist(ACTION_CHECKBOX_NAME) if whole_number(each) > 0]
            )
            request.POST = sent
        return super().changelist_view(request, extra_context)
