"""Publishing many voices: how long the press and the telling take, whether pages slow meanwhile, and a code waits.

`--publish` fills a harvest with `--published` voices of `--people` with a proven address, on fifteen stacks. The worker
then tells them, and mails: a plain page and the landing page are asked for before, while it tells, and while it mails.
"""

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import batched

from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from bench import data, desk, scenarios
from bench.load import Request, once
from bench.preparing import Bench
from bench.reporting import Table
from bench.server import job_worker, serving
from plan.actions import laying, publishing, stacks
from plan.actions.outcomes import Seen
from plan.models import Choice, Harvest, Publication, Told
from posts.models import Phase, Post, Question
from werkplaats import mail
from werkplaats.laptop.processes import until
from werkplaats.models import Role, User, Visitor

PAGES = {"plain page": "/bench/page/", "landing page": "/"}
PATIENCE = 120  # seconds
NOW = """
    UPDATE plan_publication SET leaves_at = now();
    UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE task_name = 'plan.tasks.tell'
"""


def main(bench: Bench, options) -> None:
    print("bench: loading …", flush=True)
    data.load()
    boss = User.objects.filter(is_superuser=True).first()
    voices = options.published
    harvest = said_by_many(voices, options.people, boss)
    desk.settle()
    began = time.perf_counter()
    publication = publish(harvest, boss)
    pressed = time.perf_counter() - began
    scenarios.hang_up()
    with serving({**bench.variables, "BENCH_PER_PAGE": str(data.THREADS_A_PAGE)}, bench.port):
        before = sampled(bench.port, lambda: False)
        with job_worker(bench.variables):
            make_due()
            began = time.perf_counter()
            telling = sampled(bench.port, lambda: not is_told(publication))
            told = time.perf_counter() - began
            code = seconds_for_a_code()
            mailing = sampled(bench.port, lambda: waiting() and time.perf_counter() - began < PATIENCE)
            mailed = None if waiting() else time.perf_counter() - began
            until(lambda: not ProcrastinateJob.objects.filter(status="doing").exists(), PATIENCE)
    report(voices, pressed, told, mailed, code)
    slower(before, telling, mailing)


def said_by_many(voices: int, people: int, boss: User) -> Harvest:
    """A closed question with voices of people by turns, all of them laid, and written up."""
    moment = timezone.now()
    question = Question.objects.create(
        slug="verteld",
        title="Verteld",
        text="Wat helpt?",
        phase=Phase.objects.first(),
        opened_at=moment - timedelta(days=30),
        closed_at=moment,
    )
    users = User.objects.bulk_create(User(email=f"mens{n}@bench.example") for n in range(people))
    EmailAddress.objects.bulk_create(EmailAddress(user=user, email=user.email, verified=True) for user in users)
    visitors = Visitor.objects.bulk_create(Visitor(user=user) for user in users)
    role = Role.objects.filter(is_pupil=False).first()
    for numbers in batched(range(voices), desk.BATCH):
        Post.objects.bulk_create(
            Post(
                question=question,
                text=f"{data.TEXT} ({n})",
                name="Fatima",
                role=role,
                author=users[n % people],
                visitor=visitors[n % people],
                published_at=moment,
            )
            for n in numbers
        )
    harvest = Harvest.objects.get(question=question)
    lying = [desk.piled(harvest, f"Stapel {number}", boss) for number in range(15)]
    left = harvest.fragments.without_destination().order_by("pk").values_list("pk", flat=True)
    for turn, pks in enumerate(batched(left, 100)):
        laying.lay(harvest.pk, lying[turn % len(lying)].pk, {pk: Seen(0, 1) for pk in pks}, boss)
    for each in lying:
        each.refresh_from_db()
        heard = stacks.hear(harvest.pk, each.pk, "Vertel je verhaal één keer.", each.version, boss)
        stacks.choose(harvest.pk, each.pk, heard.version, boss, choice=Choice.PLAN)
    return harvest


def publish(harvest: Harvest, boss: User) -> Publication:
    harvest.refresh_from_db()
    until = timezone.localdate() + timedelta(weeks=8)
    return publishing.publish(harvest.pk, harvest.version, boss, reacts_until=until)


def make_due() -> None:
    """The quarter of an hour is over."""
    with connection.cursor() as cursor:
        cursor.execute(NOW)


def is_told(publication: Publication) -> bool:
    return Publication.objects.filter(pk=publication.pk, told_at__isnull=False).exists()


def waiting() -> bool:
    """Whether letters are still to leave."""
    return ProcrastinateJob.objects.filter(task_name="plan.tasks.send_told", status__in=["todo", "doing"]).exists()


def seconds_for_a_code() -> float | None:
    """How long the job of a log-in code waits among all those letters; None when longer than PATIENCE seconds."""
    user = User.objects.filter(email="mens0@bench.example").get()
    began = time.perf_counter()
    mail.later("werkplaats.tasks.send_code", to=user.email, letter_id=0)
    jobs = ProcrastinateJob.objects.filter(task_name="werkplaats.tasks.send_code")
    while time.perf_counter() - began < PATIENCE:
        if not jobs.filter(status__in=["todo", "doing"]).exists():
            return time.perf_counter() - began
        time.sleep(0.05)
    return None


def sampled(port: int, goes_on: Callable[[], bool]) -> dict[str, float]:
    """The median of each page in ms, asked for by turns: 30 times at least, and as long as it goes on."""
    taken: dict[str, list[float]] = {name: [] for name in PAGES}
    while goes_on() or len(taken["plain page"]) < 30:
        for name, path in PAGES.items():
            began = time.perf_counter()
            once(port, Request("GET", path))
            taken[name].append(1000 * (time.perf_counter() - began))
    return {name: statistics.median(each) for name, each in taken.items()}


def report(voices: int, pressed: float, told: float, mailed: float | None, code: float | None) -> None:
    people = Told.objects.exclude(mailed_at=None).count()
    print(f"\npublishing {voices:,} voices of {people:,} people, in seconds")
    table = Table("seconds", "wanted")
    table.row("the press", pressed, "")
    table.row("told, and queued", told, "20")
    table.row("all letters left", mailed, "")
    table.row("a code meanwhile", code, "10")


def slower(before: dict[str, float], telling: dict[str, float], mailing: dict[str, float]) -> None:
    print("\np50 in ms: nothing to do, while it tells, while it mails")
    table = Table("before", "telling", "mailing", "x before")
    for name in PAGES:
        table.row(name, before[name], telling[name], mailing[name], telling[name] / before[name])
