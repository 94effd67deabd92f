"""The noodpakket: all that an evening needs without internet, in one PDF to print the day before.

A slide for each scene with the sentence of who leads, a sheet for each table with its own code and six lines, and a
sheet to count the stickers of each round on. Afterwards it is typed in by the notes of the evening.
"""

from django.conf import settings

from live.models import Kind, LiveCafe, Scene
from polls.models import Colour, StickerRound
from werkplaats.paper import pdf
from werkplaats.paper.pdf import BOLD, HEADING, MUTED, TEXT, Pdf
from werkplaats.words import day

A4 = (210.0, 297.0)  # mm, as all of these
MARGIN, LINES, LINE_ROOM, QR = 16.0, 6, 26.0, 32.0
TITLES = (54, 44, 36, 30, 26, 22, 18)  # points: the largest that leaves room for the rest
TITLE_ROOM = 92.0
ROWS, ROW = 10, 18.0  # of the sheet to count stickers on
BUTTER, LILAC = (255, 231, 168), (183, 171, 240)
COLOURS = {Colour.GREEN: (116, 195, 101), Colour.BLUE: (31, 79, 196), Colour.RED: (163, 20, 43)}
HOW = [
    ("Voor de avond", "Print alles. De dia's zet je ook op de laptop: dit bestand werkt zonder internet."),
    ("Valt het internet uit?", "Laat de dia's zien en zeg wat erbij staat. De tafels schrijven op hun tafelblad."),
    ("Stickers en handen", "Tel ze op papier, op de turflijst en op de tafelbladen."),
    ("De volgende dag", "Typ alles over bij «Aantekeningen». Dan ligt het bij de rest van het gesprek."),
]
TALK = "Iedereen komt aan het woord. Eén van jullie schrijft mee op het tafelblad."
WHAT: dict[str, str] = {
    Kind.WELCOME: "We schrijven mee, zonder namen.",
    Kind.TALK: TALK,
    Kind.QUESTION: "Schrijf per tafel op wat anderen moeten weten. Noem geen namen van kinderen.",
    Kind.POLL: "Steek aan tafel je hand op. Eén van jullie telt, en schrijft de aantallen op het tafelblad.",
    Kind.STICKERS: "Plak bij elk idee een sticker op het vel aan de muur.",
    Kind.THANKS: "Wat hier gezegd is, gaat mee naar het plan. Op de site lees je wat ermee gebeurt.",
}

SAYS: dict[str, str] = {  # where the usual sentence is about phones
    Kind.WELCOME: "Fijn dat jullie er zijn. Pak een pen en het tafelblad. We schrijven mee, zonder namen.",
    Kind.QUESTION: "Schrijf per tafel één ding op het tafelblad. Daarna lezen we ze samen.",
    Kind.STICKERS: "Geef elk idee een sticker, op het vel aan de muur.",
}


def emergency(live: LiveCafe, sender: str) -> bytes:
    """A PDF; `sender` is the co-operation."""
    scenes = list(live.scenes.select_related("question", "poll", "round"))
    when = day(live.cafe.starts_at)
    paper = Pdf(f"Noodpakket · {live.cafe.title}, {when}", pdf.A4_LANDSCAPE)
    paper.set_subject("Dia's, tafelbladen en turflijsten voor een avond zonder internet")
    _cover(paper, live, when, sender)
    for number, scene in enumerate(scenes, 1):
        _slide(paper, scene, f"dia {number} van {len(scenes)}", sender)
    asked = next((scene.its_question.text for scene in scenes if scene.question), live.cafe.question)
    for table in range(1, live.tables + 1):
        _sheet(paper, asked, table, _address(live, table), when, sender)
    for scene in scenes:
        if scene.round:
            _tally(paper, scene.round, sender)
    return paper.made()


def _address(live: LiveCafe, table: int) -> str:
    """Of the evening itself, also when it is printed during a rehearsal. In capitals it is a smaller code."""
    return f"{settings.SITE_URL}/z/{live.code}/{table}/"


def _title(paper: Pdf, kind: str, text: str, x: float, y: float, width: float, room: float = TITLE_ROOM) -> float:
    for size in TITLES:
        paper.choose(HEADING, size)
        if paper.height_of(text, width) <= room:
            break
    with paper.tag(kind):
        return paper.write_at(x, y, width, text)


