"""Making a file in the worker: beside the database first, then into it piece by piece."""

import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import IntegrityError, OperationalError, connection, transaction

from plan.exports import document, workbook
from plan.exports.progress import Gone
from plan.models import Export, ExportPart
from plan.models.exports import TAKES_AWAY, Kind, State

WRITERS: dict[str, Callable[[Path, Export], None]] = {Kind.WORKBOOK: workbook.write, Kind.DOCUMENT: document.write}
PIECE = 1024 * 1024  # bytes
FOLDER = "werkplaats-opbrengst-"  # how the names begin of the folders in which files are made
LEFT_BEHIND = 3600  # seconds after which such a folder is of a worker that was killed
PATIENCE = "5min"  # for the first row of all that was said in years
WENT_WRONG = "Het maken van dit bestand is niet gelukt. Vraag het nog eens."

logger = logging.getLogger(__name__)


def make(export_id: int) -> None:
    """Makes a file that was asked for; twice is once, and one that is gone by then is not made.

    Raises OperationalError when the database was away: then a next try may succeed. What else goes wrong stands with
    the file, and in the log.
    """
    export = Export.objects.filter(pk=export_id).select_related("harvest").first()
    if export is None or not export.go_on(state=State.MAKING, done=0, total=0):
        return
    export.parts.all().delete()  # of a worker that was killed
    try:
        with tempfile.TemporaryDirectory(prefix=FOLDER) as folder, patient():
            path = Path(folder) / f"bestand.{export.kind}"
            wait_for_words()
            WRITERS[export.kind](path, export)
            keep(export, path)
    except Gone:
        logger.info("Export %s was not wanted any more.", export.pk)
    except OperationalError:
        raise
    except Exception:
        logger.exception("Export %s failed.", export.pk)
        export.go_on(state=State.FAILED, problem=WENT_WRONG)


def wait_for_words() -> None:
    """Until what is being taken away at this moment is gone. What is taken away afterwards takes the file along."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({TAKES_AWAY})")


def keep(export: Export, path: Path) -> None:
    """Puts the file where it is offered. Raises Gone when nobody may have it any more."""
    if not export.go_on():
        raise Gone
    try:
        with path.open("rb") as file:
            for number, content in enumerate(iter(lambda: file.read(PIECE), b"")):
                ExportPart.objects.create(export=export, number=number, content=content)
    except IntegrityError:  # the row of the file went meanwhile
        raise Gone from None
    if not export.finish(path.stat().st_size):
        raise Gone


@contextmanager
def patient() -> Iterator[None]:
    """Reading everything may take longer than a page may."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = '{PATIENCE}'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


def sweep() -> None:
    """Removes what a worker that was killed left of a file that it was making."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*"):
        if time.time() - folder.stat().st_mtime > LEFT_BEHIND:
            shutil.rmtree(folder, ignore_errors=True)
