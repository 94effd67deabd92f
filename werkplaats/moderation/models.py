"""What others wrote or sent: shown by a moderator, removed with a reason, put back, and reported."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from werkplaats.fields import Line
from werkplaats.moderation.reasons import ABOUT_A_CHILD, LONGEST, MOST_WORDS, ReportReason, check_reason
from werkplaats.people.models import User, Visitor
from werkplaats.register.entries import Entry, Purpose, Term, by_visitor
from werkplaats.versions import state_of

PUBLIC = Q(published_at__isnull=False, removed_at__isnull=True)
WAITING = Q(published_at__isnull=True, removed_at__isnull=True)


class Removable(models.Model):
    """Something that can be taken out of sight with a reason, and put back."""

    reads_reason: ClassVar[str] = "de schrijver"
    pgh_event_model: ClassVar[Any]  # pghistory.track sets it
    PUT_BACK: ClassVar[dict] = {"removed_at": None, "removed_by": None, "removal_reason": ""}

    removed_at = models.DateTimeField("weggehaald op", null=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="weggehaald door"
    )
    removal_reason = Line("reden", max_length=LONGEST, blank=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def removal_by(cls, by: User | None, reason: str) -> dict:
        """The values of a row that is removed now. Raises ValidationError without a reason."""
        reason = check_reason(reason, cls.reads_reason)
        return {"removed_at": timezone.now(), "removed_by": by, "removal_reason": reason}

    def _change(self, condition: Q, **values) -> bool:
        """Changes the row if it still is as `condition` says. Returns whether it was."""
        changed = type(self)._default_manager.filter(condition, pk=self.pk).update(**values)
        self.refresh_from_db()
        return bool(changed)

    def _delete_with_history(self) -> None:
        with transaction.atomic():
            pk = self.pk
            self.delete()
            self.pgh_event_model.objects.filter(pgh_obj_id=pk).delete()


class Moderated(Removable):
    """Something that a moderator reads before others see it.

    A subclass has a `picture`, which may be none, and a model of reports points to it as `reports`.
    """

    picture: Any
    reports: Any

    published_at = models.DateTimeField("zichtbaar sinds", null=True, editable=False)
    published_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="zichtbaar gemaakt door"
    )

    class Meta:
        abstract = True

    @staticmethod
    def publication_by(by: User | None) -> dict:
        """The values of a row that is shown from now on; the first time, and who did it then, stay."""
        return {
            "published_at": Coalesce("published_at", timezone.now()),
            "published_by": Coalesce("published_by", by and by.pk),
        }

    @property
    def shown_state(self) -> int:
        """Another number as soon as it waits for something else, or somebody reported it.

        A page for who decides names it: see werkplaats.backoffice.shown. The newest open report is asked for, unless
        `newest_report` came with the row.
        """
        newest = vars(self)["newest_report"] if "newest_report" in vars(self) else self._ask_newest_report()
        shown = (getattr(self, "held_for", ""), getattr(self, "removal", ""), newest or 0)
        return state_of(*shown, self.published_at is None, self.removed_at is None)

    def _ask_newest_report(self) -> int | None:
        found: int | None = self.reports.waiting().aggregate(newest=models.Max("pk"))["newest"]
        return found

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.removed_at is None

    @property
    def is_waiting(self) -> bool:
        return self.published_at is None and self.removed_at is None

    def _decide(self, by: User | None, condition: Q, **values) -> bool:
        """A moderator's `_change`: what was reported is settled with it, or neither happens."""
        with transaction.atomic():
            changed = self._change(condition, **values)
            if changed:
                self.reports.settle(by)
        return changed


class ReportQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(handled_at=None)

    def settled_with(self, rows, *, chosen):
        """What a moderator settles who lets these rows stay: all that is open about them, and the reports `chosen`."""
        about = {f"{self.model.about}__in": rows}  # type: ignore[attr-defined]  # each kind of report says it
        return self.filter(Q(pk__in=[report.pk for report in chosen]) | Q(handled_at=None, **about))

    def by(self, visitor_id: UUID | None) -> Self:
        """What this visitor reported; of nobody nothing, also not what an erased person did."""
        return self.filter(visitor=visitor_id) if visitor_id else self.none()

    def of(self, about: Any, visitor_id: UUID | None) -> Self:
        """What this visitor reported of a row."""
        return self.by(visitor_id).filter(**{self.model.about: about})  # type: ignore[attr-defined]

    def counting(self):
        """Those that may hide something together: see werkplaats.moderation.standing."""
        return self.waiting().filter(counts=True)

    def unlink(self, visitors: Iterable[UUID]) -> int:
        """Takes these visitors and their words out: what no moderator saw yet stays to be seen. Returns how many."""
        theirs = self.filter(visitor__in=visitors)
        seen, _ = theirs.filter(handled_at__isnull=False).delete()
        return seen + theirs.update(visitor=None, words="", counts=False)

    def settle(self, by: User | None) -> None:
        """A moderator has looked at them; the first who did is remembered, the name of a child is not."""
        self.waiting().update(handled_at=timezone.now(), handled_by=by, words="")


class BaseReport(models.Model):
    """A subclass adds what it is about, and that each visitor reports that once.

    Without a `visitor` its reporter was erased.

    `about` is the name of that field, `once` those of which a visitor makes one report, `one` what it is, and `counted`
    what one and more that were reported are called.
    """

    Reason = ReportReason
    about: ClassVar[str]
    once: ClassVar[tuple[str, ...]]
    one: ClassVar[str]
    counted: ClassVar[str]

    visitor = models.ForeignKey(Visitor, models.CASCADE, null=True, verbose_name="gemeld door")
    reason = models.CharField("wat is er aan de hand?", max_length=20, choices=Reason)
    words = Line("welke woorden?", max_length=MOST_WORDS, blank=True)
    counts = models.BooleanField("telt mee voor verbergen", default=False, editable=False)
    created_at = models.DateTimeField("gemeld", default=timezone.now, editable=False)
    told_at = models.DateTimeField("moderators gemaild", null=True, editable=False)
    handled_at = models.DateTimeField("afgehandeld", null=True, editable=False)
    handled_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="afgehandeld door"
    )

    in_register = Entry(
        what="meldingen",
        purpose=Purpose.MODERATING,
        term=Term.WORDS,
        personal={"visitor": "nummer uit je cookie", "words": "wat iemand meldde"},
        of=(by_visitor("visitor"),),
        sooner={"visitor": Term.VISITORS},
        staff=("handled_by",),
        children=True,
        unsaid=("counts",),
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-created_at"]
        verbose_name = "melding"
        verbose_name_plural = "meldingen"

    def give_to(self, visitor: Visitor) -> None:
        """Hands it over to the visitor that its own turned out to be.

        Of two about the same, the one that calls loudest stays: about a child, then still open, then the first.
        """
        same = type(self).objects.filter(visitor=visitor, **{name: getattr(self, name) for name in self.once})
        with transaction.atomic():
            for other in same.exclude(pk=self.pk).select_for_update():
                if other.loudness >= self.loudness:
                    self.delete()
                    return
                other.delete()
            type(self).objects.filter(pk=self.pk).update(visitor=visitor)

    @property
    def loudness(self) -> tuple[bool, bool, float]:
        return self.reason in ABOUT_A_CHILD, self.handled_at is None, -self.created_at.timestamp()

    def handle(self, by: User) -> None:
        """A moderator has looked at it; twice is once."""
        type(self).objects.filter(pk=self.pk).settle(by)
        self.refresh_from_db(fields=["handled_at", "handled_by", "words"])
