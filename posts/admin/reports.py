"""What people reported, one by one. Deciding about the contribution settles them all."""

from django.contrib import admin, messages
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from posts.models import Report
from posts.states import excerpt
from werkplaats.admin.base import EVERYWHERE, BaseAdmin, Filter


class HandledFilter(Filter):
    title = "afgehandeld"
    parameter_name = "afgehandeld"
    choices_of = {
        "nee": ("nee", lambda reports: reports.filter(handled_at=None)),
        "ja": ("ja", lambda reports: reports.filter(handled_at__isnull=False)),
    }


@admin.register(Report)
class ReportAdmin(BaseAdmin):
    list_display = ["excerpt", "reason", "created_at", "handled_at", "handled_by"]
    list_filter = [HandledFilter, "reason"]
    list_select_related = ["post", "handled_by"]
    fields = readonly_fields = ["link", "reason", "created_at", "handled_at", "handled_by"]
    actions = ["handle"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_moderate_permission(self, request) -> bool:
        return request.user.has_perm("posts.change_report")

    @admin.display(description="bijdrage")
    def excerpt(self, report):
        return excerpt(report.post.text, 90) or "(gewist)"

    @admin.display(description="bijdrage")
    def link(self, report):
        context = {"post": report.post}
        return mark_safe(render_to_string("posts/admin/link.html", context))  # noqa: S308  our own template

    @admin.action(description="Afgehandeld: blijft staan", permissions=["moderate"], location=EVERYWHERE)
    def handle(self, request, queryset):
        for report in queryset:
            report.handle(request.user)
        messages.success(request, "Afgehandeld.")
