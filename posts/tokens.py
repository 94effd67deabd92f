"""The signed token in the link that asks a reader of a mail whether they wrote a post."""

from datetime import timedelta

from django.core import signing

from posts.models import Post

MAX_AGE = timedelta(hours=24)
# A point, because some mail programs cut links at a colon.
signer = signing.TimestampSigner(salt="posts.confirm", sep=".")


def make(post: Post) -> str:
    return signer.sign(str(post.pk))


def read(token: str) -> int:
    """The key of the post. Raises signing.SignatureExpired, or BadSignature when it is not ours."""
    return int(signer.unsign(token, max_age=MAX_AGE))
