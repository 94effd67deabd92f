"""What was written on a browser before somebody logged in there: theirs only when they say so.

A computer at school has many users. After a log-in the browser holds the person's own visitor; the one it held before
is kept in the session, and one page asks once: «Was jij dat?» As long as there is no answer it is nobody's.
"""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse

from werkplaats.people import visitors
from werkplaats.people.merging import Held, gather, held_by, stay_with_browser
from werkplaats.people.models import User, Visitor
from werkplaats.web.requests import Request

KEY = "eerder"  # in the session
YES = "eerder.ja"  # in the session: they said that it was them


def is_unanswered(request: HttpRequest) -> bool:
    """Whether somebody is logged in here who has not said yet whether they were here before. No query of its own."""
    return request.user.is_authenticated and KEY in request.session


def was_them(request: HttpRequest) -> bool:
    """Whether who is logged in said that it was them who used this device before."""
    return YES in request.session


def say_yes(request: HttpRequest) -> None:
    request.session[YES] = True


def of(request: HttpRequest) -> Visitor | None:
    """The visitor that this browser was before the log-in, as long as nobody answered and it is nobody's."""
    known = request.session.get(KEY)
    found = Visitor.objects.select_related("role").filter(user=None)
    return found.filter(pk=uuid.UUID(hex=known)).first() if known else None


def settle(user: User) -> None:
    """What somebody proved to be theirs needs no question: it hangs on their own visitor from now on."""
    gather(user, visitors.own(user))


def ask_first(request: HttpRequest, url: str) -> str:
    """Where somebody goes who just logged in: to the question with `url` behind it, or there at once."""
    if isinstance(request.user, User):
        settle(request.user)
    if held(request):
        return f"{reverse('account_earlier')}?{urlencode({'next': url})}"
    return url


def held(request: HttpRequest) -> Held | None:
    """What there is to ask about. Nothing to ask is an answer."""
    visitor = of(request)
    if visitor and (found := held_by(visitor)):
        return found
    leave(request)
    return None


def take(request: HttpRequest, user: User, mark: str) -> bool:
    """Makes it theirs, if it still is what was shown, which `mark` tells."""
    with transaction.atomic():
        # First the user, then visitors, then words: everyone locks them in this order.
        person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        known = of(request) if person.is_still(user) else None
        # As it is once whoever acts as that visitor at this moment is done.
        found = Visitor.objects.select_for_update().filter(pk=known.pk, user=None) if known else []
        for visitor in found:
            if held_by(visitor, lock=True).mark != mark:
                return False
            visitors.merge(visitor, visitors.own(user))
            say_yes(request)
    leave(request)
    return True


def refuse(request: Request) -> None:
    """It was somebody else: the device forgets how they are called. A text that is not sent yet may be anybody's."""
    leave(request)
    request.is_someone_else = True


def leave(request: HttpRequest) -> None:
    """Leaves it with nobody's browser."""
    request.session.pop(KEY, None)


def _logged_in(sender: type[User], request: Request, user: User, **kwargs: Any) -> None:
    request.session.pop(KEY, None)
    before = visitors.link(request, user)
    if visitors.was_of_another(request, user):
        request.is_someone_else = True
    if before is None:
        return
    if found := Visitor.objects.filter(pk=before, user=None).first():
        request.session[KEY] = before.hex
        with transaction.atomic():
            stay_with_browser(found, visitors.own(user))
    else:
        request.is_someone_else = True


def connect_signals() -> None:
    user_logged_in.connect(_logged_in, dispatch_uid="people.earlier")
