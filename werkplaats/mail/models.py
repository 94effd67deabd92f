"""Mails that never arrived, so that somebody knows."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from procrastinate.jobs import Job

from werkplaats.register.entries import Entry, Purpose, Term

CODE = re.compile(r"\b(5\.[0-9])\.[0-9]")
# Ours, where a mail server's words would stand: of what the site had to tell, and of what anybody can cause.
ENOUGH = "te veel vandaag"
TYPED_ENOUGH = "getypt, te veel vandaag"
TYPED_KEPT_FOR = timedelta(days=1)
WHY = {
    **dict.fromkeys([ENOUGH[:3], TYPED_ENOUGH[:3]], "dit adres kreeg vandaag al veel mail"),
    "5.1": "het adres bestaat niet",
    "550": "het adres bestaat niet",
    "5.2": "het postvak is vol of gesloten",
    "552": "het postvak is vol of gesloten",
    "5.7": "de mailserver vertrouwt onze mail niet",
    "MAIL FROM": "de mailserver neemt onze afzender niet aan",
    "": "de mailserver weigert",
}


class FailedMailQuerySet(models.QuerySet["FailedMail"]):
    def about(self, name: str, pk: int) -> "FailedMailQuerySet":
        """Those whose job had this id, such as `registration_id`; the newest first."""
        return self.filter(**{f"ids__{name}": pk})

    def refused(self, task: str) -> "FailedMailQuerySet":
        """Those of this job that a server refused for good, not those that it put off for days."""
        return self.filter(task=task, reason__startswith="5")

    def missed(self) -> "FailedMailQuerySet":
        """Those that somebody may miss: not what a stranger had sent by typing an address again and again."""
        return self.exclude(reason=TYPED_ENOUGH)

    def note(self, job: Job, reason: str) -> None:
        """Notes that this job was given up; twice is once."""
        row = self.model(job=job.id or 0, task=job.task_name, ids=job.task_kwargs, reason=reason)
        self.bulk_create([row], ignore_conflicts=True)

    def old(self, now: datetime, before: datetime) -> "FailedMailQuerySet":
        """Those from before; of what strangers had sent those of more than a day ago."""
        typed = models.Q(at__lte=now - TYPED_KEPT_FOR, reason=TYPED_ENOUGH)
        return self.filter(models.Q(at__lte=before) | typed)

    def forget_ids(self, ids: Mapping[str, Iterable[int]], reason: Q) -> int:
        """Removes those with one of these ids, as `mail.forget_jobs`, or of whose words `reason` is so."""
        for name, keys in ids.items():
            reason |= Q(**{f"ids__{name}__in": list(keys)})
        return self.filter(reason).delete()[0]


class FailedMail(models.Model):
    """A mail that was given up: refused for good, for three days on end, or one too many. It knows no address.

    `task` and `ids` are those of its job: they find the sign-up or the contribution that it was about. `reason` is
    what the mail server said.
    """

    job = models.BigIntegerField(unique=True)
    task = models.CharField("welke mail", max_length=128)
    ids = models.JSONField("waarover")
    reason = models.CharField("wat de mailserver zei", max_length=300)
    at = models.DateTimeField("opgegeven op", default=timezone.now)

    in_register = Entry(
        what="mails die niet aankwamen",
        purpose=Purpose.KEEPING,
        term=Term.JOBS,
        personal={"ids": "nummers van rijen", "reason": "wat de mailserver zei"},
        plain=("task",),
    )

    objects = FailedMailQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "mail die niet aankwam"
        verbose_name_plural = "mails die niet aankwamen"
        indexes = [models.Index(fields=["task"], name="failed_mail_of_task")]

    def __str__(self) -> str:
        return f"mail {self.job}: {self.why}"

    @property
    def why(self) -> str:
        """What the answer of the mail server comes down to, in words; by its enhanced code (RFC 3463) if it has one."""
        if "MAIL FROM: " in self.reason:
            return WHY["MAIL FROM"]
        found = CODE.search(self.reason)
        kind = found[1] if found else self.reason[:3]
        return WHY.get(kind, WHY["5.7" if self.reason[:3] == "554" else ""])
