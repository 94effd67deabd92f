"""What links may carry: the key to one's own sign-up (by mail only), and who stands at the door.

Each is signed with a salt of its own, so that none can be made up, changed or used as another. None tells the number of
a sign-up: who signs up before and after another address would read from theirs whether it was new.
"""

from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac


def _signer(slug: str, use: str = "registration") -> signing.Signer:
    return signing.Signer(sep=".", salt=f"events.{use}:{slug}")


def token(registration) -> str:
    """The key to a registration, bound to the address of its café and to the one that it is mailed to."""
    return _signer(registration.cafe.slug).sign(f"{registration.key.hex}-{_mark_of(registration.email)}")


def _mark_of(email: str) -> str:
    """Of an address, so that what was mailed to another opens nothing."""
    return salted_hmac("events.registration", email, algorithm="sha256").hexdigest()[:16]


def key_in(slug: str, token: str) -> UUID | None:
    """Of which registration of this café it is the key; None when it is not ours, was changed, or is of another café.

    Whether it opens that registration, `opens` tells.
    """
    return _read(_signer(slug), token)


def _read(signer: signing.Signer, token: str) -> UUID | None:
    try:
        return UUID(signer.unsign(token).partition("-")[0])
    except (signing.BadSignature, ValueError):
        return None


def opens(token: str, registration) -> bool:
    """Whether a key that `key_in` read was mailed to the address that this sign-up has now."""
    mark = token.partition(".")[0].partition("-")[2]
    return constant_time_compare(mark, _mark_of(registration.email))


def entry_token(registration) -> str:
    """Tells staff at the door who this is; it opens nothing else, so others may see it."""
    return _signer(registration.cafe.slug, "entry").sign(registration.key.hex)


def entry_key(slug: str, token: str) -> UUID | None:
    """Whose code this is; None for any other."""
    return _read(_signer(slug, "entry"), token)
