"""How full the cafés were some minutes ago: all that pages for everyone tell of it.

Who signs an address up sees no figure move at once, so nobody learns whether that address was new. The worker takes
the snapshot; a page that finds it too old takes it anew. A sign-up never reads it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone

from events.models.counting import COUNTS, NOBODY
from werkplaats import compiled

if TYPE_CHECKING:
    from events.models.cafes import Cafe

OLDEST = timedelta(minutes=10)

type Counts = dict[str, int]


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def tell(self, cafes: "Iterable[Cafe]") -> None:
        """Gives each of these cafés what the snapshot says of it, in one query."""
        rows = compiled.rows(all_of_them)
        _tell(cafes, {pk: (taken_at, figures) for pk, taken_at, figures in rows})

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


def all_of_them() -> models.QuerySet:
    return Snapshot.objects.values_list("cafe", "taken_at", "figures")


def _tell(cafes: "Iterable[Cafe]", known: dict[int, tuple[datetime, list[int]]]) -> None:
    oldest = timezone.now() - OLDEST
    told = {pk: dict(zip(COUNTS, figures)) for pk, (taken_at, figures) in known.items() if taken_at >= oldest}
    if any(each.is_ahead and each.pk not in told for each in cafes):
        told = Snapshot.objects.take()
    for each in cafes:
        each.told = told.get(each.pk, NOBODY)
