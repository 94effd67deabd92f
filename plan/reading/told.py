"""What became of somebody's own words, for that person alone: each voice that they were told of, and its outcomes."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from plan.models import Heard, HeardVoice, OutcomesSeen, PlanStep, Publication, Told, ToldVoice
from plan.models.told import replaced
from plan.reading.in_plan import Shown, sentences
from plan.reading.naming import refusals
from plan.reading.published import IN_PLAN, WAS_PROPOSED, Dots, Item, way_of
from plan.reading.withholding import FEW
from posts.models.holds import A_PUPIL, WITHOUT_PLACE
from werkplaats.models import Visitor
from werkplaats.versions import mark_of

OWN = ("post", "wensbeeld", "idea")  # what somebody may be the writer of
WITH_WORDS = tuple(f"fragment__{kind}" for kind in OWN)
WITH_ALL = ("told", *(f"publication__harvest__{of}" for of in ("question", "cafe", "cycle")), *WITH_WORDS)
SHOWN = 200  # voices, of one reader
A_ROW = 24  # bubbles


@dataclass
class Outcome:
    """What came of one voice in one place: what was heard with others, if it was, and the choice about it.

    `others` is how many times others said it; 0 where it was said fewer than FEW times in all. `answer` is what is
    done with it, as everyone reads it of what was heard.
    """

    heard: Heard | None
    card: HeardVoice
    answer: Item
    others: int = 0

    @property
    def chosen(self) -> Any:
        """What has the choice that counts."""
        return self.answer.heard

    @property
    def said(self) -> str:
        """The choice with its words, in one line. Nothing reads as decided before it is."""
        if self.answer.way is IN_PLAN:
            return "dit staat in het plan"
        if self.answer.way is WAS_PROPOSED:
            return f"dit was een voorstel. {self.answer.answer.removesuffix('.')}"
        return str(self.chosen.said_choice)

    @property
    def dots(self) -> Dots:
        return Dots(self.heard.times if self.heard else 0, a_row=A_ROW)


@dataclass
class OwnVoice:
    """One voice of the reader, as they were told of it last (`row`), with its outcomes as they are public now.

    `rows` are those of its `row`s that still say something: what they answered, and to which refusals they agreed.
    `is_changed`: it reads otherwise in public since they were told. `is_named`: their name may stand beside the
    refusal that is public. `is_gone`: its words may not be read any more.
    """

    row: ToldVoice
    rows: list[ToldVoice] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    is_changed: bool = False
    is_named: bool = False
    is_new: bool = False  # to who reads the page of their own
    is_again: bool = False  # whether its reader was told of it before, in a letter about a correction

    @property
    def answered(self) -> ToldVoice | None:
        """What they answered last, also when that was to what they were told before."""
        return next((row for row in reversed(self.rows) if row.answer), None)

    @property
    def is_earlier(self) -> bool:
        """Whether that answer was given to something else than what stands there now: a sentence may read otherwise."""
        said = self.answered
        if said is None or said.answered_at is None:
            return False
        since = [each.since for outcome in self.outcomes for each in outcome.answer.sentences]
        return self.is_changed or said.pk != self.row.pk or any(at > said.answered_at for at in since)

    @property
    def is_of_group(self) -> bool:
        """Whether it was sent in for others too: a class, a team. They get no letter."""
        return bool(getattr(self.said, "meeting", "")) or getattr(self.said, "name", "") == A_PUPIL

    @property
    def is_edited(self) -> bool:
        """Whether its words are other than those that the outcomes are about: nobody sorted these yet."""
        now = self.row.fragment.source_version
        return any(outcome.card.source_version != now for outcome in self.outcomes)

    @property
    def mark(self) -> str:
        """Of what its page says became of it, sentences of the plan too: what is pressed there is about that."""
        sentences = [each.text for outcome in self.outcomes for each in outcome.answer.sentences]
        return mark_of(self.row.pk, *_says(outcome.card for outcome in self.outcomes), *sentences)

    @property
    def was_named(self) -> bool:
        """Whether they ever agreed to a name, and did not take it back."""
        return any(row.named_at for row in self.rows)

    @property
    def news_at(self) -> datetime:
        """When there was something to read here last: what was told, or the answer to a no."""
        told, replied = self.row.told.at, self.answered.replied_at if self.answered else None
        return max(told, replied or told)

    @property
    def is_gone(self) -> bool:
        return not self.row.fragment.live

    @property
    def name(self) -> str:
        """Names it on its page and in its forms: «post-12». What was told has no number that anybody sees."""
        fragment: Any = self.row.fragment
        return f"{fragment.kind}-{getattr(fragment, f'{fragment.kind}_id')}"

    @property
    def said(self) -> Any:
        return self.row.fragment.said

    @property
    def at(self) -> datetime:
        found: datetime = self.said.created_at
        return found

    @property
    def parts(self) -> tuple[str, str, str]:
        """The words before the part that was used, that part, and those behind it; all in front if none was marked."""
        text, now = self.row.fragment.text, self.row.fragment.source_version
        for card in (outcome.card for outcome in self.outcomes):
            if card.quote_from is not None and card.source_version == now:
                return text[: card.quote_from], text[card.quote_from : card.quote_to], text[card.quote_to :]
        return text, "", ""

    @property
    def is_refused(self) -> bool:
        """Whether some outcome is «doen we niet»: then it stands in public without a name, unless they want theirs."""
        return any(each.answer.is_refused for each in self.outcomes)

    @property
    def may_be_named(self) -> bool:
        """Whether they are asked: who left out their name, or is a pupil, has none to show."""
        return self.is_refused and not self.is_changed and getattr(self.said, "name", "") not in ("", *WITHOUT_PLACE)

    @property
    def takes_answers(self) -> bool:
        return not self.is_changed and self.row.publication.takes_answers()


def name_of(voices: Iterable[OwnVoice]) -> str:
    """What they called themselves, when that is one name."""
    names = {getattr(voice.said, "name", "") for voice in voices if not voice.is_gone} - {""}
    name = next(iter(names), "")
    return name if len(names) == 1 and name not in WITHOUT_PLACE else ""


def theirs(rows: QuerySet[ToldVoice]) -> QuerySet[ToldVoice]:
    """Of what people were told, the voices that still are theirs: one may have been proven another's since."""
    browsers = [F(f"fragment__{kind}__visitor") for kind in OWN]
    persons = [F("fragment__post__author"), *(F(f"fragment__{kind}__visitor__user") for kind in OWN)]
    # As annotations: in the condition itself Django would join what is not there.
    rows = rows.annotate(of_browser=Coalesce(*browsers), of_person=Coalesce(*persons))
    mine = Q(told__user=F("of_person")) | Q(told__visitor=F("of_browser"))
    return rows.filter(mine, fragment__post__denied_at=None)


