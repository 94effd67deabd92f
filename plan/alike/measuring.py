"""Which of the voices of a harvest are alike: a process that ends.

    python -m plan.alike.measuring < voices > neighbours

In: a line for each voice, `[key, text]` in JSON. Out, in the same order: `[key, place, [[other, strength, marks], …]]`,
as `plan.models.likeness` has them. It knows neither Django nor the database, and sends nothing anywhere. How it was
chosen, and what it finds: docs/decisions/likeness-by-shared-words.md.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plan.alike.features import Spans, Weights, features_of

NEIGHBOURS = 30
# What is less alike is not shown; the order «soort bij soort» goes by weaker ties too.
LEAST, TIE = 0.35, 0.1
HALF_SUBJECTS, HALF_WORDS = 1.0, 5.0
# Of what two voices share, this part of what tells most is shown.
SHOWN = 0.3
# A harvest of fewer voices is taken as if there were this many: in it nothing would be rare.
FEW = 100
MAX_CPU_SECONDS = 300

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
# The places of voices, most alike first, and how much.
Near = tuple[Ints, Floats]


def by_subjects() -> "Space":
    return Space(HALF_SUBJECTS, most=True)


def by_words() -> "Space":
    return Space(HALF_WORDS, most=False)


class About(NamedTuple):
    """What is kept of a voice to say which words two of them share."""

    subjects: Weights
    spans: Spans


class Space:
    """Voices by what they are about. What few voices have tells most.

    With this much evidence two voices are `half` as alike as they would be with all of it. With `most` one thing that
    they share is the evidence: long voices touch many subjects. Else all of it together is.
    """

    def __init__(self, half: float, *, most: bool) -> None:
        self.half, self.gather = half, np.maximum if most else np.add
        self.numbers: dict[str, int] = {}
        self.rows: list[tuple[Ints, Floats]] = []  # of each voice the numbers of what it has, and how much of it

    def add(self, weights: Weights) -> None:
        numbers = [self.numbers.setdefault(name, len(self.numbers)) for name in weights]
        self.rows.append((np.array(numbers, np.int32), np.array([*weights.values()], np.float32)))

    def close(self) -> None:
        """Turns it round, when all voices are in: who has what."""
        count, size = len(self.rows), len(self.numbers)
        numbers = np.concatenate([row for row, _ in self.rows])
        weights = np.concatenate([row for _, row in self.rows])
        voices = np.repeat(np.arange(count, dtype=np.int32), [len(row) for row, _ in self.rows])
        having = np.bincount(numbers, minlength=size)
        self.tells = np.log((max(count, FEW) + 1) / having).astype(np.float32)
        self.lengths = np.sqrt(np.bincount(voices, (weights * self.tells[numbers]) ** 2, count)).astype(np.float32)
        self.lengths[self.lengths == 0] = 1
        order = np.argsort(numbers, kind="stable")
        self.ends = np.cumsum(having)
        self.begins = self.ends - having
        self.voices, self.weights = voices[order], weights[order]

    def strengths(self, here: int) -> Floats:
        """How alike this voice is to each, from 0 to 1: how much of the two they share, if that is enough to go by."""
        shared, evidence = (np.zeros(len(self.rows), np.float32) for _ in range(2))
        numbers, weights = self.rows[here]
        begins, ends = self.begins[numbers].tolist(), self.ends[numbers].tolist()
        for begin, end, weight, tells in zip(begins, ends, weights.tolist(), self.tells[numbers].tolist(), strict=True):
            if end - begin > 1:
                there = self.voices[begin:end]
                both = self.weights[begin:end] * (weight * tells)
                evidence[there] = self.gather(evidence[there], both)
                shared[there] += both * tells
        return shared / (self.lengths * self.lengths[here]) * evidence / (evidence + self.half)

    def tell(self, name: str) -> float:
        return float(self.tells[self.numbers[name]])


def measure(voices: list[tuple[int, str]]) -> Iterator[tuple[int, int, list[tuple[int, int, list[int]]]]]:
    if not voices:
        return
    subjects, words, abouts = by_subjects(), by_words(), []
    for _, text in voices:
        features = features_of(text)
        subjects.add(features.subjects)
        words.add(features.words)
        abouts.append(About(features.subjects, features.spans))
    subjects.close()
    words.close()
    near = [neighbours(here, subjects, words) for here in range(len(voices))]
    places = in_order(near)
    for here, (key, _) in enumerate(voices):
        found = [
            (voices[there][0], round(1000 * strength), marks(abouts[here], abouts[there], subjects))
            for there, strength in zip(*(each.tolist() for each in near[here]), strict=True)
            if strength >= LEAST
        ]
        yield key, places[here], found


def strengths(here: int, subjects: Space, words: Space) -> Floats:
    """How alike a voice is to each, from 0 to 1, by what they are about or by the words that they share."""
    alike: Floats = 1 - (1 - subjects.strengths(here)) * (1 - words.strengths(here))
    return alike


def neighbours(here: int, subjects: Space, words: Space) -> Near:
    found = strengths(here, subjects, words)
    found[here] = 0
    some = np.flatnonzero(found >= TIE)
    best = some[np.argsort(-found[some], kind="stable")[:NEIGHBOURS]].astype(np.int32)
    return best, found[best]


def marks(mine: About, other: About, subjects: Space) -> list[int]:
    """Where in the other text the words stand that are in this one too, or mean the same: begin and end in turn."""
    both = mine.subjects.keys() & other.subjects.keys()
    tell = {name: mine.subjects[name] * other.subjects[name] * subjects.tell(name) for name in both}
    least = SHOWN * max(tell.values(), default=0)
    names = [f"#{name}" for name, strength in tell.items() if strength >= least]
    names += [name for name in mine.spans.keys() & other.spans.keys() if not name.startswith("#")]
    end, found = 0, []
    for begin, stop in sorted({span for name in names for span in other.spans[name]}):
        if begin >= end:
            found += [begin, stop]
            end = stop
    return found


def in_order(near: list[Near]) -> list[int]:
    """The place of each when alike lies after alike: the strongest ties are joined first, end to end."""
    here = np.repeat(np.arange(len(near), dtype=np.int32), [len(each) for each, _ in near])
    there, strong = (np.concatenate(each) for each in zip(*near, strict=True))
    row_of = [[place] for place in range(len(near))]
    for tie in np.argsort(-strong, kind="stable"):
        one, other = row_of[here[tie]], row_of[there[tie]]
        if one is not other:
            if len(one) < len(other):
                one, other = other, one
            one += other
            for each in other:
                row_of[each] = one
    rows = {id(row): row for row in row_of}
    places = [0] * len(near)
    for place, voice in enumerate(voice for row in rows.values() for voice in row):
        places[voice] = place
    return places


def main() -> None:
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SECONDS, MAX_CPU_SECONDS))
    for line in measure([tuple(json.loads(line)) for line in sys.stdin]):
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
