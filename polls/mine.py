"""The part of polls on the page of one's own, for who is logged in: wensbeelden and ideas."""

from typing import NamedTuple

from django.db.models import Exists, OuterRef

from polls.models import Idea, Stage, Sticker, Wensbeeld
from polls.rounds.models.ideas import Doubt
from polls.wensbeelden.cards import cards_of
from werkplaats.models import Site
from werkplaats.moderation import parents

MOST = 20  # of each, until all are asked for
ALL = 500


class OwnIdea(NamedTuple):
    """`kind` is online, waits or gone; `label` says it in a few words, `told` says more, if there is more."""

    idea: Idea
    kind: str
    label: str
    told: str
    may_change: bool


def read(visitor_id, site: Site, *, everything: bool) -> dict:
    """The context of polls/mine.html: two queries, and none for who did nothing yet; two more for a child's story."""
    if visitor_id is None:
        return {}
    most = ALL if everything else MOST
    cards = cards_of(Wensbeeld.objects.owned_by(visitor_id)[: most + 1], site)
    ideas = list(ideas_of(visitor_id)[: most + 1])
    more = not everything and max(len(cards), len(ideas)) > most
    helped = parents.helped() if any(card.child_at for card in cards) else {}
    return helped | {"wensbeelden": cards[:most], "ideas": [as_own(idea) for idea in ideas[:most]], "more": more}


def ideas_of(visitor_id):
    """What this visitor wrote on the list of a group, whatever became of it."""
    scored = Exists(Sticker.objects.filter(idea=OuterRef("pk")))
    found = Idea.objects.filter(visitor=visitor_id, group__isnull=False).annotate(scored=scored)
    return found.select_related("round", "group__round", "joined_into").order_by("-created_at", "-pk")


def as_own(idea) -> OwnIdea:
    if idea.removed_at and idea.removal_reason in Doubt.values:
        return OwnIdea(idea, "waits", "Wacht op een begeleider", idea.removal_reason, may_change=False)
    if idea.removed_at:
        return OwnIdea(idea, "gone", "Weggehaald, want:", idea.removal_reason, may_change=False)
    told = f"Het is samengevoegd met andere ideeën tot «{idea.joined_into.text}»" if idea.joined_into else ""
    open_still = idea.round.stage == Stage.IDEAS and not idea.joined_into and not idea.scored
    return OwnIdea(idea, "online", "Staat op de lijst", told, may_change=open_still)
