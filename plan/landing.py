"""What was heard and is published, for the programme and the landing page."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from plan.models import Publication
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
