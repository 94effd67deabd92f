"""The results of sticker rounds and polls as spreadsheets, for coordinators."""

import io

from xlsxwriter import Workbook

from polls.voting.models import Poll
from polls.voting.movement import latest_of, movement_of, per_day
from werkplaats.spreadsheets import workbook
from werkplaats.words import moment


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
