"""Lists in an .xlsx. The library takes 36 MB of memory: `plan.lines.files.apart` alone imports it."""

import datetime
import io
import warnings
from itertools import islice
from typing import Any

import openpyxl

from plan.lines.files.tables import MOST_COLUMNS, MOST_ROWS, Rows

HIGHEST = 1_048_576  # the last row of a sheet; a file may claim a row far below it


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
