"""The steps of who sorts, by one client, beside a plain page of the same run: at two numbers of voices in a harvest."""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from itertools import batched

from django.urls import reverse
from django.utils import timezone

from bench import data, scenarios
from bench.growth import Figures, figures_of, settle
from bench.load import Person, Request
from bench.preparing import Bench
from bench.reporting import Table
from bench.server import serving, workers
from plan.actions import comparing, laying, stacks
from plan.actions.outcomes import Seen
from plan.models import KEYS, Harvest
from posts.models import Phase, Post, Question
from werkplaats.models import Role, User

SORTED = 40  # of a hundred voices lie somewhere
BATCH = 1000


def main(bench: Bench, options) -> None:
    print("bench: loading …", flush=True)
    data.load()
    boss = User.objects.filter(is_superuser=True).first()
    question = Question.objects.create(
        slug="werkbank",
        title="Werkbank",
        text="Wat helpt?",
        phase=Phase.objects.first(),
        opened_at=timezone.now() - timedelta(days=30),
        closed_at=timezone.now(),
    )
    found = []
    for voices in options.voices:
        harvest = fill(question, voices, boss)
        settle()
        pages = pages_of(bench.port, harvest, boss)
        scenarios.hang_up()
        variables = {**bench.variables, "BENCH_PER_PAGE": str(data.THREADS_A_PAGE)}
        with serving(variables, bench.port) as server:
            figures = {
                name: figures_of(bench.port, make, workers(server), options.seconds, options.limit)
                for name, make in pages
            }
        found.append(figures)
    report(options.voices, found)


def fill(question: Question, voices: int, boss: User) -> Harvest:
    """Adds contributions up to so many, lays some on fifteen stacks, and compares them."""
    role, begun = Role.objects.filter(is_pupil=False).first(), Post.objects.filter(question=question).count()
    for numbers in batched(range(begun, voices), BATCH):
        moment = timezone.now()
        Post.objects.bulk_create(
            Post(question=question, text=f"{data.TEXT} ({n})", name="Fatima", role=role, published_at=moment)
            for n in numbers
        )
    harvest = Harvest.objects.get(question=question)
    lying = list(harvest.stacks.in_place())
    lying = lying or [piled(harvest, f"Stapel {key}", boss) for key in KEYS]
    left = list(harvest.fragments.without_destination().order_by("pk").values_list("pk", flat=True))
    sorted_too = left[: max(voices * SORTED // 100 - (voices - len(left)), 0)]
    for turn, pks in enumerate(batched(sorted_too, BATCH)):
        laying.lay(harvest.pk, lying[turn % len(lying)].pk, {pk: Seen(0, 1) for pk in pks}, boss)
    comparing.compare(harvest)
    return harvest


def piled(harvest: Harvest, name: str, boss: User):
    return harvest.stacks.get(pk=stacks.make(harvest.pk, name, boss).made)


def pages_of(port: int, harvest: Harvest, boss: User) -> Iterator[tuple[str, scenarios.Make]]:
    """Names, and what is asked for. Begun when the site is served."""
    page = harvest.get_absolute_url()
    left = itertools.cycle(harvest.fragments.without_destination().order_by("-pk").values_list("pk", flat=True)[:2000])
    stack = harvest.stacks.in_place()[0]
    cookie = {"Cookie": f"sessie={scenarios.session_of(boss)}"}
    people: list[Person] = []

    def see(path: str, **headers: str) -> scenarios.Make:
        return lambda: Request("GET", path, {**cookie, **headers})

    def lay() -> Request:
        if not people:
            people.append(Person(port, page, scenarios.session_of(boss)))
            scenarios.hang_up()
        return people[0].post(f"{page}stap/", stem=f"{next(left)}.0.1", stapel=stack.pk)

    def undo() -> Request:
        return people[0].post(f"{page}stap/", doe="ongedaan")

    piece = {"HX-Request": "true", "HX-Request-Type": "partial"}
    yield "plain page", scenarios.get("/bench/page/")
    yield "the desk", see(page)
    yield "the desk, most thumbs", see(f"{page}?volgorde=groen")
    yield "laying a voice", lay
    yield "undoing it", undo
    yield "news of others", see(f"{page}nieuws/?stand=x", **piece)
    yield "an open stack", see(reverse("plan:stack", args=[harvest.pk, stack.pk]))
    yield "who gets a mail, after", see(reverse("plan:stack_mails", args=[harvest.pk, stack.pk]), **piece)


def report(voices: list[int], found: list[dict[str, Figures]]) -> None:
    print("\np50 in ms by the number of voices; and beside the plain page (wanted: 1.5)")
    table = Table(*(f"{size:,}" for size in voices), "x plain", "queries", first=24)
    small, large = found
    for name, before in small.items():
        after, plain = large[name], large["plain page"]
        if before.note or after.note:
            print(f"{name}: {before.note or after.note}")
            continue
        queries = f"{before.queries}→{after.queries}"
        table.row(name, before.p50, after.p50, (after.p50 or 0) / (plain.p50 or 1), queries)
