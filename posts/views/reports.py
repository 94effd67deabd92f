from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from posts.actions import reporting
from posts.models.holds import Removal
from posts.models.posts import Post
from posts.models.reports import Report
from werkplaats.moderation.forms import ReportForm
from werkplaats.people import visitors
from werkplaats.web import htmx


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, pk):
    """Asks a moderator to look at a post; asking twice is asking once."""
    found = get_object_or_404(reportable(request.visitor_id), pk=pk)
    has_picture = bool(found.picture_id and found.picture_shown_at)
    form = ReportForm(request.POST if request.method == "POST" else None, picture=has_picture)
    if form.is_valid():
        reporting.report(found, visitors.writing(request), form.cleaned_data["reason"])
        if not htmx.wants_fragment(request):
            return redirect("posts:report", pk)
    reported = Report.objects.filter(post=found, visitor=request.visitor_id or None).exists()
    context = {"post": found, "form": form, "reported": reported}
    status = 422 if form.is_bound and form.errors else 200
    return htmx.respond(request, "posts/report.html", "reasons", context, status=status)


def reportable(visitor_id) -> QuerySet:
    """What people can read; and what this visitor reported and waits since: they are still thanked for it."""
    mine = Q(removal=Removal.HELD, pk__in=Report.objects.filter(visitor=visitor_id).values("post"))
    readable = Q(pk__in=Post.objects.readable().order_by().values("pk"))
    return Post.objects.filter(readable | mine).select_related("role")
