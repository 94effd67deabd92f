"""Trying out the evening before, and the paper for when there is no internet: for who leads the café."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from live import paper
from live.actions import rehearsing
from live.reading import leading as reading
from live.reading import rehearsed
from live.views.leading import leads
from werkplaats.paper import pdf
from werkplaats.site.context import site_of
from werkplaats.web import htmx


@require_http_methods(["GET", "HEAD", "POST"])
@leads
def rehearse(request, live):
    """The steps, of which those that happened are ticked; a button begins it, and one erases all of it."""
    if request.method != "POST":
        return show(request, live)
    if request.POST.get("doe") == "wis":
        wiped = rehearsing.wipe(live)
        return redirect(f"{request.path}?gewist" if wiped else request.path)
    try:
        rehearsing.start(live)
    except ValidationError:
        return show(request, reading.led(live.pk), status=409)
    return redirect(request.path)


def show(request, live, *, status: int = 200):
    """The page, or for htmx what ticks itself. Of a café that has begun it says so, and offers nothing to try."""
    steps = rehearsed.steps(live)
    context = {"live": live, "cafe": live.cafe, "steps": steps, "why_not": rehearsing.why_not(live)}
    context["next"] = next((step.name for step in steps if step.counts and not step.told), "")
    context["wiped"] = "gewist" in request.GET and not live.rehearses
    return htmx.respond(request, "live/rehearsal.html", "steps", context, status=status)


@require_safe
@leads
def emergency(request, live):
    """All that goes on paper, in one file."""
    return pdf.show(paper.emergency(live, site_of(request).cooperation), f"noodpakket-{live.cafe.slug}.pdf")
