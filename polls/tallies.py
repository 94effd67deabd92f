"""Counts that a whole room raises at the same moment, kept by triggers."""

from django.db import models

SHARD = "pg_backend_pid() % 16"


class BaseTally(models.Model):
    """Counting all rows for every page is too slow, and one row with the count makes everyone wait for the one before.

    So each database connection counts in a shard of its own, and the sum over the shards is the count.
    """

    shard = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
