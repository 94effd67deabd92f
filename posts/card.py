"""The praatkaart: what a team needs to talk about a question for twenty minutes, and to write down what came of it.

On the site it is a page; here it is a PDF, of which other apps make one with a link of their own.
"""

from urllib.parse import urlsplit

from posts.models import Question
from werkplaats.paper import pdf
from werkplaats.paper.pdf import BOLD, HEADING, MUTED, TEXT, Pdf

TITLE = "Zo praat je er in twintig minuten over"
STEPS = [
    ("2 minuten", "Lees de vraag hardop. Iedereen denkt even stil na."),
    ("5 minuten", "Praat met wie naast je zit: welk moment komt in je op?"),
    ("8 minuten", "Vertel het aan elkaar. Wat horen we vaker? Waar zijn we het niet over eens?"),
    ("5 minuten", "Schrijf samen op wat anderen moeten weten. Een paar zinnen zijn genoeg."),
]
SHARE = "Deel het met iedereen"
HOW = "Scan de code en schrijf namens jullie overleg. Je hebt geen account nodig. Noem geen namen van kinderen."
FOR_A_MEETING = "?overleg=1#schrijf"  # opens the form for a meeting
TWO = "twee"  # asks for two on a sheet
MARGIN, QR = 12.0, 38.0  # mm
SIZES = (24, 21, 18, 16, 14, 12)  # points of the question: the largest that leaves room for the rest
ROOM = 62.0  # mm for the question


def card(question: Question, link: str, *, two: bool = False) -> bytes:
    """A PDF: one sheet of A5, or two of them on a sheet of A4 to cut. The code leads from `link` to the form."""
    paper = Pdf(f"Praatkaart · {question.text}", pdf.A4_LANDSCAPE if two else pdf.A5)
    paper.set_subject("Een kaart om in een overleg over deze vraag te praten")
    paper.add_page()
    _draw(paper, 0, question, link)
    if two:
        with paper.decoration():
            middle = pdf.A4_LANDSCAPE[0] / 2
            with paper.tag("P"):
                paper.set_dash_pattern(dash=1, gap=2)
                paper.line(middle, 6, middle, pdf.A4_LANDSCAPE[1] - 6)
                paper.set_dash_pattern()
            _draw(paper, middle, question, link)
    return paper.made()


def _draw(paper: Pdf, left: float, question: Question, link: str) -> None:
    x, width = left + MARGIN, pdf.A5[0] - 2 * MARGIN
    paper.choose(BOLD, 10, MUTED)
    with paper.tag("P"):
        y = paper.write_at(x, MARGIN, width, f"Praatkaart · {question.title}")
    for size in SIZES:
        paper.choose(HEADING, size)
        if paper.height_of(question.text, width) <= ROOM:
            break
    with paper.tag("H1"):
        y = paper.write_at(x, y + 2, width, question.text)
    y = _steps(paper, x, y + 5, width)
    _share(paper, x, max(y + 4, pdf.A5[1] - MARGIN - QR - 4), width, link)


def _steps(paper: Pdf, x: float, y: float, width: float) -> float:
    paper.choose(HEADING, 14)
    with paper.tag("H2"):
        y = paper.write_at(x, y, width, TITLE) + 1.5
    for number, (minutes, words) in enumerate(STEPS, 1):
        with paper.tag("P"):
            paper.choose(BOLD, 11)
            y = paper.write_at(x, y, width, f"{number}. {minutes}")
            paper.choose(TEXT, 11)
            y = paper.write_at(x + 5, y, width - 5, words) + 1.5
    return y


def _share(paper: Pdf, x: float, y: float, width: float, link: str) -> None:
    """The code, with beside it what to do and the address for who has no telephone at hand."""
    with paper.tag("Figure", alt=f"Code om te scannen: {link}"):
        paper.line(x, y, x + width, y)
        paper.qr(x - 1, y + 3, QR, f"{link}{FOR_A_MEETING}")
    beside, narrow = x + QR + 3, width - QR - 3
    paper.choose(HEADING, 14)
    with paper.tag("H2"):
        at = paper.write_at(beside, y + 4, narrow, SHARE)
    paper.choose(TEXT, 11)
    with paper.tag("P"):
        at = paper.write_at(beside, at, narrow, HOW) + 1
    paper.choose(BOLD, 10)
    with paper.tag("P"):
        # Without «https://», which people leave out when they type it.
        address = urlsplit(link)
        paper.write_at(beside, at, narrow, f"{address.netloc}{address.path}")
