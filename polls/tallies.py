"""Counts that a whole room raises at the same moment, kept by triggers; and how they are told."""

from collections.abc import Sequence

from django.db import models

SHARD = "pg_backend_pid() % 16"


def in_percent(counts: Sequence[int]) -> list[int]:
    """What part each is of all together, in whole percents that add up to 100; zeros when there is nothing.

    Rounded down, and what is missing goes to those with most behind the comma (largest remainder); of these to the
    smallest, so that equal ones stay equal where they can.
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    found = [100 * count // total for count in counts]
    most_first = sorted(range(len(counts)), key=lambda at: (-(100 * counts[at] % total), counts[at]))
    for at in most_first[: 100 - sum(found)]:
        found[at] += 1
    return found


class BaseTally(models.Model):
    """Counting all rows for every page is too slow, and one row with the count makes everyone wait for the one before.

    So each database connection counts in a shard of its own, and the sum over the shards is the count.
    """

    shard = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
