"""Mails that one may switch off: who wants which, and the link that switches them without logging in."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from werkplaats.mutes.models import Kind, Mute
from werkplaats.people.models import User

signer = signing.Signer(salt="posts.notices", sep=".")


def wants(user: User, kind: str) -> bool:
    """Whether someone gets this kind of mail."""
    return user.is_active and not Mute.objects.filter(user=user, kind=kind).exists()


def switches_url(user: User, kind: str) -> str:
    """Where a mail of this kind is switched off, without logging in: the link is only in the mail."""
    return settings.SITE_URL + reverse("posts:notices", args=[signer.sign(f"{user.pk}.{kind}")])


def headers(user: User, kind: str) -> dict[str, str]:
    """What RFC 8058 asks, for the button "unsubscribe" of a mail program."""
    return {
        "List-Unsubscribe": f"<{switches_url(user, kind)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def read(token: str) -> tuple[User, Kind]:
    """Whose switches a link opens, and for which kind of mail it was sent; signing.BadSignature if not ours."""
    pk, kind = signer.unsign(token).split(".")
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None:
        raise signing.BadSignature("nobody has this address any more")
    return user, Kind(kind)


def set_mutes(user: User, wanted: set[str], kinds: list[Kind]) -> None:
    """Switches each of these kinds on or off."""
    with transaction.atomic():
        Mute.objects.filter(user=user, kind__in=wanted).delete()
        off = [Mute(user=user, kind=kind) for kind in kinds if kind not in wanted]
        Mute.objects.bulk_create(off, ignore_conflicts=True)
