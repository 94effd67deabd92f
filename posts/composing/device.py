"""What a device remembers of who wrote on it, if they asked for that: name, role, werkgebied. Never an address.

It sits in a signed cookie of its own, so that the server keeps nothing and showing it takes no query.
"""

from werkplaats.people.visitors import ONE_YEAR
from werkplaats.web.cookies import SignedCookie

COOKIE = SignedCookie("naam", salt="posts.device", max_age=ONE_YEAR)
KEPT = ("name", "role", "werkgebied")


def remembered(request) -> dict:
    """What the device tells, as initial values of the form; nothing when the cookie is absent or not ours."""
    if not hasattr(request, "remembered"):
        request.remembered = read(request)
    return request.remembered


def read(request) -> dict:
    said = COOKIE.read(request)
    return {name: said[name] for name in KEPT if said.get(name)} if isinstance(said, dict) else {}


def note(request, data: dict) -> None:
    """Takes over what a valid form said, as far as its writer ticked that the device may remember it."""
    remembered(request)  # what the cookie said, so that `keep` knows whether there is one to take away
    request.had_memory = bool(request.remembered)
    kept = {"name": data["name"]} | {name: data[name].pk for name in ("role", "werkgebied") if data[name]}
    request.remembered = kept if data["remember"] else {}


def keep(request, response):
    """Writes what was noted into the cookie, or takes that away; gives the response back."""
    if request.remembered:
        COOKIE.write(response, request.remembered)
    elif request.had_memory:
        COOKIE.delete(response)
    return response
