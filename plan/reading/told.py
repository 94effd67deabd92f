"""What became of somebody's own words, for that person alone: each voice that they were told of, and its outcomes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from plan.models import Choice, Does, Heard, HeardVoice, OutcomesSeen, PlanStep, Told, ToldVoice, Wording
from posts.models.holds import WITHOUT_PLACE
from werkplaats.models import Visitor

FEW = 5
OWN = ("post", "wensbeeld", "idea")  # what somebody may be the writer of
WITH_WORDS = tuple(f"fragment__{kind}" for kind in OWN)
WITH_ALL = ("told", *(f"publication__harvest__{of}" for of in ("question", "cafe", "cycle")), *WITH_WORDS)
SHOWN = 200  # voices, of one reader
MOST_BUBBLES = 14


@dataclass
class Outcome:
    """What came of one voice in one place: what was heard with others, if it was, and the choice about it.

    `others` is how many times others said it; 0 where it was said fewer than FEW times in all. `sentences` are those
    of the plan that may be read.
    """

    heard: Heard | None
    card: HeardVoice
    others: int = 0
    sentences: list[Wording] = field(default_factory=list)
    adopted: bool = False

    @property
    def chosen(self) -> Any:
        """What has the choice that counts: its own before that of what was heard."""
        return self.card if self.card.choice or not self.heard else self.heard

    @property
    def choice(self) -> str:
        return str(self.chosen.choice)

    @property
    def bubbles(self) -> range:
        """One for each time it was said, as many as fit on a line."""
        return range(min(self.others + 1, MOST_BUBBLES))

    @property
    def said(self) -> str:
        """The choice with its words, in one line. Nothing reads as decided before it is."""
        if self.choice == Choice.PLAN and self.adopted:
            return "dit staat in het plan"
        return str(self.chosen.said_choice)


@dataclass
class OwnVoice:
    """One voice of the reader with its outcomes. `is_gone`: its words may not be read any more."""

    row: ToldVoice
    outcomes: list[Outcome] = field(default_factory=list)
    is_new: bool = False  # to who reads the page of their own

    @property
    def news_at(self) -> datetime:
        """When there was something to read here last: what was told, or the answer to a no."""
        return max(filter(None, [self.row.told.at, self.row.replied_at]))

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
    def is_changed(self) -> bool:
        """Whether its writer says it otherwise since it was published."""
        return any(each.card.source_version != self.row.fragment.source_version for each in self.outcomes)

    @property
    def is_refused(self) -> bool:
        """Whether some outcome is «doen we niet»: then it stands in public without a name, unless they want theirs."""
        return any(each.choice == Choice.NOT for each in self.outcomes)

    @property
    def may_be_named(self) -> bool:
        """Whether they are asked: who left out their name, or is a pupil, has none to show."""
        return self.is_refused and getattr(self.said, "name", "") not in ("", *WITHOUT_PLACE)

    @property
    def takes_answers(self) -> bool:
        return self.row.publication.takes_answers()


def theirs() -> Q:
    """Of a voice in what somebody was told: that it still is theirs. It may have been proven to be another's since."""
    who = [F(f"fragment__{kind}__visitor") for kind in OWN]
    persons = [F("fragment__post__author"), *(F(f"fragment__{kind}__visitor__user") for kind in OWN)]
    mine = Q(told__user=Coalesce(*persons)) | Q(told__visitor=Coalesce(*who))
    return Q(mine, fragment__post__denied_at=None)


def newest(rows: QuerySet[ToldVoice]) -> list[ToldVoice]:
    """Of each voice what its writer was told last, the newest publication in front."""
    last = rows.filter(theirs()).order_by("fragment", "-pk").distinct("fragment").values("pk")
    found = ToldVoice.objects.filter(pk__in=last).select_related(*WITH_ALL)
    return list(found.order_by("-publication", "fragment")[:SHOWN])


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
    rows = ToldVoice.objects.filter(theirs(), told=told, fragment__live=True)
    rows = rows.exclude(fragment__in=later.filter(publication__gt=told.publication_id).values("fragment"))
    return with_outcomes(list(rows.select_related(*WITH_ALL).order_by("fragment")[:SHOWN]))


def heard_at_cafe(told: Told) -> list[Heard]:
    """For who came to a café: what was heard there, with others. Never a line itself, which somebody else said."""
    noted = {"voices__fragment__live": True, "voices__fragment__note__notes__cafe": told.registration.cafe_id}  # type: ignore[union-attr]
    return list(Heard.objects.filter(publication=told.publication_id, erased_at=None, **noted).distinct())


def with_outcomes(rows: Iterable[ToldVoice]) -> list[OwnVoice]:
    """Three queries, whatever their number."""
    found = [OwnVoice(row) for row in rows]
    if not found:
        return []
    cards = _cards(found)
    wordings = _wordings(cards)
    adopted = PlanStep.objects.filter(does=Does.ADOPT, reached_at__isnull=False).exists()
    by_voice, own = defaultdict(list), defaultdict(int)
    for card in cards:
        by_voice[card.publication_id, card.fragment_id].append(card)
        own[card.heard_id] += 1
    for voice in found:
        for card in by_voice[voice.row.publication_id, voice.row.fragment_id]:
            heard = card.heard
            others = max(heard.times - own[heard.pk], 0) if heard and heard.times >= FEW else 0
            sentences = [wordings[pk] for pk in heard.sentences if pk in wordings] if heard else []
            voice.outcomes.append(Outcome(heard, card, others, sentences, adopted))
    return found


def _cards(found: list[OwnVoice]) -> list[HeardVoice]:
    told = {(voice.row.publication_id, voice.row.fragment_id) for voice in found}
    cards = HeardVoice.objects.filter(
        publication__in={each[0] for each in told}, fragment__in={each[1] for each in told}
    )
    rows = cards.select_related("heard").order_by("heard__place", "pk")
    return [card for card in rows if (card.publication_id, card.fragment_id) in told]


def _wordings(cards: list[HeardVoice]) -> dict[int, Wording]:
    """By sentence, what everyone may read of the sentences that these voices feed."""
    sentences = {pk for card in cards if card.heard for pk in card.heard.sentences}
    if not sentences:
        return {}
    shown = Wording.objects.public().filter(sentence__in=sentences).select_related("sentence__chapter")
    return {wording.sentence_id: wording for wording in shown}


def news(visitor: Any) -> QuerySet[ToldVoice]:
    """What this visitor, or the person whose visitor it is, did not see yet: what was told, and answers to a no."""
    person = Visitor.objects.filter(pk=visitor).values("user")
    to = Q(told__visitor=visitor) | Q(told__user=Subquery(person))
    since = Coalesce(Subquery(OutcomesSeen.objects.filter(visitor=visitor).values("until")), F("publication__at"))
    is_new = Q(told__at__gt=since) | Q(replied_at__gt=since)
    return ToldVoice.objects.filter(to, is_new, theirs(), fragment__live=True)
