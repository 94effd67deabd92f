"""One A4 to read aloud, in a team meeting, a class or a council: which things it tells, and in which size of type.

The sizes are those of static/css/heard/sheet.css, in points; rooms are in millimetres. What is measured too small would
take a second sheet, so this rounds up.
"""

import math
import re
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import get_text_list

from plan.models import Choice
from plan.reading.published import Item, Page
from werkplaats.words import excerpt

POINT = 25.4 / 72
ROOM = 262.0  # of a sheet, inside its margins
WIDE, WORDS = 178.0, 119.5  # of the sheet, and of the column of the words
LETTER, HEAVY = 0.462, 0.46  # the width of letters in our two faces, in parts of their size; lines break at words
FEWEST, MOST = 5, 7
ENOUGH = 180  # characters of an answer
BRIEF = 100  # the same where less than FEWEST things would fit in the smallest type
LONGEST = 260  # characters of sentences of the plan: who listens cannot read them back
SPEED = 125  # words a minute, aloud
SHOWN_MISSED = 6


@dataclass(frozen=True)
class Size:
    """The type of a sheet in points: what was heard, the answer, and the lines around them.

    In millimetres what head, foot and gaps take besides words, and the room around each thing that was heard.
    """

    name: str
    heard: float
    answer: float
    around: float
    frame: float = 45
    room: float = 5.4


SIZES = [
    Size("", 17, 15, 14),
    Size("is-long", 14.5, 13, 12.5),
    Size("is-longer", 12.5, 11.5, 11.5, 39.5, 4.4),
    Size("is-longest", 11, 10.5, 10.5, 39.5, 4.4),
    Size("is-smallest", 10, 9.5, 10, 36.5, 3.4),
]


@dataclass(frozen=True)
class Told:
    """A thing that was heard, as it is read aloud."""

    item: Item
    answer: str

    def high(self, size: Size) -> float:
        words = lines(self.item.heard.heard, size.heard, WORDS, HEAVY) * size.heard * 1.25
        words += lines(self.answer, size.answer, WORDS, LETTER) * size.answer * 1.35
        return max(words * POINT, 17.0) + size.room


class Sheet:
    """From five to seven things, those that were heard most, one that is not done among them.

    Where five do not fit in the smallest type their answers are brief, and where that is too long fewer are told.
    """

    def __init__(self, page: Page, about: str, link: str) -> None:
        self.page, self.about = page, about
        self.link = link.removeprefix("https://").removeprefix("http://").rstrip("/")

    @cached_property
    def fitting(self) -> tuple[Size, list[Told]]:
        most = min(MOST, len(self.page.items))
        least = min(most, FEWEST)
        wanted = [(size, count, ENOUGH) for size in SIZES for count in range(most, least - 1, -1)]
        wanted += [(SIZES[-1], count, BRIEF) for count in range(least, 0, -1)]
        for size, count, enough in wanted:
            told = [Told(item, spoken_answer(item, enough)) for item in chosen(self.page.items, count)]
            if self.around(size) + sum(each.high(size) for each in told) <= ROOM:
                return size, told
        return SIZES[-1], []

    @property
    def size(self) -> Size:
        return self.fitting[0]

    @property
    def told(self) -> list[Told]:
        return self.fitting[1]

    @property
    def others(self) -> int:
        """How many things that were heard are left to the page."""
        return len(self.page.items) - len(self.told)

    @property
    def intro(self) -> str:
        figures = self.page.figures
        people = f", van ongeveer {figures['people']} mensen" if figures["people"] else ""
        asked = self.page.asked
        begin = f"{asked} hoorden we" if asked else "We hoorden"
        return f"{begin} {self.page.times} keer iets{people}. Dit hoorden we het vaakst, en dit doen we ermee."

    @property
    def missed(self) -> str:
        """«leerkrachten, de OPR en werkgebied Eilanden»"""
        missed = once(self.page.missed)
        names = [name[:1].lower() + name[1:] if name[1:2].islower() else name for name in missed[:SHOWN_MISSED]]
        more = len(missed) - len(names)
        return get_text_list([*names, f"nog {more} andere"] if more else names, "en")

    @property
    def minutes(self) -> int:
        """How long reading it takes."""
        told = [words for each in self.told for words in (each.item.way.kicker, each.item.heard.heard, each.answer)]
        words = " ".join([self.intro, *told, self.missed])
        return max(1, math.ceil(len(words.split()) / SPEED))

    def around(self, size: Size) -> float:
        """The height of the head and the foot."""
        intro = lines(self.intro, size.around + 1, WIDE, LETTER) * (size.around + 1) * 1.4
        foot = lines(f"Wie misten we? {self.missed}. Ken jij iemand?", size.around, 138, LETTER)
        foot += lines(f"We hoorden nog 99 andere dingen. Alles lezen: {self.link}", size.around, 138, HEAVY)
        about = lines(self.about, 14, WIDE, HEAVY) * 14 * 1.2
        return size.frame + (intro + about) * POINT + max(32.0, foot * size.around * 1.4 * POINT + 2)


def once(names: list[str]) -> list[str]:
    """Without «Medewerkers van gemeenten» beside «Gemeenten»: read aloud these are one."""
    return [name for name in names if not any(name.casefold().endswith(f" {each.casefold()}") for each in names)]


def chosen(items: list[Item], count: int) -> list[Item]:
    """Those that were heard most, in the order of the page; with one that is not done, when there is any."""
    most = sorted(items, key=lambda item: -item.heard.times)
    taken = most[:count]
    refused = [item for item in most if item.is_refused]
    if refused and not any(item.is_refused for item in taken):
        taken = [*taken[:-1], refused[0]]
    return [item for item in items if item in taken]


def spoken_answer(item: Item, enough: int = ENOUGH) -> str:
    """In words to listen to: the sentences of the plan when they are short, else where they stand.

    Of a long answer the first sentences, to `enough` characters; it breaks off halfway one only when it must be brief.
    """
    if item.heard.choice != Choice.PLAN or not item.sentences:
        first, *more = re.split(r"(?<=[.!?]) ", item.answer)
        for sentence in more:
            if len(first) + len(sentence) >= enough:
                break
            first = f"{first} {sentence}"
        return excerpt(first, BRIEF) if enough == BRIEF else first
    words = " ".join(shown.text for shown in item.sentences)
    return (
        words
        if len(words) <= (BRIEF if enough == BRIEF else LONGEST)
        else f"Dat staat in {get_text_list([each.name for each in item.sentences], 'en')}."
    )


def lines(text: str, size: float, width: float, letter: float) -> int:
    """On how many lines the words fit; a word that is too long breaks."""
    most, count, here = max(1, int(width / (size * POINT * letter))), 1, 0
    for word in text.split():
        wanted = len(word) + (here > 0)
        if here + wanted > most:
            count, here = count + 1 + (len(word) - 1) // most * (here == 0), 0
            wanted = min(len(word), most)
        here += wanted
    return count if text.strip() else 0