def newest(rows: QuerySet[ToldVoice]) -> list[OwnVoice]:
    """Of each voice what its writer was told last, the newest publication in front, with what they answered before.

    One query.
    """
    mine = theirs(rows)
    last = mine.order_by("fragment", "-pk").distinct("fragment").values("pk")
    says = Q(pk__in=last) | ~Q(answer="") | Q(named_at__isnull=False)
    by_voice: dict[int, list[ToldVoice]] = defaultdict(list)
    for row in _drawn(mine.filter(says)).order_by("pk"):
        by_voice[row.fragment_id].append(row)
    found = [OwnVoice(rows[-1], rows) for rows in by_voice.values()]
    return sorted(found, key=lambda voice: (-voice.row.publication_id, voice.row.fragment_id))[:SHOWN]


def _drawn(rows: QuerySet[ToldVoice]) -> QuerySet[ToldVoice]:
    """With all that is shown of each; `public` is the key of the last publication of its harvest."""
    last = Publication.objects.filter(harvest=OuterRef("publication__harvest")).order_by("-number").values("pk")[:1]
    return rows.annotate(public=Subquery(last)).select_related(*WITH_ALL)


def of_told(told: Told) -> list[OwnVoice]:
    """What the link of a letter opens: its voices, each with what was told of it last. Four queries at most."""
    receiver = {"told__user": told.user_id} if told.user_id else {"told__visitor": told.visitor_id}
    fragments = ToldVoice.objects.filter(told=told).values("fragment")
    return with_outcomes(newest(ToldVoice.objects.filter(fragment__in=fragments, **receiver)))


def of_reader(visitor_id: Any, user_id: int | None) -> list[OwnVoice]:
    """All that this browser, or who is logged in, was told. Four queries at most, and none for a stranger."""
    if visitor_id is None and user_id is None:
        return []
    return with_outcomes(newest(ToldVoice.objects.filter(receives(visitor_id, user_id))))