def _say(paper: Pdf, text: str, x: float, y: float, width: float, size: float, *, bold: bool = False) -> float:
    paper.choose(BOLD if bold else TEXT, size)
    with paper.tag("P"):
        return paper.write_at(x, y, width, text)


def _foot(paper: Pdf, size: tuple[float, float], left: str, right: str) -> None:
    y, width = size[1] - MARGIN, size[0] - 2 * MARGIN
    with paper.decoration():
        paper.line(MARGIN, y - 3, MARGIN + width, y - 3)
    paper.choose(BOLD, 9, MUTED)
    with paper.tag("P"):
        paper.write_at(MARGIN, y - 1, width * 0.7, left)
    with paper.tag("P"):
        paper.set_xy(MARGIN + width * 0.7, y - 1)
        paper.cell(width * 0.3, 4, right, align="R")


def _cover(paper: Pdf, live: LiveCafe, when: str, sender: str) -> None:
    paper.add_page()
    width = pdf.A4_LANDSCAPE[0] - 2 * MARGIN
    y = _say(paper, f"{live.cafe.title}, {when}", MARGIN, MARGIN, width, 14, bold=True)
    y = _title(paper, "H1", "Noodpakket", MARGIN, y + 2, width)
    y = _say(paper, "Zo gaat de avond door, ook zonder internet.", MARGIN, y + 2, width, 18) + 8
    for words, how in HOW:
        paper.choose(HEADING, 16)
        with paper.tag("H2"):
            y = paper.write_at(MARGIN, y, width, words)
        y = _say(paper, how, MARGIN, y, width, 14) + 4
    _foot(paper, pdf.A4_LANDSCAPE, sender, f"{live.tables} tafelbladen")


def _slide(paper: Pdf, scene: Scene, place: str, sender: str) -> None:
    paper.add_page()
    width = pdf.A4_LANDSCAPE[0] - 2 * MARGIN
    minutes = f", {scene.minutes} minuten" if scene.kind != Kind.WELCOME else ""
    y = _say(paper, f"{scene.get_kind_display()}{minutes}", MARGIN, MARGIN, width, 16, bold=True)
    y = _title(paper, "H2", _headline(scene), MARGIN, y + 6, width) + 4
    if what := WHAT.get(scene.kind):
        y = _say(paper, what, MARGIN, y, width, 24) + 4
    if scene.poll:
        choices = " · ".join(choice.text for choice in scene.poll.choices.all())
        y = _say(paper, choices, MARGIN, y, width, 24, bold=True) + 4
    bottom = pdf.A4_LANDSCAPE[1] - MARGIN - 8
    paper.choose(TEXT, 20)
    said = f"Zeg dit: {scene.says or SAYS.get(scene.kind, scene.sentence)}"
    high = paper.height_of(said, width - 6)
    y = min(y + 2, bottom - high)
    with paper.decoration():
        paper.set_fill_color(LILAC)
        paper.rect(MARGIN, y, 1.2, high, style="F")
    _say(paper, said, MARGIN + 6, y, width - 6, 20)
    _foot(paper, pdf.A4_LANDSCAPE, sender, place)


def _headline(scene: Scene) -> str:
    if scene.question:
        return scene.question.text
    if scene.poll:
        return scene.poll.question
    return scene.round.question if scene.round else scene.get_kind_display()


