"""The page on which a coordinator sees what goes when, changes a term, and stops one for a while."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from werkplaats.avg import terms
from werkplaats.avg.forms import DaysForm, PauseForm
from werkplaats.backoffice.rights import with_right
from werkplaats.models import Retention, RetentionRun
from werkplaats.register.entries import Term
from werkplaats.register.terms import RULES
from werkplaats.web.requests import Request

LAST_RUNS = 60
CHANGE = "werkplaats.change_retention"
PAUSED = "Iemand anders zette dit al stil: «{}». Wat jij typte, is niet bewaard: «{}»."
DAYS, PAUSE, GO_ON = "dagen", "pauze", "verder"


class Line(NamedTuple):
    """A term on the page, with its two forms; that with what was sent when it was not right."""

    row: terms.Row
    days: DaysForm
    pause: PauseForm


@require_http_methods(["GET", "HEAD", "POST"])
@with_right("werkplaats.view_retention")
def retention(request: Request) -> HttpResponse:
    """GET shows all terms and the last runs; POST changes one, and shows the page again when it cannot.

    Who may only see the terms, such as the privacy officer, changes none: raises PermissionDenied.
    """
    if request.method != "POST":
        return show(request)
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    term = next((each for each in terms.RUN if each == request.POST.get("termijn")), None)
    what = request.POST.get("wat", "")
    form = sent(what, request.POST) if term else None
    if term is None or form is None:
        return redirect("avg:retention")
    if not form.is_valid():
        return show(request, term, form, status=422)
    try:
        change(term, what, form.cleaned_data, request.user)
    except ValidationError as refused:
        form.add_error(None if what == PAUSE else "days", refused)
        return show(request, term, form, status=409)
    messages.success(request, f"Bewaard: {term.label}.")
    return redirect("avg:retention")


def sent(what: str, data: Any) -> forms.Form | None:
    """The form of a button; None for none of ours."""
    kinds: dict[str, type[forms.Form]] = {DAYS: DaysForm, PAUSE: PauseForm, GO_ON: forms.Form}
    return kinds[what](data) if what in kinds else None


def change(term: Term, what: str, said: dict[str, Any], by: Any) -> None:
    """Raises ValidationError when another did so first."""
    row = Retention.objects.all_of()[term]
    if what == DAYS and row.days and RULES[term].may_change:
        row.keep_for(said["days"], instead_of=said["was"])
    elif what == PAUSE and not row.pause(by, said["why"]):
        why = Retention.objects.all_of()[term].paused_why
        raise ValidationError(PAUSED.format(why, said["why"]), code="paused")
    elif what == GO_ON:
        row.go_on()
    terms.foresee(term, timezone.now())


def show(
    request: Request, about: Term | None = None, form: forms.Form | None = None, *, status: int = 200
) -> HttpResponse:
    now = timezone.now()
    lines = [line_of(row, form if row.term == about else None) for row in terms.dry_run(now)]
    context = {
        **admin.site.each_context(request),
        "title": "Bewaartermijnen",
        "lines": lines,
        "may_change": request.user.has_perm(CHANGE),
        "next_run": terms.next_run(now),
        "runs": RetentionRun.objects.exclude(counts={})[:LAST_RUNS],
    }
    return render(request, "avg/retention.html", context, status=status)


def line_of(row: terms.Row, form: forms.Form | None) -> Line:
    days = form if isinstance(form, DaysForm) else DaysForm(initial={"days": row.kept.days})
    pause = form if isinstance(form, PauseForm) else PauseForm()
    for each in (days, pause):
        each.auto_id = f"{row.term.value}-%s"
    return Line(row, days, pause)
