"""Gerichte acties: meetings, groups, functions and organisations that are called upon. Never a private person."""

# mypy: warn-return-any=false
# What our own fields hold is Any to mypy: see werkplaats/fields.py.

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from events.models import Cafe
from plan.models import Body, Harvest
from werkplaats.fields import Day, Line, Prose
from werkplaats.invited.models import InvitationLink
from werkplaats.models import Role, User, Werkgebied
from werkplaats.register.entries import of_the_site


class What(models.TextChoices):
    """Whom a call is for: it chooses the text of the invitation."""

    MEETING = "overleg", "overleg"
    SCHOOL = "school", "school"
    BOARD = "schoolbestuur", "schoolbestuur"
    MUNICIPALITY = "gemeente", "gemeente"
    PARTNER = "ketenpartner", "ketenpartner"
    OPR = "opr", "OPR"
    COUNCIL = "deelnemersraad", "deelnemersraad"
    SUPERVISORS = "rvt", "raad van toezicht"
    TEAM = "team", "team"
    CLASS = "klas", "klas"
    GROUP = "groep", "groep"
    BULLETIN = "maandbericht", "wie in een Maandbericht stond"


class CallState(models.TextChoices):
    SUGGESTED = "voorgesteld", "voorgesteld"
    NOT_YET = "nog_niet", "nog niet"
    ASKED = "gevraagd", "gevraagd"
    JOINS = "doet_mee", "doet mee"
    JOINED = "deed_mee", "deed mee"
    RATHER_NOT = "liever_niet", "liever niet"

    @classmethod
    def open(cls) -> "list[CallState]":
        """Those in which something is still to be done, or to be waited for."""
        return [cls.SUGGESTED, cls.NOT_YET, cls.ASKED, cls.JOINS]


class CallQuerySet(models.QuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        return self.filter(state__in=CallState.open())

    def due(self) -> "CallQuerySet":
        """Those of today, and of days before."""
        return self.filter(state=CallState.NOT_YET, on__lte=timezone.localdate())

    def fill(self, **gap: Body | Role | Werkgebied | None) -> "CallQuerySet":
        """The open lines that were made for a gap."""
        return self.open().filter(**gap)

    def call_upon(self, what: What, name: str, **given: object) -> "Call":
        """Makes a line with a link of its own."""
        with transaction.atomic():
            link = InvitationLink.objects.create(is_call=True)
            return self.create(what=what, name=name, link=link, **given)


@pghistory.track()
class Call(models.Model):
    """One line of the list. `body`, `role` or `werkgebied` is who was missing when it was made, with the harvest.

    `cafe` is the one whose invited could not come.
    """

    what = models.CharField("wat", max_length=20, choices=What)
    name = Line(
        "wie, als functie of groep",
        max_length=120,
        help_text="Bijvoorbeeld «IB-overleg Winsum». Geen namen van mensen.",
    )
    approacher = Line(
        "wie benadert, als functie", max_length=80, blank=True, help_text="Bijvoorbeeld «consulent noord»."
    )
    on = Day("wanneer", null=True, blank=True)
    state = models.CharField("stand", max_length=20, choices=CallState, default=CallState.NOT_YET)
    note = Prose("notitie", max_length=600, blank=True, help_text="Zonder namen, adressen of telefoonnummers.")
    link = models.OneToOneField(InvitationLink, models.CASCADE, editable=False, related_name="call")
    harvest = models.ForeignKey(
        Harvest, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="ontbrak bij"
    )
    body = models.ForeignKey(Body, models.SET_NULL, null=True, editable=False, related_name="calls")
    role = models.ForeignKey(Role, models.SET_NULL, null=True, editable=False, related_name="+")
    werkgebied = models.ForeignKey(Werkgebied, models.SET_NULL, null=True, editable=False, related_name="+")
    cafe = models.ForeignKey(Cafe, models.SET_NULL, null=True, editable=False, related_name="+")
    made_at = models.DateTimeField("gemaakt", default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")

    in_register = of_the_site("name", "approacher", "note", staff=("by",))

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = "gerichte actie"
        verbose_name_plural = "gerichte acties"
        ordering = [models.F("on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(body=None) | Q(role=None, werkgebied=None), name="a_call_fills_one_gap")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in CallState.open()

    def move(self, state: CallState) -> None:
        """Raises ValidationError for a state that there is not."""
        if state not in CallState.values:
            raise ValidationError("Deze stand is er niet.", code="state")
        self.state = state
        self.save(update_fields=["state"])
