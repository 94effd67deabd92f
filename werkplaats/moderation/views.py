"""The page on which somebody asks a moderator to look."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect

from werkplaats.moderation.forms import ReportForm
from werkplaats.moderation.models import Moderated
from werkplaats.people import visitors
from werkplaats.people.models import Visitor
from werkplaats.web import htmx


def report_page(
    request, about: Moderated, file: Callable[[Visitor, str], None], *, picture: bool, **context
) -> HttpResponse:
    """Asks why, and files the report with that reason; reporting twice is reporting once.

    `about` has `reports`; `picture` is whether people see one with it. `context` says what it is (`one`: "een
    bijdrage", `it`: "de bijdrage"), the way `back` to it, the id of the `place` in which htmx puts the answer, and
    if need be `quote`, a template that shows what is reported, and `then`, what reports may lead to.
    """
    form = ReportForm(request.POST if request.method == "POST" else None, picture=picture)
    if form.is_valid():
        file(visitors.writing(request), form.cleaned_data["reason"])
        if not htmx.wants_fragment(request):
            return redirect(request.path)
    reported = about.reports.filter(visitor=request.visitor_id or None).exists()
    status = 422 if form.is_bound and form.errors else 200
    context |= {"form": form, "reported": reported}
    return htmx.respond(request, "moderation/report.html", "reasons", context, status=status)
