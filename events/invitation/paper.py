"""How much room the words of an invitation take on its two sheets, about: that decides the size of the type.

The sizes are those of uitnodiging.css, in points; rooms and gaps are in millimetres. What is measured too small is cut
off in the columns, never a code: so this rounds up.
"""

import html
import re
from dataclasses import dataclass

from django.utils.html import strip_tags

POINT = 25.4 / 72
PIXEL = 25.4 / 96
WIDE, HIGH = 176.5, 265.5  # of a sheet, inside its margins
STORY, SIDE = 91.9, 76.6  # the columns of the second sheet
# Of letters, in parts of their size, in the heavier of our two faces.
LETTERS = (
    dict.fromkeys(" .,:;!'|iIjl", 0.26) | dict.fromkeys("frt()-", 0.39) | dict.fromkeys("ckJsvxyz?", 0.51)
)
LETTERS |= dict.fromkeys("mwM@%", 0.87) | {"W": 1.1}
CAPITAL, LETTER = 0.7, 0.57
FEWEST, MOST = 4, 8  # dates: with fewer the type goes down a size; with more the rest is left to the site
TALK = (
    "Heb je zelf ideeën of oplossingen? Vertel het in een café, of geef je reactie online. "
    "Je hebt geen account nodig."
)
DRAWING = 28  # what the drawing on the front should keep; below 20 it is left out


@dataclass(frozen=True)
class Size:
    """The type of a sheet: of its text, and of its headings from large to small."""

    name: str
    text: float
    line: float
    title: float
    question: float
    heading: float
    gap: float

    def text_of(self, lines: int) -> float:
        return lines * self.text * self.line * POINT


SIZES = [
    Size("", 13, 1.42, 34, 22, 17, 6),
    Size("is-long", 11.5, 1.36, 27, 18, 14.5, 5),
    Size("is-longer", 10, 1.3, 22, 15, 12, 4),
]
# Of the front: `title` is that of the site, `question` the day and the time, `heading` the mottos.
FRONTS = [Size("", 14, 1.42, 58, 25, 14, 6), Size("is-long", 12, 1.36, 52, 22, 13, 4)]


def width(words: str) -> float:
    return sum(LETTERS.get(each, CAPITAL if each.isupper() else LETTER) for each in words)


def lines(words: str, points: float, room: float) -> int:
    """How many lines the words take in this size: whole words, and what is too long for a line goes on in the next."""
    most, count, used = room / (points * POINT), 0, 0.0
    for line in words.split("\n"):
        count, used = count + 1, 0.0
        for word in line.split():
            long = width(word)
            if used and used + LETTERS[" "] + long > most:
                count, used = count + 1, long
            else:
                used += long + (LETTERS[" "] if used else 0)
            more, used = divmod(used, most)
            count += int(more)
    return count


def head(size: Size, theme: str, question: str) -> float:
    """The top of the second sheet."""
    words = lines(theme, size.title, WIDE) * size.title * 1.05
    words += lines(question, size.question, WIDE - 54 * PIXEL) * size.question * 1.2
    return words * POINT + (22.1 + 2 * 8 + 37) * PIXEL


def foot(size: Size, host: str) -> float:
    """The codes, and the words beside them."""
    room = (WIDE - 12 * PIXEL) / 2 - 34 - 12 * PIXEL
    words = sum(lines(each, size.text, room) for each in ("Kun je er niet bij zijn?", host, "/c/1234/praat"))
    return max(34, size.heading * 1.2 * POINT + size.text_of(words))


def story(size: Size, text: str) -> float:
    """The column with the text of the café, which is HTML."""
    parts = re.findall(r"<(h3|p|li|/ul)>(?:(.*?)</\1>)?", text, re.DOTALL)
    high = -12 * PIXEL
    for tag, inner in parts:
        words = html.unescape(strip_tags((inner or "").replace("<br>", "\n")))
        if tag == "h3":
            high += lines(words, size.heading, STORY) * size.heading * 1.2 * POINT + 16 * PIXEL
        elif tag == "/ul":
            high += 12 * PIXEL
        else:
            room = STORY - 7 if tag == "li" else STORY
            high += size.text_of(lines(words, size.text, room)) + (12 * PIXEL if tag == "p" else 0)
    return high


def beside(size: Size, dates: list[str], rest: str, where: str) -> float:
    """The column with these dates, each the words after the day; `rest` says where the others are, if there are."""
    high = 3 * size.heading * 1.2 * POINT + 2 * 5
    high += size.text_of(sum(lines(words, size.text, SIDE) for words in (TALK, where, *filter(None, [rest]))))
    for words in dates:
        below = lines(words, size.text, SIDE - 16 * PIXEL)
        high += (1 + below) * size.text * 1.25 * POINT + 1.2 + PIXEL
    return high


def second(
    *, theme: str, question: str, text: str, dates: list[str], where: str, host: str
) -> tuple[Size, int]:
    """The size of the type of the second sheet, and how many of the dates fit."""
    for size in SIZES:
        room = room_of(size, theme, question, host)
        shown = most_of(size, dates, f"en nog 12, zie {host}/cafes", where, room)
        if story(size, text) <= room and shown >= min(FEWEST, len(dates)):
            break
    return size, max(shown, 1)


def most_of(size: Size, dates: list[str], rest: str, where: str, room: float) -> int:
    for shown in range(min(MOST, len(dates)), 0, -1):
        if beside(size, dates[:shown], rest if shown < len(dates) else "", where) <= room:
            return shown
    return 0


def room_of(size: Size, theme: str, question: str, host: str) -> float:
    """For the columns."""
    return HIGH - head(size, theme, question) - foot(size, host) - 2 * size.gap


def front(*, text: str, where: str, when: str, mottos: list[str]) -> Size:
    """The size of the type of the front: the drawing gives way first, and then the type goes down."""
    return next((size for size in FRONTS if drawing(size, text, where, when, mottos) >= DRAWING), FRONTS[-1])


def drawing(size: Size, text: str, where: str, when: str, mottos: list[str]) -> float:
    """How high the drawing on the front can be."""
    # The sender, «je bent uitgenodigd», the box of the day, the line of the foot.
    pixels = 48 + 24 + 37 + 14.5
    large = 2 * 0.98 * size.title + (1 + lines(when, size.question, WIDE - 54 * PIXEL)) * 1.15 * size.question
    words = lines(where, size.text, WIDE - 54 * PIXEL) + lines(text, size.text, WIDE) + 1
    high = pixels * PIXEL + large * POINT + size.text_of(words) + (5 + bool(mottos)) * size.gap
    if mottos:
        third = (WIDE - 10) / 3 - 5 * PIXEL
        most = max(lines(words, size.heading, third - 16 * PIXEL) for words in mottos)
        high += third * 3 / 4 + 21 * PIXEL + most * size.heading * 1.15 * POINT
    return HIGH - high
