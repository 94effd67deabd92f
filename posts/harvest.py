"""The yield of a question: all that everyone may read, by theme and by role, for who writes the plan.

Names are left out unless asked for, addresses always. What visitors typed is text wherever it lands, never a formula.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO

import docx
from django.utils import timezone
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt
from xlsxwriter import Workbook

from posts.models import Post, Question
from werkplaats import spreadsheets
from werkplaats.fields import clean_text
from werkplaats.templatetags.werkplaats import day, number

SMALL = 5  # fewer of one role in one werkgebied could tell who someone is
DEEPEST = 4  # levels of indentation: deeper answers stand under one another
GONE = "(Deze bijdrage is weggehaald.)"
NO_THEME = "Nog zonder thema"
NO_ROLE = "Zonder rol"


@dataclass(eq=False)
class Entry:
    """One contribution or answer, ready to be written down; `text` is cleaned of what files cannot hold."""

    number: int
    text: str
    name: str
    role: str
    werkgebied: str
    meeting: str
    people: int | None
    themes: list[str]
    up: int
    down: int
    date: date
    readable: bool
    depth: int = 0
    above: "Entry | None" = None
    answers: list["Entry"] = field(default_factory=list)

    def flat(self) -> Iterator["Entry"]:
        """This and all its answers, each under what it answers; without recursion, however deep it goes."""
        todo = [self]
        while todo:
            entry = todo.pop()
            yield entry
            todo += reversed(entry.answers)

    @property
    def about(self) -> str:
        """The line under the text: who, for whom, when, and how many thumbs."""
        meeting = f"namens {self.meeting}, {number(self.people or 0, 'mens,mensen')}" if self.meeting else ""
        thumbs = (
            f"{number(self.up, 'duimpje,duimpjes')} omhoog, {self.down} omlaag"
            if self.up or self.down
            else ""
        )
        parts = [self.name, self.role, self.werkgebied, meeting, day(self.date), thumbs]
        return " · ".join(filter(None, parts))


def harvest_of(question: Question) -> list[Entry]:
    """The contributions in the order in which they came, each with its answers; two queries, whatever their number.

    Of what was taken away only the place is kept, and that only where there are answers to it.
    """
    public = Post.objects.public().filter(question=question, root__published_at__isnull=False)
    posts = list(
        public.select_related("role", "werkgebied").prefetch_related("themes").order_by("created_at", "pk")
    )
    small = small_numbers(posts)
    entries = {post.pk: entry_of(post, post.removed_at is None, small) for post in posts}
    roots = []
    for post in posts:
        entry = entries[post.pk]
        above = entries.get(post.parent_id) or (entries.get(post.root_id) if post.parent_id else None)
        if above is None:
            roots.append(entry)
        else:
            entry.above = above
            above.answers.append(entry)
    for root in roots:
        for entry in root.flat():
            entry.depth = min(entry.above.depth + 1, DEEPEST) if entry.above else 0
    return [root for root in map(without_empty_places, roots) if root]


def line(text: str) -> str:
    """One line without what a file cannot hold."""
    return clean_text(text, multiline=False)


def small_numbers(posts: list[Post]) -> set[tuple[int, int]]:
    """Each role in a werkgebied of which there are too few posts to name the werkgebied."""
    counted = Counter((post.role_id, post.werkgebied_id) for post in posts if post.removed_at is None)
    return {pair for pair, times in counted.items() if times < SMALL}


def entry_of(post: Post, readable: bool, small: set[tuple[int, int]]) -> Entry:
    named = readable and post.werkgebied and (post.role_id, post.werkgebied_id) not in small
    return Entry(
        number=post.pk,
        text=clean_text(post.text, multiline=True) if readable else GONE,
        name=line(post.name) if readable else "",
        role=(line(post.role.name) if post.role else NO_ROLE) if readable else "",
        werkgebied=line(post.werkgebied.name) if named else "",
        meeting=line(post.meeting) if readable else "",
        people=post.meeting_size if readable else None,
        themes=[line(theme.name) for theme in post.themes.all()] if readable else [],
        up=post.thumbs_up if readable else 0,
        down=post.thumbs_down if readable else 0,
        date=timezone.localtime(post.created_at).date(),
        readable=readable,
    )


def without_empty_places(root: Entry) -> Entry | None:
    """The thread without what was taken away and has no answers to it; None when nothing is left."""
    for entry in reversed(list(root.flat())):
        entry.answers = [answer for answer in entry.answers if answer.readable or answer.answers]
    return root if root.readable or root.answers else None


def by_theme(roots: list[Entry]) -> dict[str, list[Entry]]:
    """A contribution with two themes stands under both; what has none yet comes last."""
    found = defaultdict(list)
    for root in roots:
        for theme in root.themes or [NO_THEME]:
            found[theme].append(root)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == NO_THEME, name.lower()))}


def by_role(roots: list[Entry]) -> dict[str, list[Entry]]:
    found = defaultdict(list)
    for root in roots:
        found[root.role or GONE].append(root)
    return {name: found[name] for name in sorted(found, key=lambda name: (name == GONE, name.lower()))}


def counts_of(question: Question) -> dict[str, int]:
    """How many contributions, answers and people in meetings the yield holds."""
    entries = [entry for root in harvest_of(question) for entry in root.flat() if entry.readable]
    answers = sum(1 for entry in entries if entry.above)
    return {
        "contributions": len(entries) - answers,
        "answers": answers,
        "people": sum(entry.people or 0 for entry in entries),
    }


# As a workbook: all in order, the same by theme and by role, and how many there are of each


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


# As a document, to read and to write the plan from


def document(question: Question, *, names: bool = False) -> bytes:
    """A document with a chapter per theme, and in it a part per role."""
    made = docx.Document()
    made.core_properties.title = "Opbrengst"
    made.core_properties.author = "De digitale werkplaats"
    made.add_heading(line(question.text), 0)
    roots, styles = harvest_of(question), depth_styles(made)
    counts = number(sum(root.readable for root in roots), "bijdrage,bijdragen")
    made.add_paragraph(f"Opbrengst tot en met {day(timezone.localdate())}: {counts}.")
    for theme, found in by_theme(roots).items():
        made.add_heading(theme, 1)
        for role, theirs in by_role(found).items():
            made.add_heading(role, 2)
            for entry in (entry for root in theirs for entry in root.flat()):
                shown = entry if names else replace(entry, name="")
                add_entry(made, shown, styles[entry.depth])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def depth_styles(made) -> list[tuple[str, str]]:
    """The ids of the styles of a text and of the line under it, per depth: looked up once, and easy to restyle."""
    ids = []
    for depth in range(DEEPEST + 1):
        text = made.styles.add_style(f"Bijdrage {depth}", WD_STYLE_TYPE.PARAGRAPH)
        about = made.styles.add_style(f"Bijdrage {depth} wie en wanneer", WD_STYLE_TYPE.PARAGRAPH)
        for style in (text, about):
            style.base_style = made.styles["Normal"]
            style.paragraph_format.left_indent = Cm(depth)
        text.paragraph_format.space_after = Pt(2)
        text.paragraph_format.keep_with_next = True
        about.paragraph_format.space_after = Pt(10)
        about.font.size = Pt(9)
        about.font.italic = True
        ids.append((text.style_id, about.style_id))
    return ids


def add_entry(made, entry: Entry, styles: tuple[str, str]) -> None:
    """The words, and under them in small who and when; answers are indented."""
    # The id itself, because finding a style by its name takes python-docx longer than all the rest.
    made.add_paragraph(entry.text)._p.style = styles[0]
    if entry.readable:
        made.add_paragraph(entry.about)._p.style = styles[1]


FORMS = {"xlsx": xlsx, "docx": document}
CONTENT_TYPES = {
    "xlsx": spreadsheets.CONTENT_TYPE,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
