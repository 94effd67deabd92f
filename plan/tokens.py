"""The link in the letter about somebody's words: good for the address that it was mailed to, while that is theirs."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from plan.models import Told
from werkplaats.models import User
from werkplaats.mutes.links import mark_of

signer = signing.Signer(salt="plan.told", sep=".")


def url_of(told: Told, user: User) -> str:
    """The page that only the letter to this person leads to."""
    return settings.SITE_URL + reverse("told:page", args=[token_of(told, user)])


def token_of(told: Told, user: User) -> str:
    return signer.sign(f"{told.key.hex}.{mark_of(user.email)}")


def read(token: str) -> Told | None:
    """What a link opens; None when it is not ours, was mailed to another address, or its person has no access."""
    try:
        key, mark = signer.unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return None
    rows = Told.objects.select_related("user").filter(user__is_active=True)
    told = rows.filter(key=key).first()
    if told is None or told.user is None or not constant_time_compare(mark, mark_of(told.user.email)):
        return None
    return told
