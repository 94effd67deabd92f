"""Files with lines: what is read of each kind, what is left out of a document, and what is refused in words."""

import io
import zipfile
from datetime import date, datetime

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.comments import Comment

from plan.lines.files import refusing, tables, zips
from plan.lines.files.columns import NONE, Columns, guessed, text_of
from plan.lines.files.reading import MOST_BYTES, rows_of
from plan.lines.files.refusing import Unreadable
from plan.lines.letters import letters_of
from werkplaats.models import Role


class Upload(io.BytesIO):
    """A file as a form gives it."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.size = len(data)


def rows(data: bytes):
    return rows_of(Upload(data))


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        rows(data)
    return str(refused.value)


def workbook(*lines, book=None) -> bytes:
    book = book or openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def document(made) -> bytes:
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def zipped(parts: dict[str, bytes], data: bytes | None = None) -> bytes:
    """A zip of these parts, on top of those of another."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        for part in zipfile.ZipFile(io.BytesIO(data)).infolist() if data else ():
            if part.filename not in parts:
                book.writestr(part, zipfile.ZipFile(io.BytesIO(data)).read(part))
        for name, content in parts.items():
            book.writestr(name, content)
    return file.getvalue()


# Workbooks


def test_a_workbook_gives_its_cells_as_they_are_read():
    first = ["tafel", "wat", None]
    second = [3.0, " minder\n papier ", True]
    third = [4, datetime(2026, 11, 23), datetime(2026, 11, 23, 19, 30)]
    assert rows(workbook(first, second, [], third, [None, date(2026, 1, 2), "=1+1"])) == [
        ["tafel", "wat"],
        ["3", "minder papier", "ja"],
        ["4", "23-11-2026", "23-11-2026 19.30"],
        ["", "02-01-2026"],
    ]


def test_of_a_workbook_no_comment_hidden_sheet_or_name_is_read():
    book = openpyxl.Workbook()
    book.active.title, book.active.sheet_state = "geheim", "hidden"
    book.active["A1"] = "geheim blad"
    shown = book.create_sheet("zichtbaar")
    shown["A1"], shown["A1"].comment = "minder papier", Comment("geheime opmerking", "geheime schrijver")
    book.properties.creator = "geheime maker"
    assert rows(workbook(book=book)) == [["minder papier"]]


def test_a_workbook_that_claims_a_million_rows_is_read_by_what_is_in_it():
    data = workbook(["minder papier"])
    name = "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(name).replace(b'ref="A1"', b'ref="A1:XFD1048576"')
    assert b"XFD" in sheet
    assert rows(zipped({name: sheet}, data)) == [["minder papier"]]


def test_what_stands_far_below_is_read_too():
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A900000"] = "minder papier", "meer tijd"
    assert rows(workbook(book=book)) == [["minder papier"], ["meer tijd"]]


def test_a_row_that_no_sheet_can_have_ends():
    data, name = workbook(["minder papier"], ["meer tijd"]), "xl/worksheets/sheet1.xml"
    sheet = zipfile.ZipFile(io.BytesIO(data)).read(name).replace(b'r="2"', b'r="99999999999999"')
    assert rows(zipped({name: sheet}, data)) == [["minder papier"]]


def test_too_many_rows_are_refused_and_none_is_left_out_in_silence():
    fits = workbook(*(["regel"] for _ in range(tables.MOST_ROWS)))
    assert len(rows(fits)) == tables.MOST_ROWS
    assert "meer dan 2.000 regels" in refusal(b"regel\n" * (tables.MOST_ROWS + 1))
    assert "meer dan 2.000 regels" in refusal(workbook(*(["regel"] for _ in range(tables.MOST_ROWS + 1))))


