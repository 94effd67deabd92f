"""The yield of a question as a document: a chapter for each theme, and in it a part for each role."""

from dataclasses import replace
from io import BytesIO

import docx
from django.utils import timezone
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Cm, Pt

from posts.exports.entries import DEEPEST, Entry, by_role, by_theme, harvest_of, line
from posts.models import Question
from werkplaats.words import day, number


def docx_file(question: Question, *, names: bool = False) -> bytes:
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
    """The ids of the styles of a text and the line under it, by depth: looked up once, and easy to restyle."""
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
    """The words, with who and when in small type below; answers are indented."""
    # The id itself, because finding a style by its name takes python-docx longer than all the rest.
    made.add_paragraph(entry.text)._p.style = styles[0]
    if entry.rendering:
        made.add_paragraph(f"In het Nederlands: {entry.rendering}")._p.style = styles[0]
    if entry.readable:
        made.add_paragraph(entry.about)._p.style = styles[1]
