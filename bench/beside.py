"""The site beside three plain measures in the same run: a bare view, a plain Django page, a plain insert.

Prints per scenario: requests a second, p50 and p95 in ms, queries, bytes on the wire; then the ratios, which are what
counts, as figures differ from machine to machine; then what a thumb writes.
"""

import asyncio
import statistics
import sys
from collections.abc import Iterator

from bench import data, plan, scenarios, thumbs
from bench.load import Answer, Person, Request, once, repeat, run
from bench.preparing import Bench
from bench.reporting import Table
from bench.server import memory, serving, workers
from plan.models import Wording
from posts.models import Post
from werkplaats.models import Picture

CONNECTIONS = 8
COUNTED = 8  # requests: the first that a worker gets fill what it keeps, and take more queries
RATIOS = [  # what, beside what, and the ratio that is wanted
    ("landing page", "plain page", 4.0),
    ("landing (returning)", "plain page", None),
    ("question page", "plain page", 6.0),
    ("question (thumbs)", "plain page", 1.5),
    ("plan page", "plain page", 3.0),
    ("plan (thumbs)", "plain page", None),
    ("picture", "floor", None),
    ("thumb (visitor)", "plain write", 0.4),
    ("thumb (logged in)", "plain write", 0.4),
    ("thumb (sentence)", "plain write", 0.4),
    ("vote", "plain write", 0.4),
    ("sticker", "plain write", 0.4),
    ("contribution", "plain write", None),
    ("post, both steps", "plain write", None),
    ("sign-up", "plain write", 0.2),
    ("sign-up (race)", "plain write", None),
    ("plain page", "floor", None),
    ("plain write", "floor", None),
]
# After each round.
TIDY = {"contribution": scenarios.forget_contributions, "post, both steps": scenarios.forget_contributions}


def main(bench: Bench, options) -> None:
    print("bench: loading …", flush=True)
    data.load()
    plan.load()
    scenarios.hang_up()
    variables = {**bench.variables, "BENCH_PER_PAGE": str(data.THREADS_A_PAGE)}
    with serving(variables, bench.port) as server:
        found = measure(bench.port, options.rounds, options.seconds)
        sizes = [memory(pid) for pid in workers(server)]
    report(found)
    print(f"\nmemory per worker: {' and '.join(f'{size} MB' for size in sizes)}")
    thumbs.report(bench.database, Post.objects.filter(question__slug="bench"))


def measured(port: int) -> dict[str, scenarios.Make]:
    of_bench = Post.objects.filter(question__slug="bench")
    posts = list(of_bench.values_list("pk", flat=True))
    wordings = list(Wording.objects.public().filter(sentence__chapter__number=1).values_list("pk", flat=True))
    users = scenarios.members(24)
    people = scenarios.crowd(port, "/vragen/bench/", 120)
    stranger = scenarios.strangers_at(port, "/vragen/bench/")
    found = {
        "floor": scenarios.get("/bench/floor/"),
        "plain page": scenarios.get("/bench/page/"),
        "plain write": lambda: Request("POST", "/bench/write/"),
        "landing page": scenarios.get("/"),
        "landing (returning)": scenarios.read(readers_with_thumbs(port, voted=True), "/"),
        "question page": scenarios.get("/vragen/bench/"),
        "question (thumbs)": scenarios.read(readers_with_thumbs(port), "/vragen/bench/"),
        "plan page": scenarios.get("/plan/"),
        "plan (thumbs)": scenarios.read(people[24:48], "/plan/"),
        "picture": scenarios.get(Picture.objects.filter(shown=True).first().small),
        "thumb (visitor)": scenarios.thumb(people[:24], posts),
        "thumb (logged in)": scenarios.thumb(scenarios.crowd(port, "/vragen/bench/", 24, users), posts),
        "thumb (sentence)": scenarios.thumb(people[24:48], wordings, "/plan/duim/{pk}/{wish}/"),
        "vote": scenarios.vote(people),
        "sticker": scenarios.sticker(people[:24]),
        "contribution": scenarios.contribution(stranger, "bench"),
        "post, both steps": scenarios.both_steps(stranger, "bench"),
        "sign-up": scenarios.sign_up(stranger, "bench", "room"),
        # for 20 + 10 places, and then for the queue
        "sign-up (race)": scenarios.sign_up(stranger, "vol", "both"),
    }
    scenarios.hang_up()
    return found


