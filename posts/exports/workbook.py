"""The yield of a question as a workbook: a sheet in order, one by theme, one by role, and the counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from posts.exports.entries import Entry, by_role, by_theme, harvest_of, line
from posts.models import Question
from posts.models.thumb_kinds import KINDS, Kind
from werkplaats.spreadsheets import Column, finished, table, workbook


def xlsx(question: Question, *, names: bool = False) -> bytes:
    """An .xlsx file with a row for each contribution and each answer."""
    book, roots = workbook(), harvest_of(question)
    book.set_properties({"title": f"Opbrengst: {line(question.text)}"})
    table(book, "Op volgorde", columns(names), rows([("", roots)]))
    table(book, "Per thema", columns(names, "Thema"), rows(by_theme(roots).items()))
    table(book, "Per rol", columns(names, "Rol van de bijdrage"), rows(by_role(roots).items()))
    count(book, question, [root for root in roots if root.readable])
    return finished(book)


def columns(names: bool, group: str = "") -> list[Column]:
    """Of rows that are a group and an entry. `group` heads the column with the group's name."""
    return [
        *([Column(group, 24, lambda row: row[0])] if group else []),
        Column("Nummer", 9, lambda row: row[1].number),
        Column("Antwoord op", 9, lambda row: row[1].above and row[1].above.number),
        Column("Bijdrage", 80, lambda row: row[1].text, indent=lambda row: row[1].depth),
        Column("Taal", 14, lambda row: row[1].language),
        Column("In het Nederlands", 60, lambda row: row[1].rendering),
        *([Column("Naam", 18, lambda row: row[1].name)] if names else []),
        Column("Rol", 20, lambda row: row[1].role),
        Column("Werkgebied", 18, lambda row: row[1].werkgebied),
        Column("Namens overleg", 24, lambda row: row[1].meeting),
        Column("Aantal mensen", 9, lambda row: row[1].people),
        Column("Thema's", 28, lambda row: ", ".join(row[1].themes)),
        *(Column(kind.label.capitalize(), 9, thumbs_of(kind)) for kind in KINDS),
        Column("Geschreven", 18, lambda row: row[1].date),
    ]


def thumbs_of(kind: Kind) -> Callable[[tuple[str, Entry]], int]:
    return lambda row: dict(row[1].thumbs)[kind]


def count_of(role: str) -> Callable[[tuple[str, Counter[str]]], int]:
    return lambda row: row[1][role]


def rows(groups: Iterable[tuple[str, list[Entry]]]) -> Iterator[tuple[str, Entry]]:
    return ((name, entry) for name, roots in groups for root in roots for entry in root.flat())


def count(book, question: Question, roots: list[Entry]) -> None:
    """How many contributions there are of each theme and role."""
    counted = [(theme, Counter(root.role for root in found)) for theme, found in by_theme(roots).items()]
    counted.append(("alle bijdragen", Counter(root.role for root in roots)))
    table(
        book,
        "Aantallen",
        [
            Column(line(question.text), 32, lambda row: row[0]),
            *(Column(role, 12, count_of(role)) for role in by_role(roots)),
            Column("samen", 12, lambda row: row[1].total()),
        ],
        counted,
    )
