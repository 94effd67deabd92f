"""Gerichte acties: meetings, groups, functions and organisations that are called upon. Never a private person."""

# mypy: warn-return-any=false
# What our own fields hold is Any to mypy: see werkplaats/fields.py.

from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from events.models import Cafe
from inviting.reaching import without_addresses
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


GAP = ("body", "role", "werkgebied")  # who was missing
DOUBLE = "Hiervoor staat al een andere regel open."


class CallQuerySet(models.QuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        return self.filter(state__in=CallState.open())

    def due(self) -> "CallQuerySet":
        """Those of today, and of days before; and who could not come to a café, from when it ended."""
        is_due = Q(on__lte=timezone.localdate()) | Q(again_at__isnull=False)
        return self.filter(is_due, state=CallState.NOT_YET)

    def for_gap(self, harvest: Harvest | None, kind: str, pk: int) -> "CallQuerySet":
        """The open line that was made for a gap, if there is one. `kind`: one of GAP."""
        gap: dict[str, int | None] = dict.fromkeys(GAP)
        return self.open().filter(harvest=harvest, **gap | {kind: pk})

    def call_upon(self, what: What, name: str, **given: object) -> "Call":
        """Makes a line with a link of its own."""
        with transaction.atomic():
            link = InvitationLink.objects.create(is_call=True)
            return self.create(what=what, name=name, link=link, **given)


@pghistory.track()
class Call(models.Model):
    """One line of the list. `body`, `role` or `werkgebied` is who was missing when it was made, with the harvest.

    `cafe` is the one to which they are asked; `again_at` is when that ended without them.
    """

    what = models.CharField("wat", max_length=20, choices=What)
    name = Line(
        "wie, als functie of groep",
        max_length=120,
        validators=[without_addresses],
        help_text="Bijvoorbeeld «IB-overleg Winsum». Geen namen van mensen, geen adressen en geen telefoonnummers.",
    )
    approacher = Line(
        "wie benadert, als functie",
        max_length=80,
        blank=True,
        validators=[without_addresses],
        help_text="Bijvoorbeeld «consulent noord». Geen namen van mensen.",
    )
    on = Day("wanneer", null=True, blank=True)
    state = models.CharField("stand", max_length=20, choices=CallState, default=CallState.NOT_YET)
    note = Prose(
        "notitie",
        max_length=600,
        blank=True,
        validators=[without_addresses],
        help_text="Zonder namen van mensen, adressen of telefoonnummers.",
    )
    link = models.OneToOneField(InvitationLink, models.CASCADE, editable=False, related_name="call")
    harvest = models.ForeignKey(
        Harvest, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="ontbrak bij"
    )
    body = models.ForeignKey(Body, models.SET_NULL, null=True, editable=False, related_name="calls")
    role = models.ForeignKey(Role, models.SET_NULL, null=True, editable=False, related_name="+")
    werkgebied = models.ForeignKey(Werkgebied, models.SET_NULL, null=True, editable=False, related_name="+")
    cafe = models.ForeignKey(
        Cafe,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="voor welk café",
        help_text="Kwamen ze niet? Na het café staat er vanzelf dat je ze binnen twee weken alsnog vraagt.",
    )
    again_at = models.DateTimeField("kon niet op het café", null=True, editable=False)
    made_at = models.DateTimeField("gemaakt", default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")

    in_register = of_the_site("name", "approacher", "note", staff=("by",))

    objects = CallQuerySet.as_manager()
    pgh_event_model: Any  # its history: pghistory.track makes it

    class Meta:
        verbose_name = "gerichte actie"
        verbose_name_plural = "gerichte acties"
        ordering = [models.F("on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(body=None) | Q(role=None, werkgebied=None), name="a_call_fills_one_gap"),
            models.UniqueConstraint(
                fields=["harvest", *GAP],
                condition=Q(state__in=CallState.open())
                & (Q(body__isnull=False) | Q(role__isnull=False) | Q(werkgebied__isnull=False)),
                name="one_open_call_a_gap",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in CallState.open()

    @property
    def is_for_gap(self) -> bool:
        return bool(self.body_id or self.role_id or self.werkgebied_id)

    def move(self, state: str) -> None:
        """Raises ValidationError for a state that there is not, and when another line for the same gap is open."""
        if state not in CallState.values:
            raise ValidationError("Deze stand is er niet.", code="state")
        self.state = CallState(state)
        try:
            with transaction.atomic():
                self.save(update_fields=["state"])
        except IntegrityError as error:
            raise ValidationError(DOUBLE, code="double") from error
