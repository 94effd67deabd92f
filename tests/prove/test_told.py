"""A person is told once: two coordinators at once, kill -9 of web and worker in between, and nothing of another person.

The voices are those of the rehearsal of the demo. None of its people left an address, so some are given one here.
"""

import contextlib
import io
import os
import signal
from itertools import batched, cycle
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from bench.load import Person, once_let_in
from bench.scenarios import session_of
from bench.server import environment, free_port, killed_worker, manage, serving, workers
from plan.actions import informing, laying, publishing, stacks
from plan.actions.outcomes import Refused, Seen
from plan.models import Choice, Fragment, Harvest, Publication, ToldVoice
from plan.models.publications import PublicationQuerySet
from plan.reading import receivers
from posts.models import Post
from tests.helpers import migrated
from tests.helpers.mailserver import MailServer
from tests.helpers.races import in_between
from tests.plan import helpers, telling
from werkplaats.laptop import postgres
from werkplaats.laptop.processes import until
from werkplaats.models import User
from werkplaats.people import visitors

PEOPLE = 20  # get an address, and three voices each
# The demo has a question that was told long ago; this is about that of the rehearsal.
HARVEST = "SELECT id FROM plan_harvest WHERE question_id = (SELECT id FROM posts_question WHERE slug = 'proefvraag')"
OURS = f"SELECT id FROM plan_publication WHERE harvest_id = ({HARVEST})"
PUBLISHED = f"SELECT count(*) FROM ({OURS}) ours"
TOLD = f"SELECT count(*) FROM plan_told WHERE publication_id IN ({OURS})"
LOST = f"""
    SELECT count(*) FROM plan_fragment f JOIN plan_publication p ON p.harvest_id = f.harvest_id
    WHERE f.live AND p.id IN ({OURS})
        AND NOT EXISTS (SELECT FROM plan_heardvoice v WHERE v.publication_id = p.id AND v.fragment_id = f.id)
"""
UNTOLD = f"""
    SELECT count(*) FROM plan_heardvoice v JOIN plan_fragment f ON f.id = v.fragment_id
    LEFT JOIN posts_post post ON post.id = f.post_id LEFT JOIN polls_wensbeeld beeld ON beeld.id = f.wensbeeld_id
    LEFT JOIN polls_idea idea ON idea.id = f.idea_id
    WHERE f.live AND v.publication_id IN ({OURS})
        AND COALESCE(post.visitor_id, beeld.visitor_id, idea.visitor_id) IS NOT NULL
        AND NOT EXISTS (SELECT FROM plan_toldvoice t WHERE t.fragment_id = v.fragment_id)
"""
TWICE = """
    SELECT count(*) FROM (
        SELECT 1 FROM plan_told GROUP BY publication_id, user_id, visitor_id, registration_id HAVING count(*) > 1
    ) more
"""
JOBS = "SELECT count(*), count(DISTINCT args) FROM procrastinate_jobs WHERE task_name = 'plan.tasks.send_told'"
# Sorts the rehearsal as people do, and gives some of them an address: for a process of its own.
PREPARE = "from tests.prove.test_told import prepare_site; prepare_site()"
MAKE_DUE = """
    UPDATE plan_publication SET leaves_at = now();
    UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE task_name = 'plan.tasks.tell'
"""


def prepare() -> Harvest:
    """The rehearsal, wholly sorted: each stack written up, each voice on one."""
    call_command("loaddemo", verbosity=0, stdout=io.StringIO())
    call_command("loadrehearsal", stdout=io.StringIO())
    harvest = Harvest.objects.get(question__slug="proefvraag")
    boss = User.objects.get(email="coordinator@werkplaats.example")
    boss.let_sort(True)
    give_addresses(harvest)
    lying = [stacks.make(harvest.pk, f"Stapel {number}", boss).made for number in range(5)]
    left = harvest.fragments.without_destination().order_by("pk")
    for on, rows in zip(cycle(lying), batched(left, 40)):
        laying.lay(harvest.pk, on, {row.pk: Seen(row.version, row.source_version) for row in rows}, boss)
    for pk in lying:
        stack = harvest.stacks.get(pk=pk)
        telling.finish(stack, boss, heard=f"Dit hoorden we: {stack}.", choice=Choice.PLAN)
    harvest.refresh_from_db()
    ProcrastinateJob.objects.all()._raw_delete(using="default")  # of the demo
    return harvest


def prepare_site() -> None:
    """And the session of a coordinator, for who asks from outside."""
    prepare()
    session_file(os.environ["VAR_DIR"]).write_text(session_of(User.objects.get(email="coordinator@werkplaats.example")))


