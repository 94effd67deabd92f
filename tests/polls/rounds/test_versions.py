"""The version of an idea: raised when its words change, and by nothing else."""

import pytest

from polls.rounds.models.ideas import Idea
from tests.helpers import factories

pytestmark = pytest.mark.django_db


def version_of(idea) -> int:
    return Idea.objects.values_list("version", flat=True).get(pk=idea.pk)


def test_saying_it_better_raises_it():
    round = factories.sticker_round(stage="ideas")
    idea = round.ideas.first()
    for _ in range(2):  # the same again is no change
        idea.reword("Beter gezegd")
        assert version_of(idea) == 2
    assert Idea.pgh_event_model.objects.order_by("-pgh_id").first().version == 2


def test_nothing_else_does():
    round, coordinator = factories.sticker_round(), factories.coordinator()
    one, other = round.ideas.order_by("pk")[:2]
    factories.sticker(one, 1)
    wording = Idea.objects.join(round, [one.pk, other.pk], "Samen gezegd")
    factories.sticker(wording, 2)
    wording.take_apart(coordinator)
    one.hide(coordinator, "Er staat een naam in.")
    one.restore()
    assert [version_of(idea) for idea in (one, other, wording)] == [1, 1, 1]
    wording.stickers.all().delete()  # with stickers, its words stay
    Idea.objects.join(round, [one.pk, other.pk], "Nog beter gezegd")
    assert version_of(wording) == 2
