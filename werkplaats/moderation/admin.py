"""What people reported, one by one. Deciding about what it was settles all reports about it."""

from django.contrib import admin, messages

from werkplaats.backoffice.base import EVERYWHERE, BaseAdmin, Filter


class HandledFilter(Filter):
    title = "afgehandeld"
    parameter_name = "afgehandeld"
    choices_of = {
        "nee": ("nee", lambda reports: reports.waiting()),
        "ja": ("ja", lambda reports: reports.filter(handled_at__isnull=False)),
    }


class ReportsAdmin(BaseAdmin):
    """A subclass adds `excerpt` and `link`: what a report is about, in a list and on its own page."""

    list_display = ["excerpt", "reason", "created_at", "handled_at", "handled_by"]
    list_filter = [HandledFilter, "reason"]
    fields = readonly_fields = ["link", "reason", "created_at", "handled_at", "handled_by"]
    actions = ["handle"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_moderate_permission(self, request) -> bool:
        return super().has_change_permission(request)

    @admin.action(description="Afgehandeld: blijft staan", permissions=["moderate"], location=EVERYWHERE)
    def handle(self, request, queryset):
        for report in queryset:
            report.handle(request.user)
        messages.success(request, "Afgehandeld.")
