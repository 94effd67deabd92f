"""The mails that wait in the queue, delivered as the worker would."""

import email.policy
from pathlib import Path

from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob


class Context:
    """What a job gets from the worker, as far as a mail looks at it."""

    def __init__(self, job):
        self.job = job
        if job:
            job.task_kwargs = job.args


def folder(settings, path: Path) -> Path:
    """Has all mail delivered as files in `path`."""
    settings.MAILERS = {"default": {"BACKEND": "werkplaats.mail.FolderBackend", "OPTIONS": {"folder": path}}}
    return path


def work() -> None:
    """Does all jobs in the queue, in order."""
    for job in ProcrastinateJob.objects.order_by("pk"):
        app.tasks[job.task_name](Context(job), **job.args)
    forget()


def deliver(path: Path) -> list[email.message.EmailMessage]:
    """Does all jobs in the queue, and takes their mails out of the folder, in order."""
    work()
    mails = []
    for file in sorted(path.iterdir()):
        mails.append(email.message_from_bytes(file.read_bytes(), policy=email.policy.default))
        file.unlink()
    return mails


def jobs() -> list[tuple[str, int]]:
    """(kind of mail, registration) of every mail job, in order."""
    rows = ProcrastinateJob.objects.order_by("pk").values_list("task_name", "args")
    return [(name.removeprefix("events.tasks.send_"), args["registration_id"]) for name, args in rows]


def forget() -> None:
    """Empties the queue."""
    ProcrastinateJob.objects.all()._raw_delete(using="default")
