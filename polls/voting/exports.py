"""The results of a poll as a spreadsheet, for coordinators."""

from collections.abc import Iterator
from operator import itemgetter

from polls.voting.models import Poll
from polls.voting.movement import latest_of, movement_of, per_day
from werkplaats.spreadsheets import Column, facts, finished, table, workbook
from werkplaats.words import moment


def poll_sheet(poll: Poll) -> bytes:
    """An .xlsx file with the counts of a poll, who changed their mind, and the votes of each day.

    `poll` comes from `Poll.objects.shown_to`. Four queries, whatever the number of votes.
    """
    book, movement = workbook(), movement_of(poll)
    counts = ["keuze", "stemmen", "deel (%)", "eerste stem van", "laatste stem van"]
    counts += ["waarvan op papier"] * poll.is_of_room
    table(book, "Uitslag", _columns(counts), _counts(poll))
    moves = ((move.before, move.after, move.people) for move in movement.moves)
    table(book, "Beweging", _columns(["van", "naar", "mensen"]), moves)
    rows = ((period, move.before, move.after, people) for period, move, people in movement.rows)
    table(book, "Beweging in de tijd", _columns(["wanneer", "van", "naar", "mensen"]), rows)
    names = [option.text for option in poll.options]
    table(book, "Stemmen per dag", _columns(["dag", *names, "samen"]), _days(poll))
    facts(book, "Over deze peiling", _about(poll))
    return finished(book)


def _columns(headings: list[str]) -> list[Column]:
    """Of rows that are tuples; the first column is wide."""
    return [Column(heading, 20 if place else 36, itemgetter(place)) for place, heading in enumerate(headings)]


def _counts(poll: Poll) -> Iterator[tuple]:
    latest = latest_of(poll)
    for option in poll.options:
        yield option.text, option.votes, option.percent, option.first_votes, latest.get(option.pk, 0), option.paper
    yield "samen", poll.votes, None, poll.people, sum(latest.values()), poll.on_paper


def _days(poll: Poll) -> Iterator[tuple]:
    for day, votes in per_day(poll).items():
        yield f"{day:%Y-%m-%d}", *(votes.get(option.pk, 0) for option in poll.options), sum(votes.values())


def _about(poll: Poll) -> Iterator[tuple]:
    yield "vraag", poll.question
    yield "stemmen", poll.votes
    yield "mensen", poll.people
    if poll.on_paper:
        yield "mensen, van wie op papier", f"{poll.people}, van wie {poll.on_paper} op papier"
    again = "ja" if poll.repeat_votes else "nee: wie zijn stem wijzigt, telt één keer"
    yield "opnieuw stemmen telt mee", again
    yield "opent", moment(poll.opens_at) if poll.opens_at else ""
    yield "sluit", moment(poll.closes_at) if poll.closes_at else ""
    yield "uitslag te zien", poll.get_results_shown_display()
