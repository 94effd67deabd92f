"""Who reads along by the mail: each mail has a link that opens one page, without a log-in.

A link is one helper's, at the address that it was mailed to. It lives for a day at most, and no longer than the work:
when nothing waits any more, all of them end. A newer one ends it within the hour, so that nobody who is reading
finds the page gone. Of a link the database knows a keyed hash.
"""

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from werkplaats.people.models import User
from werkplaats.register.entries import Entry, Purpose, Term, by_user
from werkplaats.web.addresses import IdConverter

LIVES = timedelta(hours=24)
LIVES_BESIDE_NEWER = timedelta(hours=1)
# After it nobody is told again of what still waits, until the row is gone.
KEPT = timedelta(days=7)
TOKEN = re.compile(rf"({IdConverter.regex})-([\w-]{{32}})", re.ASCII)


class HelperLinkQuerySet(models.QuerySet["HelperLink"]):
    def find(self, token: str) -> "HelperLink | None":
        """The link that was mailed with this token, dead or alive; None when it is not ours, or of an old address."""
        if not (parts := TOKEN.fullmatch(token)):
            return None
        helps = Exists(User.objects.helpers().filter(pk=OuterRef("user")))
        link = self.select_related("user").annotate(helps=helps).filter(pk=parts[1]).first()
        return link if link and constant_time_compare(link.mark, link.mark_of(parts[2])) else None

    def to_mail(self, pk: int) -> "HelperLink | None":
        """A link that is still to be mailed: the newest of its helper, who still helps."""
        newer = self.filter(user=OuterRef("user"), pk__gt=OuterRef("pk"))
        newest = self.filter(~Exists(newer), pk=pk, done_at=None, user__in=User.objects.helpers())
        return newest.select_related("user").first()

    def made_since(self, moment: datetime) -> "HelperLinkQuerySet":
        return self.filter(made_at__gt=moment)

    def end(self) -> None:
        """The work is done: no link opens anything any more."""
        self.filter(done_at=None).update(done_at=timezone.now())

    def forget_old(self) -> None:
        self.filter(made_at__lt=timezone.now() - KEPT).delete()


class HelperLink(models.Model):
    """`told` names what waited when it was made, so that a helper hears again only of what is new."""

    user = models.ForeignKey(User, models.CASCADE, related_name="helper_links", verbose_name="meelezer")
    mark = models.CharField(max_length=64, blank=True)
    told = ArrayField(models.CharField(max_length=60))
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)  # since it was mailed
    done_at = models.DateTimeField(null=True)

    in_register = Entry(
        what="links van wie vanuit de mail meeleest",
        purpose=Purpose.MODERATING,
        term=Term.BRIEF,
        personal={"user": "account", "mark": "code van de link", "told": "nummers van wat wachtte"},
        of=(by_user("user"),),
        secret=("mark",),
        unsaid=("told",),
        only_staff=True,
    )

    objects = HelperLinkQuerySet.as_manager()
    helps: bool  # `find` looks

    def __str__(self) -> str:
        return f"link {self.pk} van {self.user}"

    @classmethod
    def make(cls, user: User, told: Iterable[str], now: datetime) -> "HelperLink":
        return cls.objects.create(user=user, told=sorted(told), made_at=now)

    @property
    def is_alive(self) -> bool:
        """Of a link that was found: whether it still opens the page."""
        return self.helps and not self.done_at and bool(self.ends_at and self.ends_at > timezone.now())

    def mark_of(self, secret: str) -> str:
        said = f"{secret}\0{self.user.email}"
        return salted_hmac("werkplaats.moderation.helpers", said, algorithm="sha256").hexdigest()

    def open(self) -> str:
        """The token to mail now; one that was made for an earlier try opens nothing any more."""
        secret = secrets.token_urlsafe(24)
        self.mark, self.ends_at = self.mark_of(secret), timezone.now() + LIVES
        self.save(update_fields=["mark", "ends_at"])
        return f"{self.pk}-{secret}"

    def end_older(self) -> None:
        """It was mailed: who is busy by an older one gets an hour to finish."""
        soon = timezone.now() + LIVES_BESIDE_NEWER
        older = HelperLink.objects.filter(Q(ends_at__gt=soon), user=self.user_id, pk__lt=self.pk)
        older.update(ends_at=soon)
