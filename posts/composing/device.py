"""How the writing box knows its writer: then it asks for words alone, and what is sent is a whole post at once.

A device remembers name, role and werkgebied of who ticked that it may, never an address. It is in a signed cookie of
its own: the server keeps nothing, and showing it takes no query. The cookie says of which user it is: who is logged in
gets no name of another, nor one that nobody said is theirs; their session holds how they signed what they wrote last.
"""

from typing import Any

from posts.models import Post
from werkplaats.models import Role, Site, User, Visitor
from werkplaats.people import earlier, visitors
from werkplaats.people.visitors import ONE_YEAR
from werkplaats.web.cookies import SignedCookie, key_of

COOKIE = SignedCookie("naam", salt="posts.device", max_age=ONE_YEAR, of_person=True)
SIGNED = "posts.signed"  # in the session
KEPT = ("name", "role", "werkgebied")
OF = "of"  # the `User.key` of who was logged in when it was noted


def writer(request, site: Site) -> dict[str, Any]:
    """Name and role of who writes here, as initial values of a form; empty when they are to be asked."""
    said = request.session.get(SIGNED) if request.user.is_authenticated else None
    if not said and (said := remembered(request)):
        said = {**said, "remember": True}
    is_role = said and any(role.pk == said.get("role") for role in site.lists.roles)
    return said if said and is_role else {}


def role(request) -> Role | None:
    """The role of who writes here, as `writer` knows them. A query if it is known; none for most who give thumbs."""
    said = request.session.get(SIGNED) if request.user.is_authenticated else None
    known = (said or remembered(request)).get("role")
    return Role.objects.filter(pk=known).first() if known else None


def remembered(request) -> dict:
    """What the device tells, as initial values of a form; empty when the cookie is absent or not ours."""
    if not hasattr(request, "remembered"):
        request.remembered = read(request)
    return request.remembered


def read(request) -> dict:
    said = COOKIE.read(request)
    if not isinstance(said, dict) or earlier.is_unanswered(request):
        return {}  # while it is open who was here before, the name may be theirs
    if request.user.is_authenticated and said.get(OF) != key_of(request.user) and not earlier.was_them(request):
        return {}
    return {name: said[name] for name in KEPT if said.get(name)}


def note(request, data: dict) -> None:
    """Remembers what a valid form says for `keep`, if its writer ticked that; who is logged in needs no tick."""
    remembered(request)  # so that `keep` knows whether there is a cookie to take away
    request.had_memory = bool(request.remembered)
    kept = {"name": data["name"]} | {name: data[name].pk for name in ("role", "werkgebied") if data[name]}
    request.remembered = kept if data["remember"] else {}
    # A pupil's words are no user's: somebody typed them for a child.
    if request.user.is_authenticated and not data["role"].is_pupil and request.session.get(SIGNED) != kept:
        request.session[SIGNED] = kept


def keep(request, response):
    """Writes what was noted into the cookie, or takes the cookie away. Returns the response."""
    if remembered(request):
        whose = {OF: key_of(request.user)} if request.user.is_authenticated else {}
        COOKIE.write(response, request.remembered | whose)
    elif getattr(request, "had_memory", False):
        COOKIE.delete(response)
    return response


def know(request, user: User) -> None:
    """Lets the session of a new log-in know how this user signed what they wrote last, and their visitor the role."""
    written = Post.objects.filter(author=user, role__isnull=False, erased_at=None).order_by("-created_at", "-pk")
    if last := written.values(*KEPT).first():
        request.session[SIGNED] = {name: value for name, value in last.items() if value}
        visitors.own(user)
        Visitor.objects.filter(user=user, role=None).update(role=last["role"])
