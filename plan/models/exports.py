"""Files with all that was said: made by the worker, kept for a day at most, and gone as soon as any of it changes.

That is when it is erased, taken away, denied or said otherwise; what was said since is only not in them. The bytes lie
in the database, where each of these reaches them in its own transaction. Back-ups leave these tables empty.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pgtrigger
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from plan.models.fragments import Fragment
from plan.models.harvests import Harvest
from werkplaats.fields import Line
from werkplaats.models import User
from werkplaats.register.entries import Entry, Purpose, Term

KEPT_FOR = timedelta(hours=24)
# The worker tells that it goes on; one that was silent for so long was killed, and its file is asked anew.
SILENT = timedelta(minutes=10)
# Who takes words away holds it, shared, from when it looks for files until it is done. Who makes a file waits for that
# once, before the first word is read: a file that was asked for meanwhile is not yet there to be looked for.
TAKES_AWAY = "hashtext('plan.takes_away')"


class Kind(models.TextChoices):
    WORKBOOK = "xlsx", "Excel"
    DOCUMENT = "docx", "Word"

    @property
    def content_type(self) -> str:
        return f"application/vnd.openxmlformats-officedocument.{CONTENT_TYPES[self.value]}"


CONTENT_TYPES = {"xlsx": "spreadsheetml.sheet", "docx": "wordprocessingml.document"}


class State(models.TextChoices):
    WAITING = "waiting", "wacht op de computer"
    MAKING = "making", "wordt gemaakt"
    MADE = "made", "klaar"
    FAILED = "failed", "niet gelukt"


UNDER_WAY = Q(state__in=[State.WAITING, State.MAKING])


class ExportQuerySet(models.QuerySet["Export"]):
    def kept(self) -> "ExportQuerySet":
        """Those that may still be had or come; the newest first."""
        asked = self.filter(asked_at__gt=timezone.now() - KEPT_FOR)
        return asked.select_related("harvest__question", "harvest__cafe", "harvest__cycle", "by").order_by("-pk")

    def made(self) -> "ExportQuerySet":
        return self.kept().filter(state=State.MADE)

    def ask(self, kind: str, by: User, harvest: Harvest | None = None, *, names: bool = False) -> "Export":
        """Has the worker make a file, of one harvest or of all of them; `names` with what people are called.

        Asked while the same is being made, it is that one: whoever asked.
        """
        self.forget_old()
        wanted: dict[str, Any] = {"kind": kind, "harvest": harvest, "names": names}
        try:
            with transaction.atomic():
                made = self.create(**wanted, by=by)
                app.configure_task("plan.tasks.make_export", allow_unknown=False).defer(export_id=made.pk)
        except IntegrityError:
            # It may be made, or gone, by now.
            return self.filter(**wanted).order_by("pk").last() or self.ask(kind, by, harvest, names=names)
        return made

    def forget_old(self) -> None:
        """Takes away what is older than a day, and what the worker left lying."""
        now = timezone.now()
        silent = UNDER_WAY & Q(touched_at__lt=now - SILENT)
        old = self.filter(silent | Q(asked_at__lte=now - KEPT_FOR))
        old.drop()

    def drop(self) -> None:
        """Takes these away with their pieces. First the files: nobody adds a piece to one that is locked."""
        with transaction.atomic():
            pks = list(self.order_by("pk").select_for_update().values_list("pk", flat=True))
            ExportPart.objects.filter(export__in=pks).delete()
            Export.objects.filter(pk__in=pks).delete()


class Export(models.Model):
    """A file that somebody asked for. Without a harvest it holds all of them."""

    kind = models.CharField("soort", max_length=4, choices=Kind)
    harvest = models.ForeignKey(
        Harvest, models.CASCADE, null=True, blank=True, related_name="exports", verbose_name="opbrengst"
    )
    names = models.BooleanField("met namen", default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="gevraagd door")
    asked_at = models.DateTimeField("gevraagd", default=timezone.now)
    touched_at = models.DateTimeField("laatste teken van de computer", default=timezone.now)
    state = models.CharField("stand", max_length=7, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField("hoever", default=0)
    total = models.PositiveIntegerField("van hoeveel", default=0)
    size = models.PositiveBigIntegerField("aantal bytes", default=0)
    problem = Line("wat er misging", max_length=200, blank=True)

    in_register = Entry(
        what="bestanden met de opbrengst: wie erom vroeg",
        purpose=Purpose.KEEPING,
        term=Term.FILES,
        staff=("by",),
        plain=("problem",),
    )

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "bestand met de opbrengst"
        verbose_name_plural = "bestanden met de opbrengst"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="export_of_a_known_kind"),
            models.CheckConstraint(
                condition=Q(state=State.FAILED) & ~Q(problem="")
                | Q(state__in=[State.WAITING, State.MAKING, State.MADE], problem=""),
                name="failed_export_says_why",
            ),
            models.UniqueConstraint(
                fields=["kind", "harvest", "names"],
                condition=UNDER_WAY,
                nulls_distinct=False,
                name="one_export_under_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about} als {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("plan:export", args=[self.pk])

    @property
    def about(self) -> str:
        return str(self.harvest) if self.harvest else "Alles wat er is gezegd"

    @property
    def gone_at(self) -> datetime:
        return self.asked_at + KEPT_FOR

    @property
    def is_awaited(self) -> bool:
        """Whether the worker is at it, or will be."""
        return self.state in (State.WAITING, State.MAKING) and timezone.now() - self.touched_at <= SILENT

    @property
    def told_problem(self) -> str:
        """Why nobody waits for it any more."""
        return self.problem or "De computer is gestopt voordat dit bestand klaar was. Vraag het nog eens."

    @property
    def file_name(self) -> str:
        asked = timezone.localtime(self.asked_at)
        return f"{'opbrengst' if self.harvest_id else 'alle-opbrengst'}-{asked:%Y-%m-%d-%H%M}.{self.kind}"

    def go_on(self, **values: Any) -> bool:
        """Writes how far it is. Returns False when it is gone: what it holds changed, or it is too old."""
        here = Export.objects.filter(UNDER_WAY, pk=self.pk)
        return bool(here.update(touched_at=timezone.now(), **values))

    def finish(self, size: int) -> bool:
        """Offers the file, instead of an earlier one of the same. Returns False when it is gone, as `go_on`."""
        with transaction.atomic():
            if not self.go_on(state=State.MADE, size=size, done=F("total")):
                return False
            same = Export.objects.filter(kind=self.kind, harvest=self.harvest_id, names=self.names)
            same.filter(pk__lt=self.pk).drop()
        return True

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the file, a query for each piece. Raises ExportPart.DoesNotExist when it went meanwhile."""
        left, number = self.size, 0
        while left > 0:
            content = bytes(self.parts.get(number=number).content)
            yield content
            left, number = left - len(content), number + 1


