"""How full the cafés were some minutes ago: all that pages for everyone tell of it.

Who signs an address up sees no figure move at once, so nobody learns whether that address was new. The worker takes
the snapshot; a page that finds it too old takes it anew. A sign-up never reads it.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models.functions import JSONObject
from django.utils import timezone

from events.models.counting import COUNTS, NOBODY

if TYPE_CHECKING:
    from events.models.cafes import Cafe

OLDEST = timedelta(minutes=10)

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
        """Counts all cafés that people can still come to, and keeps that; returns the counts by café."""
        now = timezone.now()
        with transaction.atomic():
            cafes: Any = self.model._meta.get_field("cafe").related_model
            counts = {
                each.pk: each.counts for each in cafes.objects.with_counts().filter(ends_at__gt=now).order_by("pk")
            }
            rows = [
                self.model(cafe_id=pk, taken_at=now, figures=[each[name] for name in COUNTS])
                for pk, each in counts.items()
            ]
            self.bulk_create(rows, update_conflicts=True, unique_fields=["cafe"], update_fields=["taken_at", "figures"])
        return counts


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
    if any(each.is_ahead and each.pk not in told for each in cafes):
        return Snapshot.objects.take()
    return told


def _tell(cafes: "Iterable[Cafe]", known: Known) -> None:
    told = _told(cafes, known)
    for each in cafes:
        each.told = told.get(each.pk, NOBODY)
