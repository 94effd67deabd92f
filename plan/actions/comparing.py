"""Comparing the voices of a harvest with each other, for the suggestions: by a process that ends, asked by the worker.

What it keeps is a cache that decides nothing. It holds no harvest and no voice: sorting goes on. The words go through
pipes alone; nothing of them is written down.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import batched

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from plan.models import Compared, Comparison, Fragment, Harvest, Likeness

MEASURING = "plan.alike.measuring"
# A harvest that takes long is compared less often: this many times as long it is left as it is.
REST = 10
PAIRS = "COPY plan_likeness (fragment_id, other_id, source_version, other_version, strength, marks) FROM STDIN"
AFTER_FAILURE = timedelta(minutes=1)  # taken as how long it took
MANY = 100  # voices
AT_ONCE = 500  # voices written in one transaction

# The key of a voice, its place, and of those alike to it: key, strength, marks.
Found = tuple[int, int, list[tuple[int, int, list[int]]]]
Versions = dict[int, int]

logger = logging.getLogger(__name__)


class Failed(Exception):
    """The process that compares ended without an answer."""


def compare_due() -> int:
    """Compares the harvests in which a voice is new, or has other words. Returns how many."""
    done = 0
    for harvest in due_harvests():
        try:
            compare(harvest)
            done += 1
        except Failed as error:
            logger.error("%s", error)
            _note(harvest, timezone.now(), AFTER_FAILURE)
    return done


def due_harvests() -> list[Harvest]:
    known = Q(compared__harvest=F("harvest"), compared__source_version=F("source_version"))
    new = Fragment.objects.filter(~known | Q(compared=None), live=True)
    rested = Q(comparison=None) | Q(comparison__at__lt=timezone.now() - REST * F("comparison__took"))
    return list(Harvest.objects.filter(rested, pk__in=new.values("harvest")).order_by("pk"))


def compare(harvest: Harvest) -> None:
    """Compares all voices of a harvest that may be read, and keeps which are alike. Twice is once."""
    begun = timezone.now()
    versions: Versions = {}
    for found in batched(measured(harvest, versions), AT_ONCE, strict=False):
        try:
            keep(harvest, found, versions)
        except IntegrityError:  # one of them is erased just now; the next minute does these anew
            logger.info("A voice of harvest %s went while it was compared.", harvest.pk)
    Likeness.objects.filter(fragment__harvest=harvest).exclude(fragment__in=versions).delete()
    Compared.objects.filter(harvest=harvest).exclude(fragment__in=versions).delete()
    _tell_planner(len(versions))
    _note(harvest, begun, timezone.now() - begun)


def _tell_planner(written: int) -> None:
    """What was just filled looks empty to PostgreSQL: it would read the list of the desk in a way that is quadratic."""
    if written >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE plan_compared, plan_likeness, plan_fragment, plan_destination")


def _note(harvest: Harvest, begun: datetime, took: timedelta) -> None:
    Comparison.objects.update_or_create(harvest=harvest, defaults={"at": begun, "took": took})


def measured(harvest: Harvest, versions: Versions) -> Iterator[Found]:
    """What `plan.alike.measuring` says of the voices; notes in `versions` the version of each that it compared."""
    process = subprocess.Popen(
        [sys.executable, "-m", MEASURING],
        cwd=settings.BASE_DIR,
        env={"OPENBLAS_NUM_THREADS": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdin and process.stdout  # noqa: S101, both are pipes
        # It answers when it has read all. One that ended before says so by its return code.
        with suppress(BrokenPipeError), process.stdin as voices:
            for voice in harvest.fragments.filter(live=True).with_words().order_by("pk").iterator(AT_ONCE):
                versions[voice.pk] = voice.source_version
                voices.write(json.dumps([voice.pk, voice.text]) + "\n")
        yield from map(json.loads, process.stdout)
    if process.returncode:
        raise Failed(f"Comparing harvest {harvest.pk} ended with {process.returncode}.")


@transaction.atomic
def keep(harvest: Harvest, found: Iterable[Found], versions: Versions) -> None:
    """Writes what is alike to these voices, in the place of what was there.

    Raises IntegrityError when one of them is erased at this moment.
    """
    there = still_there(versions)
    found = [each for each in found if each[0] in there]
    keys = [key for key, _, _ in found]
    Likeness.objects.filter(fragment__in=keys).delete()
    rows = (
        (key, other, versions[key], versions[other], strength, marks)
        for key, _, near in found
        for other, strength, marks in near
        if other in there
    )
    # Of 10,000 voices 300,000 rows: as INSERT they would take minutes.
    with connection.cursor() as cursor, cursor.copy(PAIRS) as copy:
        for row in rows:
            copy.write_row(row)
    Compared.objects.bulk_create(
        (
            Compared(fragment_id=key, harvest=harvest, source_version=versions[key], place=place)
            for key, place, _ in found
        ),
        update_conflicts=True,
        unique_fields=["fragment"],
        update_fields=["harvest", "source_version", "place"],
    )


def still_there(versions: Versions) -> set[int]:
    return set(Fragment.objects.filter(pk__in=versions).values_list("pk", flat=True))
