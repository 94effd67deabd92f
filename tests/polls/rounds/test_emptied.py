"""Stickers outlive their visitor: emptying it changes no count and no ranking, and nobody is counted as another."""

import pytest
from django.db import IntegrityError, transaction

from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import StickerRound
from polls.rounds.models.stickers import Scorer, Sticker
from tests.helpers import factories

pytestmark = pytest.mark.django_db
GREEN, BLUE, RED = 1, 2, 3


@pytest.fixture
def round():
    """Two people, one more on the phone of the first, and one of whom only a hidden idea has a sticker."""
    round = factories.sticker_round(groups=1, ideas=4, slug="sop")
    first, second, third, hidden = round.ideas.order_by("pk")
    one, other, last = (factories.visitor() for _ in range(3))
    Idea.objects.join(round, [first.pk, second.pk], "Samen gezegd")
    for idea, colour, visitor, person in [
        (first, RED, one, 1),
        (second, GREEN, one, 1),
        (first, BLUE, one, 7),
        (second, RED, other, 1),
        (third, GREEN, one, 1),
        (third, RED, other, 1),
        (hidden, RED, last, 1),
    ]:
        factories.sticker(idea, colour, visitor, person)
    hidden.hide(None, "Er staat een naam in.")
    return round


def counted(round) -> tuple[int, int, list]:
    """People, stickers, and the counts of each idea, as the site shows them."""
    board = StickerRound.objects.board(round.slug, with_hidden=True)
    ideas = [(idea.text, idea.green, idea.blue, idea.red, idea.share) for idea in (*board.table, *board.hidden)]
    return board.scorers, board.stickers, ideas


def test_every_count_stays(round):
    before = counted(round)
    assert before[:2] == (3, 5)
    Scorer.objects.update(visitor=None)
    assert not Sticker.objects.exclude(visitor=None).exists()
    assert counted(round) == before
    original = round.ideas.order_by("pk").first()
    original.hide(None, "Even weg.")  # the wording is counted anew, from the stickers
    original.restore()
    assert counted(round) == before
    round.ideas.order_by("pk")[3].restore()
    assert counted(round)[0] == 4


def test_only_what_was_given_in_that_round_is_emptied(round):
    other = factories.sticker_round(groups=1, ideas=1, slug="ander")
    visitor = Sticker.objects.get(person=7).visitor
    factories.sticker(other.ideas.get(), GREEN, visitor)
    Scorer.objects.filter(round=round, visitor=visitor, person=1).update(visitor=None)
    assert list(Sticker.objects.filter(visitor=visitor).order_by("pk").values_list("idea__round", "person")) == [
        (round.pk, 7),
        (other.pk, 1),
    ]


def test_a_sticker_is_not_emptied_without_its_scorer(round):
    with pytest.raises(IntegrityError, match="sticker_person_from_one"), transaction.atomic():
        Sticker.objects.update(visitor=None)


def test_whoever_comes_back_counts_as_somebody_new(round):
    visitor = Sticker.objects.get(person=7).visitor
    Scorer.objects.update(visitor=None)
    factories.sticker(round.ideas.order_by("pk")[2], BLUE, visitor)
    people, stickers, _ = counted(round)
    assert (people, stickers) == (4, 6)
