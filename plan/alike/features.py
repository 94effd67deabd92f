"""What a voice is about: its words as the dictionary has them, parts of these, and the subjects of the field.

For the process that compares and nothing else: the dictionary of forms takes 57 MB.
"""

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import NamedTuple

import simplemma

from plan.alike import plain

TOKEN = re.compile(r"\w+(?:['’-]\w+)*")
PART = 5  # letters of a part of a word: so «wachttijden» and «wachtlijst» have something in common
# How much a lemma tells, and its parts together.
LEMMA, PARTS = 1.0, 0.6
# How surely a word means its subject.
SURE = {"says": 0.72, "hints": 0.25}
LONGEST = 5  # words of a phrase

Weights = dict[str, float]
Spans = dict[str, list[tuple[int, int]]]


class Features(NamedTuple):
    """Of one voice; `spans` says where in the text the words of a lemma or subject stand."""

    words: Weights
    subjects: Weights
    spans: Spans


class Field(NamedTuple):
    """What `field.toml` says: for words, beginnings and ends, and phrases, which subjects they mean, and how surely."""

    words: dict[str, Weights]
    begins: dict[str, Weights]
    ends: dict[str, Weights]
    phrases: dict[tuple[str, ...], Weights]


@cache
def field() -> Field:
    known = Field(defaultdict(dict), defaultdict(dict), defaultdict(dict), defaultdict(dict))
    with Path(__file__).with_name("field.toml").open("rb") as file:
        for subject, table in tomllib.load(file).items():
            for kind in ("hints", "says"):  # what says it holds where both name a word
                for entry in table.get(kind, []):
                    _add(known, entry, subject, SURE[kind])
    return known


def _add(known: Field, entry: str, subject: str, sure: float) -> None:
    tokens = tuple(TOKEN.findall(entry))
    if len(tokens) > 1:
        known.phrases[tokens][subject] = sure
    elif entry.endswith("*"):
        known.begins[entry[:-1]][subject] = sure
    elif entry.startswith("*"):
        known.ends[entry[1:]][subject] = sure
    else:
        known.words[entry][subject] = sure
        known.words[lemma_of(entry)].setdefault(subject, sure)


@cache
def lemma_of(word: str) -> str:
    return simplemma.lemmatize(word, lang="nl").casefold()


@cache
def subjects_of(word: str) -> Weights:
    """The subjects that a word means, itself or its lemma, with how surely."""
    known, lemma = field(), lemma_of(word)
    found = {**known.words.get(lemma, {}), **known.words.get(word, {})}
    for form in {word, lemma}:
        for cut in range(1, len(form) + 1):
            for some in (known.begins.get(form[:cut], {}), known.ends.get(form[-cut:], {})):
                for subject, sure in some.items():
                    found[subject] = max(sure, found.get(subject, 0.0))
    return found


@cache
def parts_of(lemma: str) -> list[str]:
    """Pieces of it of PART letters, its begin and its end marked."""
    marked = f"_{lemma}_"
    return sorted({marked[at : at + PART] for at in range(len(marked) - PART + 1)})


def features_of(text: str) -> Features:
    words: Weights = {}
    open_: defaultdict[str, float] = defaultdict(lambda: 1.0)  # how likely it is not about a subject
    spans: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    tokens = [(found.group().casefold(), found.span()) for found in TOKEN.finditer(text)]
    seen = set()
    for word, span in tokens:
        if word[0].isalpha() and word not in plain.STOP:
            lemma = lemma_of(word)
            spans[lemma].append(span)
            words[lemma] = LEMMA
            parts = parts_of(lemma)
            for part in parts:
                words[f"*{part}"] = max(PARTS / len(parts) ** 0.5, words.get(f"*{part}", 0))
        for subject, sure in subjects_of(word).items():
            spans[f"#{subject}"].append(span)
            open_[subject] *= 1.0 if word in seen else 1 - sure
        seen.add(word)
    for length in range(2, LONGEST + 1):
        for at in range(len(tokens) - length + 1):
            phrase = tokens[at : at + length]
            for subject, sure in field().phrases.get(tuple(word for word, _ in phrase), {}).items():
                spans[f"#{subject}"].append((phrase[0][1][0], phrase[-1][1][1]))
                open_[subject] *= 1 - sure
    return Features(words, {subject: 1 - left for subject, left in open_.items()}, dict(spans))
