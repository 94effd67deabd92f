"""The forms under which a word may stand somewhere else: its lemma, and its stem by rule.

The dictionary takes 57 MB and up to two seconds in a process that asks it for the first time: a search does, and the
worker. Nothing that writes does.
"""

import re
from functools import lru_cache

from posts.models.folding import fold

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LONGEST = 40  # letters of a word that the dictionary is asked for: it tries the ends of longer ones at length
LEAST = 4  # letters of a stem: «met» would be one of «meten»
ENDINGS = re.compile(r"(?:ingen|ing|en|e|(?<=[^aeious'])s)$")


@lru_cache(maxsize=20_000)
def lemma_of(word: str) -> str:
    """The word as the dictionary has it, folded, without spaces around it; "" when that is of no use to find it.

    «meer» is a form of «veel» and «best» one of «goed», but who looks for the one does not mean the other: a lemma
    begins as the word does, except of a participle.
    """
    if len(word) > LONGEST:
        return ""
    said = fold(word).strip()
    import simplemma  # not before somebody asks: see above

    lemma = fold(simplemma.lemmatize(word, lang="nl").replace("_", "")).strip()
    near = lemma[:1] == said[:1] or said.startswith("ge") and lemma[:1] == said[2:3]
    return lemma if near and lemma != said and " " not in lemma else ""


def lemmas_of(text: str) -> str:
    """The lemmas of a text that are not in it as words, folded."""
    lemmas = {lemma_of(found.group().lower()) for found in WORD.finditer(text)}
    missing = sorted(lemmas - set(fold(text).split()) - {""})
    return f" {' '.join(missing)} " if missing else ""


def stem_of(word: str) -> str:
    """Of a folded word: «klassen» gives «klas», «samenwerking» gives «samenwerk»; "" when nothing is left of use."""
    stem = ENDINGS.sub("", word)
    if stem == word or len(stem) < LEAST:
        return ""
    stem = re.sub(r"([^aeiou])\1$", r"\1", stem)
    return stem[:-1] + {"z": "s", "v": "f"}.get(stem[-1], stem[-1]) if len(stem) >= LEAST else ""


def forms_of(word: str) -> set[str]:
    """Of what is typed: itself folded, its lemma and its stem."""
    said = fold(word).strip()
    return {said, lemma_of(word.lower()), stem_of(said)} - {""}
