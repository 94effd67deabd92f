"""The sizes of type of the invitation, from about how much room its words take on the two sheets.

The sizes are those of static/css/events/invitation.css, in points; rooms and gaps are in millimetres. Words that are
measured too small are cut off in the columns, so this rounds up; the codes always stay whole.
"""

import html
import re
from dataclasses import dataclass

from django.utils.html import strip_tags

POINT = 25.4 / 72
PIXEL = 25.4 / 96
WIDE, HIGH = 176.5, 265.5  # of a sheet, inside its margins
STORY, SIDE = 91.9, 76.6  # the columns of the second sheet
# The width of letters, in parts of their size, in the heavier of our two faces.
LETTERS = dict.fromkeys(" .,:;!'|iIjl", 0.26) | dict.fromkeys("frt()-", 0.39) | dict.fromkeys("ckJsvxyz?", 0.51)
LETTERS |= dict.fromkeys("mwM@%", 0.87) | {"W": 1.1}
CAPITAL, LETTER = 0.7, 0.57
FEWEST, MOST = 4, 8  # dates: with fewer the type goes down a size, and more are left to the site
CODE = 34  # the code beside the day, with its words and the gap
DRAWING = 28  # the height that the drawing on the front should keep; below 20 it is left out


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
# On the front, `title` is the name of the site, `question` the day and the time, and `heading` the mottos.
FRONTS = [Size("", 14, 1.42, 58, 25, 14, 6), Size("is-long", 12, 1.36, 52, 22, 13, 4)]


def front(*, text: str, where: str, when: str, mottos: list[str]) -> Size:
    """The size of the type of the front sheet: the drawing gives way first, and then the type goes down."""
    return next((size for size in FRONTS if drawing(size, text, where, when, mottos) >= DRAWING), FRONTS[-1])


def second(*, theme: str, question: str, text: str, dates: list[str], beside: list[str], host: str) -> tuple[Size, int]:
    """The size of the type of the second sheet, and how many of the dates fit.

    `dates` are the words after each day, `beside` the paragraphs in the same column.
    """
    for size in SIZES:
        room = room_of(size, theme, question, host)
        shown = most_of(size, dates, beside, f"en nog 12, zie {host}/cafes", room)
        if story(size, text) <= room and shown >= min(FEWEST, len(dates)):
            break
    return size, max(shown, 1)


def drawing(size: Size, text: str, where: str, when: str, mottos: list[str]) -> float:
    """How high the drawing on the front can be."""
    # The sender, «je bent uitgenodigd», the box of the day, the line of the foot.
    pixels = 48 + 24 + 37 + 14.5
    room = WIDE - 54 * PIXEL - CODE
    day = (1 + lines(when, size.question, room)) * 1.15 * size.question * POINT
    box = max(day + size.text_of(lines(where, size.text, room)), CODE)
    large = 2 * 0.98 * size.title * POINT
    words = lines(text, size.text, WIDE) + 1
    high = pixels * PIXEL + large + box + size.text_of(words) + (5 + bool(mottos)) * size.gap
    if mottos:
        third = (WIDE - 10) / 3 - 5 * PIXEL
        most = max(lines(words, size.heading, third - 16 * PIXEL) for words in mottos)
        high += third * 3 / 4 + 21 * PIXEL + most * size.heading * 1.15 * POINT
    return HIGH - high


def most_of(size: Size, dates: list[str], beside: list[str], rest: str, room: float) -> int:
    """How many dates fit; `rest` is the line that says where the others are."""
    for shown in range(min(MOST, len(dates)), 0, -1):
        words = [*beside, rest] if shown < len(dates) else beside
        if side(size, dates[:shown], words) <= room:
            return shown
    return 0


def room_of(size: Size, theme: str, question: str, host: str) -> float:
    """The height left for the columns of the second sheet."""
    return HIGH - head(size, theme, question) - foot(size, host) - 2 * size.gap


def head(size: Size, theme: str, question: str) -> float:
    """The height of the top of the second sheet."""
    words = lines(theme, size.title, WIDE) * size.title * 1.05
    words += lines(question, size.question, WIDE - 54 * PIXEL) * size.question * 1.2
    return words * POINT + (22.1 + 2 * 8 + 37) * PIXEL


def foot(size: Size, host: str) -> float:
    """The height of the codes with the words beside them."""
    room = (WIDE - 12 * PIXEL) / 2 - 34 - 12 * PIXEL
    words = sum(lines(each, size.text, room) for each in ("Kun je er niet bij zijn?", host, "/c/1234/praat"))
    return max(34, size.heading * 1.2 * POINT + size.text_of(words))


def story(size: Size, text: str) -> float:
    """The height of the column with the text of the café, which is HTML."""
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


def side(size: Size, dates: list[str], words: list[str]) -> float:
    """The height of the column with these dates and these paragraphs, each below its heading."""
    high = 3 * size.heading * 1.2 * POINT + 2 * 5
    high += size.text_of(sum(lines(each, size.text, SIDE) for each in words))
    for after_day in dates:
        below = lines(after_day, size.text, SIDE - 16 * PIXEL)
        high += (1 + below) * size.text * 1.25 * POINT + 1.2 + PIXEL
    return high


def lines(words: str, points: float, room: float) -> int:
    """How many lines these words take; a word longer than a line goes on in the next."""
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


def width(words: str) -> float:
    return sum(LETTERS.get(each, CAPITAL if each.isupper() else LETTER) for each in words)
