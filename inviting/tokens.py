"""The key in the mails to a consulent: it opens their page to invite from, and nothing else.

It is of the address that it was mailed to, and of the link that they have: who leaves, or comes back with another link,
opens nothing with an old one. It has no term, as the mails of months ago are looked up again.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from inviting.models import Consulent
from werkplaats.mutes.links import mark_of

signer = signing.Signer(salt="inviting.consulent", sep=".")


def url_of(consulent: Consulent) -> str:
    return settings.SITE_URL + reverse("inviting:mailed", args=[token_of(consulent)])


def token_of(consulent: Consulent) -> str:
    return signer.sign(f"{consulent.link.code}.{mark_of(consulent.user.email)}")


def read(token: str) -> Consulent | None:
    """Whose page it opens; None when it is not ours, was mailed to another address, or they are a consulent no more."""
    try:
        code, mark = signer.unsign(token).split(".")
    except (signing.BadSignature, ValueError):
        return None
    rows = Consulent.objects.select_related("user", "link").filter(user__is_active=True)
    consulent = rows.filter(link__code=code).first()
    if consulent is None or not constant_time_compare(mark, mark_of(consulent.user.email)):
        return None
    return consulent
