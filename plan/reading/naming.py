"""Whether a name may stand beside quoted words that «doen we niet» was said of: only for the refusal agreed to."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from plan.models import Choice, HeardVoice, Publication, ToldVoice

REFUSED = Q(choice=Choice.NOT) | Q(choice="", heard__choice=Choice.NOT)
# What was heard, why it is not done, who decided that, and when: in other words it is another refusal.
Refusal = tuple[object, ...]


def refusal(card: HeardVoice) -> Refusal | None:
    """The one under which these words stand, None without. Its own choice counts before that of what was heard."""
    chosen = card if card.choice or card.heard is None else card.heard
    if chosen.choice != Choice.NOT:
        return None
    return card.heard.heard if card.heard else "", chosen.words, chosen.decided_by, chosen.decided_on


def refusals(cards: Iterable[HeardVoice]) -> set[Refusal]:
    return {found for card in cards if (found := refusal(card))}


def refused(publication: Publication, fragments: Collection[int]) -> set[int]:
    """Those of these voices that were refused in any publication of its harvest. One query."""
    return set(_refused(publication, fragments).values_list("fragment", flat=True))


def unnamed(publication: Publication, fragments: Collection[int]) -> set[int]:
    """Those of these voices beside which nobody is named in this publication. Two queries.

    The same words stand in every publication of a harvest: whose words were refused in any of them agreed to the
    refusal of the last that refuses them, and to that of this one, or is not named.
    """
    said: dict[int, dict[int, set[Refusal]]] = defaultdict(lambda: defaultdict(set))
    for card in _refused(publication, fragments).select_related("heard"):
        if found := refusal(card):
            said[card.fragment_id][card.publication_id].add(found)
    agreed: dict[int, set[Refusal]] = defaultdict(set)
    rows = ToldVoice.objects.filter(fragment__in=list(said), named_at__isnull=False)
    for fragment, told in rows.values_list("fragment", "publication"):
        agreed[fragment] |= said[fragment].get(told, set())
    return {fragment for fragment, by in said.items() if not by[max(by)] | by[publication.pk] <= agreed[fragment]}


def _refused(publication: Publication, fragments: Collection[int]) -> QuerySet[HeardVoice]:
    everywhere = HeardVoice.objects.filter(publication__harvest=publication.harvest_id, fragment__in=fragments)
    return everywhere.filter(REFUSED)
