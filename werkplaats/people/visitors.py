"""Visitors: one browser is one visitor, known by a signed random id in a cookie of its own.

Reading the cookie takes no query. The row is made at the first write. Logging in gives the browser the visitor of the
person, who is the same in all their browsers; logging out starts a new one, and clears the device. The cookie says that
it is a person's: it stays behind when their session ends, and opens and writes nothing then.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.contrib.auth.signals import user_logged_out
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.crypto import salted_hmac

from werkplaats.people.merging import hand_over, lend_role
from werkplaats.people.models import User, Visitor
from werkplaats.web.cookies import SignedCookie, forget_person, key_of
from werkplaats.web.requests import GetResponse, Request

ONE_YEAR = 365 * 24 * 3600
COOKIE = SignedCookie("bezoeker", salt="werkplaats.visitors", max_age=ONE_YEAR)
DOUBLE_TAP = timedelta(minutes=1)
# Texts that were not sent yet. Where a browser does not know this header, drafts.js sees to it on the page that comes.
CLEARED = '"storage"'


class VisitorMiddleware:
    """Sets `request.visitor_id` (a UUID, or None as long as nothing was written) and keeps the cookie."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.__class__ = with_visitor(type(request))  # type: ignore[arg-type]  # mypy: a class has no hash
        request.visitor_of, request.visitor_changed = None, False
        request.left = request.is_someone_else = False
        response = self.get_response(request)
        if request.left or request.is_someone_else:
            forget_person(request, response)
        if request.left:
            response.headers["Clear-Site-Data"] = CLEARED
        if request.visitor_changed:
            keep(response, request.visitor_id, request.visitor_of)
        return response


class Known(NamedTuple):
    """What the cookie says: the id of the visitor, and the `User.key` of whose it is, if it is a person's.

    Their number would count who came since: who asks a code for an address would read there whether it was known.
    """

    visitor_id: uuid.UUID
    user_key: str | None


@cache
def with_visitor(kind: type[HttpRequest]) -> type[Any]:
    """The class of a request with a `visitor_id` that is read when it is asked for.

    Of a person it takes looking up who is logged in, which a picture or a calendar has no need of.
    """
    lazy = cached_property(read)
    lazy.__set_name__(kind, "visitor_id")
    return type(kind.__name__, (kind,), {"visitor_id": lazy})


def known(request: HttpRequest) -> Known | None:
    """What stands in the cookie; None when there is none or when it is not ours. No query."""
    said = COOKIE.read(request)
    visitor, user = said if isinstance(said, list) else (said, None)
    return Known(uuid.UUID(hex=visitor), user) if visitor else None


def read(request: HttpRequest) -> uuid.UUID | None:
    """The id in the cookie. That of a person is good while they are logged in: without a session no query asks that."""
    found = known(request)
    is_theirs = found is not None and (found.user_key is None or found.user_key == key_of(request.user))
    return found.visitor_id if found and is_theirs else None


def stayed_behind(request: HttpRequest) -> uuid.UUID | None:
    """The id in the cookie, also of a person who has to log in again: to lead them there, and for nothing else."""
    found = known(request)
    return found.visitor_id if found else None


def signed(visitor_id: uuid.UUID, user_key: str | None) -> str | list[str]:
    """The value of the cookie, for `known`."""
    return [visitor_id.hex, user_key] if user_key else visitor_id.hex


def keep(response: HttpResponse, visitor_id: uuid.UUID | None, user_key: str | None) -> None:
    """Writes the cookie for a year, or takes it away. `user_key` is whose visitor it is, if it is a person's."""
    if visitor_id is None:
        COOKIE.delete(response)
    else:
        COOKIE.write(response, signed(visitor_id, user_key))


