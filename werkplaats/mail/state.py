"""How the mail does: does the worker live, what waits, what does the mail server say. For /readyz and «Vandaag»."""

from typing import NamedTuple

from django.conf import settings
from django.db import connection

ALIVE = 30  # seconds; a worker gives a sign of life every ten
TOO_LONG = 600  # seconds that a job may wait, or a mail server refuse all, before somebody must look
# The tables are procrastinate's own; its models know no «the oldest that is due».
STATE = """
    WITH mail AS (
        SELECT event.at, event.type FROM procrastinate_events event
        JOIN procrastinate_jobs job ON job.id = event.job_id AND job.queue_name IN ('mail', 'codes')
        WHERE event.type IN ('deferred_for_retry', 'failed', 'succeeded')
            -- A code that expired before it could leave ends well too, and tells nothing of the mail server.
            AND NOT (event.type = 'succeeded' AND job.queue_name = 'codes' AND EXISTS (
                SELECT FROM procrastinate_events asked WHERE asked.job_id = job.id AND asked.type = 'deferred'
                    AND event.at >= asked.at + %(code_lives)s * interval '1 second'
            ))
    )
    SELECT
        (SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers),
        (SELECT extract(epoch FROM now() - min(coalesce(job.scheduled_at, deferred.at)))
         FROM procrastinate_jobs job
         LEFT JOIN procrastinate_events deferred ON deferred.job_id = job.id AND deferred.type = 'deferred'
         WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= now())),
        (SELECT extract(epoch FROM now() - min(at)) FROM mail
         WHERE type <> 'succeeded' AND at > coalesce((SELECT max(at) FROM mail WHERE type = 'succeeded'), '-infinity')
         HAVING count(*) > 1),
        (SELECT count(*) FROM procrastinate_jobs
         WHERE status = 'todo' AND attempts > 0 AND queue_name IN ('mail', 'codes'))
"""


class State(NamedTuple):
    """Ages in seconds, None when there is nothing of the kind; `retrying` is how many mails wait for another try."""

    worker_seen: float | None
    oldest_job: float | None  # that could have been done by now
    refused_for: float | None  # since the first of several refusals after the last mail that left; one tells little
    retrying: int

    @property
    def worker_works(self) -> bool:
        return self.worker_seen is not None and self.worker_seen < ALIVE

    @property
    def alarms(self) -> list[str]:
        """What somebody must look at, in Dutch; empty when all is well."""
        found = {
            "de postbode werkt niet": not self.worker_works,
            "werk wacht langer dan tien minuten": (self.oldest_job or 0) > TOO_LONG,
            "de mailserver weigert al tien minuten alles": (self.refused_for or 0) > TOO_LONG,
        }
        return [words for words, is_so in found.items() if is_so]


def read() -> State:
    with connection.cursor() as cursor:
        cursor.execute(STATE, {"code_lives": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT})
        return State(*cursor.fetchone())
