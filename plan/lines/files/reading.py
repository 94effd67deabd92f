"""Reads a file with lines. What it is, its first bytes say: names lie."""

import zipfile
import zlib
from typing import Any

from lxml.etree import LxmlError

from plan.lines.files import zips
from plan.lines.files.documents import BODY, rows_of_document
from plan.lines.files.refusing import BROKEN, EMPTY, MEGABYTE, OLD, OTHER, TOO_BIG, TOO_MANY, Unreadable
from plan.lines.files.tables import MOST_ROWS, Rows, rows_of_csv, rows_of_workbook
from werkplaats.fields import clean_text

MOST_BYTES = 5 * MEGABYTE
WORKBOOK = "xl/workbook.xml"
OLE = b"\xd0\xcf\x11\xe0"  # Word and Excel before 2007, and whatever has a password
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
    if not data.startswith(b"PK"):
        return rows_of_csv(data)
    book = zips.opened(data)
    try:
        names = book.namelist()
        if WORKBOOK not in names and BODY not in names:
            raise Unreadable(OTHER)
        zips.checked(book)
        return rows_of_workbook(data) if WORKBOOK in names else rows_of_document(book)
    except Unreadable:
        raise
    # Whatever libraries make of what somebody made by hand: encrypted, cut short, not the XML that they expect.
    except (
        *(zipfile.BadZipFile, zlib.error, LxmlError, OSError, EOFError, RecursionError),
        *(ValueError, KeyError, IndexError, TypeError, AttributeError, NotImplementedError, RuntimeError),
    ) as error:
        raise Unreadable(BROKEN) from error
