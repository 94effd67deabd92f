"""Links by which people are invited, and how often something came of them. Nobody who came by one is kept.

A link has a code, and is somebody's or something's in an app above (`inviting`). Each act by a form of a page that a
link opened is one row, `LinkUse`, so that no row is waited for; once an hour these are summed into `LinkFigure` and go.
What may be read is `told`: a figure that is told anew only when it grew by five, so that nobody reads from two looks
what one person did. Of consulenten a row does not say whose link it was, and of their link is kept in which month
something last came of it: they are told of when five were used. Until the hour is summed, who has the database can see
which rows were written beside each other.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from werkplaats.register.entries import of_the_site

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that are taken for another
LENGTH = 8
CODE = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
FEW = 5


class Kind(models.TextChoices):
    """By which link, or text, somebody came."""

    PLAIN = "gewoon", "gewoon"
    BULLETIN = "maandbericht", "voor wie in het Maandbericht stond"
    MEETING = "overleg", "voor een overleg"
    CALL = "actie", "gerichte acties"
    NONE = "zonder", "zonder uitnodigingslink"
    SITE = "site", "de hele site"

    @classmethod
    def of_consulenten(cls) -> "list[Kind]":
        return [cls.PLAIN, cls.BULLETIN, cls.MEETING]

    @classmethod
    def asked(cls, raw: str | None) -> "Kind":
        """The kind of a consulent's text that an address names; the plain one for anything else."""
        return cls(raw) if raw in cls.of_consulenten() else cls.PLAIN


class Act(models.TextChoices):
    SENT = "verstuurd", "een tekst verstuurd"
    FINISHED = "afgemaakt", "verteld wie het schreef"
    VOTED = "gestemd", "gestemd"
    SIGNED_UP = "aangemeld", "zich aangemeld voor een café"
    USED = "gebruikt", "links waarmee iets gebeurde"
    PUBLIC = "openbaar", "openbaar geworden"


def new_code() -> str:
    """Nobody guesses it, and who mistypes one finds none: there are 850 billion."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def month_of(day: date) -> date:
    return day.replace(day=1)


class InvitationLink(models.Model):
    """Permanent: what was printed keeps its way in, also when whose it was is gone; it counts nothing since `ended_at`.

    Those of a call count apart.
    """

    code = models.CharField(max_length=LENGTH, unique=True, default=new_code, editable=False)
    is_call = models.BooleanField(default=False, editable=False)
    ended_at = models.DateTimeField("telt niet meer sinds", null=True, editable=False)
    used_in = models.DateField("laatst gebruikt in de maand", null=True, editable=False)  # of a consulent's alone

    in_register = of_the_site("code")

    def __str__(self) -> str:
        return self.code

    def path(self, kind: Kind = Kind.PLAIN) -> str:
        return f"/v/{self.code}/" if kind in (Kind.PLAIN, Kind.CALL) else f"/v/{self.code}/{kind.value}/"


# One row for each act. Of a consulent's link it is kept apart, and once a month, that something came of it.
COUNT = """
    WITH used AS (
        UPDATE werkplaats_invitationlink SET used_in = %(month)s
        WHERE id = %(link)s AND NOT is_call AND used_in IS DISTINCT FROM %(month)s::date
    )
    INSERT INTO werkplaats_linkuse (month, kind, act, link_id)
    SELECT %(month)s, %(kind)s, act, (SELECT id FROM werkplaats_invitationlink WHERE id = %(link)s AND is_call)
    FROM unnest(%(acts)s::text[]) AS act
"""
SUM = """
    WITH gone AS (DELETE FROM werkplaats_linkuse RETURNING month, kind, act, link_id)
    INSERT INTO werkplaats_linkfigure (month, kind, act, link_id, counted, told)
    SELECT month, kind, act, link_id, count(*), CASE WHEN count(*) < %(few)s THEN 0 ELSE count(*) END
    FROM gone GROUP BY month, kind, act, link_id
    ON CONFLICT (month, kind, act, link_id) DO UPDATE SET
        counted = werkplaats_linkfigure.counted + EXCLUDED.counted,
        told = CASE WHEN werkplaats_linkfigure.counted + EXCLUDED.counted - werkplaats_linkfigure.told < %(few)s
            THEN werkplaats_linkfigure.told ELSE werkplaats_linkfigure.counted + EXCLUDED.counted END
"""


class LinkUseManager(models.Manager["LinkUse"]):
    def note(self, acts: Sequence[Act], kind: Kind, link: InvitationLink | None) -> None:
        """What somebody did just now, for the first time. One statement."""
        names: dict[str, Any] = {
            "month": month_of(timezone.localdate()),
            "kind": kind.value,
            "acts": [act.value for act in acts],
            "link": link.pk if link else None,
        }
        with connection.cursor() as cursor:
            cursor.execute(COUNT, names)

    def sum_up(self) -> None:
        """Adds what was counted to the figures, and leaves no trace of the order in which it came.

        All links are written anew: else one could see beside which contribution a consulent's was used first.
        """
        month = month_of(timezone.localdate())
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(SUM, {"few": FEW})
            if used := InvitationLink.objects.filter(used_in=month).count():
                LinkFigure.objects.set(month, Kind.PLAIN, Act.USED, used)
            InvitationLink.objects.update(used_in=models.F("used_in"))


class LinkUse(models.Model):
    """One act, until it is summed. `link` for those of actions alone."""

    month = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind)
    act = models.CharField(max_length=20, choices=Act)
    link = models.ForeignKey(InvitationLink, models.CASCADE, null=True, related_name="+")

    in_register = of_the_site()

    objects = LinkUseManager()

    def __str__(self) -> str:
        return f"{self.kind}: {self.act}"


class LinkFigureManager(models.Manager["LinkFigure"]):
    def set(self, month: date, kind: Kind, act: Act, counted: int) -> None:
        """A figure that is counted anew each time; it is told anew, as all others, when it changed by five."""
        with transaction.atomic():
            self.bulk_create([self.model(month=month, kind=kind, act=act, counted=0, told=0)], ignore_conflicts=True)
            figure = self.select_for_update(no_key=True).get(month=month, kind=kind, act=act, link=None)
            figure.counted = counted
            if abs(counted - figure.told) >= FEW:
                figure.told = counted if counted >= FEW else 0
            figure.save(update_fields=["counted", "told"])


class LinkFigure(models.Model):
    """How often in a month; `told` is what may be read of it. `link` for those of actions alone."""

    month = models.DateField()
    kind = models.CharField(max_length=20, choices=Kind)
    act = models.CharField(max_length=20, choices=Act)
    link = models.ForeignKey(InvitationLink, models.CASCADE, null=True, related_name="figures")
    counted = models.PositiveIntegerField()
    told = models.PositiveIntegerField()

    in_register = of_the_site()

    objects = LinkFigureManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "kind", "act", "link"], name="one_figure_a_month", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.kind}: {self.act}"
