"""The plan as everyone reads it: chapters, sentences, what is behind each, and the chain. Kept in each process."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone
from django.utils.safestring import SafeString

from plan.models import Chapter, Choice, Does, Heard, Origin, Plan, PlanStep, Publication, Sentence, Source, Wording
from plan.models.chain import DONE, LATER, Stage, agreeing, stages
from plan.reading.differing import Replaced, differing
from plan.reading.published import Dots
from posts.models import Question
from werkplaats.gaps import gap
from werkplaats.kept import shared
from werkplaats.models import Site

A_ROW = 30  # bubbles


@dataclass(frozen=True)
class Behind:
    """What a number stands for: what was heard of a stack that was told, or one voice, which is read anew each time.

    `heard` is empty where nothing was published yet.
    """

    number: int
    heard: str = ""
    times: int = 0
    about: str = ""
    url: str = ""
    fragment: int | None = None

    @property
    def dots(self) -> Dots:
        return Dots(self.times, A_ROW)

    @property
    def voice(self) -> SafeString:
        """Where a single voice stands, read anew for each page."""
        return gap(f"voice{self.fragment}")


class Changed(NamedTuple):
    """How a sentence differs from the wording that was public before it."""

    on: datetime
    replaced: list[Replaced]
    why: str


class Addition(NamedTuple):
    text: str
    decided_on: date


@dataclass
class Shown:
    """A sentence. `wording` is the one that everyone reads; None for a sentence that was decided afterwards alone."""

    sentence: Sentence
    number: str
    wording: Wording | None = None
    behind: list[Behind] = field(default_factory=list)
    changed: Changed | None = None
    earlier: list[Wording] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)

    @property
    def pk(self) -> int:
        """By which its thumbs are found."""
        return self.wording.pk if self.wording else 0

    @property
    def place(self) -> str:
        """The id on the page: a point in an id has to be escaped in CSS."""
        return f"zin-{self.number.replace('.', '-')}"

    @property
    def times(self) -> int:
        """How often what is behind it was said."""
        return sum(each.times or 1 for each in self.behind)

    @property
    def dots(self) -> Dots:
        return Dots(self.times, A_ROW)

    @property
    def is_of_law(self) -> bool:
        return self.sentence.origin == Origin.LAW

    @property
    def is_gone(self) -> bool:
        return self.sentence.withdrawn_at is not None

    @property
    def question(self) -> Question | None:
        return self.sentence.question


@dataclass
class ChapterShown:
    chapter: Chapter
    rows: list[Shown] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(not row.is_gone for row in self.rows)


@dataclass
class Concept:
    """All of it. `parts` are the chapters with a public sentence."""

    plan: Plan
    steps: list[PlanStep]
    parts: list[ChapterShown]

    @cached_property
    def by_number(self) -> dict[str, tuple[ChapterShown, Shown]]:
        return {row.number: (part, row) for part in self.parts for row in part.rows}

    @property
    def chain(self) -> list[Stage]:
        """As it is today: this is kept for longer than a day."""
        return stages(self.steps, timezone.localdate())

    @property
    def here(self) -> tuple[int, Stage] | None:
        """The last step that was taken and its number, counted from 1; before the first was taken, that one."""
        taken = [(place, stage) for place, stage in enumerate(self.chain, 1) if stage.state != LATER]
        return taken[-1] if taken else (1, self.chain[0]) if self.chain else None

    @property
    def reacted_until(self) -> date | None:
        """The last day on which people could react, once that is over and until the plan is adopted."""
        ended = (stage.last_day for stage in self.chain if stage.step.does == Does.REACT and stage.state == DONE)
        return None if self.is_adopted else next(ended, None)

    @property
    def is_adopted(self) -> bool:
        return any(step.does == Does.ADOPT and step.reached_at for step in self.steps)

    @property
    def agreeing(self) -> str:
        return agreeing(self.chain)

    @property
    def voices(self) -> int:
        """In how many voices the sentences of the plan were heard: each source counts once."""
        told = {each.number: each.times or 1 for part in self.parts for row in part.rows for each in row.behind}
        return sum(told.values())

    @property
    def question(self) -> Question | None:
        """That of the plan as a whole: what was said to all sentences is heard as one."""
        asked = (row.question for part in self.parts for row in part.rows if row.question)
        return next((each.parent for each in asked), None)

    @property
    def sentences(self) -> int:
        return sum(part.count for part in self.parts)

    @property
    def sources(self) -> list[Behind]:
        found = {each.number: each for part in self.parts for row in part.rows for each in row.behind}
        return [found[number] for number in sorted(found)]


def concept(site: Site, version: int) -> Concept:
    """As it is in this version of the plan, or a later one; nobody may change it."""
    return shared("concept", (site.version, version), read)


def read() -> Concept:
    """Six queries, whatever there is."""
    parts = {chapter.pk: ChapterShown(chapter) for chapter in Chapter.objects.all()}
    behind = sources_told()
    for row, numbers in _rows():
        row.behind = [behind[number] for number in numbers if number in behind]
        parts[row.sentence.chapter_id].rows.append(row)
    return Concept(
        Plan.objects.first() or Plan(), list(PlanStep.objects.all()), [part for part in parts.values() if part.rows]
    )


def _rows() -> list[tuple[Shown, list[int]]]:
    """The sentences that were ever public, each with the numbers of its sources."""
    wordings: dict[int, list[Wording]] = defaultdict(list)
    for wording in Wording.objects.published():
        wordings[wording.sentence_id].append(wording)
    rows = []
    for sentence in Sentence.objects.filter(pk__in=wordings).select_related("chapter", "question__parent"):
        versions = wordings[sentence.pk]
        row = Shown(sentence, sentence.shown_number)
        row.additions = [Addition(each.text, each.decided_on) for each in reversed(versions) if each.decided_on]
        stands = [each for each in versions if not each.decided_on]
        if stands:
            row.wording, row.earlier = stands[0], stands[1:]
        if row.wording and row.earlier and row.wording.published_at:
            replaced = differing(row.earlier[0].text, row.wording.text)
            row.changed = Changed(row.wording.published_at, replaced, row.wording.why)
        rows.append((row, versions[0].sources if not stands else stands[0].sources))
    return rows


def sources_told() -> dict[int, Behind]:
    """By number, what everyone may read of each source."""
    told = _heard()
    behind = {}
    for source in Source.objects.all():
        heard = told.get(source.stack_id) if source.stack_id else None
        if heard and heard.choice == Choice.NOT:
            continue  # nobody reads of a refusal that a sentence comes from it
        if heard is None:
            behind[source.number] = Behind(source.number, fragment=source.fragment_id)
        else:
            of, url = heard.publication.harvest, heard.publication.get_absolute_url()
            about = of.question.title if of.question else str(of)
            behind[source.number] = Behind(
                source.number, heard.heard, heard.times, about, f"{url}#gehoord-{heard.place}"
            )
    return behind


def _heard() -> dict[int, Heard]:
    """By the key of a stack, what is public of it now: of one that was joined into another, what was heard of that."""
    newest = Publication.objects.order_by("harvest", "-number").distinct("harvest")
    harvest = ("question", "cafe", "cycle")
    kept = Heard.objects.filter(publication__in=newest.values("pk"), erased_at=None)
    found = kept.select_related("publication__harvest", *(f"publication__harvest__{kind}" for kind in harvest))
    return {stack: heard for heard in found for stack in heard.stacks}
