"""The signed tokens in the links that ask a reader of a mail whether they wrote a post.

The one that comes right after the writing works a day; the one that tells that a moderator showed it, a month. The page
behind them signs what it showed under which address: a no holds, too, when that is gone from the post by then.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.core import signing

from posts.models import Post

MAX_AGE = timedelta(hours=24)
# A point, because some mail programs cut links at a colon.
signer = signing.TimestampSigner(salt="posts.confirm", sep=".")
A_MONTH = timedelta(days=30)
later = signing.TimestampSigner(salt="posts.claim", sep=".")
page = signing.Signer(salt="posts.shown_under", sep=".")


class Shown(NamedTuple):
    """What a page showed to who had proved this address."""

    email: str = ""
    posts: frozenset[int] = frozenset()


def make(post: Post) -> str:
    return signer.sign(str(post.pk))


def make_later(post: Post) -> str:
    return later.sign(str(post.pk))


def read(token: str) -> tuple[int, bool]:
    """The key of the post, and whether the link still works. Raises signing.BadSignature when it is not ours."""
    for each, max_age in ((signer, MAX_AGE), (later, A_MONTH)):
        try:
            return int(each.unsign(token, max_age=max_age)), True
        except signing.SignatureExpired:
            return int(each.unsign(token)), False
        except signing.BadSignature:
            continue
    raise signing.BadSignature


def make_shown(email: str, posts: Iterable[Post]) -> str:
    return page.sign_object([email, *(post.pk for post in posts)])


def read_shown(value: str) -> Shown:
    """Empty when it is not ours."""
    try:
        email, *posts = page.unsign_object(value)
    except signing.BadSignature:
        return Shown()
    return Shown(email, frozenset(posts))
