"""Mixed traffic for a quarter of an hour, with the job worker at work: what grows, and what goes wrong meanwhile.

Requests come at a steady rate (`--rate`), whether or not the site keeps up. Every minute a line; at the end how much
memory, database and queue grew a minute, after the first one, in which the processes fill what they keep.
"""

import asyncio
import itertools
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils import timezone

from bench import data, scenarios
from bench.database import Watch
from bench.load import Request, pace
from bench.preparing import Bench
from bench.reporting import Table
from bench.server import job_worker, memory, serving, workers
from posts.models import Post
from posts.reading import filters

CONNECTIONS = 16
HEADINGS = ["requests", "≥ 500", "4xx", "no answer", "p95 ms", "MB worker", "MB jobs", "MB database"]
HEADINGS += ["connections", "jobs waiting"]
CHANCE = random.Random(12)


class State(NamedTuple):
    """Of the machine, at one moment."""

    worker: int  # megabytes of the largest
    jobs: int
    database: float
    connections: int
    waiting: int


class Traffic:
    """What came of the requests since the last line."""

    def __init__(self):
        self.statuses: Counter[int] = Counter()
        self.times: list[float] = []

    def note(self, status: int, seconds: float) -> None:
        self.statuses[status // 100] += 1
        self.times.append(seconds * 1000)

    def figures(self) -> list:
        p95 = statistics.quantiles(self.times, n=20)[-1] if len(self.times) > 1 else None
        found = [len(self.times), self.statuses[5], self.statuses[4], self.statuses[0], p95]
        self.__init__()
        return found


def main(bench: Bench, options) -> None:
    print("bench: loading …", flush=True)
    data.load()
    scenarios.hang_up()
    with serving(bench.variables, bench.port) as server, job_worker(bench.variables) as jobs:
        mix = mix_of(bench.port)
        watch = Watch(bench.database)

        def state() -> State:
            largest = max((memory(pid) for pid in workers(server)), default=0)
            return State(largest, memory(jobs.pid), watch.megabytes(), watch.connections(), watch.jobs_waiting())

        states = asyncio.run(soak(bench.port, mix, state, options))
    report(states, options.every / 60)


def mix_of(port: int) -> dict[scenarios.Make, float]:
    """What people ask, and how often in a hundred requests. Most people only read."""
    posts = list(Post.objects.filter(question__slug="bench").values_list("pk", flat=True))
    people = scenarios.crowd(port, "/vragen/bench/", 120)
    members = scenarios.crowd(port, "/vragen/bench/", 48, scenarios.members(48))
    stranger = scenarios.strangers_at(port, "/vragen/bench/")
    mix = {
        scenarios.read(people, "/vragen/bench/"): 30,
        scenarios.read(members, "/vragen/bench/"): 5,
        scenarios.get("/"): 15,
        scenarios.read(people, f"/vragen/bench/nieuw/?na={filters.written(timezone.now())}"): 10,
        scenarios.get("/vragen/bench/?volgorde=duimpjes"): 4,
        scenarios.get("/vragen/bench/?zoek=consulent"): 2,
        scenarios.get(f"/bijdragen/{posts[0]}/"): 3,
        scenarios.get("/cafes/bench/"): 4,
        scenarios.thumb(people, posts): 12,
        scenarios.vote(people): 6,
        scenarios.sticker(people): 6,
        # As many as stay below the limits: of one person in ten minutes, and of all that may wait for a moderator.
        scenarios.contribution(stranger, "bench"): 0.6,
        scenarios.contribution(itertools.cycle(members).__next__, "bench", known=True): 0.4,
        scenarios.sign_up(stranger, "bench", "room"): 2,
    }
    scenarios.hang_up()
    return mix


async def soak(port: int, mix: dict, state: Callable[[], State], options) -> list[State]:
    """Prints a line each minute; returns the state at the end of each."""
    lines = max(1, round(options.minutes * 60 / options.every))
    traffic, states, began = Traffic(), [], time.monotonic()

    async def tell():
        table = Table(*HEADINGS, first=8)
        for number in range(1, lines + 1):
            await asyncio.sleep(began + number * options.every - time.monotonic())
            states.append(await asyncio.to_thread(state))
            table.row(f"{number * options.every / 60:.4g}", *traffic.figures(), *states[-1])

    timing = {"connections": CONNECTIONS, "seconds": lines * options.every, "rate": options.rate}
    await asyncio.gather(pace(port, requests(mix), traffic.note, **timing), tell())
    return states


def requests(mix: dict[scenarios.Make, float]) -> Iterator[Request]:
    makers, weights = list(mix), list(mix.values())
    while True:
        yield CHANCE.choices(makers, weights)[0]()


def report(states: list[State], minutes: float) -> None:
    """How much each figure grew from the first line to the last, a minute."""
    passed = minutes * (len(states) - 1)
    if not passed:
        return
    grown = [(last - first) / passed for first, last in zip(states[0], states[-1], strict=True)]
    words = (f"{heading} {growth:+.2f}" for heading, growth in zip(HEADINGS[5:], grown, strict=True))
    print(f"\ngrowth a minute, after the first line: {', '.join(words)}")
