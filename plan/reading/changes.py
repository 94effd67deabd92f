"""What would become public of the plan: the sentences that are new or other than everyone reads."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils import timezone

from plan.models import Footnote, Origin, PlanStep, Sentence, Wording
from plan.reading.differing import Replaced, differing
from werkplaats.versions import mark_of

NO_SOURCE = "Deze zin heeft nog geen bron. Koppel een stapel of een stem, of zeg dat de wet hem vraagt."
NO_WHY = "Schrijf op waarom deze zin anders werd."
NO_DAY = "Het plan is vastgesteld. Vul in op welke dag dit is besloten."
AHEAD = "Deze dag komt nog. Vul de dag in waarop het besloten is."
EARLY_DAY = "Het plan is nog niet vastgesteld: er is nog niets besloten. Haal de dag weg."


class Change(NamedTuple):
    """`before` is what everyone reads now, None for a new sentence. `problem` is why it cannot be public yet."""

    sentence: Sentence
    wording: Wording
    before: Wording | None
    sources: list[int]
    problem: str

    @property
    def shown(self) -> tuple[Any, ...]:
        """All that its line on the page says; the words of a wording never change."""
        wording, before = self.wording, self.before and self.before.pk
        days = (wording.why, wording.decided_on)
        return self.sentence.shown_number, wording.pk, *days, before, self.sentence.origin, self.sources, self.problem

    @property
    def replaced(self) -> list[Replaced]:
        return differing(self.before.text, self.wording.text) if self.before else []


@dataclass(frozen=True)
class Changes:
    rows: list[Change]
    adopted: bool

    @property
    def ready(self) -> list[Change]:
        return [row for row in self.rows if not row.problem]

    @property
    def mark(self) -> str:
        """Of all that the page showed, for whoever presses the button under it."""
        return mark_of(self.adopted, *(row.shown for row in self.rows))


def read() -> Changes:
    """Four queries, whatever there is."""
    adopted = PlanStep.objects.is_adopted()
    public = {wording.sentence_id: wording for wording in Wording.objects.public()}
    rows = []
    for wording in newest_with_sources():
        before = public.get(wording.sentence_id)
        if wording.published_at or (before and before.text == wording.text):
            continue
        problem = _problem(wording, before, adopted)
        rows.append(Change(wording.sentence, wording, before, wording.source_numbers, problem))
    rows.sort(key=lambda row: (row.sentence.chapter.number, row.sentence.number))
    return Changes(rows, adopted)


def newest_with_sources():
    """The newest wording of each sentence that stands, with the numbers of what the sentence leans on now."""
    numbers = Footnote.objects.filter(sentence=OuterRef("sentence")).order_by("source__number")
    newest: Any = Wording.objects.filter(sentence__withdrawn_at=None).order_by("sentence_id", "-number")
    found = newest.distinct("sentence_id").select_related("sentence__chapter", "sentence__question")
    return found.annotate(source_numbers=ArraySubquery(numbers.values("source__number")))


def _problem(wording: Wording, before: Wording | None, adopted: bool) -> str:
    if wording.sentence.origin == Origin.VOICES and not wording.source_numbers:
        return NO_SOURCE
    if before and not adopted and not wording.why:
        return NO_WHY
    if adopted and not wording.decided_on:
        return NO_DAY
    if wording.decided_on and not adopted:
        return EARLY_DAY
    return AHEAD if wording.decided_on and wording.decided_on > timezone.localdate() else ""
