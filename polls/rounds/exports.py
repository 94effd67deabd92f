import io

from polls.rounds.board import Board, ShownIdea
from werkplaats.spreadsheets import workbook

HEAD = [
    "plaats",
    "idee",
    "groep",
    "groen",
    "blauw",
    "rood",
    "mensen",
    "deel van de plakkers (%)",
    "samengevoegd tot",
]


def result_sheet(board: Board) -> bytes:
    """An .xlsx file with one row per idea: the ranking, and below each joined idea its originals."""
    file = io.BytesIO()
    with workbook(file) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Uitslag")
        sheet.write_row(0, 0, HEAD, bold)
        sheet.set_column(1, 1, 60, wrapped)
        sheet.set_column(2, 2, 20)
        sheet.set_column(8, 8, 40, wrapped)
        sheet.freeze_panes(1, 0)
        for number, idea in enumerate(board.table, start=1):
            sheet.write_row(number, 0, _row(idea))
        about = book.add_worksheet("Over deze ronde")
        about.set_column(0, 0, 28, bold)
        about.set_column(1, 1, 80, wrapped)
        for number, row in enumerate(_about(board)):
            about.write_row(number, 0, row)
    return file.getvalue()


def _row(idea: ShownIdea) -> list:
    rank, wording = ("", idea.wording.text) if idea.wording else (idea.rank, "")
    counts = [idea.green, idea.blue, idea.red, idea.people, idea.share]
    return [rank, idea.text, ", ".join(idea.groups), *counts, wording]


def _about(board: Board):
    round = board.round
    yield "ronde", round.title
    yield "vraag", round.question
    yield "groen", round.green_word
    yield "blauw", round.blue_word
    yield "rood", round.red_word
    yield "mensen die stickers plakten", board.scorers
    if round.present:
        yield "mensen in de zaal", round.present
    yield "samengevoegde ideeën", board.how_joined_counts
