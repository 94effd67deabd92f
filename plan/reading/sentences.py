"""The plan as far as it goes: its chapters with their sentences, and what each leans on."""

from dataclasses import dataclass, field

from plan.models import Chapter, Footnote, Sentence, Wording


@dataclass
class Written:
    """A sentence with its sources, in the order of their numbers."""

    sentence: Sentence
    sources: list[Footnote] = field(default_factory=list)

    @property
    def lacks_source(self) -> bool:
        return not self.sources and self.sentence.origin != "law"


@dataclass
class Part:
    chapter: Chapter
    written: list[Written] = field(default_factory=list)


def plan() -> list[Part]:
    """Three queries, whatever there is."""
    parts = {chapter.pk: Part(chapter) for chapter in Chapter.objects.all()}
    rows: dict[int, Written] = {}
    for sentence in Sentence.objects.standing().with_newest():
        rows[sentence.pk] = Written(sentence)
        parts[sentence.chapter_id].written.append(rows[sentence.pk])
    leaning = Footnote.objects.filter(sentence__in=rows).select_related("source__stack", "source__stack__joined_into")
    for footnote in leaning.order_by("source__number"):
        rows[footnote.sentence_id].sources.append(footnote)
    return list(parts.values())


def wordings(sentence: Sentence) -> list[Wording]:
    """The versions of a sentence, the newest in front, with who wrote them."""
    return list(sentence.wordings.select_related("by").order_by("-number"))
