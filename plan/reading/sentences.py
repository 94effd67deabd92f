"""The plan as far as it goes: its chapters with their sentences, and what each leans on."""

from dataclasses import dataclass, field

from plan.models import Chapter, Footnote, Sentence, Wording
from plan.reading.ground import Ground
from plan.reading.wording_grounds import grounds_of
from posts.models.thumb_kinds import KINDS, Kind


@dataclass
class Written:
    """A sentence with its sources, in the order of their numbers."""

    sentence: Sentence
    sources: list[Footnote] = field(default_factory=list)
    public: Wording | None = None  # what everyone reads of it
    ground: Ground | None = None

    @property
    def is_newer(self) -> bool:
        """Whether what stands here is other than what everyone reads."""
        return self.public is None or self.public.number != self.sentence.newest_number

    @property
    def thumbs(self) -> list[tuple[Kind, int]]:
        given = self.public.thumbs if self.public else {}
        return [(kind, given[str(kind.value)]) for kind in KINDS if given.get(str(kind.value))]

    @property
    def lacks_source(self) -> bool:
        return not self.sources and self.sentence.origin != "law"


@dataclass
class Part:
    chapter: Chapter
    written: list[Written] = field(default_factory=list)


def plan() -> list[Part]:
    """Five queries, whatever there is; one more when something new is told of what people think."""
    parts = {chapter.pk: Part(chapter) for chapter in Chapter.objects.all()}
    rows: dict[int, Written] = {}
    for sentence in Sentence.objects.standing().with_newest():
        rows[sentence.pk] = Written(sentence)
        parts[sentence.chapter_id].written.append(rows[sentence.pk])
    leaning = Footnote.objects.filter(sentence__in=rows).select_related("source__stack", "source__stack__joined_into")
    for footnote in leaning.order_by("source__number"):
        rows[footnote.sentence_id].sources.append(footnote)
    public = {wording.sentence_id: wording for wording in Wording.objects.public()}
    grounds = grounds_of([wording.pk for wording in public.values()])
    for pk in rows.keys() & public.keys():
        rows[pk].public, rows[pk].ground = public[pk], grounds.get(public[pk].pk)
    return list(parts.values())


def wordings(sentence: Sentence) -> list[Wording]:
    """The versions of a sentence, the newest in front, with who wrote them."""
    return list(sentence.wordings.select_related("by").order_by("-number"))