def _sheet(paper: Pdf, question: str, table: int, address: str, when: str, sender: str) -> None:
    """What lies on a table: six lines to write on, and its own code."""
    paper.add_page(format=A4)
    width = A4[0] - 2 * MARGIN
    with paper.decoration():
        paper.set_fill_color(BUTTER)
        paper.rect(A4[0] - MARGIN - 26, MARGIN, 26, 28, style="DF", round_corners=True, corner_radius=3)
    paper.choose(BOLD, 11)
    with paper.tag("P"):
        paper.set_xy(A4[0] - MARGIN - 26, MARGIN + 2)
        paper.cell(26, 6, "tafel", align="C")
    paper.choose(HEADING, 36)
    with paper.tag("P"):
        paper.set_xy(A4[0] - MARGIN - 26, MARGIN + 9)
        paper.cell(26, 16, str(table), align="C")
    y = _say(paper, f"Tafelblad voor tafel {table}", MARGIN, MARGIN, width - 34, 11, bold=True)
    y = _title(paper, "H2", question, MARGIN, y + 1, width - 34, room=44)
    how = "Schrijf per regel één ding op, zonder namen. Zet een streep onder wat jullie samen het belangrijkst vinden."
    y = max(_say(paper, how, MARGIN, y + 3, width, 12), MARGIN + 32)
    for number in range(1, LINES + 1):
        y += LINE_ROOM
        _say(paper, str(number), MARGIN, y - 7, 8, 14, bold=True)
        paper.choose(TEXT, 8, MUTED)
        with paper.tag("P"):
            paper.write_at(A4[0] - MARGIN - 30, y - 8, 30, "hoeveel van jullie vinden dit ook?")
        with paper.decoration():
            paper.line(MARGIN, y, A4[0] - MARGIN, y)
    _join(paper, table, address, A4[1] - MARGIN - QR - 8)
    _foot(paper, A4, sender, when)


def _join(paper: Pdf, table: int, address: str, y: float) -> None:
    with paper.tag("Figure", alt=f"Code om te scannen: {address}"):
        paper.qr(MARGIN - 1, y, QR, address.upper())
    x, width = MARGIN + QR + 4, A4[0] - 2 * MARGIN - QR - 4
    y = _say(paper, "Met internet", x, y + 1, width, 11, bold=True)
    y = _say(paper, f"Scan deze code, dan doet de telefoon mee als tafel {table}.", x, y, width, 11) + 1
    y = _say(paper, "Zonder internet", x, y, width, 11, bold=True)
    words = "Laat dit blad op tafel liggen. Wij typen het over. Er zitten ____ mensen aan deze tafel."
    _say(paper, words, x, y, width, 11)


def _tally(paper: Pdf, its_round: StickerRound, sender: str) -> None:
    """The ideas with three boxes each, on as many sheets as it takes."""
    board = StickerRound.objects.board(its_round.slug)
    for start in range(0, len(board.ideas), ROWS):
        paper.add_page(format=A4)
        width = A4[0] - 2 * MARGIN
        y = _say(paper, f"Turflijst stickers · {its_round.title}", MARGIN, MARGIN, width, 11, bold=True)
        y = _title(paper, "H2", "Hoeveel stickers kreeg elk idee?", MARGIN, y + 1, width, room=20) + 4
        y = _heads(paper, its_round, y)
        for idea in board.ideas[start : start + ROWS]:
            _row(paper, f"{idea.number}. {idea.text}", y)
            y += ROW
        _foot(paper, A4, sender, "Typ het over bij «Aantekeningen».")


BOX = 24.0
BOXES = [A4[0] - MARGIN - BOX * place for place in (3, 2, 1)]


def _heads(paper: Pdf, its_round: StickerRound, y: float) -> float:
    for x, (colour, word) in zip(BOXES, its_round.legend, strict=True):
        with paper.decoration():
            _shape(paper, colour, x + 2, y)
        paper.choose(BOLD, 9)
        with paper.tag("P"):
            paper.write_at(x + 2, y + 8, BOX - 3, word)
    return y + 22


def _shape(paper: Pdf, colour: Colour, x: float, y: float) -> None:
    """A round, a square and a triangle: the colour is not all that tells them apart."""
    paper.set_fill_color(COLOURS[colour])
    if colour == Colour.GREEN:
        paper.circle(x + 3, y + 3, 3, style="F")
    elif colour == Colour.BLUE:
        paper.rect(x, y, 6, 6, style="F")
    else:
        paper.polygon([(x, y + 6), (x + 6, y + 6), (x + 3, y)], style="F")


def _row(paper: Pdf, words: str, y: float) -> None:
    with paper.decoration():
        for x in BOXES:
            paper.rect(x, y, BOX, ROW)
        paper.rect(MARGIN, y, BOXES[0] - MARGIN, ROW)
    for size in (12, 10, 8, 7):
        paper.choose(BOLD, size)
        if paper.height_of(words, BOXES[0] - MARGIN - 6) <= ROW - 3:
            break
    with paper.tag("P"):
        paper.write_at(MARGIN + 2, y + 1.5, BOXES[0] - MARGIN - 6, words)
