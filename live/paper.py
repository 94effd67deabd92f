"""The noodpakket: all that an evening needs without internet, in one PDF to print the day before.

A slide for each scene with the sentence of who leads, a sheet for each table with its own code, six lines and a box for
the hands of each answer, and sheets to count hands and stickers on. Afterwards it is typed in by the notes of the
evening.
"""

from django.conf import settings

from live.models import Kind, LiveCafe, Scene
from polls.models import Choice, Colour, Poll, StickerRound
from werkplaats.paper import pdf
from werkplaats.paper.pdf import BOLD, HEADING, MUTED, TEXT, Pdf
from werkplaats.words import day

type Asked = tuple[Poll, list[Choice]]

A4 = (210.0, 297.0)  # mm, as all of these
MARGIN, LINES, LINE_ROOM, QR = 16.0, 6, 26.0, 32.0
LEAST_ROOM = 19.0  # of a line to write on, where the hands of a poll stand on the same sheet
TITLES = (54, 44, 36, 30, 26, 22, 18)  # points: the largest that leaves room for the rest
TITLE_ROOM = 92.0
ROWS, ROW = 10, 18.0  # of the sheets to count on
BOX = 24.0  # one number
HANDS_ROW, HANDS_BOX = 11.0, 16.0  # of the sheet of a table, which has two answers in a row
BUTTER, LILAC = (255, 231, 168), (183, 171, 240)
BOXES = [A4[0] - MARGIN - BOX * place for place in (3, 2, 1)]  # where they begin
HANDS_AT = 76.0  # where the numbers of the tables begin
COLOURS = {Colour.GREEN: (116, 195, 101), Colour.BLUE: (31, 79, 196), Colour.RED: (163, 20, 43)}
HOW = [
    ("Voor de avond", "Print alles. De dia's zet je ook op de laptop: dit bestand werkt zonder internet."),
    ("Valt het internet uit?", "Laat de dia's zien en zeg wat erbij staat. De tafels schrijven op hun tafelblad."),
    ("Stickers en handen", "Elke tafel telt haar handen op het tafelblad. Tel samen op de turflijsten."),
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
WAS_OVER = "Deze stickerronde is al afgelopen. De uitslag staat op de site."


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
    polls = [(scene.its_poll, list(scene.its_poll.choices.all())) for scene in scenes if scene.poll]
    for table in range(1, live.tables + 1):
        _sheet(paper, asked, polls, table, _address(live, table), when, sender)
    for poll, choices in polls:
        _hands_tally(paper, poll, choices, sender)
    for scene in scenes:
        if scene.round and not scene.was_over:
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
    what, says = WHAT.get(scene.kind), scene.says or SAYS.get(scene.kind, scene.sentence)
    if scene.was_over:
        what = says = WAS_OVER
    if what:
        y = _say(paper, what, MARGIN, y, width, 24) + 4
    if scene.poll:
        choices = " · ".join(choice.text for choice in scene.poll.choices.all())
        y = _say(paper, choices, MARGIN, y, width, 24, bold=True) + 4
    bottom = pdf.A4_LANDSCAPE[1] - MARGIN - 8
    paper.choose(TEXT, 20)
    said = f"Zeg dit: {says}"
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


def _sheet(paper: Pdf, question: str, polls: list[Asked], table: int, address: str, when: str, sender: str) -> None:
    """What lies on a table: six lines to write on, the hands of its polls, and its own code.

    Where all that is too much the hands have a sheet of their own.
    """
    y = _top(paper, f"Tafelblad voor tafel {table}", question, table)
    how = "Schrijf per regel één ding op, zonder namen. Zet een streep onder wat jullie samen het belangrijkst vinden."
    y = max(_say(paper, how, MARGIN, y + 3, A4[0] - 2 * MARGIN, 12), MARGIN + 32)
    code_at = A4[1] - MARGIN - QR - 8
    room = (code_at - 3 - y - sum(_high(paper, *asked) for asked in polls)) / LINES
    for number in range(1, LINES + 1):
        y += min(LINE_ROOM, room) if room >= LEAST_ROOM else LINE_ROOM
        _say(paper, str(number), MARGIN, y - 7, 8, 14, bold=True)
        paper.choose(TEXT, 8, MUTED)
        with paper.tag("P"):
            paper.write_at(A4[0] - MARGIN - 30, y - 8, 30, "hoeveel van jullie vinden dit ook?")
        with paper.decoration():
            paper.line(MARGIN, y, A4[0] - MARGIN, y)
    if room >= LEAST_ROOM:
        for asked in polls:
            y = _hands(paper, *asked, y)
    _join(paper, table, address, code_at)
    _foot(paper, A4, sender, when)
    if room < LEAST_ROOM:
        _hands_sheets(paper, polls, table, when, sender)


def _top(paper: Pdf, small: str, large: str, table: int) -> float:
    """Begins a sheet of a table, with its number in the corner."""
    paper.add_page(format=A4)
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
    width = A4[0] - 2 * MARGIN - 34
    y = _say(paper, small, MARGIN, MARGIN, width, 11, bold=True)
    return _title(paper, "H2", large, MARGIN, y + 1, width, room=44)


def _hands_sheets(paper: Pdf, polls: list[Asked], table: int, when: str, sender: str) -> None:
    bottom, y = A4[1] - MARGIN - 6, A4[1]
    for asked in polls:
        if y + _high(paper, *asked) > bottom:
            y = max(_top(paper, f"Tafelblad voor tafel {table}", "Jullie handen", table), MARGIN + 32)
            _foot(paper, A4, sender, when)
        y = _hands(paper, *asked, y)


def _ask(poll: Poll) -> str:
    return f"Hoeveel handen? {poll.question}"


def _high(paper: Pdf, poll: Poll, choices: list[Choice]) -> float:
    """What `_hands` takes."""
    paper.choose(BOLD, 11)
    return 3 + paper.height_of(_ask(poll), A4[0] - 2 * MARGIN) + 1 + HANDS_ROW * -(-len(choices) // 2)


def _hands(paper: Pdf, poll: Poll, choices: list[Choice], y: float) -> float:
    """A box for each answer, to write the number of hands in."""
    y = _say(paper, _ask(poll), MARGIN, y + 3, A4[0] - 2 * MARGIN, 11, bold=True) + 1
    half = (A4[0] - 2 * MARGIN) / 2
    for number, choice in enumerate(choices):
        x, at = MARGIN + half * (number % 2), y + HANDS_ROW * (number // 2)
        with paper.decoration():
            paper.rect(x, at + 1, HANDS_BOX, HANDS_ROW - 2)
        _fit(paper, choice.text, x + HANDS_BOX + 3, at + 1, half - HANDS_BOX - 8, HANDS_ROW - 2)
    return y + HANDS_ROW * -(-len(choices) // 2)


def _fit(paper: Pdf, words: str, x: float, y: float, width: float, room: float) -> None:
    """As large as there is room for, in the middle of it."""
    for size in (12, 10, 8, 7):
        paper.choose(BOLD, size)
        high = paper.height_of(words, width)
        if high <= room:
            break
    with paper.tag("P"):
        paper.write_at(x, y + max(0, room - high) / 2, width, words)


def _join(paper: Pdf, table: int, address: str, y: float) -> None:
    with paper.tag("Figure", alt=f"Code om te scannen: {address}"):
        paper.qr(MARGIN - 1, y, QR, address.upper())
    x, width = MARGIN + QR + 4, A4[0] - 2 * MARGIN - QR - 4
    y = _say(paper, "Met internet", x, y + 1, width, 11, bold=True)
    y = _say(paper, f"Scan deze code, dan doet de telefoon mee als tafel {table}.", x, y, width, 11) + 1
    y = _say(paper, "Zonder internet", x, y, width, 11, bold=True)
    words = "Laat dit blad op tafel liggen. Wij typen het over. Er zitten ____ mensen aan deze tafel."
    _say(paper, words, x, y, width, 11)


def _hands_tally(paper: Pdf, poll: Poll, choices: list[Choice], sender: str) -> None:
    """The answers, each with room to put the numbers of the tables in and a box for all of them together."""
    for start in range(0, len(choices), ROWS):
        paper.add_page(format=A4)
        width = A4[0] - 2 * MARGIN
        y = _say(paper, f"Turflijst handen · {poll.question}", MARGIN, MARGIN, width, 11, bold=True)
        y = _title(paper, "H2", "Hoeveel handen kreeg elk antwoord?", MARGIN, y + 1, width, room=20) + 4
        paper.choose(BOLD, 9)
        for x, words in ((HANDS_AT, "per tafel een getal"), (BOXES[-1], "samen")):
            with paper.tag("P"):
                paper.write_at(x + 2, y, 60, words)
        y += 6
        for choice in choices[start : start + ROWS]:
            with paper.decoration():
                for x, end in ((MARGIN, HANDS_AT), (HANDS_AT, BOXES[-1]), (BOXES[-1], A4[0] - MARGIN)):
                    paper.rect(x, y, end - x, ROW)
            _fit(paper, choice.text, MARGIN + 2, y + 1.5, HANDS_AT - MARGIN - 6, ROW - 3)
            y += ROW
        _foot(paper, A4, sender, "Typ het over bij «Aantekeningen».")


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
    _fit(paper, words, MARGIN + 2, y + 1.5, BOXES[0] - MARGIN - 6, ROW - 3)
