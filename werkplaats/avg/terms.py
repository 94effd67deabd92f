"""The terms of the register, run by themselves: what each does, the next run, and what it would do then."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

import events.terms
import plan.terms
import polls.terms
import posts.terms
from plan.models import PlanStep
from plan.models.chain import Does
from werkplaats.avg import accounts, ground
from werkplaats.models import Retention, RetentionRun, Site
from werkplaats.privacy.models import told
from werkplaats.privacy.running import At, Work, Works, carry_out, due
from werkplaats.register.entries import Term
from werkplaats.register.terms import RULES, Rule

# Words before whose they were, and what hangs on a browser before the browser.
PARTS: tuple[Works, ...] = (
    posts.terms.WORKS,
    polls.terms.WORKS,
    events.terms.WORKS,
    plan.terms.WORKS,
    accounts.WORKS,
    ground.WORKS,
)
A_DAY = timedelta(days=1)
NIGHT = time(4, 30)  # o'clock, here
# Names and links stand on pages that are kept under a version of the site.
SHOWN = (Term.NAMES, Term.VOTES, Term.WORDS)


def works_of(term: Term) -> list[Work]:
    return [work for part in PARTS for work in part.get(term, ())]


# These look whether anything is left, so they come after the others.
LAST = (Term.VISITORS, Term.AUDIT)
# In the order of the register; what has no work goes by itself elsewhere, or stays.
RUN = [*(term for term in Term if works_of(term) and term not in LAST), *LAST]


class Row(NamedTuple):
    """A term with what it does: `goes` is what would go at the next run, by what it is called."""

    term: Term
    kept: Retention
    goes: dict[str, int]
    last: RetentionRun | None

    @property
    def rule(self) -> Rule:
        return RULES[self.term]

    @property
    def words(self) -> str:
        return told(self.goes)


def at(term: Term, now: datetime, days: int | None) -> At:
    before = now - timedelta(days=days) if days else None
    adopted = PlanStep.objects.reached().filter(does=Does.ADOPT).values_list("reached_at", flat=True).first()
    return At(now, before, adopted, ended())


def ended() -> datetime:
    """When the period of the plan ends: with its last year."""
    day = date(Site.objects.load().period_end + 1, 1, 1)
    return timezone.make_aware(datetime.combine(day, time()))


def next_run(now: datetime) -> datetime:
    """The next night, on the clock here; days before it have 24 hours, as for the run itself."""
    here = timezone.localtime(now)
    day = here.date() + timedelta(days=here.time() >= NIGHT)
    return timezone.make_aware(datetime.combine(day, NIGHT)).astimezone(UTC)


def dry_run(now: datetime) -> list[Row]:
    """What the next run will do of what is there now, of each term; of one that is paused nothing."""
    kept, last = Retention.objects.all_of(), RetentionRun.objects.last_of_each()
    return [Row(term, kept[term], foreseen(kept[term], now), last.get(term)) for term in RUN]


def run(term: Term, now: datetime) -> RetentionRun | None:
    """Does what a term does, and notes how many went; nothing while it is paused."""
    row = Retention.objects.all_of()[term]
    if row.paused_at:
        return None
    counts = carry_out(works_of(term), at(term, now, row.days))
    if counts and term in SHOWN:
        Site.objects.update(version=F("version") + 1)
    said = {"at": now, "counts": counts, "foreseen": foreseen(row, now)}
    last = RetentionRun.objects.filter(term=term, at__gt=now - A_DAY).first()
    if last and not last.counts and not counts:  # what runs each hour would fill the list
        RetentionRun.objects.filter(pk=last.pk).update(**said)
        return RetentionRun(pk=last.pk, term=term, **said)
    return RetentionRun.objects.create(term=term, **said)


def foreseen(row: Retention, now: datetime) -> dict[str, int]:
    """What the next run will do of what there is now; nothing while it is paused."""
    term = Term(row.term)
    return {} if row.paused_at else due(works_of(term), at(term, next_run(now), row.days))


def foresee(term: Term, now: datetime) -> None:
    """Looks ahead anew, after a coordinator changed the term."""
    last = RetentionRun.objects.filter(term=term).first()
    if last:
        last.foreseen = foreseen(Retention.objects.all_of()[term], now)
        last.save(update_fields=["foreseen"])
