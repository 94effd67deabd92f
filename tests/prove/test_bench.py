"""The benchmark runs to its end and prints its figures; whether they are good is for people to read."""

import gzip
import subprocess
import sys

import pytest

from bench import scenarios
from bench.load import Answer, Request
from bench.server import ROOT
from polls.voting.models import Ballot, Poll
from tests.helpers import factories

pytestmark = pytest.mark.alone


def run(capfd, *arguments: str) -> str:
    """What the benchmark prints."""
    command = [sys.executable, "-m", "bench", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with capfd.disabled():
        print("\n" + done.stdout)
    return done.stdout


def test_bench_runs_and_prints_its_ratios(capfd):
    printed = run(capfd, "--rounds", "1", "--seconds", "0.5")

    rows = (
        "landing page",
        "landing (returning)",
        "question page",
        "thumb (visitor)",
        "vote",
        "sticker",
        "contribution",
    )
    for line in (*rows, "post, both steps", "sign-up"):
        assert f"\n{line} " in printed
    assert "x plain write" in printed
    for line in ("on a contribution", "on an answer"):
        assert f"\n{line} " in printed


def test_growth_prints_every_page_at_both_sizes(capfd):
    printed = run(capfd, "--growth", "--posts", "200", "2000", "--seconds", "0.2")

    assert "2,000 posts: loaded in" in printed
    for line in ("question, page 20", "search, common word", "beheer, last posts", "door", "desk", "on an answer"):
        assert f"\n{line} " in printed
    assert "status" not in printed  # no page was refused


def test_soak_prints_a_line_for_each_stretch_and_what_grew(capfd):
    printed = run(capfd, "--soak", "--minutes", "0.1", "--every", "2", "--rate", "20")

    for line in ("0.03333", "0.06667", "0.1"):
        assert f"\n{line} " in printed
    assert "growth a minute" in printed


class Voter:
    """Stands in for a browser: it gives back what it would send."""

    def __init__(self):
        self.visitor = factories.visitor()

    def post(self, path: str, **data):
        return self.visitor.pk, data


@pytest.mark.django_db
def test_each_vote_of_the_bench_is_one_more_vote():
    factories.poll(slug=scenarios.POLL, repeat_votes=True)
    make = scenarios.vote([Voter(), Voter()])
    for votes in range(1, 9):
        visitor, data = make()
        poll = Poll.objects.vote(scenarios.POLL, visitor, data["choice"], data["number"])
        assert poll.own.pk == data["choice"]
        assert Ballot.objects.count() == votes


def test_the_bench_asks_for_compressed_answers_and_reads_them():
    assert b"Accept-Encoding: gzip" in Request("GET", "/").encode()
    answer = Answer(200, [("content-encoding", "gzip")], gzip.compress(b"woorden"), 99, 0.1)
    assert (answer.body, answer.size) == (b"woorden", 99)
