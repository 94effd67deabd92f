"""Mails that one may switch off: sending them, and the link in them that switches them off without a log-in."""

from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from procrastinate import JobContext

from werkplaats import mail
from werkplaats.mutes.models import Kind, Mute
from werkplaats.people.models import User

signer = signing.Signer(salt="posts.notices", sep=".")


def wants(user: User, kind: Kind) -> bool:
    """Whether someone gets this kind of mail: nobody does at an address that was not proven theirs."""
    return bool(User.objects.proven(user)) and not Mute.objects.filter(user=user, kind=kind).exists()


def send(context: JobContext, user: User, kind: Kind, *, template: str, data: dict[str, Any], about: str = "") -> bool:
    """Sends a mail of this kind from a job, and returns whether it went: not to someone who switched it off.

    The words get the link as `stop_url` (`mail/base.html` and `mail/stop.txt` show it). The headers are what RFC 8058
    asks for the button "unsubscribe" of a mail program.
    """
    if not wants(user, kind):
        return False
    stop_url = switches_url(user, kind)
    headers = {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    data = {**data, "stop_url": stop_url}
    mail.send(context, template=template, to=user.email, data=data, headers=headers, about=about)
    return True


def switches_url(user: User, kind: Kind) -> str:
    """The address of the page with someone's switches; only a mail of this kind tells it."""
    return settings.SITE_URL + reverse("switches", args=[token_of(user, kind)])


def token_of(user: User, kind: Kind) -> str:
    """Without the number of the user: typing an address under which something waits makes one, and would show in it."""
    return signer.sign(f"{user.key.hex}.{kind}.{mark_of(user.email)}")


def mark_of(email: str) -> str:
    """Of an address, so that mails of years ago open nothing of the address that someone got after it."""
    return salted_hmac("werkplaats.mutes", email, algorithm="sha256").hexdigest()[:16]


def read(token: str) -> tuple[User, str]:
    """Whose switches a link opens, and the kind of mail that it came with; signing.BadSignature if not ours.

    Mails are kept for years: the kind may be one that there was.
    """
    key, kind, mark = signer.unsign(token).split(".")
    user = User.objects.filter(key=key, is_active=True).first()
    if user is None or not constant_time_compare(mark, mark_of(user.email)):
        raise signing.BadSignature("nobody has this address any more")
    return user, kind


def set_mutes(user: User, wanted: Collection[str], kinds: Iterable[str]) -> None:
    """Switches each of these kinds on or off."""
    with transaction.atomic():
        Mute.objects.filter(user=user, kind__in=wanted).delete()
        off = [Mute(user=user, kind=kind) for kind in kinds if kind not in wanted]
        Mute.objects.bulk_create(off, ignore_conflicts=True)
