"""The part of plan on the landing page and the programme: what was heard, the steps of the plan, what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import BigIntegerField, F, Func, Q, Subquery, UUIDField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from plan.models import Harvest, PlanStep, Publication
from plan.models.chain import Stage, open_for_reactions, stages
from plan.reading import missing
from plan.reading.told import news
from werkplaats.compiled import Given
from werkplaats.gaps import Part, gap
from werkplaats.kept import shared
from werkplaats.models import Site

NEW = timedelta(weeks=2)
# Of a café and a design cycle people know as long as a coordinator has it on the site.
PUBLIC = Q(harvest__cafe=None) | Q(harvest__cafe__published_at__isnull=False)
PUBLIC &= Q(harvest__cycle=None) | Q(harvest__cycle__published_at__isnull=False)


@dataclass(frozen=True)
class Known:
    """A page of what was heard: of what, since when, and when it was corrected last."""

    title: str
    words: str
    url: str
    kind: str
    times: int
    since: datetime
    changed_at: datetime
    question: int | None

    @property
    def is_new(self) -> bool:
        """Whether it came in the last two weeks."""
        return timezone.localdate() - timezone.localdate(self.since) < NEW

    @property
    def is_corrected(self) -> bool:
        return self.changed_at != self.since


def known(site: Site) -> list[Known]:
    """All there is, the newest in front. Everyone gets the very same: nobody may change it."""
    return shared("heard", site.version, _read)


def _read() -> list[Known]:
    names = ("harvest__question", "harvest__cafe", "harvest__cycle")
    rows = Publication.objects.filter(PUBLIC).select_related(*names).order_by("harvest", "number")
    found: dict[int, list[Publication]] = {}
    for row in rows:
        found.setdefault(row.harvest_id, []).append(row)
    pages = [_known(first=each[0], last=each[-1]) for each in found.values()]
    return sorted(pages, key=lambda page: page.since, reverse=True)


def _known(*, first: Publication, last: Publication) -> Known:
    harvest, times = last.harvest, last.figures["times"]
    kind, title, words = "Overig", "Wat bij geen vraag hoort", ""
    if question := harvest.question:
        kind, title, words = "Vraag", question.title, question.text
    elif cafe := harvest.cafe:
        kind, title, words = "Café", cafe.title, cafe.question
    elif cycle := harvest.cycle:
        kind, title, words = "Ontwerptraject", cycle.subject, cycle.summary
    return Known(title, words, last.get_absolute_url(), kind, times, first.at, last.at, harvest.question_id)


def chain(site: Site) -> list[Stage]:
    """The steps from concept to inspectie, once a concept is public. Everyone gets the very same, as of `known`."""
    if not site.plan_since:
        return []
    today = timezone.localdate()
    return shared("chain", (site.version, today), lambda: stages(list(PlanStep.objects.all()), today))


def reacts(site: Site, today: date) -> PlanStep | None:
    """The step in which everyone may react to the concept, while that is now."""
    return open_for_reactions([stage.step for stage in chain(site)], today)


def columns() -> dict[str, Any]:
    """What the query of the landing page asks for `read`; it gives the `visitor`."""
    count = Func(F("pk"), function="COUNT", output_field=BigIntegerField())
    return {"told": Subquery(news(Given("visitor", UUIDField())).order_by().values(count=count))}


def read(row: dict[str, Any]) -> Part:
    """No query: `row` holds the `columns`. What is kept for everyone has a gap, which is empty for nearly all."""
    return Part(None, lambda: {"outcomes": gap("outcomes")}, {"outcomes": lambda: draw(row["told"])})


def draw(count: int | None) -> SafeString:
    if not count:
        return mark_safe("")
    return mark_safe(render_to_string("plan/told/front.html", {"count": count}))  # noqa: S308  our own template


def who_is_missed(question: int) -> tuple[list[str], list[str]]:
    """The names of roles, in the plural, and of parts of the region from which (almost) nobody was heard in a question.

    None when nobody spoke at all: then nobody is missed more than others. Up to four queries.
    """
    harvest = Harvest.objects.filter(question=question).first()
    if harvest is None:
        return [], []
    found = missing.of_harvest(harvest)
    return list(found.roles), list(found.places)
