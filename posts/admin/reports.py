"""What people reported about contributions."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from posts.models import Report
from werkplaats.moderation.admin import ReportsAdmin
from werkplaats.words import excerpt


@admin.register(Report)
class ReportAdmin(ReportsAdmin):
    list_select_related = ["post", "handled_by"]

    @admin.display(description="bijdrage")
    def excerpt(self, report):
        return excerpt(report.post.text, 90) or "(gewist)"

    @admin.display(description="bijdrage")
    def link(self, report):
        context = {"post": report.post}
        return mark_safe(render_to_string("posts/admin/link.html", context))  # noqa: S308  our own template
