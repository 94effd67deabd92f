"""What somebody looks for, read from what they typed, as patterns for the kept words of posts.

Words that all have to be there, "a phrase", -without, this or that. The patterns are regular expressions in which
nothing of what was typed has a meaning: folding leaves no sign that has one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from posts.finding.forms import forms_of
from posts.models.folding import fold

MOST_WORDS = 8  # each is one more condition on every row
LONGEST = 60  # letters of a word: no longer one is looked for
MOST_TYPED = 200  # characters: the rest is not read
# What stands in every text. Between quotes these are looked for as well.
FILLERS = frozenset(
    ("de", "het", "t", "een", "n", "en", "of", "om", "er", "als", "die", "dat", "dit", "deze", "is", "was", "zijn")
    + ("van", "in", "op", "te", "aan", "voor", "met", "bij")
    + ("ik", "je", "jij", "u", "hij", "ze", "zij", "we", "wij")
)
PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
# A part of a word of so many letters is looked for at its begin and end, or anywhere in it; shorter words as they are.
AT_AN_END, ANYWHERE = 4, 6
BEFORE = "[^ ]{3}"  # letters at least, before a word in which it ends: «thuis» is no kind of «huis»
# A word of so many letters may have one letter wrong.
MAY_BE_WRONG = range(6, 21)


class Looked(NamedTuple):
    """`wanted` are patterns that all have to be in one post; `unwanted` one that may not, "" for none.

    `near` are those with one letter of a long word wrong, for when nothing is found; none when no word is long.
    """

    wanted: tuple[str, ...] = ()
    unwanted: str = ""
    near: tuple[str, ...] = ()
    only_fillers: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.wanted or self.unwanted)


class Piece(NamedTuple):
    """A word or phrase, with and without room for a wrong letter."""

    exact: str
    near: str


def read(typed: str) -> Looked:
    """What was typed, as patterns. Of words that have to be there the first MOST_WORDS are looked for."""
    wanted: list[Piece] = []
    unwanted: list[str] = []
    fillers, joins = False, False
    for found in PIECE.finditer(typed[:MOST_TYPED]):
        word, is_wanted = found["word"] or "", not found["minus"]
        if word.lower() == "or" and wanted and is_wanted:
            joins = True
        elif word and fold(word).strip() in FILLERS and is_wanted:
            fillers = True
        elif piece := pattern_of(found["phrase"], word):
            if not is_wanted:
                unwanted.append(piece.exact)
            elif joins:
                wanted[-1] = Piece(f"{wanted[-1].exact}|{piece.exact}", f"{wanted[-1].near}|{piece.near}")
            else:
                wanted.append(piece)
            joins = False
    wanted = wanted[:MOST_WORDS]
    exact, near = (tuple(piece[place] for piece in wanted) for place in (0, 1))
    nothing = not wanted and not unwanted
    return Looked(exact, "|".join(unwanted[:MOST_WORDS]), near if near != exact else (), fillers and nothing)


def pattern_of(phrase: str | None, word: str) -> Piece | None:
    """None for what has no letters, or too many. A word that folds to several, as «co-teaching», is a phrase."""
    folded = fold(phrase if phrase is not None else word)
    if not folded.strip() or any(len(each) > LONGEST for each in folded.split()):
        return None
    if phrase is not None or " " in folded.strip():
        return Piece(folded, folded)
    exact = "|".join(sorted({each for form in forms_of(word) for each in part(form)}))
    length = len(folded.strip())
    return Piece(exact, "|".join([exact, *one_wrong(folded.strip())]) if length in MAY_BE_WRONG else exact)


def part(form: str) -> list[str]:
    """Where a form may stand in a word."""
    if len(form) < AT_AN_END:
        return [f" {form} "]
    return [form] if len(form) >= ANYWHERE else [f" {form}", f"{BEFORE}{form} "]


def one_wrong(word: str) -> Iterator[str]:
    """Words that begin so with one letter too many, too few, another, or two turned round; any form of these."""
    for place in range(len(word)):
        yield f" {word[:place]}[^ ]{{0,2}}{word[place + 1 :]}[^ ]{{0,3}} "
    for place in range(len(word) - 1):
        yield f" {word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}[^ ]{{0,3}} "