def receives(visitor_id: Any, user_id: int | None) -> Q:
    to = Q(told__user=user_id) if user_id is not None else Q()
    return to | Q(told__visitor=visitor_id) if visitor_id is not None else to


def in_letter(told: Told) -> list[OwnVoice]:
    """What the letter tells now: what may still be read, is still theirs, and was not told otherwise since."""
    later = ToldVoice.objects.filter(fragment__in=ToldVoice.objects.filter(told=told).values("fragment"))
    rows = theirs(ToldVoice.objects.filter(told=told, fragment__live=True))
    rows = rows.exclude(fragment__in=later.filter(publication__gt=told.publication_id).values("fragment"))
    earlier = later.filter(told__user=told.user_id, publication__lt=told.publication_id)
    before = set(earlier.values_list("fragment", flat=True))
    drawn = _drawn(rows).order_by("fragment")[:SHOWN]
    found = with_outcomes([OwnVoice(row, [row], is_again=row.fragment_id in before) for row in drawn])
    return [voice for voice in found if not voice.is_changed]


def with_outcomes(found: list[OwnVoice]) -> list[OwnVoice]:
    """Puts the outcomes with them that are public now. Three queries, whatever their number."""
    if not found:
        return []
    cards = _cards(found)
    adopted = PlanStep.objects.is_adopted()
    shown = sentences([card.heard for card in cards if card.heard], adopted=adopted)
    by_voice: dict[tuple[int, int], list[HeardVoice]] = defaultdict(list)
    for card in cards:
        by_voice[card.publication_id, card.fragment_id].append(card)
    own = Counter(card.heard_id for card in cards)
    for voice in found:
        now = by_voice[_public(voice.row), voice.row.fragment_id]
        voice.is_changed = _says(now) != _says(by_voice[voice.row.publication_id, voice.row.fragment_id])
        agreed = [by_voice[row.publication_id, row.fragment_id] for row in voice.rows if row.named_at]
        voice.is_named = bool(agreed) and refusals(now) <= refusals(card for cards in agreed for card in cards)
        for card in now:
            heard = card.heard
            others = max(heard.times - own[heard.pk], 0) if heard and heard.times >= FEW else 0
            voice.outcomes.append(Outcome(heard, card, _answer(card, shown, adopted=adopted), others))
    return found


def _public(row: Any) -> int:
    """The key of the publication that everyone reads: `_drawn` put it there."""
    found: int = row.public
    return found


def _says(cards: Iterable[HeardVoice]) -> list[str]:
    """What somebody is told of a voice: as `SAYS` in `plan.reading.receivers`."""
    says = [(card.heard and (card.heard.heard, card.heard.chosen), card.chosen) for card in cards]
    return sorted(map(repr, says))


def _answer(card: HeardVoice, shown: dict[int, list[Shown]], *, adopted: bool) -> Item:
    """Its own choice counts before that of what was heard; only of that are there sentences of the plan."""
    own = card.choice or card.heard is None
    chosen: Any = card if own else card.heard
    found = [] if own else shown.get(chosen.pk, [])
    return Item(chosen, way_of(chosen.choice, found, adopted=adopted), found)


def _cards(found: list[OwnVoice]) -> list[HeardVoice]:
    told = {(row.publication_id, row.fragment_id) for voice in found for row in voice.rows}
    told |= {(_public(voice.row), voice.row.fragment_id) for voice in found}
    cards = HeardVoice.objects.filter(
        publication__in={each[0] for each in told}, fragment__in={each[1] for each in told}
    )
    rows = cards.select_related("heard").order_by("heard__place", "pk")
    return [card for card in rows if (card.publication_id, card.fragment_id) in told]


def news(visitor: Any) -> QuerySet[ToldVoice]:
    """What this visitor, or the person whose visitor it is, did not see yet: what was told, and answers to a no."""
    person = Visitor.objects.filter(pk=visitor).values("user")[:1]
    to = Q(told__visitor=visitor) | Q(told__user=Subquery(person))
    since = Coalesce(Subquery(OutcomesSeen.objects.filter(visitor=visitor).values("until")), F("publication__at"))
    # What was answered to an answer that they gave otherwise since is not shown, so it is no news.
    is_new = Q(told__at__gt=since) | Q(replied_at__gt=since) & ~replaced()
    return theirs(ToldVoice.objects.filter(to, is_new, fragment__live=True))
