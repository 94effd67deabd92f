"""Visitors: one browser is one visitor, known by a signed random id in a cookie of its own.

Reading the cookie takes no query. The row is made at the first write. Logging in links the visitor to the user,
or merges it with the visitor that the user already was; logging out starts a new one.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from werkplaats.people.models import User, Visitor
from werkplaats.web.cookies import SignedCookie
from werkplaats.web.requests import GetResponse, Request

ONE_YEAR = 365 * 24 * 3600
COOKIE = SignedCookie("bezoeker", salt="werkplaats.visitors", max_age=ONE_YEAR)
DOUBLE_TAP = timedelta(minutes=1)


class VisitorMiddleware:
    """Sets `request.visitor_id` (a UUID, or None as long as nothing was written) and keeps the cookie."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.visitor_id = read(request)
        request.visitor_changed = False
        response = self.get_response(request)
        if request.visitor_changed:
            keep(response, request.visitor_id)
        return response


def read(request: HttpRequest) -> uuid.UUID | None:
    """The id in the cookie; None when there is no cookie or when it is not ours."""
    known = COOKIE.read(request)
    return uuid.UUID(hex=known) if known else None


def keep(response: HttpResponse, visitor_id: uuid.UUID | None) -> None:
    """Writes the cookie for a year, or takes it away."""
    if visitor_id is None:
        COOKIE.delete(response)
    else:
        COOKIE.write(response, visitor_id.hex)


def writing(request: Request) -> Visitor:
    """The Visitor of this request, made when there is none. Call it for every write, and only then."""
    if request.visitor_id is None:
        made = "INSERT INTO werkplaats_visitor (id, created_at) VALUES (%s, %s)"
        made += " ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id RETURNING *"
        (visitor,) = Visitor.objects.raw(made, [_id_for_first_write(request), timezone.now()])
        if timezone.now() - visitor.created_at > DOUBLE_TAP or visitor.user_id:
            visitor = Visitor.objects.create()
        request.visitor_id, request.visitor_changed = visitor.pk, True
        return visitor
    known = "SELECT * FROM werkplaats_visitor WHERE id = %s"
    for visitor in Visitor.objects.raw(known, [request.visitor_id]):  # by hand: before every write
        return visitor
    # The row of a known cookie may have been erased or merged since: the cookie is still theirs.
    visitor, _ = Visitor.objects.get_or_create(pk=request.visitor_id)
    return visitor


def writing_as(request: Request, user: User | None) -> Visitor:
    """As `writing`; for a user with a proven address it is the visitor that is linked to them."""
    visitor = writing(request)
    if user and visitor.user_id != user.pk:
        link(request, user)
        visitor = writing(request)
    return visitor


def tap[T](request: Request, act: Callable[[uuid.UUID | None], T]) -> T:
    """As `write`; for a browser that wrote nothing yet `act(None)` is called first, before a visitor is made.

    That call writes nothing, and raises when what is asked is impossible.
    """
    if request.visitor_id is None:
        act(None)
    return write(request, act)


def write[T](request: Request, act: Callable[[uuid.UUID], T]) -> T:
    """What `act(visitor_id)` returns, called with the visitor of this request; for writes that must be quick.

    `act` is one statement outside a transaction. It raises IntegrityError when there is no such visitor, so nothing
    has to be asked first.
    """
    if request.visitor_id is None:
        return act(writing(request).pk)
    try:
        return act(request.visitor_id)
    except IntegrityError:  # the row of a known cookie was erased since, or merged with another
        return act(writing(request).pk)


def _id_for_first_write(request: HttpRequest) -> uuid.UUID:
    """The same id for the two requests of a double tap, sent before the first answer brought the cookie.

    All they have in common is the CSRF cookie. It stands, masked, in every form, so it
    identifies someone for a moment only: see DOUBLE_TAP.
    """
    secret = request.META.get("CSRF_COOKIE")
    if not secret:
        return uuid.uuid4()
    return uuid.UUID(bytes=salted_hmac("werkplaats.visitors.first", secret, algorithm="sha256").digest()[:16])


def merge(old: Visitor, new: Visitor) -> None:
    """Gives all that hangs on visitor `old` to `new`, and removes `old`.

    Where the database allows one per visitor and `new` has one (a thumb on the same post), theirs stays.
    A model that knows better has a method `give_to(visitor)`.
    """
    with transaction.atomic():
        for relation in type(old)._meta.related_objects:
            field = relation.field
            for row in relation.related_model._base_manager.filter(**{field.name: old}):
                if hasattr(row, "give_to"):
                    row.give_to(new)
                    continue
                rows = relation.related_model._base_manager.filter(pk=row.pk)
                try:
                    with transaction.atomic():
                        rows.update(**{field.name: new})
                except IntegrityError:
                    rows.delete()
        if not new.role_id and old.role:
            new.says_to_be(old.role)
        old.delete()


def link(request: Request, user: User) -> None:
    """Makes the visitor of this browser and the visitor of `user` one and the same."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        known = getattr(request, "visitor_id", None)  # a log-in by the test client passes no middleware
        here = Visitor.objects.filter(pk=known).first() if known else None
        theirs = Visitor.objects.filter(user=user).first()
        if here and here.user_id not in (None, user.pk):
            here = None  # of someone else, logged in on this browser before
        if theirs is None:
            theirs = here or Visitor()
            theirs.user = user
            theirs.save()
        elif here and here != theirs:
            merge(here, theirs)
    request.visitor_id, request.visitor_changed = theirs.pk, True


def _logged_in(sender: type[User], request: Request, user: User, **kwargs: Any) -> None:
    link(request, user)


def _logged_out(sender: type[User], request: Request, **kwargs: Any) -> None:
    request.visitor_id, request.visitor_changed = None, True


def connect_signals() -> None:
    user_logged_in.connect(_logged_in)
    user_logged_out.connect(_logged_out)