class ExportPart(models.Model):
    """A piece of a file; they are in order from 0."""

    export = models.ForeignKey(Export, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    in_register = Entry(
        what="bestanden met de opbrengst",
        purpose=Purpose.PARTICIPATION,
        term=Term.FILES,
        personal={"content": "alle woorden van een opbrengst"},
        children=True,
    )

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="one_part_per_number")]

    def __str__(self) -> str:
        return f"stuk {self.number} van bestand {self.export_id}"


# First the files themselves: nobody adds a piece to one that is locked.
NO_FILE = f"""
    PERFORM pg_advisory_xact_lock_shared({TAKES_AWAY});
    PERFORM FROM plan_export ORDER BY id FOR UPDATE;
    DELETE FROM plan_exportpart;
    DELETE FROM plan_export;
    RETURN NULL;
"""  # noqa: S608, all of it is ours


class LeavesNoFile(Fragment):
    """What may not be read any more, or is said otherwise by now, is in no file, nor in one that is being made.

    All of them go. A thumb changes no fragment, and where a voice lies is none of this.
    """

    class Meta:
        proxy = True
        default_permissions = ()
        triggers = [
            pgtrigger.Trigger(name="leaves_no_file", when=pgtrigger.After, operation=pgtrigger.Delete, func=NO_FILE),
            pgtrigger.Trigger(
                name="leaves_no_file_of_before",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "(OLD.live AND (NOT NEW.live OR OLD.source_version <> NEW.source_version))"
                ),
                func=NO_FILE,
            ),
        ]
