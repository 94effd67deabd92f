"""Lists in rows and columns: .xlsx, and .csv in any encoding and with any separator that programs here write."""

import codecs
import csv
import datetime
import io
import re
import warnings
from collections import Counter
from itertools import islice
from typing import Any

import openpyxl

from plan.lines.files.refusing import NO_TEXT, Unreadable

MOST_ROWS = 2000
MOST_COLUMNS = 40
HIGHEST = 1_048_576  # the last row of a sheet; a file may claim a row far below it
SEPARATORS = ";\t,|"
BOMS = [(codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")]
SAYS_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)

type Rows = list[list[str]]


def rows_of_workbook(data: bytes) -> Rows:
    """The first sheet that is not hidden, row by row: openpyxl keeps no cells in memory. Formulas give their value."""
    with warnings.catch_warnings(action="ignore"):  # about styles and extensions that it leaves out
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not sheets:
                return []
            # What the file says of its own size is not believed: a sheet with one cell may claim a million rows.
            sheets[0].reset_dimensions()
            rows = islice(sheets[0].iter_rows(max_col=MOST_COLUMNS, values_only=True), HIGHEST)
            filled = ([in_words(cell) for cell in row] for row in rows if any(cell is not None for cell in row))
            return list(islice(filled, MOST_ROWS + 1))
        finally:
            book.close()


def in_words(cell: Any) -> str:
    """A cell as it is read: 4 for 4.0, and a day without its midnight."""
    match cell:
        case None:
            return ""
        case bool():
            return "ja" if cell else "nee"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime.datetime() if cell.time() == datetime.time.min:
            return f"{cell:%d-%m-%Y}"
        case datetime.datetime():
            return f"{cell:%d-%m-%Y %H.%M}"
        case _:
            return str(cell)


def decoded(data: bytes) -> str:
    """The text in a file: by its mark, else UTF-8, else what Windows writes here. Raises Unreadable for no text."""
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), None)
    for name in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        # UTF-16 without its mark, or no text at all.
        if "\x00" not in text:
            return text
    raise Unreadable(NO_TEXT)


def rows_of_csv(data: bytes) -> Rows:
    text = decoded(data)
    said = SAYS_SEPARATOR.match(text)
    separator = said[1] if said else separator_of(text)
    text = text[said.end() :] if said else text
    if separator is None:
        return [[line] for line in islice(text.splitlines(), MOST_ROWS + 1)]
    try:
        return [row[:MOST_COLUMNS] for row in islice(_reader(text, separator), MOST_ROWS + 1)]
    except csv.Error as error:  # a cell of more than 128 KB: a quote that nothing closes
        raise Unreadable("In dit bestand staat een aanhalingsteken te veel. Stuur het als .xlsx.") from error


def separator_of(text: str) -> str | None:
    """The separator that gives most rows the same number of columns, more than one; None when none does.

    Guessed from the first 50 rows. A comma in sentences gives rows of all lengths, and is none.
    """
    best, most = None, 0
    for separator in SEPARATORS:
        try:
            lengths = [len(row) for row in islice(_reader(text, separator), 50) if row]
        except csv.Error:
            continue
        width, rows = Counter(lengths).most_common(1)[0] if lengths else (1, 0)
        if width > 1 and rows > most and rows >= 0.8 * len(lengths):
            best, most = separator, rows
    return best


def _reader(text: str, separator: str) -> Any:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)
