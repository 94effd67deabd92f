"""Reads a workbook or a Word document in a process of its own: the bytes come in, JSON goes out.

`{"rows": …}`, or `{"refused": …}` with a sentence. What makes it use too much memory or time ends it.
"""

import json
import resource
import sys
import zipfile
import zlib

from lxml.etree import LxmlError

from plan.lines.files import zips
from plan.lines.files.documents import BODY, rows_of_document
from plan.lines.files.refusing import BROKEN, OTHER, Unreadable
from plan.lines.files.tables import Rows
from plan.lines.files.workbooks import rows_of_workbook

WORKBOOK = "xl/workbook.xml"
MOST_MEMORY = 2**30  # bytes of address space
MOST_SECONDS = 20  # of the processor


def rows_in(data: bytes) -> Rows:
    """Raises Unreadable with a sentence."""
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
        *(zipfile.BadZipFile, zlib.error, LxmlError, OSError, EOFError, RecursionError, MemoryError),
        *(ValueError, KeyError, IndexError, TypeError, AttributeError, NotImplementedError, RuntimeError),
    ) as error:
        raise Unreadable(BROKEN) from error


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    answer: dict[str, Rows | str]
    try:
        answer = {"rows": rows_in(sys.stdin.buffer.read())}
    except Unreadable as refused:
        answer = {"refused": str(refused)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
