"""Reading workbooks as a spreadsheet program would: what stands in the cells."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The words of a workbook by sheet and row; fails on a formula or a link."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        shared = "xl/sharedStrings.xml"  # a book that was written row after row has none
        parts = ElementTree.fromstring(book.read(shared)) if shared in book.namelist() else []
        strings = [text_of(item) for item in parts]
        names = [each.get("name") for each in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        found = {}
        for number, name in enumerate(names, start=1):
            sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(sheet.iter(f"{MAIN}f")), "a formula"
            assert not list(sheet.iter(f"{MAIN}hyperlink")), "a link"
            found[name] = [[value(cell, strings) for cell in row] for row in sheet.iter(f"{MAIN}row")]
        return found


def text_of(item) -> str:
    return "".join(text.text or "" for text in item.iter(f"{MAIN}t"))


def value(cell, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return text_of(cell)
    inner = cell.find(f"{MAIN}v")
    if inner is None:
        return ""
    return strings[int(inner.text)] if cell.get("t") == "s" else inner.text
