"""Terms over 100,000 rows: in batches of at most a thousand, and whoever writes in between does not wait for long."""

import threading
import time
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone

from polls.models import Ballot, Poll
from posts.models import Post, Question, Thumb
from tests.helpers import factories
from werkplaats.avg import terms
from werkplaats.models import Visitor
from werkplaats.privacy import running
from werkplaats.register.entries import Term

pytestmark = [pytest.mark.prove, pytest.mark.alone, pytest.mark.django_db(transaction=True)]
ROWS = 100_000
PART = 1 / 4  # of the batches of a run: as long as a writer of the same kind of row may wait
LONG_AGO = timedelta(days=1200)


@pytest.fixture(autouse=True)
def no_limit(transactional_db):
    """So many rows at once is not what people write."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    yield
    connection.close()


def visitors(count: int) -> None:
    """Browsers that came long ago, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO werkplaats_visitor (id, created_at) SELECT gen_random_uuid(), %s FROM generate_series(1, %s)",
            [timezone.now() - LONG_AGO, count],
        )


@pytest.fixture
def batches(monkeypatch) -> list[tuple[int, float]]:
    """How many rows each batch had, and how many seconds it held its locks."""
    found: list[tuple[int, float]] = []
    one_batch = running.one_batch

    def measured(work, pks, at):
        began = time.monotonic()
        done = one_batch(work, pks, at)
        found.append((len(pks), time.monotonic() - began))
        return done

    monkeypatch.setattr(running, "one_batch", measured)
    return found


class Writer(threading.Thread):
    """Does something again and again, as people do meanwhile, and remembers after how many batches each was done.

    Seconds are only printed: a core that stands still does so for both.
    """

    def __init__(self, act, batches: list):
        super().__init__(daemon=True)
        self.act, self.batches, self.done, self.longest = act, batches, threading.Event(), 0.0
        self.after: list[int] = []

    def run(self):
        while not self.done.is_set():
            began = time.monotonic()
            self.act(len(self.after))
            self.longest = max(self.longest, time.monotonic() - began)
            self.after.append(len(self.batches))
            time.sleep(0.01)
        connection.close()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.after.append(len(self.batches))
        self.done.set()
        self.join()

    def assert_never_waited_for_the_run(self, what: str) -> None:
        waited = max(later - earlier for earlier, later in pairwise([0, *self.after]))
        print(f"{what} took {self.longest:.3f} s at most, and {waited} batches of {len(self.batches)}")
        assert waited < len(self.batches) * PART, self.after


def judge(batches: list[tuple[int, float]], rows: int) -> None:
    assert sum(size for size, _ in batches) == rows
    assert max(size for size, _ in batches) <= running.MOST
    times = sorted(seconds for _, seconds in batches)
    middle = times[len(times) // 2]
    print(f"{rows} rows in {len(batches)} batches; the longest took {times[-1]:.3f} s, the middle {middle:.3f} s")


def test_thumbs(batches):
    """One post, 100,000 thumbs, while somebody gives thumbs to another."""
    post, visitor = factories.post(), factories.visitor()
    visitors(ROWS)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "INSERT INTO posts_thumb (post_id, visitor_id, value, created_at) SELECT %s, id, 1, now() "
            "FROM werkplaats_visitor WHERE id <> ALL (%s)",
            [post.pk, [visitor.pk, post.visitor_id]],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    Question.objects.update(closed_at=timezone.now() - LONG_AGO)
    other = factories.post()
    with Writer(lambda turn: Thumb.objects.wish(other.pk, visitor.pk, 1 if turn % 2 else None), batches) as writer:
        run = terms.run(Term.VOTES, timezone.now())
    assert run.counts == {"duimpje,duimpjes": ROWS}
    judge(batches, ROWS)
    writer.assert_never_waited_for_the_run("a thumb")


def test_votes(batches):
    poll, open_poll = factories.poll(), None
    visitors(ROWS // 2)
    choice = poll.choices.first()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "INSERT INTO polls_ballot (poll_id, choice_id, visitor_id, number, voted_at) "
            "SELECT %s, %s, id, number, now() FROM werkplaats_visitor, generate_series(1, 2) number",
            [poll.pk, choice.pk],
        )
        cursor.execute("SET session_replication_role = DEFAULT")
    Poll.objects.update(closes_at=timezone.now() - LONG_AGO, on_landing_page=False)
    open_poll = factories.poll(slug="open")
    visitor, option = factories.visitor(), open_poll.choices.first()
    with Writer(lambda turn: factories.vote(open_poll, visitor, option, 1 + turn), batches) as writer:
        terms.run(Term.VOTES, timezone.now())
    assert not Ballot.objects.filter(poll=poll, visitor__isnull=False).exists()
    assert Ballot.objects.filter(poll=poll).values("series").distinct().count() == ROWS // 2
    assert max(size for size, _ in batches) <= running.MOST
    writer.assert_never_waited_for_the_run("a vote")


def test_posts_of_nobody_ever_shown_and_browsers_without_an_act(batches):
    """10,000 contributions with history, and 20,000 browsers, while somebody writes."""
    question, role = factories.question(), factories.role()
    many = ROWS // 10
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO posts_post (question_id, text, name, role_id, email, lang, meeting, held_for, removal, "
            "removal_reason, rendering, kept_why, in_room, created_at, finished_at, version) "
            "SELECT %s, 'Korte lijnen', 'Zefira', %s, '', 'nl', '', '', '', '', '', '', false, %s, now(), 1 "
            "FROM generate_series(1, %s)",
            [question.pk, role.pk, timezone.now() - LONG_AGO, many],
        )
    visitors(2 * many)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as a server does by itself
    with Writer(lambda turn: factories.post(question, text=f"Hallo {turn}"), batches) as writer:
        terms.run(Term.UNPUBLISHED, timezone.now())
        first = len(batches)
        terms.run(Term.VISITORS, timezone.now())
    judge(batches[:first], many)
    judge(batches[first:], 2 * many)
    assert not Post.objects.filter(published_at=None).exists()
    assert not Visitor.objects.filter(created_at__lt=timezone.now() - LONG_AGO / 2).exists()
    writer.assert_never_waited_for_the_run("a contribution")
