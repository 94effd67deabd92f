"""Bodies that are consulted: OPR, deelnemersraad, raad van toezicht, schoolbesturen, gemeenten."""

from django.db import models
from django.utils import timezone

from plan.models.harvests import Harvest
from werkplaats.fields import Day
from werkplaats.lists import ListedName
from werkplaats.models import User
from werkplaats.register.entries import of_the_site


class Body(ListedName):
    """A list that coordinators edit. Nobody says that they are of one: its members write as *ouder* or *leerkracht*."""

    in_register = of_the_site("name")

    class Meta(ListedName.Meta):
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"


class BodyMeeting(models.Model):
    """That a body met about this on a day, as a coordinator recorded it. So a body is heard or it is not: no count."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="overleg")
    harvest = models.ForeignKey(Harvest, models.CASCADE, related_name="body_meetings", verbose_name="opbrengst")
    held_on = Day("gehouden op")
    by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd", default=timezone.now, editable=False)

    in_register = of_the_site(staff=("by",))

    class Meta:
        ordering = ["-held_on", "pk"]
        verbose_name = "bijeenkomst van een overleg"
        verbose_name_plural = "bijeenkomsten van overleggen"
        constraints = [
            models.UniqueConstraint(
                fields=["body", "harvest", "held_on"],
                name="one_meeting_of_a_body_a_day",
                violation_error_message="Deze bijeenkomst staat er al.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on}"
