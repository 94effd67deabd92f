"""Consulenten who invite people of their own network: each by a link of their own, and with a mail on Mondays.

The site helps them to write, and keeps nothing of whom they wrote to. Nobody is counted: of a link it is known that
it is theirs, and of what came of it only how much that was for all of them.
"""

# mypy: warn-return-any=false
# What our own fields hold is Any to mypy: see werkplaats/fields.py.

from datetime import timedelta
from typing import Any

import pghistory
import pgtrigger
from django.db import models, transaction
from django.utils import timezone

from werkplaats import mail
from werkplaats.fields import Line
from werkplaats.invited.models import InvitationLink
from werkplaats.models import Mute, User
from werkplaats.mutes.models import Kind
from werkplaats.register.entries import Entry, Purpose, Term, by_user

MONDAYS = 8  # after so many mails they are asked whether to go on
JUST_ASKED = timedelta(hours=1)  # who was asked no longer ago gets no second mail: a coordinator pressed twice
ASK = "inviting.tasks.send_ask"


class ConsulentQuerySet(models.QuerySet["Consulent"]):
    def who_get_mail(self) -> "ConsulentQuerySet":
        """Who said yes, and did not switch it off. Who was asked to go on, and did not answer, rests."""
        off = Mute.objects.filter(kind=Kind.MONDAYS).values("user")
        wants = User.objects.reachable().exclude(pk__in=off).values("pk")
        return self.filter(user__in=wants, agreed_at__isnull=False, mondays__lte=MONDAYS)

    def of(self, user: User) -> "Consulent | None":
        return self.filter(user=user).select_related("link", "user").first() if user.is_authenticated else None

    def who_invites(self, code: str) -> str:
        """The name to show at a link; empty when it is nobody's (any more)."""
        found = self.filter(link__code=code, user__is_active=True).values_list("name", flat=True) if code else ()
        return next(iter(found), "")

    def invite(self, user: User, name: str) -> "Consulent":
        """Makes somebody a consulent who may invite; one mail asks them whether they want to."""
        with transaction.atomic():
            made = self.create(user=user, name=name, link=InvitationLink.objects.create())
            mail.later(ASK, to=user.email, consulent_id=made.pk)
        return made


@pghistory.track(exclude=["mondays"])
class Consulent(models.Model):
    """`mondays` counts the mails since they last said yes: how often they were written to, not what they did."""

    user = models.OneToOneField(User, models.CASCADE, related_name="consulent", verbose_name="wie")
    name = Line("naam bij de uitnodiging", max_length=60, help_text="Zo staat het er: «Anna nodigt je uit».")
    link = models.OneToOneField(InvitationLink, models.PROTECT, editable=False, related_name="consulent")
    asked_at = models.DateTimeField("gevraagd", default=timezone.now, editable=False)
    agreed_at = models.DateTimeField("zei ja", null=True, editable=False)
    mondays = models.PositiveSmallIntegerField(default=0, editable=False)

    in_register = Entry(
        what="consulenten die op maandag mensen uitnodigen",
        purpose=Purpose.PARTICIPATION,
        term=Term.ACCOUNTS,
        personal={"user": "account", "name": "naam bij de uitnodiging", "link": "eigen link"},
        of=(by_user("user"),),
    )

    objects = ConsulentQuerySet.as_manager()
    pgh_event_model: Any  # its history: pghistory.track makes it

    class Meta:
        verbose_name = "consulent"
        verbose_name_plural = "consulenten"
        ordering = ["name", "pk"]
        triggers = [
            pgtrigger.Trigger(
                name="ends_its_link",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="UPDATE werkplaats_invitationlink SET ended_at = now() WHERE id = OLD.link_id; RETURN NULL;",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_off(self) -> bool:
        """Whether they switched it off."""
        return Mute.objects.filter(user=self.user_id, kind=Kind.MONDAYS).exists()

    @property
    def gets_mail(self) -> bool:
        """Whether the next one comes: they said yes, did not switch it off, and said to go on when they were asked."""
        return type(self).objects.who_get_mail().filter(pk=self.pk).exists()

    @property
    def is_asked_to_go_on(self) -> bool:
        return bool(self.agreed_at) and self.mondays >= MONDAYS

    def ask_again(self) -> bool:
        """Mails them once more, by the hand of a coordinator; not who said yes, nor twice within the hour."""
        now = timezone.now()
        rows = type(self).objects.filter(pk=self.pk, agreed_at=None, asked_at__lt=now - JUST_ASKED)
        with transaction.atomic():
            if not rows.update(asked_at=now):
                return False
            mail.later(ASK, to=self.user.email, consulent_id=self.pk)
        return True

    def agree(self) -> None:
        """They want the mail, from now on or again; eight more of them, and then they are asked anew."""
        with transaction.atomic():
            self.agreed_at, self.mondays = timezone.now(), 0
            self.save(update_fields=["agreed_at", "mondays"])
            Mute.objects.filter(user=self.user_id, kind=Kind.MONDAYS).delete()

    def stop(self) -> None:
        """No more mails, as by the switch in each of them; link and page stay theirs."""
        Mute.objects.get_or_create(user_id=self.user_id, kind=Kind.MONDAYS)
