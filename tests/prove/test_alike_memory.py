"""10,000 voices are compared within two minutes, in a process that ends and with a memory that hardly grows."""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.plan.alike.figures import pairs, piles

pytestmark = pytest.mark.prove
ROOT = Path(__file__).resolve().parents[2]
MEGABYTE = 1024 * 1024
MAX_SECONDS, MAX_MEGABYTES = 120, 200


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


def test_many_are_compared_in_reasonable_time_and_memory(tmp_path):
    (tmp_path / "voices").write_text(said(10_000))
    begun = time.monotonic()
    with (tmp_path / "voices").open() as voices, (tmp_path / "found").open("w") as found:
        process = subprocess.Popen(
            [sys.executable, "-m", "plan.alike.measuring"], stdin=voices, stdout=found, cwd=ROOT, env={}
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds, megabytes = time.monotonic() - begun, usage.ru_maxrss * 1024 / MEGABYTE
    print(f"10,000 voices: {seconds:.1f} s, {megabytes:.0f} MB")
    assert process.returncode == 0
    with (tmp_path / "found").open() as found:
        assert sum(1 for _ in found) == 10_000
    assert (seconds < MAX_SECONDS, megabytes < MAX_MEGABYTES) == (True, True), (seconds, megabytes)