def give_addresses(harvest: Harvest) -> None:
    """To the writers of sixty contributions: three each. Their words carry a mark that nobody else's have."""
    posts = Post.objects.filter(fragment__harvest=harvest, fragment__live=True).order_by("pk")[: 3 * PEOPLE]
    for number, three in enumerate(batched(posts, 3)):
        user = User.objects.confirmed(f"mens{number}@kanarie.example")
        own = visitors.own(user)
        for post in three:
            said = {"text": f"{post.text} kanarie{number}a", "name": f"Kanarie{number}b"}
            Post.objects.filter(pk=post.pk).update(author=user, visitor=own, email=user.email, **said)


def press(harvest: Harvest, by: User, **more) -> Publication:
    until_day = telling.timezone.localdate() + telling.timedelta(weeks=8)
    return publishing.publish(harvest.pk, harvest.version, by, reacts_until=until_day, after=0, **more)


def one(sql: str) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()


@pytest.fixture
def harvest(transactional_db, monkeypatch):
    from werkplaats.demo.management.commands import loadrehearsal

    monkeypatch.setattr(loadrehearsal.comparing, "compare", lambda harvest: None)
    return prepare()


@pytest.fixture
def two(harvest):
    return User.objects.get(email="coordinator@werkplaats.example"), helpers.sorter("Joris")


def test_of_the_rehearsal_everyone_is_told_once_and_reads_nothing_of_another(harvest, two, mailbox):
    gone = {}
    for state in ("hold", "remove", "refuse", "erase"):
        post = Post.objects.filter(name=f"Kanarie{len(gone)}b").first()
        gone[state] = post.pk
    publication = press(harvest, two[0])
    Post.objects.get(pk=gone["hold"]).hold("reported")
    Post.objects.get(pk=gone["remove"]).remove(None, "kwetsend")
    Post.objects.get(pk=gone["refuse"]).refuse("niet van mij", Post.objects.get(pk=gone["refuse"]).author)
    Post.objects.get(pk=gone["erase"]).erase(None)
    expected = receivers.counts(harvest)
    assert informing.tell(publication.pk) == expected.mails == PEOPLE
    # No published voice without destination, nobody left out, one row and one job for each.
    assert (one(LOST), one(UNTOLD), one(TWICE)) == ((0,), (0,), (0,))
    assert one(JOBS) == (PEOPLE, PEOPLE)
    assert publication.told.filter(visitor__isnull=False).count() == expected.visitors
    assert not ToldVoice.objects.filter(fragment__in=Fragment.objects.filter(post__in=gone.values())).exists()
    # What goes after it was told is not in the letter either.
    late = Post.objects.filter(name="Kanarie9b")
    for post in late:
        post.remove(None, "kwetsend")

    letters = {mail["To"]: mail for mail in mailbox()}
    addresses = {f"mens{number}@kanarie.example" for number in range(PEOPLE)}
    assert set(letters) == addresses - {"mens9@kanarie.example"}
    for number in set(range(PEOPLE)) - {9}:
        said = " ".join(
            letters[f"mens{number}@kanarie.example"].get_body(kind).get_content() for kind in ("plain", "html")
        )
        assert f"kanarie{number}a" in said
        for other in set(range(PEOPLE)) - {number}:
            for canary in (f"kanarie{other}a", f"Kanarie{other}b", f"mens{other}@"):
                assert canary not in said.replace(f"kanarie{number}a", ""), f"{canary} in the letter of {number}"


def both_publish(harvest: Harvest, two: tuple[User, User]) -> list[Exception]:
    return in_between(lambda: press(harvest, two[0]), lambda: press(harvest, two[1]))


def test_two_coordinators_at_once_publish_once_and_tell_once(harvest, two):
    errors = both_publish(harvest, two)
    assert [type(error) for error in errors] == [Refused] and "was je net voor" in str(errors[0])
    publication = Publication.objects.get(harvest=harvest)
    tell_jobs = ProcrastinateJob.objects.filter(task_name="plan.tasks.tell")
    assert tell_jobs.count() == 1
    # The same job by two workers: one that was taken for dead lives on.
    assert in_between(lambda: informing.tell(publication.pk), lambda: informing.tell(publication.pk)) == []
    assert one(JOBS) == (PEOPLE, PEOPLE) and one(TWICE) == (0,)


def test_without_the_locks_somebody_is_told_twice_or_it_breaks(harvest, two, monkeypatch):
    """The control: else the proof above proves nothing."""
    monkeypatch.setattr(Harvest, "locked", classmethod(lambda cls, pk: cls.objects.get(pk=pk)))
    errors = both_publish(harvest, two)
    assert errors and not isinstance(errors[0], Refused), "the database alone stands in the way"
    publication = Publication.objects.get(harvest=harvest)
    monkeypatch.setattr(PublicationQuerySet, "select_for_update", lambda self, **more: self)
    in_between(lambda: informing.tell(publication.pk), lambda: informing.tell(publication.pk))
    assert one(JOBS)[0] > PEOPLE


# Killed, from outside


