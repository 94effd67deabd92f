"""How pages grow: each is asked for at two sizes, by one client at a time, and the two are put side by side.

`filling` makes the rows; `--posts 1000 100000` says how many, half of them in one question. A page that takes longer
than `--limit` is cut off, and printed as such; then the site is started afresh, because it would still be at it.
"""

import statistics
import time
from collections.abc import Iterator
from typing import NamedTuple

from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from bench import scenarios, thumbs
from bench.database import Watch
from bench.filling import RARE, SLUG, Filling, check
from bench.load import Request, once_let_in
from bench.preparing import Bench
from bench.reporting import Table, written
from bench.server import forget_peak, memory, serving, workers
from plan.models import Harvest
from posts.models import Post
from posts.reading import filters
from werkplaats.models import User

SAMPLES = 15  # requests for a page, as far as they fit in `--seconds`
MOST = 10**6  # no list has so many pages


class Figures(NamedTuple):
    """Of one page at one size, in milliseconds, kilobytes and megabytes; `note` says why there are none."""

    p50: float | None = None
    queries: int | None = None
    size: int | None = None
    peak: int | None = None
    note: str = ""


def main(bench: Bench, options) -> None:
    call_command("loaddemo", verbosity=0)
    staff = scenarios.session_of(User.objects.filter(is_superuser=True).first())
    filling, found = Filling(), []
    for posts in options.posts:
        began = time.perf_counter()
        filling.to(posts)
        took = time.perf_counter() - began
        settle()
        check()
        size = Watch(bench.database).megabytes()
        print(f"{posts:,} posts: loaded in {took:.0f} s; {size:,.0f} MB of database", flush=True)
        found.append(dict(measured(bench, pages_of(bench.port, filling, staff), options)))
        scenarios.forget_contributions()
    report(options.posts, *found)
    settle()
    thumbs.report(bench.database, Post.objects.filter(question__slug=SLUG))


def settle() -> None:
    """What autovacuum would have done in the time in which people say so much."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def pages_of(port: int, filling: Filling, staff: str) -> Iterator[tuple[str, scenarios.Make]]:
    """Names, and what is asked for; the heaviest last. Begun when the site is served."""
    question, door = f"/vragen/{SLUG}/", f"/cafes/{SLUG}/bij-de-deur/"
    posts, control = reverse("admin:posts_post_changelist"), f"/stickerrondes/{SLUG}/bediening/"
    desk = Harvest.objects.get(question=filling.question).get_absolute_url()
    people, stranger = scenarios.crowd(port, question, 24), scenarios.strangers_at(port, question)
    newest = list(Post.objects.public().filter(question=filling.question)[:100])
    as_staff = {"Cookie": f"sessie={staff}"}

    def see(path: str, **headers: str) -> scenarios.Make:
        return lambda: Request("GET", path, {**as_staff, **headers})

    yield "landing page", scenarios.get("/")
    yield "question", scenarios.get(question)
    yield "question, own thumbs", scenarios.read(people, question)
    yield "question, page 20", scenarios.get(f"{question}?pagina=20")
    yield "question, last page", scenarios.get(f"{question}?pagina={MOST}")
    yield "question, most thumbs", scenarios.get(f"{question}?volgorde=duimpjes")
    yield "search, first ones", scenarios.get(f"{question}?zoek=kind")  # each worker loads its dictionary
    yield "search, common word", scenarios.get(f"{question}?zoek=school")
    yield "search, two words", scenarios.get(f"{question}?zoek=school+kind")
    yield "search, rare word", scenarios.get(f"{question}?zoek={RARE}")
    yield "search, no such word", scenarios.get(f"{question}?zoek=eenhoorns")
    yield "search, a letter wrong", scenarios.get(f"{question}?zoek={RARE.replace('rm', 'm')}")
    yield "what is new", scenarios.get(f"{question}nieuw/?na={filters.written(newest[-1].published_at)}")
    yield "thumb", scenarios.thumb(people, [post.pk for post in newest])
    yield "contribution", scenarios.contribution(stranger, SLUG)
    yield "sign-up", scenarios.sign_up(stranger, SLUG, "room")
    yield "sticker control", see(control)
    yield "beheer, Vandaag", see(reverse("admin:index"))
    yield "beheer, moderation", see(f"{posts}?toestand=te-doen")
    yield "beheer, posts, a word", see(f"{posts}?q=school")
    yield "beheer, last posts", see(f"{posts}?p={-(-Post.objects.count() // 50)}")
    yield "beheer, movement", see(reverse("admin:polls_poll_results", args=[filling.poll.pk]))
    yield "door", see(door)
    yield "door, a letter typed", see(f"{door}?q=a", **{"HX-Request": "true"})
    yield "files to fetch", see(reverse("plan:exports"))
    yield "workbench", see(reverse("plan:harvests"))
    yield "desk", see(desk)


def measured(bench: Bench, pages: Iterator, options) -> Iterator[tuple[str, Figures]]:
    cut = True
    while cut:
        with serving(bench.variables, bench.port) as server:
            cut = False
            for name, make in pages:
                figures = figures_of(bench.port, make, workers(server), options.seconds, options.limit)
                yield name, figures
                if cut := figures.note.startswith("cut"):
                    break


def figures_of(port: int, make: scenarios.Make, pids: list[int], seconds: float, limit: float) -> Figures:
    """The first answer fills what is kept, and counts only when it took so long that there is no other."""
    for pid in pids:
        forget_peak(pid)
    answers, began = [], time.perf_counter()
    while not answers or len(answers) <= SAMPLES and time.perf_counter() - began < seconds:
        request = make()
        request.headers |= {"X-Count-Queries": "1"}
        try:
            answer = once_let_in(port, request, timeout=limit)
        except TimeoutError:
            return Figures(note=f"cut off after {limit:.0f} s")
        if answer.status >= 300:
            return Figures(note=f"status {answer.status}")
        answers.append(answer)
    return Figures(
        p50=statistics.median(answer.seconds * 1000 for answer in answers[1:] or answers),
        queries=min(int(answer.header("x-queries")) for answer in answers),
        size=answers[-1].size // 1024,
        peak=max(memory(pid, "VmHWM") for pid in pids),
    )


def report(posts: list[int], small: dict[str, Figures], large: dict[str, Figures]) -> None:
    print("\np50 in ms by the number of posts; and the most memory that a worker had meanwhile")
    sizes = [f"{size:,}" for size in posts]
    table = Table(*sizes, "ratio", "queries", "KB", "peak MB", "", first=24)
    for name, before in small.items():
        after = large[name]
        ratio = after.p50 / before.p50 if before.p50 and after.p50 else None
        pairs = (f"{written(one)}→{written(other)}" for one, other in zip(before[1:4], after[1:4], strict=True))
        notes = (f"  at {size}: {each.note}" for size, each in zip(sizes, (before, after)) if each.note)
        table.row(name, before.p50, after.p50, ratio, *pairs, "".join(notes))
