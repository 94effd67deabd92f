"""The signed tokens in the links that ask a reader of a mail whether they wrote a post.

The one that comes right after the writing works a day; the one that tells that a moderator showed it, a month. The page
behind them signs what it showed under which address, for a day: a no holds, too, when that is gone from the post by
then, but a page that somebody kept open for weeks takes nothing away.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core import signing
from django.utils import timezone

from posts.models import Post

MAX_AGE = timedelta(hours=24)
# A point, because some mail programs cut links at a colon.
signer = signing.TimestampSigner(salt="posts.confirm", sep=".")
A_MONTH = timedelta(days=30)
PAGE_AGE = timedelta(days=1)  # how long a no on a page that lies open holds
later = signing.TimestampSigner(salt="posts.claim", sep=".")
page = signing.TimestampSigner(salt="posts.shown_under", sep=".")


class Shown(NamedTuple):
    """What a page showed to who had proved this address."""

    email: str = ""
    posts: frozenset[int] = frozenset()


def is_old(asked_at: datetime) -> bool:
    """Whether a link that was asked for then may not work any more; it does when the mail left later."""
    return timezone.now() - asked_at > MAX_AGE


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
    """Empty when it is not ours, or older than a day."""
    try:
        email, *posts = page.unsign_object(value, max_age=PAGE_AGE)
    except signing.BadSignature:
        return Shown()
    return Shown(email, frozenset(posts))
