"""Accounts with which nobody logs in: warned by mail once, and erased as a person is when nobody did since.

Who comes to a café confirms by mail, and logs in nowhere: that keeps an account as a log-in does.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

import events.privacy
from werkplaats import mail
from werkplaats.avg import erasing
from werkplaats.models import User
from werkplaats.privacy.person import Person, Words
from werkplaats.privacy.running import At, Work, Works
from werkplaats.register.entries import Term

WARNED_BEFORE = timedelta(days=30)
WARNED_LONG_AGO = timedelta(days=60)  # what kept the account meanwhile is over: they are told anew


def accounts(at: At, until: datetime) -> QuerySet[Any]:
    """Those in which nothing was done after `until`, but of who may do everything: they let others in.

    `seen` is the last log-in, or when there was none, or when they confirmed a sign-up or a coordinator changed their
    address or access after it.
    """
    found = User.objects.filter(is_superuser=False).annotate(login=Coalesce("last_login", "date_joined"))
    found = found.filter(login__lte=until).annotate(
        seen=Greatest("login", "changed_at", events.privacy.confirmed("email"))
    )
    ahead = events.privacy.ahead(at.now)
    others = EmailAddress.objects.filter(email__in=ahead).values("user")
    return found.filter(seen__lte=until).exclude(email__in=ahead).exclude(pk__in=others)


def idle(at: At) -> QuerySet[Any]:
    """Nobody logged in, also not after the warning; who has no proven address cannot be warned."""
    warned = Q(warned_at__lte=at.now - WARNED_BEFORE, warned_at__gte=F("seen"))
    unreachable = ~Q(pk__in=User.objects.reachable().values("pk"))
    return accounts(at, at.cut).filter(warned & ~long_ago(at) | unreachable)


def long_ago(at: At) -> Q:
    return Q(warned_at__isnull=False, warned_at__lte=at.now - WARNED_LONG_AGO)


def to_warn(at: At) -> QuerySet[Any]:
    """Whose account goes in a month, and who was not told of it since they did something last."""
    told = Q(warned_at__isnull=False, warned_at__gte=F("seen")) & ~long_ago(at)
    reachable = Q(pk__in=User.objects.reachable().values("pk"))
    return accounts(at, at.cut + WARNED_BEFORE).filter(~told, reachable)


def warn(pks: list[int], at: At) -> int:
    with transaction.atomic():
        found = list(to_warn(at).filter(pk__in=pks).select_for_update(of=("self",), no_key=True))
        User.objects.filter(pk__in=[user.pk for user in found]).update(warned_at=at.now)
        for user in found:
            mail.later("werkplaats.avg.tasks.send_idle", to=user.email, user_id=user.pk)
    return len(found)


def goes_on(user: User, days: int) -> datetime:
    """When an account that was warned of goes: not sooner than a month after the warning."""
    seen = user.last_login or user.date_joined
    return max(seen + timedelta(days=days), (user.warned_at or timezone.now()) + WARNED_BEFORE)


def erase(pks: list[int], at: At) -> int:
    """As at their own request, with words that stay without a name. Each is looked at when it is its turn."""
    gone = 0
    for pk in pks:
        with transaction.atomic():
            User.objects.select_for_update().filter(pk=pk).first()  # who logs in at this moment is not idle
            if user := idle(at).filter(pk=pk).first():
                row = erasing.erase(Person.of_user(user), Words.STAY, term=True)
                gone += row.counts.get("accounts", 0)
    return gone


WORKS: Works = {
    Term.ACCOUNTS: [
        Work("account,accounts", idle, erase, first=1, most=20),
        Work("waarschuwing per mail,waarschuwingen per mail", to_warn, warn),
    ]
}
