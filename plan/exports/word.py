"""Writing a .docx from its first paragraph to its last: what was written is not kept, and footnotes are footnotes.

python-docx keeps the whole document, and searches it for each paragraph. This writes the parts that Word asks for.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from lxml import etree

from werkplaats.fields import printable

FIXED = Path(__file__).parent / "docx"
MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CALLED = {"content_types.xml": "[Content_Types].xml", "_rels/package.rels": "_rels/.rels"}
W = f"{{{MAIN}}}"
NAMES: Any = {"w": MAIN}
PRESERVE = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
# What Word wants before the first footnote of the writer's own: the lines between text and notes.
SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


class Footnote(str):
    """The text of a footnote, where its number stands in a paragraph."""

    __slots__ = ()


class Strong(str):
    __slots__ = ()


class Writer:
    """Writes paragraphs; `notes` are the texts of the footnotes so far."""

    def __init__(self, body: Any) -> None:
        self.body = body
        self.notes: list[str] = []

    def heading(self, level: int, text: str) -> None:
        self.paragraph(text, style=f"Heading{level}")

    def paragraph(self, *pieces: str, style: str = "") -> None:
        """A paragraph of pieces of text, Footnotes and Strong ones; what a file cannot hold is left out.

        It runs from right to left when its first letter does.
        """
        made = etree.Element(f"{W}p", nsmap=NAMES)
        words = "".join(piece for piece in pieces if not isinstance(piece, Footnote))
        is_rtl = runs_from_right(words)
        if style or is_rtl:
            look = etree.SubElement(made, f"{W}pPr")
            if style:
                etree.SubElement(look, f"{W}pStyle", {f"{W}val": style})
            if is_rtl:
                etree.SubElement(look, f"{W}bidi")
        for piece in pieces:
            if isinstance(piece, Footnote):
                self._refer(made, piece)
            else:
                _run(made, piece, is_rtl=is_rtl, strong=isinstance(piece, Strong))
        self.body.write(made)

    def _refer(self, paragraph: Any, text: str) -> None:
        self.notes.append(text)
        run = etree.SubElement(paragraph, f"{W}r")
        look = etree.SubElement(run, f"{W}rPr")
        etree.SubElement(look, f"{W}rStyle", {f"{W}val": "FootnoteReference"})
        etree.SubElement(run, f"{W}footnoteReference", {f"{W}id": str(len(self.notes))})


def _run(paragraph: Any, text: str, *, is_rtl: bool, strong: bool = False) -> None:
    run = etree.SubElement(paragraph, f"{W}r")
    if is_rtl or strong:
        look = etree.SubElement(run, f"{W}rPr")
        if strong:
            etree.SubElement(look, f"{W}b")
        if is_rtl:
            etree.SubElement(look, f"{W}rtl")
    for number, line in enumerate(printable(text).split("\n")):
        if number:
            etree.SubElement(run, f"{W}br")
        for place, part in enumerate(line.split("\t")):
            if place:
                etree.SubElement(run, f"{W}tab")
            etree.SubElement(run, f"{W}t", PRESERVE).text = part


def runs_from_right(text: str) -> bool:
    """Whether the first letter of a text is written from right to left."""
    if text.isascii():
        return False
    first = next((way for way in map(unicodedata.bidirectional, text) if way in ("L", "R", "AL")), "L")
    return first != "L"


@contextmanager
def document(file: IO[bytes], title: str) -> Iterator[Writer]:
    """A .docx in this file, for the time in which its paragraphs are written."""
    with ZipFile(file, "w", ZIP_DEFLATED) as parts:
        for fixed in sorted(FIXED.rglob("*.*")):
            content = fixed.read_text().replace("{title}", escape(printable(title)))
            # As two of them are called in the package.
            name = str(fixed.relative_to(FIXED))
            parts.writestr(CALLED.get(name, name), content)
        with (
            parts.open("word/document.xml", "w", force_zip64=True) as part,
            etree.xmlfile(part, encoding="UTF-8") as xml,
        ):
            xml.write_declaration(standalone=True)
            with xml.element(f"{W}document", nsmap=NAMES), xml.element(f"{W}body"):
                writer = Writer(xml)
                yield writer
                xml.write(_page())
        with parts.open("word/footnotes.xml", "w") as part, etree.xmlfile(part, encoding="UTF-8") as xml:
            xml.write_declaration(standalone=True)
            with xml.element(f"{W}footnotes", nsmap=NAMES):
                for number, kind in SEPARATORS.items():
                    xml.write(_separator(number, kind))
                for number, text in enumerate(writer.notes, start=1):
                    xml.write(_footnote(number, text))


def _page() -> Any:
    """A4, upright, with margins of 2.5 cm; in twentieths of a point."""
    section = etree.Element(f"{W}sectPr", nsmap=NAMES)
    etree.SubElement(section, f"{W}pgSz", {f"{W}w": "11906", f"{W}h": "16838"})
    sides = {
        **dict.fromkeys(["top", "right", "bottom", "left"], "1417"),
        "header": "708",
        "footer": "708",
        "gutter": "0",
    }
    etree.SubElement(section, f"{W}pgMar", {f"{W}{side}": width for side, width in sides.items()})
    return section


def _separator(number: int, kind: str) -> Any:
    note = etree.Element(f"{W}footnote", {f"{W}type": kind, f"{W}id": str(number)}, NAMES)
    run = etree.SubElement(etree.SubElement(note, f"{W}p"), f"{W}r")
    etree.SubElement(run, f"{W}{kind}")
    return note


def _footnote(number: int, text: str) -> Any:
    note = etree.Element(f"{W}footnote", {f"{W}id": str(number)}, NAMES)
    paragraph = etree.SubElement(note, f"{W}p")
    look = etree.SubElement(paragraph, f"{W}pPr")
    etree.SubElement(look, f"{W}pStyle", {f"{W}val": "FootnoteText"})
    mark = etree.SubElement(paragraph, f"{W}r")
    etree.SubElement(etree.SubElement(mark, f"{W}rPr"), f"{W}rStyle", {f"{W}val": "FootnoteReference"})
    etree.SubElement(mark, f"{W}footnoteRef")
    _run(paragraph, f" {text}", is_rtl=False)
    return note
