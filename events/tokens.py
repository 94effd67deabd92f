"""What links may carry: the key to one's own sign-up (by mail only), who stands at the door, what came of a sign-up.

Each is signed with a salt of its own, so that none can be made up, changed or used as another.
"""

import secrets
from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict
from django.urls import reverse
from django.utils.crypto import salted_hmac

from events.places import Seat, Standing


def _signer(slug: str, use: str = "registration") -> signing.Signer:
    return signing.Signer(sep=".", salt=f"events.{use}:{slug}")


def token(registration) -> str:
    """The key to a registration, bound to the address of its café."""
    return _signer(registration.cafe.slug).sign(str(registration.pk))


def registration_id(slug: str, token: str, use: str = "registration") -> int | None:
    """The id that a key to this café opens; None when it is not ours, was changed, or is of another café."""
    try:
        return int(_signer(slug, use).unsign(token))
    except signing.BadSignature:
        return None


def entry_token(registration) -> str:
    """Tells staff at the door who this is; it opens nothing else, so others may see it."""
    return _signer(registration.cafe.slug, "entry").sign(str(registration.pk))


def entry_id(slug: str, token: str) -> int | None:
    return registration_id(slug, token, "entry")


@dataclass(frozen=True)
class Outcome:
    """What came of a sign-up of so many people; `mark` finds it again if this browser sent it."""

    standing: Standing
    people: int
    mark: str


def outcome_url(cafe, visitor_id, told: Outcome) -> str:
    """The address that tells this visitor alone what came of a sign-up."""
    standing = told.standing
    came_of_it = [str(visitor_id), cafe.pk, standing.seat, standing.queues, told.people, told.mark]
    query = QueryDict(mutable=True)
    query["u"] = signing.dumps(came_of_it, salt="events.outcome")
    return f"{reverse('events:registered', args=[cafe.slug])}?{query.urlencode()}"


def read_outcome(text: str, cafe, visitor_id) -> Outcome | None:
    """What such an address tells; None unless it was made for this visitor."""
    try:
        visitor, cafe_id, seat, queues, people, mark = signing.loads(text, salt="events.outcome")
    except signing.BadSignature:
        return None
    if (visitor, cafe_id) != (str(visitor_id), cafe.pk):
        return None
    return Outcome(Standing(Seat(seat) if seat else None, tuple(map(Seat, queues))), people, mark)


def mark_of(registration_id: int) -> str:
    return salted_hmac("events.outcome", str(registration_id), algorithm="sha256").hexdigest()


def mark_of_a_stranger() -> str:
    """A mark that finds nothing and looks like the others."""
    return secrets.token_hex(32)
