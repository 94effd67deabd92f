"""Pages on paper as a PDF: in the site's own fonts, with a title and a language, and tagged for screen readers.

fpdf2 takes of each font the letters that are used. The fonts in `fonts/` are those of static/fonts in the weights that
paper needs, made once: taking them from the variable ones takes seconds. Letters of another script are empty boxes.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import segno
from django.http import HttpResponse

# fpdf2 takes numpy along where it finds it, for pictures that we do not draw: 30 MB in every process of the site.
numpy = sys.modules.get("numpy")
sys.modules["numpy"] = None  # type: ignore[assignment]  # what Python takes for «there is none»
from fpdf import FPDF

del sys.modules["numpy"]
if numpy:
    sys.modules["numpy"] = numpy

A5 = (148.0, 210.0)  # mm
A4_LANDSCAPE = (297.0, 210.0)
CONTENT_TYPE = "application/pdf"
FONTS = Path(__file__).parent / "fonts"
INK, MUTED = (22, 33, 58), (74, 85, 107)
LINE = 1.3  # height of a line, in sizes of its letters
POINT = 25.4 / 72  # mm

logging.getLogger("fpdf").setLevel(logging.ERROR)  # it tells of each letter that a font has not


class Font(NamedTuple):
    family: str
    style: str
    file: str


HEADING = Font("Baloo", "B", "Baloo2-Bold.ttf")
TEXT = Font("Nunito", "", "NunitoSans-Regular.ttf")
BOLD = Font("Nunito", "B", "NunitoSans-ExtraBold.ttf")


class Pdf(FPDF):
    """One document; `size` is that of its pages, width and height in mm. What is drawn outside a tag is decoration."""

    def __init__(self, title: str, size: tuple[float, float]) -> None:
        super().__init__(format=size)
        for font in (HEADING, TEXT, BOLD):
            self.add_font(font.family, font.style, FONTS / font.file)
        self.set_title(title)
        self.set_lang("nl-NL")
        self.set_margin(0)
        self.set_auto_page_break(auto=False)
        self.set_draw_color(INK)
        self.reads_aloud = True

    @contextmanager
    def tag(self, kind: str, alt: str | None = None) -> Iterator[None]:
        """What is drawn meanwhile is a `kind` of PDF: H1, H2, P, Figure. Where nothing is read aloud: decoration."""
        if not self.reads_aloud:
            self._out("/Artifact BMC")
        else:
            mcid = self.struct_builder.next_mcid_for_page(self.page)
            self._add_marked_content(struct_type=f"/{kind}", mcid=mcid, alt_text=alt)
            self._out(f"/{kind} <</MCID {mcid}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is drawn meanwhile is there already: it is not read aloud again."""
        self.reads_aloud = False
        yield
        self.reads_aloud = True

    def choose(self, font: Font, size: float, color: tuple[int, int, int] = INK) -> None:
        """`size` in points."""
        self.set_font(font.family, font.style, size)
        self.set_text_color(color)

    def height_of(self, text: str, width: float) -> float:
        """In mm, as it would be written now in lines of this width."""
        return float(self.multi_cell(width, self._line(), text, align="L", dry_run=True, output="HEIGHT"))  # type: ignore[arg-type]

    def write_at(self, x: float, y: float, width: float, text: str) -> float:
        """Writes lines of at most this width; where the next begins, all in mm."""
        self.set_xy(x, y)
        self.multi_cell(width, self._line(), text, align="L", new_x="LEFT", new_y="NEXT")
        return float(self.y)

    def _line(self) -> float:
        return self.font_size_pt * POINT * LINE

    def qr(self, x: float, y: float, size: float, address: str) -> None:
        """The address to scan, as squares of ink, with the white around it that scanners need; `size` in mm."""
        rows = list(segno.make(address, error="m", micro=False).matrix_iter(border=2))
        side = size / len(rows)
        self.set_fill_color(INK)
        for row, cells in enumerate(rows):
            for column, dark in enumerate(cells):
                if dark:
                    # A little too large: printers leave hairs of white between squares that only touch.
                    self.rect(x + column * side, y + row * side, side * 1.02, side * 1.02, style="F")

    def made(self) -> bytes:
        """The file. Nothing can be drawn after that."""
        file = BytesIO()
        self.output(file)
        return file.getvalue()


def show(content: bytes, name: str) -> HttpResponse:
    """A PDF that the browser opens, and saves as `name`."""
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)
