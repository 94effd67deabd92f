"""Who reads along in the room, on their own phone, without a log-in."""

import secrets
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from live.models.cafes import LATER, LiveCafe
from werkplaats.models import User
from werkplaats.register.entries import of_the_site


def mark_of(secret: str) -> str:
    return salted_hmac("live.helpers", secret, algorithm="sha256").hexdigest()


class HelperKeyQuerySet(models.QuerySet["HelperKey"]):
    def alive(self) -> "HelperKeyQuerySet":
        ends = Q(live__cafe__ends_at__gt=timezone.now() - LATER)
        return self.filter(ends, ended_at=None, live__closed_at=None).select_related("live__cafe", "by")

    def of(self, secret: str) -> "HelperKey | None":
        """The key of a link, as long as it works."""
        return self.alive().filter(mark=mark_of(secret)).first()

    def of_browser(self, secret: str) -> "HelperKey | None":
        """The key of the one browser that took it, as long as it works."""
        return self.alive().filter(browser=mark_of(secret)).first()

    def make(self, live: LiveCafe, by: User) -> "tuple[HelperKey, str]":
        """A new key, with the secret that its link has, which is kept nowhere. `by` leads the café."""
        secret = secrets.token_urlsafe(18)
        return self.create(live=live, by=by, mark=mark_of(secret)), secret


class HelperKey(models.Model):
    """`mark` is of the link, `browser` of the cookie of who opened it first: nobody else can open it then.

    What they show is shown by who leads, who handed it out.
    """

    live = models.ForeignKey(LiveCafe, models.CASCADE, related_name="helper_keys", verbose_name="zaal")
    by = models.ForeignKey(User, models.CASCADE, editable=False, related_name="+", verbose_name="gegeven door")
    mark = models.CharField(max_length=64, unique=True, editable=False)
    browser = models.CharField(max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    in_register = of_the_site("mark", "browser", staff=("by",))

    objects = HelperKeyQuerySet.as_manager()

    class Meta:
        verbose_name = "sleutel van wie meeleest"
        verbose_name_plural = "sleutels van wie meelezen"
        constraints = [
            models.UniqueConstraint(fields=["browser"], condition=~Q(browser=""), name="one_key_per_browser")
        ]

    def __str__(self) -> str:
        return f"sleutel {self.pk}"

    @property
    def ends_at(self) -> datetime:
        return self.live.cafe.ends_at + LATER

    def take(self) -> str | None:
        """Makes it this browser's: returns the secret for its cookie, None when another browser has it."""
        secret = secrets.token_urlsafe(18)
        free: Any = HelperKey.objects.alive().filter(pk=self.pk, browser="")
        taken = HelperKey.objects.filter(pk__in=free.values("pk"), browser="")
        return secret if taken.update(browser=mark_of(secret), taken_at=timezone.now()) else None

    def end(self) -> None:
        """Who has it reads along no more. Twice is once."""
        HelperKey.objects.filter(pk=self.pk, ended_at=None).update(ended_at=timezone.now())
