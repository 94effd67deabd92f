"""Reading workbooks as a spreadsheet program would: what stands in the cells."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(content: bytes) -> dict[str, list[list[str]]]:
    """The words of a workbook by sheet and row; fails on a formula or a link."""
    with zipfile.ZipFile(BytesIO(content)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        strings = ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in shared]
        names = [each.get("name") for each in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{MAIN}sheet")]
        found = {}
        for number, name in enumerate(names, start=1):
            sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(sheet.iter(f"{MAIN}f")), "a formula"
            assert not list(sheet.iter(f"{MAIN}hyperlink")), "a link"
            found[name] = [[value(cell, strings) for cell in row] for row in sheet.iter(f"{MAIN}row")]
        return found


def value(cell, strings: list[str]) -> str:
    inner = cell.find(f"{MAIN}v")
    if inner is None:
        return ""
    return strings[int(inner.text)] if cell.get("t") == "s" else inner.text
