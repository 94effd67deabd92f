"""How full the cafés were some minutes ago: all that pages for everyone tell of it.

Who signs an address up sees no figure move at once, so nobody learns whether that address was new. The worker takes
the snapshot; a page that finds it too old takes it anew. Between two of one café there are minutes, whoever takes them:
else a stranger who signs an address up in between reads from them what came of it. A sign-up never reads it.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from events.models.counting import COUNTS, NOBODY
from werkplaats.web.limits import array

if TYPE_CHECKING:
    from events.models.cafes import Cafe

OLDEST = timedelta(minutes=10)
YOUNGEST = timedelta(minutes=9)  # that is taken anew: the worker, who looks every ten minutes, comes a little earlier
# Of two that count at the same moment one keeps what it counted.
KEEP = """
    INSERT INTO events_snapshot AS known (cafe_id, taken_at, figures)
    SELECT cafe, %(now)s, figures::int[]
    FROM unnest(%(cafes)s::bigint[], %(figures)s::text[]) AS counted (cafe, figures) ORDER BY cafe
    ON CONFLICT (cafe_id) DO UPDATE SET taken_at = EXCLUDED.taken_at, figures = EXCLUDED.figures
    WHERE known.taken_at <= %(young)s
    RETURNING cafe_id
"""

type Counts = dict[str, int]


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def told(self, cafes: "Iterable[Cafe]", rows: Iterable[str]) -> dict[int, Counts]:
        """What the snapshot says of these cafés, from rows of `as_json` that another query brought along."""
        read = [json.loads(row) for row in rows]
        return _told(cafes, {each["cafe"]: (datetime.fromisoformat(each["at"]), each["figures"]) for each in read})

    def tell_one(self, cafe: "Cafe") -> None:
        row = self.filter(cafe=cafe).values_list("taken_at", "figures").first()
        _tell([cafe], {cafe.pk: row} if row else {})

    def tell_joined(self, cafes: "Iterable[Cafe]") -> None:
        """As `tell`, for cafés that were read with `select_related("snapshot")`."""
        read = [each.snapshot for each in cafes if hasattr(each, "snapshot")]
        _tell(cafes, {each.cafe_id: (each.taken_at, each.figures) for each in read})

    def take(self) -> dict[int, Counts]:
        """Counts all cafés that people can still come to, but those that somebody counted minutes ago, and keeps that.

        Returns the counts that it kept, by café.
        """
        now = timezone.now()
        cafes: Any = self.model._meta.get_field("cafe").related_model
        young = now - YOUNGEST
        due = Q(snapshot=None) | Q(snapshot__taken_at__lte=young)
        counts = {each.pk: each.counts for each in cafes.objects.with_counts().filter(due, ends_at__gt=now)}
        if not counts:
            return {}
        figures = [array(each[name] for name in COUNTS) for each in counts.values()]
        with connection.cursor() as cursor:
            cursor.execute(KEEP, {"now": now, "young": young, "cafes": list(counts), "figures": figures})
            return {pk: counts[pk] for (pk,) in cursor}


class Snapshot(models.Model):
    """`figures` are those of COUNTS, in that order."""

    # Without a constraint in the database: to check it a page would wait for whoever holds the café.
    cafe = models.OneToOneField(
        "events.Cafe", models.CASCADE, primary_key=True, db_constraint=False, verbose_name="café"
    )
    taken_at = models.DateTimeField("geteld op")
    figures = ArrayField(models.PositiveIntegerField())

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = "stand van een café"
        verbose_name_plural = "standen van cafés"

    def __str__(self) -> str:
        return f"{self.cafe_id}: {self.figures}"


def as_json() -> "models.QuerySet[Snapshot, Any]":
    return Snapshot.objects.values(row=JSONObject(cafe="cafe_id", at="taken_at", figures="figures"))


type Known = dict[int, tuple[datetime, list[int]]]  # by café


def _told(cafes: "Iterable[Cafe]", known: Known) -> dict[int, Counts]:
    oldest = timezone.now() - OLDEST
    told = {pk: dict(zip(COUNTS, figures)) for pk, (taken_at, figures) in known.items() if taken_at >= oldest}
    asked = {each.pk for each in cafes if each.is_ahead}
    if not asked <= told.keys():
        told |= Snapshot.objects.take()
    if lost := asked - told.keys():  # somebody else counted just now
        rows = Snapshot.objects.filter(cafe__in=lost).values_list("cafe", "figures")
        told |= {pk: dict(zip(COUNTS, figures)) for pk, figures in rows}
    return told


def _tell(cafes: "Iterable[Cafe]", known: Known) -> None:
    told = _told(cafes, known)
    for each in cafes:
        each.told = told.get(each.pk, NOBODY)