@pytest.fixture
def site(tmp_path):
    """A site with the rehearsal sorted, its variables, port, database, and a mail server to send to."""
    with MailServer() as server, postgres.throw_away(durable=True) as database:
        port = free_port()
        mails = f"smtp://127.0.0.1:{server.port}"
        variables = environment(tmp_path, database.url, port, EMAIL_URL=mails, DEMO="1")
        manage(variables, "collectstatic", "--no-input", "--verbosity=0")
        migrated.fill(variables["DATABASE_URL"])
        manage(variables, "shell", "--no-imports", "-c", PREPARE)
        with psycopg.connect(database.url, autocommit=True) as link:
            yield variables, port, server, link


def asked(link, sql: str) -> tuple:
    return link.execute(sql).fetchone()


def coordinator_at(variables, link, port: int) -> tuple[Person, str]:
    """The browser of the coordinator, and the page to publish the rehearsal."""
    page = f"/beheer/werkbank/{asked(link, HARVEST)[0]}/openbaar/"
    return Person(port, page, session_file(variables["VAR_DIR"]).read_text()), page


def session_file(folder: str) -> Path:
    return Path(folder) / "session"


def publish_by_web(person: Person, page: str, port: int, link) -> int:
    """The status; pressed again while the site asks for it, which lets nobody wait for a lock for long."""
    version = asked(link, f"SELECT version FROM plan_harvest WHERE id = {page.split('/')[3]}")[0]
    sent = {"gezien": version, "na": 0, "tot": "2100-01-01"}
    return once_let_in(port, person.post(f"{page}maak/", plain=True, **sent)).status


def test_kill_of_web_and_worker_loses_nobody_and_tells_nobody_twice(site):
    variables, port, server, link = site
    with serving(variables, port) as web:
        person, page = coordinator_at(variables, link, port)
        # The web dies in the middle of publishing: nothing is public, and nothing waits.
        with psycopg.connect(link.info.dsn + f" password={link.info.password}") as holder:
            holder.execute("LOCK TABLE plan_heardvoice IN SHARE MODE")
            kill_when_waiting(lambda: publish_by_web(person, page, port, link), link, web)
            holder.rollback()
        assert until(lambda: asked(link, BUSY) == (0,), 60)
        assert asked(link, PUBLISHED) == (0,)
        assert asked(link, "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE 'plan.tasks.%tell'") == (0,)
    # It dies right after it said yes.
    with serving(variables, port) as web:
        assert publish_by_web(person, page, port, link) == 302
        for pid in workers(web):
            os.kill(pid, signal.SIGKILL)
    assert asked(link, PUBLISHED) == (1,)
    link.execute(MAKE_DUE)

    # The worker dies in the middle of telling: nobody was told, and no letter waits.
    with psycopg.connect(link.info.dsn + f" password={link.info.password}") as holder:
        holder.execute("LOCK TABLE plan_toldvoice IN SHARE MODE")
        with killed_worker(variables):
            assert until(lambda: waits_for_lock(link), 60), "the worker never told"
        holder.rollback()
    assert asked(link, TOLD) == (0,)
    assert asked(link, JOBS) == (0, 0)

    # The next one tells all, and dies in the middle of a letter.
    server.mood = "silent"
    with killed_worker(variables):
        assert until(lambda: asked(link, IN_THE_MIDDLE)[0] > 0, 200), "the worker never mailed"
    assert (asked(link, LOST), asked(link, TWICE)) == ((0,), (0,))
    assert asked(link, JOBS) == (PEOPLE, PEOPLE)

    server.mood = "accept"
    with killed_worker(variables):
        assert until(lambda: asked(link, NOT_DONE) == (0,), 400)
    by_address: dict[str, set[str]] = {}
    for mail in (each for each in server.mails if "@kanarie.example" in each["To"]):
        by_address.setdefault(mail["To"], set()).add(mail["Message-ID"])
    assert len(by_address) == PEOPLE
    assert all(len(ids) == 1 for ids in by_address.values()), "the same Message-ID on a retry"
    assert asked(link, JOBS) == (PEOPLE, PEOPLE)


NOT_DONE = """
    SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'plan.tasks.send_told' AND status <> 'succeeded'
"""
BUSY = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%plan_heardvoice%'"
IN_THE_MIDDLE = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'plan.tasks.send_told' AND status = 'doing'"
# By the lock: of a query the server shows the first kilobyte, and this one is longer.
WAITS = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'plan_toldvoice'::regclass"


def waits_for_lock(link) -> bool:
    return asked(link, WAITS)[0] > 0


def kill_when_waiting(act, link, web) -> None:
    """Calls `act` in a thread, and kills the web workers while its request waits for a lock."""

    def quietly() -> None:
        with contextlib.suppress(Exception):
            act()

    thread = Thread(target=quietly)
    thread.start()
    blocked = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'plan_heardvoice'::regclass"
    assert until(lambda: asked(link, blocked)[0] > 0, 60), "the press never waited"
    for pid in workers(web):
        os.kill(pid, signal.SIGKILL)
    thread.join(60)
