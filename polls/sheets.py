"""The results of sticker rounds and polls as spreadsheets, for coordinators."""

import io

from xlsxwriter import Workbook

from polls.models import Poll
from polls.models.board import Board, ShownIdea
from polls.movement import latest_of, movement_of, per_day
from werkplaats.spreadsheets import workbook
from werkplaats.templatetags.werkplaats import moment

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


def poll_sheet(poll: Poll) -> bytes:
    """An .xlsx file with the counts of a poll, who changed their mind, and the votes of each day.

    `poll` comes from `Poll.objects.shown_to`. Four queries, whatever the number of votes.
    """
    file = io.BytesIO()
    with workbook(file) as book:
        names = [option.text for option in poll.options]
        _fill(
            book,
            "Uitslag",
            ["keuze", "stemmen", "deel (%)", "eerste stem van", "laatste stem van"],
            _counts(poll),
        )
        movement = movement_of(poll)
        _fill(
            book,
            "Beweging",
            ["van", "naar", "mensen"],
            [(m.before, m.after, m.people) for m in movement.moves],
        )
        rows = [(period, move.before, move.after, people) for period, move, people in movement.rows]
        _fill(book, "Beweging in de tijd", ["wanneer", "van", "naar", "mensen"], rows)
        days = (
            (f"{day:%Y-%m-%d}", *(votes.get(option.pk, 0) for option in poll.options), sum(votes.values()))
            for day, votes in per_day(poll).items()
        )
        _fill(book, "Stemmen per dag", ["dag", *names, "samen"], days)
        _fill(book, "Over deze peiling", ["wat", ""], _about_poll(poll))
    return file.getvalue()


def _fill(book: Workbook, name: str, head: list[str], rows) -> None:
    """A sheet with a heading and the rows below it, the first column wide."""
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 36)
    sheet.set_column(1, len(head), 20)
    sheet.write_row(0, 0, head, book.add_format({"bold": True}))
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, row)


def _counts(poll: Poll):
    latest = latest_of(poll)
    for option in poll.options:
        yield option.text, option.votes, option.percent, option.first_votes, latest.get(option.pk, 0)
    yield "samen", poll.votes, "", poll.people, sum(latest.values())


def _about_poll(poll: Poll):
    yield "vraag", poll.question
    yield "stemmen", poll.votes
    yield "mensen", poll.people
    yield (
        "opnieuw stemmen telt mee",
        "ja" if poll.repeat_votes else "nee: wie zijn stem wijzigt, telt één keer",
    )
    yield "opent", moment(poll.opens_at) if poll.opens_at else ""
    yield "sluit", moment(poll.closes_at) if poll.closes_at else ""
    yield "uitslag te zien", poll.get_results_shown_display()
