"""What a device remembers about its writer, who ticked that it may: name, role, werkgebied. Never an address.

It is in a signed cookie of its own: the server keeps nothing, and showing it takes no query. The cookie says of which
user it is: who is logged in gets no name of another, nor one that nobody said is theirs.
"""

from werkplaats.people import earlier
from werkplaats.people.visitors import ONE_YEAR
from werkplaats.web.cookies import SignedCookie

COOKIE = SignedCookie("naam", salt="posts.device", max_age=ONE_YEAR, of_person=True)
KEPT = ("name", "role", "werkgebied")
OF = "of"  # the key of the user who was logged in when it was noted


def remembered(request) -> dict:
    """What the device tells, as initial values of a form; empty when the cookie is absent or not ours."""
    if not hasattr(request, "remembered"):
        request.remembered = read(request)
    return request.remembered


def read(request) -> dict:
    said = COOKIE.read(request)
    if not isinstance(said, dict) or earlier.is_unanswered(request):
        return {}  # while it is open who was here before, the name may be theirs
    if request.user.is_authenticated and said.get(OF) != request.user.pk and not earlier.was_them(request):
        return {}
    return {name: said[name] for name in KEPT if said.get(name)}


def note(request, data: dict) -> None:
    """Remembers what a valid form says for `keep`, if its writer ticked that."""
    remembered(request)  # so that `keep` knows whether there is a cookie to take away
    request.had_memory = bool(request.remembered)
    kept = {"name": data["name"]} | {name: data[name].pk for name in ("role", "werkgebied") if data[name]}
    request.remembered = kept if data["remember"] else {}


def keep(request, response):
    """Writes what was noted into the cookie, or takes the cookie away. Returns the response."""
    if request.remembered:
        whose = {OF: request.user.pk} if request.user.is_authenticated else {}
        COOKIE.write(response, request.remembered | whose)
    elif request.had_memory:
        COOKIE.delete(response)
    return response
