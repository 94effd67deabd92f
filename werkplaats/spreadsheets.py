"""Spreadsheets for coordinators: what people typed in them is text, never a formula or a link."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from django.http import HttpResponse
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "remove_timezone": True}
LONGEST = 32_767  # characters of a cell; XlsxWriter would leave out all of a longer text
# The mark of a text: the cell stays text when someone edits it, also when it begins with "=".
TEXT = {"valign": "top", "text_wrap": True, "quote_prefix": True}


class Column(NamedTuple):
    """A heading, a width in characters, and functions of a row: its value, and how deep that is indented."""

    heading: str
    width: int
    value: Callable[[Any], str | float | date | None]
    indent: Callable[[Any], int] | None = None


def workbook() -> Workbook:
    """An empty workbook, for `table` to fill and `finished` to close."""
    return Workbook(BytesIO(), SAFE | {"in_memory": True})


def streamed(path: Path) -> Workbook:
    """As `workbook`, written to a file row after row: for any number of rows. Close it yourself.

    What it writes meanwhile lies beside that file.
    """
    return Workbook(path, SAFE | {"constant_memory": True, "tmpdir": str(path.parent)})


def finished(book: Workbook) -> bytes:
    """The .xlsx file."""
    book.close()
    file: bytes = book.filename.getvalue()
    return file


def table(book: Workbook, name: str, columns: list[Column], rows: Iterable[Any]) -> None:
    """A sheet with a line for each row below headings that stay in sight and can be filtered by."""
    sheet, looks = book.add_worksheet(name), Looks(book)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.heading, looks.head)
    line = 0
    for line, row in enumerate(rows, start=1):
        for number, column in enumerate(columns):
            depth = column.indent(row) if column.indent else 0
            looks.write(sheet, line, number, column.value(row), depth)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)


class Looks:
    """What cells look like in one workbook, each look made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.head = book.add_format({**TEXT, "bold": True, "bottom": 1})
        self.texts = [book.add_format(TEXT)]
        self.number = book.add_format({"valign": "top"})
        self.day = book.add_format({"valign": "top", "num_format": "d mmmm yyyy", "align": "left"})
        self.moment = book.add_format({"valign": "top", "num_format": "dd-mm-yyyy hh:mm", "align": "left"})

    def text(self, depth: int) -> Format:
        while len(self.texts) <= depth:
            self.texts.append(self.book.add_format({**TEXT, "indent": 2 * len(self.texts)}))
        return self.texts[depth]

    def write(self, sheet: Worksheet, line: int, number: int, value: Any, depth: int) -> None:
        match value:
            case None | "":
                sheet.write_blank(line, number, None, self.number)
            case str():
                sheet.write_string(line, number, value[:LONGEST], self.text(depth))
            case datetime():
                sheet.write_datetime(line, number, value, self.moment)
            case date():
                sheet.write_datetime(line, number, value, self.day)
            case _:
                sheet.write_number(line, number, value, self.number)


def facts(book: Workbook, name: str, rows: Iterable[tuple[str, Any]]) -> None:
    """A sheet about the whole, with on each line a name and what it is."""
    table(book, name, [Column("wat", 36, lambda row: row[0]), Column("", 80, lambda row: row[1])], rows)


def download(content: bytes, name: str, content_type: str = CONTENT_TYPE) -> HttpResponse:
    """A file to save as `name`; no cache keeps it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
