"""Lists in a document of Word: paragraphs and rows of tables, as they read after all changes were accepted.

mammoth keeps tables and what was inserted with tracked changes, and leaves out what was deleted, comments, headers and
what is known of the writer. It keeps hidden text, so that goes first.
"""

import io
import zipfile
from typing import Any

import lxml.etree
import lxml.html
import mammoth

from plan.lines.files.tables import MOST_COLUMNS, MOST_ROWS, Rows

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HIDDEN = (f"{WORD}vanish", f"{WORD}specVanish", f"{WORD}webHidden")
OFF = ("0", "false", "off")
BODY = "word/document.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
PARAGRAPHS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6")
PARSER: dict[str, Any] = {"resolve_entities": False, "no_network": True, "huge_tree": False}


def rows_of_document(book: zipfile.ZipFile) -> Rows:
    """Each paragraph a row of one cell, each row of a table one of its cells."""
    with io.BytesIO() as visible:
        _copy(book, visible)
        # A picture is no line, and would come as text of its bytes.
        html = mammoth.convert_to_html(visible, convert_image=mammoth.images.img_element(lambda image: {})).value
    if not html.strip():
        return []
    return list(_rows(lxml.html.fragment_fromstring(html, create_parent="div")))[: MOST_ROWS + 1]


def _copy(book: zipfile.ZipFile, into: io.BytesIO) -> None:
    """The same document without its hidden words."""
    hidden = hidden_styles(book)
    with zipfile.ZipFile(into, "w") as copy:
        for name in book.namelist():
            part = book.read(name)
            copy.writestr(name, without_hidden(part, hidden) if name in (BODY, *NOTES) else part)
    into.seek(0)


def hidden_styles(book: zipfile.ZipFile) -> set[str]:
    """The styles that hide what has them, by themselves or by the style that they are based on."""
    if "word/styles.xml" not in book.namelist():
        return set()
    styles = {
        style.get(f"{WORD}styleId"): style for style in _parsed(book.read("word/styles.xml")).iter(f"{WORD}style")
    }

    def hides(name: str | None, seen: frozenset[str | None] = frozenset()) -> bool:
        style = styles.get(name)
        if style is None or name in seen:
            return False
        own = [_is_on(mark) for mark in style.iterfind(f"{WORD}rPr/*") if mark.tag in HIDDEN]
        based_on = style.find(f"{WORD}basedOn")
        return any(own) if own else based_on is not None and hides(based_on.get(f"{WORD}val"), seen | {name})

    return {str(name) for name in styles if hides(name)}


def without_hidden(part: bytes, styles: set[str]) -> bytes:
    """A part of the document without the runs that are hidden, by themselves or by a style."""
    root = _parsed(part)
    for run in list(root.iter(f"{WORD}r")):
        if _is_hidden(run, styles):
            parent = run.getparent()
            if parent is not None:
                parent.remove(run)
    content: bytes = lxml.etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _is_hidden(run: Any, styles: set[str]) -> bool:
    """What stands on the run itself goes before its style, and that before the style of its paragraph."""
    own = [_is_on(mark) for mark in run.iterfind(f"{WORD}rPr/*") if mark.tag in HIDDEN]
    if own:
        return any(own)
    named = [run.find(f"{WORD}rPr/{WORD}rStyle")]
    paragraph = next(run.iterancestors(f"{WORD}p"), None)
    if paragraph is not None:
        named.append(paragraph.find(f"{WORD}pPr/{WORD}pStyle"))
    return any(style is not None and style.get(f"{WORD}val") in styles for style in named)


def _is_on(mark: Any) -> bool:
    return mark.get(f"{WORD}val") not in OFF


def _parsed(part: bytes) -> Any:
    return lxml.etree.fromstring(part, lxml.etree.XMLParser(**PARSER))


def _rows(root: Any) -> Any:
    for block in root.iter(*PARAGRAPHS, "tr"):
        inside = {parent.tag for parent in block.iterancestors()}
        if block.tag == "tr":
            if "td" not in inside and "th" not in inside:
                yield [" ".join(cell.text_content().split()) for cell in block][:MOST_COLUMNS]
        elif "tr" not in inside:
            yield from ([line] for line in _own_words(block).split("\n") if line.strip())


def _own_words(block: Any) -> str:
    """The words of a paragraph, a line for each break in it; of an item of a list without the list that is in it."""
    words = [block.text or ""]
    for child in block:
        if child.tag == "br":
            words.append("\n")
        elif child.tag not in ("ul", "ol", *PARAGRAPHS):
            words.append(_own_words(child))
        words.append(child.tail or "")
    return "".join(words)
