"""Mail: the job is inserted in the transaction of the change, and the worker sends after commit.

An app writes a job in its `tasks.py`, which is called with ids, looks up what it needs and calls `send`:

    @mail.task
    def send_confirmation(context, *, registration_id):
        mail.send(context, template=..., to=..., data=...)

A model's verb or an action names it: `mail.later("events.tasks.send_confirmation", to=address, registration_id=...)`.
The address only names the lock that keeps mails to one person in order; it is not kept in the job.
"""

from werkplaats.mail.failures import NotNow, Refused
from werkplaats.mail.folder import FolderBackend, forget, forget_about
from werkplaats.mail.queue import (
    TYPES_IN_SQL,
    count_jobs,
    forget_jobs,
    in_sql,
    later,
    later_to_all,
    task,
    urgent_task,
    values_in_sql,
)
from werkplaats.mail.sending import deliver, mailbox_of, message, others_like, send

__all__ = [
    "TYPES_IN_SQL",
    "FolderBackend",
    "NotNow",
    "Refused",
    "count_jobs",
    "deliver",
    "forget",
    "forget_about",
    "forget_jobs",
    "in_sql",
    "later",
    "later_to_all",
    "mailbox_of",
    "message",
    "others_like",
    "send",
    "task",
    "urgent_task",
    "values_in_sql",
]
