"""The benchmark runs to its end and prints its ratios; whether they are good is for people to read."""

import subprocess
import sys

from bench.server import ROOT


def test_bench_runs_and_prints_its_ratios(capfd):
    command = [sys.executable, "-m", "bench", "--rounds", "1", "--seconds", "1.5"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    for line in ("landing page", "question page", "thumb (visitor)", "vote", "sticker", "sign-up"):
        assert f"\n{line} " in done.stdout
    assert "x plain write" in done.stdout
    with capfd.disabled():
        print("\n" + done.stdout)
