"""10,000 voices are compared, in a process that ends and with a memory that hardly grows. The time is printed."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.plan.alike.figures import pairs, piles

pytestmark = pytest.mark.alone
ROOT = Path(__file__).resolve().parents[2]
MAX_MEGABYTES = 200
# What the system tells of a child begins with the memory of its parent, so this one tells it itself.
WATCHED = """
import re, runpy, sys
runpy.run_module("plan.alike.measuring", run_name="__main__")
print(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1], file=sys.stderr)
"""


def said(number: int) -> str:
    """So many voices of made-up sentences in the words of this field, as `plan.alike.measuring` reads them."""
    chance = random.Random(16)
    texts = [voice.text for voice in (*pairs().voices, *piles().voices)]
    words = [word for text in texts for word in text.split()]
    lines = []
    for key in range(number):
        begin = chance.choice(texts).split()
        mixed = begin[: chance.randrange(len(begin) + 1)] + chance.sample(words, chance.randint(3, 25))
        lines.append(json.dumps([key, " ".join(mixed)]) + "\n")
    return "".join(lines)


def test_many_are_compared_in_reasonable_memory(tmp_path):
    (tmp_path / "voices").write_text(said(10_000))
    begun = time.monotonic()
    with (tmp_path / "voices").open() as voices, (tmp_path / "found").open("w") as found:
        told = subprocess.run(
            [sys.executable, "-c", WATCHED],
            stdin=voices,
            stdout=found,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={},
            check=False,
        )
    assert told.returncode == 0, told.stderr
    seconds, megabytes = time.monotonic() - begun, int(told.stderr) / 1024
    print(f"10,000 voices: {seconds:.1f} s, {megabytes:.0f} MB")
    with (tmp_path / "found").open() as found:
        assert sum(1 for _ in found) == 10_000
    assert megabytes < MAX_MEGABYTES
