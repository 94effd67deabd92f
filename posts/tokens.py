"""The signed link that asks whoever reads an address whether they wrote a post: good for 24 hours."""

from datetime import timedelta

from django.core import signing

from posts.models.posts import Post

MAX_AGE = timedelta(hours=24)
# A point, because mail programs cut some links at a colon.
signer = signing.TimestampSigner(salt="posts.confirm", sep=".")


def make(post: Post) -> str:
    return signer.sign(str(post.pk))


def read(token: str) -> int:
    """The post's number; signing.SignatureExpired when too old, signing.BadSignature when it is not ours."""
    return int(signer.unsign(token, max_age=MAX_AGE))