def writing(request: Request) -> Visitor:
    """The Visitor of this request, made when there is none. Call it for every write, and only then."""
    if request.visitor_id is None:
        request.visitor_of = None
        made = "INSERT INTO werkplaats_visitor (id, created_at) VALUES (%s, %s)"
        made += " ON CONFLICT (id) DO UPDATE SET id = EXCLUDED.id RETURNING *"
        (visitor,) = Visitor.objects.raw(made, [_id_for_first_write(request), timezone.now()])
        if timezone.now() - visitor.created_at > DOUBLE_TAP or visitor.user_id:
            visitor = Visitor.objects.create()
        request.visitor_id, request.visitor_changed = visitor.pk, True
        return visitor
    row = "SELECT * FROM werkplaats_visitor WHERE id = %s"
    for visitor in Visitor.objects.raw(row, [request.visitor_id]):  # by hand: before every write
        if visitor.user_id is None or visitor.user_id == request.user.pk:
            return visitor
        request.visitor_id = None  # who is not logged in writes as somebody new: words are theirs who say so
        return writing(request)
    # The row of a known cookie may have been erased or merged since: the cookie is still theirs.
    visitor, _ = Visitor.objects.get_or_create(pk=request.visitor_id)
    return visitor


def locked(visitor: Visitor) -> Visitor:
    """Locked until the end of the transaction: two clicks wait for each other.

    Of one that was erased or merged since it was read there is another: what they write now is a stranger's.
    """
    found = Visitor.objects.select_for_update().filter(pk=visitor.pk).first()
    if found is None:
        # The cookie of a person is nobody's without their log-in.
        found = Visitor.objects.create() if visitor.user_id else Visitor.objects.create(pk=visitor.pk)
    return found


def writing_as(request: Request, user: User | None) -> Visitor:
    """As `writing`; for a user with a proven address it is the visitor that is linked to them."""
    if user and request.visitor_id is None:
        link(request, user)
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


def own(user: User) -> Visitor:
    """The visitor of a person, the same in all their browsers; made when there is none yet."""
    return Visitor.objects.get_or_create(user=user)[0]


def link(request: Request, user: User) -> uuid.UUID | None:
    """Gives this browser the visitor of a person, and returns the id of the one it was before, if that was another.

    What was done here before stays with that one: see `werkplaats.people.earlier`. Nothing happens when the person
    was shut out, or got another address, since `user` was read.
    """
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=user.pk)
        if not person.is_still(user):
            return None
        theirs = own(person).pk
    before = getattr(request, "visitor_id", None)  # a log-in by the test client passes no middleware
    request.visitor_id, request.visitor_of, request.visitor_changed = theirs, key_of(person), True
    return before if before != theirs else None


def was_of_another(request: HttpRequest, user: User) -> bool:
    """Whether the cookie that a browser sent is that of another person, whose session is over here."""
    found = known(request)
    return bool(found and found.user_key not in (None, key_of(user)))


def merge(old: Visitor, new: Visitor) -> None:
    """Gives all that hangs on visitor `old` to `new`, and removes `old`.

    What one of them did without a role counts under the other's: they are the same person.
    """
    with transaction.atomic():
        hand_over(old, new)
        lend_role(new)
        old.delete()


def renew(user: User) -> None:
    """Gives the visitor of a person another id: for cookies with the old one they are strangers from now on."""
    with transaction.atomic():
        old = Visitor.objects.select_for_update().filter(user=user).first()
        if old is None:
            return
        Visitor.objects.filter(pk=old.pk).update(user=None)
        new = Visitor.objects.create(user=user)
        Visitor.objects.filter(pk=new.pk).update(created_at=old.created_at)
        hand_over(old, new)


def _logged_out(sender: type[User], request: Request, **kwargs: Any) -> None:
    """The next one at this device is somebody else."""
    request.visitor_id, request.visitor_of = None, None
    request.visitor_changed = request.left = True
    rotate_token(request)  # or a first write would count as a double tap of the last one here


def connect_signals() -> None:
    user_logged_out.connect(_logged_out)
