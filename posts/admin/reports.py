"""What people reported about contributions."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from posts.actions import moderating
from posts.admin.deciding import as_shown
from posts.models import Post, Report
from werkplaats.moderation.admin import ReportsAdmin
from werkplaats.words import excerpt


@admin.register(Report)
class ReportAdmin(ReportsAdmin):
    list_select_related = ["post__role", "handled_by"]
    asked = "posts/admin/list.html#reported"

    def let_stay(self, request, rows: list[Post]) -> None:
        decided = moderating.let_stay(rows, request.user, *as_shown(request))
        self.tell_stays(request, decided)

    @admin.display(description="bijdrage")
    def excerpt(self, report):
        if report.post.is_about_child:
            return str(report.post)
        return excerpt(report.post.text, 90) or "(gewist)"

    @admin.display(description="bijdrage")
    def link(self, report):
        context = {"post": report.post}
        return mark_safe(render_to_string("posts/admin/link.html", context))  # noqa: S308  our own template
