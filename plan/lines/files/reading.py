"""Reads a file with lines. What it is, its first bytes say: names lie."""

import json
import subprocess
import sys
from typing import Any

from django.conf import settings

from plan.lines.files.refusing import BROKEN, EMPTY, MEGABYTE, OLD, OTHER, TOO_BIG, TOO_MANY, Unreadable
from plan.lines.files.tables import MOST_ROWS, Rows, rows_of_csv
from werkplaats.fields import clean_text

MOST_BYTES = 5 * MEGABYTE
OLE = b"\xd0\xcf\x11\xe0"  # Word and Excel before 2007, and whatever has a password
APART = "plan.lines.files.apart"
PATIENCE = 30  # seconds for a file
NO_LIST = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"RIFF")


def rows_of(upload: Any) -> Rows:
    """The rows of an UploadedFile, each with as many cells as it has; no row is empty.

    Raises Unreadable with a sentence: not a list, too big, broken, empty.
    """
    if upload.size > MOST_BYTES:
        raise Unreadable(TOO_BIG.format(megabytes=MOST_BYTES // MEGABYTE))
    data = upload.read()
    if not data.strip():
        raise Unreadable(EMPTY)
    cleaned = ([clean_text(cell, multiline=False) for cell in row] for row in _read(data))
    rows = [row for row in map(_trimmed, cleaned) if row]
    if not rows:
        raise Unreadable(EMPTY)
    if len(rows) > MOST_ROWS:
        raise Unreadable(TOO_MANY.format(most=f"{MOST_ROWS:,}".replace(",", ".")))
    return rows


def _trimmed(row: list[str]) -> list[str]:
    """Without the empty cells behind the last that says something."""
    last = max((number for number, cell in enumerate(row, start=1) if cell), default=0)
    return row[:last]


def _read(data: bytes) -> Rows:
    if data.startswith(OLE):
        raise Unreadable(OLD)
    if data.startswith(NO_LIST):
        raise Unreadable(OTHER)
    return _read_apart(data) if data.startswith(b"PK") else rows_of_csv(data)


def _read_apart(data: bytes) -> Rows:
    """In a process that ends: what a made file makes a library do, it does there, in bounded memory and time."""
    asked, here = [sys.executable, "-m", APART], settings.BASE_DIR
    try:
        done = subprocess.run(asked, input=data, capture_output=True, check=False, timeout=PATIENCE, cwd=here)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(BROKEN) from error
    if done.returncode:
        raise Unreadable(BROKEN)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise Unreadable(answer["refused"])
    rows: Rows = answer["rows"]
    return rows
