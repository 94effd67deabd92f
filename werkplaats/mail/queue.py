"""Putting a mail in the queue, in the transaction of the change; and what happens when the mail server refuses it."""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate

from django.db import connection
from django.utils import timezone
from django.utils.crypto import salted_hmac
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.tasks import Task

from werkplaats.mail.failures import NotNow, Refused
from werkplaats.mail.models import FailedMail

FIRST_RETRY = 5  # seconds
LONGEST_PAUSE = 600  # seconds
MOST_ATTEMPTS = 440  # three days of pauses of ten minutes
BULK, CODES = "mail", "codes"

logger = logging.getLogger(__name__)


class Patience(BaseRetryStrategy):
    """Tries again after 5, 10, 20 … seconds, at most ten minutes apart, for three days; not what was Refused."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, Refused) or job.attempts >= MOST_ATTEMPTS:
            return None
        pause = min(FIRST_RETRY * 2 ** min(job.attempts, 10), LONGEST_PAUSE)
        return RetryDecision(retry_in={"seconds": pause})


def task[**P](
    function: Callable[Concatenate[JobContext, P], None], *, queue: str = BULK
) -> Task[Concatenate[JobContext, P], None, P]:
    """Registers a function(context, **ids) as a mail job.

    A failed try leaves a line in the log, and one that is given up a FailedMail; neither tells an address.
    """

    @wraps(function)
    def tried(context: JobContext, /, *args: P.args, **ids: P.kwargs) -> None:
        try:
            function(context, *args, **ids)
        except (NotNow, Refused) as failure:
            job = context.job
            logger.warning("Mail %s (%s), try %s: %s", job.id, job.task_name, job.attempts + 1, failure)
            if isinstance(failure, Refused) or job.attempts >= MOST_ATTEMPTS:
                FailedMail.objects.note(job, str(failure))
            raise

    return app.task(queue=queue, pass_context=True, retry=Patience())(tried)


def urgent_task[**P](function: Callable[Concatenate[JobContext, P], None]) -> Task[Concatenate[JobContext, P], None, P]:
    """As `task`, for what somebody waits for: it has a queue and a worker of its own."""
    return task(function, queue=CODES)


def later(job: str, *, to: str, at: datetime | None = None, **ids: Any) -> None:
    """Puts a mail job in the queue as part of the running transaction; it may go at `at`, by default now.

    A mail that is planned keeps no others waiting.
    """
    planned = at is not None and at > timezone.now()
    lock = None if planned else lock_of(job, to)
    app.configure_task(job, allow_unknown=False, lock=lock, schedule_at=at).defer(**ids)


def later_to_all(job: str, mails: list[tuple[str, dict[str, Any]]]) -> None:
    """As `later` for many (address, ids), in one statement."""
    if mails:
        deferrers = [(app.configure_task(job, allow_unknown=False, lock=lock_of(job, to)), ids) for to, ids in mails]
        jobs = [deferrer.make_new_job(**ids) for deferrer, ids in deferrers]
        deferrers[0][0].job_manager.batch_defer_jobs(jobs=jobs)


TYPES_IN_SQL = dict.fromkeys(["mail_queue", "mail_task", "mail_lock"], "text")


def in_sql(**ids: str) -> str:
    """As `later`, as an SQL expression for the statement that makes the row, with parameters of TYPES_IN_SQL.

    `ids` are SQL expressions themselves.
    """
    args = ", ".join(f"'{name}', {expression}" for name, expression in ids.items())
    values = f"%(mail_queue)s, %(mail_task)s, 0, %(mail_lock)s, NULL, jsonb_build_object({args}), NULL"
    return f"procrastinate_defer_jobs_v1(ARRAY[ROW({values})::procrastinate_job_to_defer_v1])"


def values_in_sql(job: str, *, to: str) -> dict[str, str]:
    """The values of the parameters of `in_sql`."""
    lock = lock_of(job, to)
    assert lock  # noqa: S101, only codes have none
    return {"mail_queue": BULK, "mail_task": job, "mail_lock": lock}


# Those that a worker is at find nothing when they look; the table is procrastinate's own.
ABOUT = """
    FROM procrastinate_jobs WHERE status IN ('todo', 'failed', 'cancelled') AND EXISTS (
        SELECT FROM jsonb_each_text(%(ids)s::jsonb) AS asked (name, ids)
        WHERE args ->> asked.name = ANY(string_to_array(asked.ids, ' '))
    )
"""


def forget_jobs(ids: Mapping[str, Iterable[int]]) -> int:
    """Removes jobs that wait, or failed, by an argument of theirs: `{"registration_id": [3, 4]}`. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE {ABOUT}", as_asked(ids))
        return int(cursor.rowcount)


def count_jobs(ids: Mapping[str, Iterable[int]]) -> int:
    """How many `forget_jobs` would remove."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {ABOUT}", as_asked(ids))
        return int(cursor.fetchone()[0])


def as_asked(ids: Mapping[str, Iterable[int]]) -> dict[str, str]:
    return {"ids": json.dumps({name: " ".join(map(str, keys)) for name, keys in ids.items()})}


def lock_of(job: str, to: str) -> str | None:
    """The lock that keeps the mails of one app to one address in order; None for codes, of which the last one counts.

    The address itself is not kept in the job.
    """
    if app.tasks[job].queue == CODES:
        return None
    app_name = job.split(".")[0]
    return "mail-" + salted_hmac("werkplaats.mail", f"{app_name}:{to.lower()}", algorithm="sha256").hexdigest()[:32]
