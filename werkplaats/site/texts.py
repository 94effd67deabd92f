"""The texts of coordinators as HTML, with the words of the field explained where they stand.

What a coordinator types: an empty line starts a new paragraph, `## ` a heading, `- ` an item of a list. Addresses of
pages and mailboxes become links. Anything else is plain text: markup shows as it was typed.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from werkplaats.linking import linked
from werkplaats.site.models import GlossaryTerm

EXPLAINED = (
    '<button type="button" class="term" popovertarget="woord-{id}">{term}</button>'
    '<span class="meaning" id="woord-{id}" popover><b>{term}</b>: {meaning}</span>'
)


def as_html(text: str, glossary: Iterable[GlossaryTerm] = (), *, heading: int = 2) -> SafeString:
    """The text as HTML; `heading` is the level of its headings.

    Each term of `glossary` is explained at its first place in the text.
    """
    explain = Explainer(glossary)
    parts = []
    for block in re.split(r"\n{2,}", text):
        for mark, lines in groupby(block.strip("\n").split("\n"), key=_mark):
            inner = [line.removeprefix(mark) for line in lines]
            if mark == "## ":
                parts += [format_html("<h{0}>{1}</h{0}>", heading, line) for line in inner]
            elif mark == "- ":
                items = format_html_join("", "<li>{}</li>", ((explain(line),) for line in inner))
                parts.append(format_html("<ul>{}</ul>", items))
            elif any(inner):
                told = format_html_join(mark_safe("<br>"), "{}", ((explain(line),) for line in inner))
                parts.append(format_html("<p>{}</p>", told))
    return mark_safe("\n".join(parts))  # noqa: S308, each part is escaped


def _mark(line: str) -> str:
    return next((mark for mark in ("## ", "- ") if line.startswith(mark)), "")


class Explainer:
    """Turns a line into HTML; remembers which terms it has explained."""

    def __init__(self, glossary: Iterable[GlossaryTerm]) -> None:
        self.terms = {row.term: row for row in glossary}
        longest_first = sorted(map(re.escape, self.terms), key=len, reverse=True)
        # Not inside a longer word, an address or a link.
        self.pattern = re.compile(rf"(?<![\w/@.-])({'|'.join(longest_first)})(?![\w/@-])")

    def __call__(self, line: str) -> SafeString:
        pieces = self.pattern.split(line) if self.terms else [line]
        return mark_safe("".join(map(self._piece, pieces)))  # noqa: S308, each piece is escaped

    def _piece(self, piece: str) -> str:
        row = self.terms.pop(piece, None)
        if row is None:
            return linked(piece)
        return format_html(EXPLAINED, id=row.pk, term=row.term, meaning=row.meaning)