def readers_with_thumbs(port: int, *, voted: bool = False) -> list[Person]:
    """Eight people who gave a thumb to ten of the fifty posts that the page shows, and perhaps voted."""
    roots = Post.objects.filter(question__slug="bench", parent=None).order_by("-created_at", "-pk")
    shown = [root.pk for root in roots[: data.THREADS_A_PAGE]]
    newest = list(Post.objects.filter(root__in=shown).values_list("pk", flat=True))
    readers = scenarios.crowd(port, "/vragen/bench/", 8)
    for number, reader in enumerate(readers):
        for pk in newest[number % 5 :: 5]:
            once(port, reader.post(f"/bijdragen/{pk}/duim/op/"))
    votes = scenarios.vote(readers)
    for _ in readers if voted else ():
        once(port, votes())
    return readers


def measure(port: int, rounds: int, seconds: float) -> dict:
    """Runs all scenarios interleaved, `rounds` times; returns name → figures."""
    found: dict = {}
    sets = {name: repeat(make) for name, make in measured(port).items()}
    for name, requests in sets.items():
        counts, answers = zip(*(counted(port, name, next(requests)) for _ in range(COUNTED)), strict=True)
        found[name] = {"queries": min(counts), "bytes": answers[-1].size, "speeds": [], "times": []}
    for tidy in TIDY.values():
        tidy()
    for number in range(rounds):
        for name, requests in sets.items():
            answers, took = stretch(port, requests, seconds)
            if refused := refused_in(answers):  # a machine that stood still made the site send somebody away
                print(f"  {name}: {refused}; once more", flush=True)
                answers, took = stretch(port, requests, seconds)
            if refused := refused_in(answers):
                sys.exit(f"{name}: {refused}")
            found[name]["speeds"].append(len(answers) / took)
            found[name]["times"] += [answer.seconds * 1000 for answer in answers]
            if name in TIDY:
                TIDY[name]()
        print(f"  round {number + 1} of {rounds}", flush=True)
    return found


def stretch(port: int, requests: Iterator[Request], seconds: float) -> tuple[list[Answer], float]:
    """What was answered in so many seconds, and how many they were."""
    return asyncio.run(run(port, requests, connections=CONNECTIONS, seconds=seconds))


def refused_in(answers: list[Answer]) -> str:
    """How many were sent away, in words; empty when nobody was."""
    failed = [answer.status for answer in answers if answer.status >= 400]
    return f"{len(failed)} of {len(answers)} refused, first with {failed[0]}" if failed else ""


def counted(port: int, name: str, request: Request) -> tuple[int, Answer]:
    """How many queries it took, with what follows it; and the last answer."""
    request.headers |= {"X-Count-Queries": "1"}
    answer = once(port, request)
    if answer.status >= 400:
        sys.exit(f"{name}: status {answer.status}\n{answer.body.decode(errors='replace')[:2000]}")
    queries = int(answer.header("x-queries"))
    if request.then:
        more, answer = counted(port, name, request.then(answer))
        queries += more
    return queries, answer


def report(found: dict) -> None:
    """Prints the table and the ratios."""
    print()
    table = Table("req/s", "p50 ms", "p95 ms", "queries", "bytes")
    for name, figures in found.items():
        times = statistics.quantiles(figures["times"], n=20)
        speed = round(statistics.median(figures["speeds"]))
        table.row(name, speed, times[9], times[18], figures["queries"], figures["bytes"])
    print("\nratios (median over the rounds; wanted)")
    for name, measure_name, wanted in RATIOS:
        pairs = zip(found[name]["speeds"], found[measure_name]["speeds"], strict=True)
        ratio = statistics.median(ours / theirs for ours, theirs in pairs)
        print(f"{name:20} {ratio:6.2f} x {measure_name}" + (f"  ({wanted})" if wanted else ""))
