"""The page of one's own: what somebody wrote here, what became of it, and what others answered."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import plan.mine
import polls.mine
import posts.mine
from werkplaats.people import earlier, visitors
from werkplaats.site.context import site_of
from werkplaats.web.requests import Request


@require_safe
@cache_control(private=True, no_store=True)
def mine(request: Request) -> HttpResponse:
    """A browser alone opens contributions with the answers to them; who is logged in sees all that is theirs."""
    site = site_of(request)
    context = posts.mine.read(request, site) | plan.mine.read(request)
    if request.user.is_authenticated:
        context |= polls.mine.read(request.visitor_id, site, everything="alles" in request.GET)
        context["earlier"] = earlier.held(request)
    else:
        # A person's cookie that stayed behind shows nothing, but leads to the log-in.
        context["was_here"] = request.visitor_id is None and visitors.stayed_behind(request) is not None
    return render(request, "home/mine.html", context)
