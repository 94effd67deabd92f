"""What links may carry: the key to one's own sign-up (by mail only), and who stands at the door.

Each is signed with a salt of its own, so that none can be made up, changed or used as another.
"""

from django.core import signing


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