# Bombs


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *args: pytest.fail("it was unpacked"))
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *args, **more: pytest.fail("it was opened"))
    dense = b"<a>" + b"0" * (zips.MOST_UNPACKED // 2)
    assert refusal(zipped({"xl/workbook.xml": dense})) == refusing.SWOLLEN


def test_many_parts_that_are_each_allowed_are_too_much_together(monkeypatch):
    monkeypatch.setattr(zips, "MOST_RATIO", 10**9)
    part = b"0" * (zips.MOST_UNPACKED // 3)
    assert refusal(zipped({"xl/workbook.xml": part, "a": part, "b": part, "c": part})) == refusing.SWOLLEN
    parts = {str(number): b"" for number in range(zips.MOST_PARTS)}
    assert refusal(zipped({"word/document.xml": b"", **parts})) == refusing.SWOLLEN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-16"])
def test_an_xml_that_calls_itself_is_refused(encoding):
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'.encode(encoding)
    assert refusal(zipped({"word/document.xml": bomb}, document(docx.Document()))) == refusing.BROKEN
    assert refusal(zipped({"xl/sharedStrings.xml": bomb}, workbook(["x"]))) == refusing.BROKEN


def test_a_part_that_is_larger_than_it_says_ends_where_it_says():
    data = bytearray(workbook(["minder papier"]))
    name = b"xl/worksheets/sheet1.xml"
    entry = data.rindex(name) - 46  # of the list at the end
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(data)) == refusing.BROKEN


# Documents


def with_run(paragraph, xml: str) -> None:
    paragraph._p.append(parse_xml(xml.replace(">", f" {nsdecls('w')}>", 1)))


def test_a_document_gives_paragraphs_lists_tables_and_what_was_inserted():
    made = docx.Document()
    made.add_heading("Tafel 3")
    made.add_paragraph("minder papier", style="List Bullet")
    broken = made.add_paragraph("eerste regel")
    broken.add_run().add_break()
    broken.add_run("tweede regel")
    table = made.add_table(rows=2, cols=2)
    for cell, words in zip(table._cells, ["tafel", "wat", "4", "meer tijd"], strict=True):
        cell.text = words
    tracked = made.add_paragraph("wachten ")
    with_run(
        tracked, '<w:ins w:id="1" w:author="Geheime Schrijver"><w:r><w:t>zonder te weten waarom</w:t></w:r></w:ins>'
    )
    with_run(
        tracked, '<w:del w:id="2" w:author="Geheime Schrijver"><w:r><w:delText>geschrapt</w:delText></w:r></w:del>'
    )
    made.add_paragraph("het laatste woord")
    assert rows(document(made)) == [
        ["Tafel 3"],
        ["minder papier"],
        ["eerste regel"],
        ["tweede regel"],
        ["tafel", "wat"],
        ["4", "meer tijd"],
        ["wachten zonder te weten waarom"],
        ["het laatste woord"],
    ]


def test_of_a_document_no_comment_name_header_or_property_is_read():
    made = docx.Document()
    told = made.add_paragraph("minder papier")
    made.add_comment(told.runs, text="geheime opmerking", author="Geheime Schrijver", initials="GS")
    made.sections[0].header.paragraphs[0].text = "geheime kop"
    made.sections[0].footer.paragraphs[0].text = "geheime voet"
    made.core_properties.author = made.core_properties.title = made.core_properties.comments = "geheime maker"
    assert rows(document(made)) == [["minder papier"]]


def test_of_a_document_no_hidden_words_are_read():
    made = docx.Document()
    base, derived = (made.styles.add_style(name, 2) for name in ("Geheim", "Ook Geheim"))  # of characters
    base.font.hidden, derived.base_style = True, base
    of_paragraph = made.styles.add_style("Geheime Alinea", 1)
    of_paragraph.font.hidden = True
    told = made.add_paragraph("minder ")
    told.add_run("geheim ").font.hidden = True
    told.add_run("geheim ", style="Geheim")
    told.add_run("geheim ", style="Ook Geheim")
    told.add_run("papier").font.hidden = False
    made.add_paragraph("geheim", style="Geheime Alinea")
    made.add_table(rows=1, cols=1).cell(0, 0).paragraphs[0].add_run("geheim").font.hidden = True
    linked = made.add_paragraph("bel ons")
    with_run(linked, "<w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r></w:hyperlink>")
    assert rows(document(made)) == [["minder papier"], ["bel ons"]]


def test_styles_that_are_based_on_each_other_end():
    made = docx.Document()
    one, other = (made.styles.add_style(name, 2) for name in ("Een", "Ander"))
    one.base_style, other.base_style = other, one
    made.add_paragraph().add_run("minder papier", style="Een")
    assert rows(document(made)) == [["minder papier"]]


def test_a_picture_in_a_document_is_no_line(tmp_path):
    from PIL import Image

    Image.new("RGB", (2, 2)).save(tmp_path / "a.png")
    made = docx.Document()
    made.add_picture(str(tmp_path / "a.png"))
    made.add_paragraph("minder papier")
    assert rows(document(made)) == [["minder papier"]]


# Text


CELLS = [["tafel", "wat"], ["3", "één, twee; drie"], ["4", "meer tijd"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t", ",", "|"])
def test_a_csv_of_any_program(encoding, separator):
    lines = [separator.join(f'"{cell}"' for cell in row) for row in CELLS]
    assert rows("\r\n".join(lines).encode(encoding)) == CELLS
    assert rows(f"sep={separator}\r\n{'\r\n'.join(lines)}".encode(encoding)) == CELLS


def test_lines_with_commas_are_no_columns():
    text = "rust, reinheid, regelmaat\nminder papier\neen, twee\nmeer tijd; minder haast"
    assert rows(text.encode()) == [[line] for line in text.split("\n")]


REFUSED = [
    (b"", refusing.EMPTY),
    (b" \r\n\t", refusing.EMPTY),
    ("\u200b\n\u2800".encode(), refusing.EMPTY),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 oud", refusing.OLD),
    (b"%PDF-1.7", refusing.OTHER),
    (b"\x89PNG\r\n", refusing.OTHER),
    (b"PK\x03\x04 afgebroken", refusing.BROKEN),
    (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), refusing.OTHER),
    (zipped({"word/document.xml": b"geen xml"}), refusing.BROKEN),
    (zipped({"xl/workbook.xml": b"<workbook/>"}), refusing.BROKEN),
    (b"een\x00twee", refusing.NO_TEXT),
    (b"\xff\xfea", refusing.NO_TEXT),
    (b"x" * (MOST_BYTES + 1), "Dit bestand is groter dan 5 MB. Haal er plaatjes uit, of knip het in tweeën."),
    (workbook(), refusing.EMPTY),
]


@pytest.mark.parametrize(("data", "told"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused_is_told(data, told):
    assert refusal(data) == told


def test_control_and_direction_characters_go():
    assert rows("a\u202eb\x07c;d\n1;2".encode()) == [["abc", "d"], ["1", "2"]]


# Columns


ROLES = [Role(pk=1, name="ouder", plural="ouders"), Role(pk=2, name="leerkracht", plural="leerkrachten")]
TABLE = [
    ["Rol", "Tafel", "Opmerking", "Aantal"],
    ["ouders", "3", "minder papier", "4"],
    ["Leerkracht", "tafel 12", "meer tijd", ""],
    ["opa", "hal", "4l is een lokaal", "1x"],
    ["", "", "", "7"],
]


def test_columns_are_guessed_by_their_headings_else_by_their_words():
    assert guessed(TABLE) == Columns(2, 1, 0, 3, heading=True)
    assert guessed(TABLE[1:]) == Columns(2, NONE, NONE, NONE)
    assert guessed([["Opmerking"], ["minder"]]) == Columns(0, NONE, NONE, NONE)


def test_rows_become_lines_and_what_has_no_place_stands_before_the_words():
    text, unknown = text_of(TABLE, guessed(TABLE), letters_of(ROLES), ROLES)
    assert text.split("\n") == ["3o minder papier x4", "12l meer tijd", "0? (hal, opa) 4l is een lokaal"]
    assert unknown == ["hal", "opa"]
