"""Mails about accounts, kept until the worker has sent them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from werkplaats.fields import Address
from werkplaats.register.entries import Entry, Purpose, Term, by_address


class Letter(models.Model):
    """A mail about an account that waits for the worker; gone once sent, refused, or of no use any more."""

    CODE = "account/email/login_code"
    UNKNOWN = "account/email/unknown_account"
    FACTOR = "account/email/second_factor"
    LEFT, GIVEN = "account/email/address_left", "account/email/address_given"

    to = Address()
    template = models.CharField(max_length=100)
    data = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    in_register = Entry(
        what="mails over accounts die nog niet vertrokken",
        purpose=Purpose.ACCOUNTS,
        term=Term.LETTERS,
        personal={"to": "e-mailadres", "data": "wat er in de mail komt"},
        of=(by_address("to"),),
        plain=("template",),
        secret=("data",),
    )

    def __str__(self) -> str:
        return f"brief {self.pk}"

    @property
    def code(self) -> str:
        """The log-in code in it; empty for another mail."""
        return self.data.get("code") or ""

    @property
    def is_by_typing(self) -> bool:
        """Whether anybody can have it sent to an address; the others tell what a coordinator or its owner changed."""
        return self.template not in (self.LEFT, self.GIVEN, self.FACTOR)

    @property
    def is_stale(self) -> bool:
        """Whether its code has expired: it would only lead people astray."""
        lives = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        return bool(self.code) and timezone.now() >= self.created_at + lives
