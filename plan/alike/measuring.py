"""Which of the voices of a harvest are alike, by the words that they share: a process that ends.

    python -m plan.alike.measuring < voices > neighbours

In: a line for each voice, `[key, text]` in JSON. Out, in the same order: `[key, place, [[other, strength, marks], …]]`,
as `plan.models.likeness` has them. It knows neither Django nor the database, and sends nothing anywhere.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import simplemma

from plan.alike import plain

NEIGHBOURS = 20
LEAST = 0.1


class Said(NamedTuple):
    key: int
    words: list[plain.Word]


def measure(voices: list[tuple[int, str]]) -> Iterator[tuple[int, int, list[tuple[int, int, list[int]]]]]:
    said = [Said(key, list(lemmas_of(text))) for key, text in voices]
    near = neighbours(said)
    places = in_order(near)
    for here, each in enumerate(said):
        found = []
        mine = {word.stem for word in each.words}
        for there, strength in near[here]:
            marks = [at for word in said[there].words if word.stem in mine for at in (word.begin, word.end)]
            found.append((said[there].key, round(1000 * strength), marks))
        yield each.key, places[here], found


def lemmas_of(text: str) -> Iterator[plain.Word]:
    for found in plain.WORD.finditer(text):
        word = found.group()
        if word.casefold() not in plain.STOP:
            yield plain.Word(simplemma.lemmatize(word, lang="nl").casefold(), *found.span())


def neighbours(said: list[Said]) -> list[list[tuple[int, float]]]:
    """Of each the places of those that are most alike, with how much, from 0 to 1."""
    having: dict[str, list[int]] = defaultdict(list)
    for here, each in enumerate(said):
        for stem in {word.stem for word in each.words}:
            having[stem].append(here)
    weigh = {stem: float(np.log((len(said) + 1) / len(there)) ** 2) for stem, there in having.items()}
    postings = {stem: np.array(there) for stem, there in having.items()}
    lengths = np.array([sum(weigh[stem] for stem in {word.stem for word in each.words}) for each in said]) ** 0.5
    lengths[lengths == 0] = 1
    found = []
    for here, each in enumerate(said):
        scores = np.zeros(len(said), np.float32)
        for stem in {word.stem for word in each.words}:
            scores[postings[stem]] += weigh[stem]
        scores /= lengths * lengths[here]
        scores[here] = 0
        best = np.argsort(-scores, kind="stable")[:NEIGHBOURS]
        found.append([(int(there), float(scores[there])) for there in best if scores[there] >= LEAST])
    return found


def in_order(near: list[list[tuple[int, float]]]) -> list[int]:
    """The place of each when alike lies after alike: the strongest ties are joined first, end to end."""
    ties = sorted((-strength, here, there) for here, found in enumerate(near) for there, strength in found)
    row_of = [[here] for here in range(len(near))]
    for _, here, there in ties:
        one, other = sorted((row_of[here], row_of[there]), key=lambda row: row[0])
        if one is not other:
            if len(one) < len(other):
                one, other = other, one
            one += other
            for each in other:
                row_of[each] = one
    rows = {id(row): row for row in row_of}
    places = [0] * len(near)
    order = (here for row in rows.values() for here in row)
    for place, here in enumerate(order):
        places[here] = place
    return places


def main() -> None:
    for line in measure([tuple(json.loads(line)) for line in sys.stdin]):
        sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
