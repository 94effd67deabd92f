"""Making files as the worker does, and reading them as a program for words or spreadsheets does."""

import zipfile
from io import BytesIO

import docx

from plan.exports import making
from plan.models import Export, Harvest
from tests.helpers.workbooks import sheets
from tests.plan.helpers import sorter
from werkplaats.models import User


def made(kind: str, harvest: Harvest | None = None, *, names: bool = False, by: User | None = None) -> Export:
    """A file that was asked for and made."""
    export = Export.objects.ask(kind, by or sorter(), harvest, names=names)
    making.make(export.pk)
    export.refresh_from_db()
    assert export.state == "made", export.problem
    return export


def content(export: Export) -> bytes:
    whole = b"".join(export.chunks())
    assert len(whole) == export.size
    return whole


def unzipped(export: Export) -> bytes:
    """All that stands in a file, whatever its program shows of it."""
    with zipfile.ZipFile(BytesIO(content(export))) as file:
        return b"".join(file.read(name) for name in file.namelist())


def book(harvest: Harvest | None = None, **options) -> dict[str, list[list[str]]]:
    """The cells of the workbook, by sheet and row."""
    return sheets(content(made("xlsx", harvest, **options)))


def paragraphs(harvest: Harvest | None = None, **options) -> list:
    return docx.Document(BytesIO(content(made("docx", harvest, **options)))).paragraphs


def words(harvest: Harvest | None = None, **options) -> str:
    return "\n".join(paragraph.text for paragraph in paragraphs(harvest, **options))


def column(rows: list[list[str]], heading: str) -> list[str]:
    return [row[rows[0].index(heading)] for row in rows[1:]]
