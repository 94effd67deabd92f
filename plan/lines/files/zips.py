"""What .xlsx and .docx are: a zip of XML. Nothing in it is unpacked before its size is known."""

import io
import re
import zipfile

from plan.lines.files.refusing import BROKEN, MEGABYTE, SWOLLEN, Unreadable

MOST_UNPACKED = 25 * MEGABYTE  # of all parts together: a workbook of 381 KB took 799 MB
MOST_PARTS = 2000
MOST_RATIO = 200  # of one part; the XML of a list that repeats itself comes to 60
SMALL = MEGABYTE  # bytes of a part that may be as dense as it likes
# No program writes these in a document. In them an XML can call itself, and files beside it.
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00(?:D\x00O\x00C|E\x00N\x00T)|\x00<\x00!\x00(?:D\x00O|E\x00N)")


def opened(data: bytes) -> zipfile.ZipFile:
    """The zip, whose parts fit in memory. Raises Unreadable. zipfile reads no more of a part than its size says."""
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Unreadable(BROKEN) from error
    parts = book.infolist()
    dense = any(part.file_size > SMALL and part.file_size > MOST_RATIO * part.compress_size for part in parts)
    if dense or len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(SWOLLEN)
    return book


def checked(book: zipfile.ZipFile) -> None:
    """Raises Unreadable when a part of XML is not what it says, or holds a document type."""
    for name in book.namelist():
        if name.endswith((".xml", ".rels")) and DOCTYPE.search(book.read(name)):
            raise Unreadable(BROKEN)
