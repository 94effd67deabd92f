from collections import Counter
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from posts.exports.entries import DEEPEST, Entry, by_role, by_theme, harvest_of, line
from posts.models.questions import Question
from werkplaats import spreadsheets


def xlsx(question: Question, *, names: bool = False) -> bytes:
    """A workbook. Every text is written as text: what looks like a formula or a link stays words."""
    file = BytesIO()
    with spreadsheets.workbook(file, strings_to_numbers=False) as book:
        book.set_properties({"title": f"Opbrengst: {line(question.text)}"})
        roots = harvest_of(question)
        Sheet(book, "Op volgorde", names).fill([("", roots)])
        Sheet(book, "Per thema", names, "Thema").fill(by_theme(roots).items())
        Sheet(book, "Per rol", names, "Rol van de bijdrage").fill(by_role(roots).items())
        tell(book, question, roots)
    return file.getvalue()


class Sheet:
    """A sheet with a row per contribution and per answer."""

    def __init__(self, book: Workbook, name: str, names: bool, group: str = ""):
        self.sheet = book.add_worksheet(name)
        self.group = group
        self.names = names
        top = {"valign": "top"}
        # With the mark of a text, a cell stays text when someone edits it, also when it begins with "=".
        self.text = book.add_format({**top, "text_wrap": True, "quote_prefix": True})
        self.indented = [
            book.add_format({**top, "text_wrap": True, "quote_prefix": True, "indent": 2 * depth})
            for depth in range(DEEPEST + 1)
        ]
        self.number = book.add_format(top)
        self.date = book.add_format({**top, "num_format": "d mmmm yyyy", "align": "left"})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})

    def columns(self) -> list[tuple[str, int]]:
        """The heading and the width of each column."""
        group = [(self.group, 24)] if self.group else []
        name = [("Naam", 18)] if self.names else []
        own = [("Nummer", 9), ("Antwoord op", 9), ("Bijdrage", 80), *name, ("Rol", 20), ("Werkgebied", 18)]
        meeting = [("Namens overleg", 24), ("Aantal mensen", 9)]
        return [*group, *own, *meeting, ("Thema's", 28), ("Omhoog", 9), ("Omlaag", 9), ("Geschreven", 18)]

    def fill(self, groups) -> None:
        columns = self.columns()
        for column, (heading, width) in enumerate(columns):
            self.sheet.set_column(column, column, width)
            self.sheet.write_string(0, column, heading, self.head)
        row = 0
        for name, roots in groups:
            for entry in (entry for root in roots for entry in root.flat()):
                row += 1
                self.write(row, entry, name)
        self.sheet.freeze_panes(1, 0)
        self.sheet.autofilter(0, 0, max(row, 1), len(columns) - 1)

    def write(self, row: int, entry: Entry, group: str) -> None:
        cells = [
            *([(group, self.text)] if self.group else []),
            (entry.number, self.number),
            (entry.above.number if entry.above else None, self.number),
            (entry.text, self.indented[entry.depth]),
            *([(entry.name, self.text)] if self.names else []),
            (entry.role, self.text),
            (entry.werkgebied, self.text),
            (entry.meeting, self.text),
            (entry.people, self.number),
            (", ".join(entry.themes), self.text),
            (entry.up, self.number),
            (entry.down, self.number),
            (entry.date, self.date),
        ]
        for column, (value, look) in enumerate(cells):
            match value:
                case None | "":
                    self.sheet.write_blank(row, column, None, look)
                case str():
                    self.sheet.write_string(row, column, value, look)
                case int():
                    self.sheet.write_number(row, column, value, look)
                case date():
                    self.sheet.write_datetime(row, column, value, look)


def tell(book: Workbook, question: Question, roots: list[Entry]) -> None:
    """How many contributions there are of each theme and role."""
    sheet = book.add_worksheet("Aantallen")
    head = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"quote_prefix": True})
    roots = [root for root in roots if root.readable]
    themes, roles = by_theme(roots), by_role(roots)
    sheet.set_column(0, 0, 32)
    sheet.write_string(0, 0, line(question.text), head)
    for column, role in enumerate([*roles, "samen"], start=1):
        sheet.write_string(0, column, role, head)
    for row, (theme, found) in enumerate([*themes.items(), ("alle bijdragen", roots)], start=1):
        counted = Counter(root.role for root in found)
        sheet.write_string(row, 0, theme, text)
        for column, amount in enumerate([*(counted[role] for role in roles), len(found)], start=1):
            sheet.write_number(row, column, amount)
