"""Spreadsheets for coordinators: what people typed in them is text, never a formula or a link."""

from io import BytesIO

from django.http import HttpResponse
from xlsxwriter import Workbook

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(file: BytesIO, **options) -> Workbook:
    """An empty workbook that closing writes to `file`; `options` are xlsxwriter's."""
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    return Workbook(file, options | safe)


def download(content: bytes, name: str) -> HttpResponse:
    """A spreadsheet to save as `name`; no cache keeps it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
