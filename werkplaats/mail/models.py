"""Mails that never arrived, so that somebody knows."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from procrastinate.jobs import Job

KEPT_FOR = timedelta(days=30)


class FailedMailQuerySet(models.QuerySet["FailedMail"]):
    def note(self, job: Job, reason: str) -> None:
        """Notes that this job was given up; twice is once."""
        row = self.model(job=job.id or 0, task=job.task_name, ids=job.task_kwargs, reason=reason)
        self.bulk_create([row], ignore_conflicts=True)

    def forget_old(self) -> None:
        self.filter(at__lt=timezone.now() - KEPT_FOR).delete()


class FailedMail(models.Model):
    """A mail that was given up: refused for good, or for three days on end. It knows no address.

    `task` and `ids` are those of its job: they find the sign-up or the contribution that it was about. `reason` is
    what the mail server said.
    """

    job = models.BigIntegerField(unique=True)
    task = models.CharField(max_length=128)
    ids = models.JSONField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    objects = FailedMailQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["task"], name="failed_mail_of_task")]

    def __str__(self) -> str:
        return f"mail {self.job}: {self.reason}"
