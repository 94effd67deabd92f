"""What is quoted in public of what was said: chosen by who sorts, in words that have not changed since."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from plan.models import HeardVoice, Publication
from plan.reading import naming
from posts.models.languages import spoken
from werkplaats.words import excerpt, first_sign, in_the_cafe, short_day

LONGEST = 280  # characters


@dataclass(frozen=True)
class Quote:
    """Words of somebody. Without `who` nobody is named, and nothing leads to them."""

    text: str
    spoken: str  # the attributes of their language
    who: str = ""
    beside: str = ""
    link: str = ""
    bubble: int = 0

    @property
    def initial(self) -> str:
        return first_sign(self.who)


def quotes_of(publication: Publication, heard: Iterable[int]) -> dict[int, list[Quote]]:
    """By the key of what was heard. A card with an answer of its own is quoted under nothing else. Three queries."""
    rows = publication.voices.quotes().as_heard().filter(heard__in=list(heard)).order_by("pk")
    said = ("post__role", "wensbeeld__role", "note__notes__cafe", "idea__group", "idea__round")
    rows = rows.select_related(*(f"fragment__{name}" for name in said))
    unnamed = naming.unnamed(publication, [row.fragment_id for row in rows])
    found: dict[int, list[Quote]] = defaultdict(list)
    for row in rows:
        if row.heard_id and (quote := quote_of(row, named=row.fragment_id not in unnamed)):
            found[row.heard_id].append(quote)
    return found


def quote_of(row: HeardVoice, *, named: bool) -> Quote | None:
    """None of a poll and of a picture without words: these are no quotes."""
    fragment: Any = row.fragment
    if fragment.poll_id:
        return None
    text = fragment.text
    if row.quote_from is not None:
        text = text[row.quote_from : row.quote_to]
    if not text.strip():
        return None
    language = spoken(fragment.post.lang, text) if fragment.post_id else spoken("nl", text)
    who = said_by(fragment) if named else ("", "", "")
    return Quote(excerpt(text, LONGEST), language, *who, bubble=fragment.pk % 10)


def said_by(fragment: Any) -> tuple[str, str, str]:
    """The name as they chose it, what stands beside it, and where their words stand."""
    if post := fragment.post:
        size = f" van {post.meeting_size}" if post.meeting_size else ""
        meeting = f"namens een overleg{size}: {post.meeting}" if post.meeting else ""
        meeting = in_the_cafe(post.meeting_size) if post.in_room else meeting
        return post.name, ", ".join(filter(None, [post.shown_role, meeting])), post.place
    if beeld := fragment.wensbeeld:
        name = beeld.name or "Iemand"
        return name, ", ".join(filter(None, [str(beeld.role or ""), "wensbeeld"])), beeld.get_absolute_url()
    if idea := fragment.idea:
        return str(idea.group or "Samengevoegd idee"), "idee", f"{idea.round.get_absolute_url()}#idee-{idea.pk}"
    note = fragment.note
    name = f"Tafel {note.table}" if note.table else note.get_on_behalf_display().capitalize() or "In de zaal"
    cafe = note.notes.cafe
    where = f"café van {short_day(timezone.localdate(cafe.starts_at))}" if cafe else note.notes.meeting
    return name, where, ""
