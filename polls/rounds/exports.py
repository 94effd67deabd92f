"""The result of a sticker round as a spreadsheet, for coordinators."""

from collections.abc import Iterator

from polls.rounds.board import Board
from werkplaats.spreadsheets import Column, facts, finished, table, workbook

COLUMNS = [
    Column("plaats", 9, lambda idea: None if idea.wording else idea.rank),
    Column("idee", 60, lambda idea: idea.text),
    Column("groep", 20, lambda idea: ", ".join(idea.groups)),
    Column("groen", 9, lambda idea: idea.green),
    Column("blauw", 9, lambda idea: idea.blue),
    Column("rood", 9, lambda idea: idea.red),
    Column("mensen", 9, lambda idea: idea.people),
    Column("waarvan op papier", 12, lambda idea: idea.on_paper or None),
    Column("deel van de plakkers (%)", 12, lambda idea: idea.share),
    Column("samengevoegd tot", 40, lambda idea: idea.wording.text if idea.wording else ""),
]


def result_sheet(board: Board) -> bytes:
    """An .xlsx file with one row per idea: the ranking, and below each joined idea its originals."""
    book = workbook()
    table(book, "Uitslag", COLUMNS, board.table)
    facts(book, "Over deze ronde", _about(board))
    return finished(book)


def _about(board: Board) -> Iterator[tuple]:
    round = board.round
    yield "ronde", round.title
    yield "vraag", round.question
    yield "groen", round.green_word
    yield "blauw", round.blue_word
    yield "rood", round.red_word
    yield "mensen die stickers plakten", board.scorers
    if board.on_paper:
        yield "van wie op papier (minstens)", board.scorers_on_paper
        yield "stickers, waarvan op papier", f"{board.stickers}, waarvan {board.on_paper} op papier"
        yield "stickers op papier", board.how_paper_counts
    if round.present:
        yield "mensen in de zaal", round.present
    yield "samengevoegde ideeën", board.how_joined_counts
