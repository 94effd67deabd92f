"""The page on which somebody asks a moderator to look."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect

from werkplaats.moderation.forms import ReportForm
from werkplaats.moderation.models import Moderated
from werkplaats.moderation.reasons import ReportReason
from werkplaats.people import visitors
from werkplaats.people.models import User
from werkplaats.versions import is_other, mark_in, mark_of
from werkplaats.web import htmx, limits, programs

MOST_WAITING = 2000  # reports of one kind that nobody handled yet
TOO_MUCH = "Je meldt nu wel erg veel achter elkaar. Wacht een paar minuten en druk dan nog eens."
FULL = "Er wachten nu heel veel meldingen op een moderator. Druk later nog eens."
OTHER_WORDS = "Dit is intussen veranderd. Lees het nog eens. Klopt je melding nog? Druk dan opnieuw."


def report_page(
    request, about: Moderated, file: Callable[..., object], *, picture: bool, said: str, **context
) -> HttpResponse:
    """Asks why, and files the report with that reason; reporting twice is reporting once.

    `about` has `reports`; `file` takes the visitor, the reason, the words that are about a child, and whether a program
    seems to report. `picture` is whether people see one with it, `said` all that they read of it. `context` says what
    it is (`one`: "een bijdrage", `it`: "de bijdrage"), the way `back` to it, the id of the `place` in which htmx puts
    the answer, and if need be `quote`, a template that shows what is reported, and `then`, what reports may lead to.
    """
    sent, place = request.POST if request.method == "POST" else None, context["place"]
    changed = sent is not None and mark_in(sent) not in (None, mark_of(said))
    form = ReportForm(sent, picture=picture, said=said, auto_id=f"{place}-%s")
    reported = about.reports.of(about, request.visitor_id).exists()
    status = 200
    if form.is_bound and not reported:
        status = refused(request, form, about, changed=changed)
        if not status:
            data = form.cleaned_data
            file(visitors.writing(request), data["reason"], data["words"], hurried=programs.looks_hurried(request))
            reported, status = True, 200
    if form.is_bound and status == 200 and not htmx.wants_fragment(request):
        return redirect(request.path)
    context |= {"form": form, "reported": reported, "moment": programs.moment_for(request)}
    is_anew = is_other(request.GET, about)
    context |= {"mark": mark_of(said), "is_anew": is_anew, "anew": said if changed or is_anew else ""}
    context["child"] = ReportReason.ONE_CHILD
    return htmx.respond(request, "moderation/report.html", "reasons", context, status=status)


def refused(request, form: ReportForm, about: Moderated, *, changed: bool) -> int:
    """The status with which the form goes back, with errors in it; 0 when the report may be filed.

    `changed`: people read something else on the page from which it was sent.
    """
    if not form.is_valid():
        return 422
    if changed:
        form.add_error(None, OTHER_WORDS)
        return 409
    if limits.beyond({"report": visitors.writing(request).pk.hex}):
        form.add_error(None, TOO_MUCH)
        return 429
    if not User.objects.proven(request.user) and is_full(about):
        form.add_error(None, FULL)
        return 503
    return 0


def is_full(about: Moderated) -> bool:
    """Whether as many reports wait as moderators can be asked to read."""
    waiting = about.reports.model.objects.waiting().order_by()
    return bool(waiting[:MOST_WAITING].count() >= MOST_WAITING)
