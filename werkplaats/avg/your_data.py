"""«Jouw gegevens»: all that is kept of who asks, as a page and as a file."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import NamedTuple

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from werkplaats.accounts.again import is_fresh
from werkplaats.avg.rows import CONTRIBUTIONS
from werkplaats.avg.telling import All, all_of, as_file
from werkplaats.models import User
from werkplaats.people import earlier, visitors
from werkplaats.privacy.person import Person
from werkplaats.versions import mark_of
from werkplaats.web.requests import Request

# A cookie alone opens contributions, and not the address that was typed with them.
HIDDEN = frozenset({"email", "removal", "removal_reason", "removed_at", "published_at", "vetted_at"})


class Asking(NamedTuple):
    """Who asks: a person with a proven address, or a browser. `stale`: they have to prove it anew first."""

    person: Person
    user: User | None
    stale: bool

    @classmethod
    def of(cls, request: Request) -> "Asking":
        user = User.objects.proven(request.user)
        if user:
            return cls(Person.of_user(user), user, stale=not is_fresh(request))
        return cls(Person.of_visitor(request.visitor_id), None, stale=False)

    def mark(self, counts: Mapping[str, int]) -> str:
        """Names whom a page was shown to, and how much of theirs: who presses later may be another, or have more."""
        visitors = sorted(visitor.hex for visitor in self.person.visitors)
        return mark_of(self.user and self.user.key, *visitors, *sorted(counts.items()))

    def all(self) -> All:
        return all_of(self.person) if self.user else all_of(self.person, only=CONTRIBUTIONS, hidden=HIDDEN)


def for_who_asks(view: Callable[[Request, Asking], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """A decorator of views that get who asks; who logged in a while ago proves it anew first. No cache keeps it."""

    @wraps(view)
    def asked(request: Request) -> HttpResponse:
        asking = Asking.of(request)
        if asking.user and asking.stale:
            return render(request, "avg/again.html", {"email": asking.user.email, "next": request.path})
        return view(request, asking)

    return cache_control(private=True, no_store=True)(asked)


@require_safe
@for_who_asks
def page(request: Request, asking: Asking) -> HttpResponse:
    was_here = not asking.person and visitors.stayed_behind(request) is not None
    before = earlier.held(request) if asking.user else None
    context = {"told": asking.all(), "proven": asking.user, "was_here": was_here, "earlier": before}
    context["known"] = bool(asking.person)
    return render(request, "avg/your_data.html", context)


@require_safe
@for_who_asks
def file(request: Request, asking: Asking) -> HttpResponse:
    return as_attachment(as_file(asking.person, asking.all()))


def as_attachment(told: dict) -> HttpResponse:
    found = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})
    found.headers["Content-Disposition"] = 'attachment; filename="jouw-gegevens.json"'
    return found
