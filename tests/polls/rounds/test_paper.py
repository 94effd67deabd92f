"""Stickers on paper: counted by hand, and told apart in the result."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from polls.models import Colour, PaperCount
from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import StickerRound
from tests.helpers import factories
from tests.helpers.races import in_between
from tests.helpers.workbooks import sheets
from tests.polls.rounds.stickers import GREEN, RED, counts

pytestmark = pytest.mark.django_db


@pytest.fixture
def anouk():
    return factories.user(name="Anouk")


def put(idea, green=None, blue=None, red=None):
    PaperCount.objects.update_or_create(idea=idea, defaults={"green": green, "blue": blue, "red": red})


def board():
    return StickerRound.objects.board("sop")


def test_a_number_is_kept_with_who_and_when(ideas, anouk):
    stands, row = PaperCount.objects.put(ideas[0].pk, Colour.GREEN, 14, None, anouk)
    assert stands and (row.green, row.blue, row.red, row.by, row.is_complete) == (14, None, None, anouk, False)
    stands, row = PaperCount.objects.put(ideas[0].pk, Colour.GREEN, None, 14, anouk)
    assert stands and row.green is None


def test_the_second_of_two_is_told_what_the_first_counted(ideas, anouk):
    joris = factories.user(name="Joris")
    PaperCount.objects.put(ideas[0].pk, Colour.RED, 2, None, anouk)
    assert PaperCount.objects.put(ideas[0].pk, Colour.RED, 2, None, joris)[0], "the same number is no quarrel"
    stands, row = PaperCount.objects.put(ideas[0].pk, Colour.RED, 3, None, joris)
    assert (stands, row.red, row.by) == (False, 2, anouk)
    assert PaperCount.objects.put(ideas[0].pk, Colour.BLUE, 6, None, joris)[0], "another colour is another number"


def test_what_is_no_number_of_stickers(ideas, anouk):
    for wrong in (1000, -1):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperCount.objects.put(ideas[0].pk, Colour.GREEN, wrong, None, anouk)
    with pytest.raises(Idea.DoesNotExist):
        PaperCount.objects.put(0, Colour.GREEN, 1, None, anouk)


def test_the_result_counts_them_and_says_so(client, round, ideas):
    for colour in (GREEN, GREEN, RED):
        factories.sticker(ideas[0], colour)
    put(ideas[0], 4, 0, 1)
    put(ideas[1], 3, None, None)
    found = board()
    assert counts(round) == [(6, 0, 2), (3, 0, 0), (0, 0, 0)]
    assert (found.stickers, found.on_paper, found.scorers, found.scorers_on_paper) == (11, 8, 8, 5)
    assert [(idea.people, idea.on_paper, idea.share) for idea in found.ideas] == [(8, 5, 100), (3, 3, 38), (0, 0, 0)]
    round.move_to("result")
    page = client.get("/stickerrondes/sop/").text
    assert "11 stickers, waarvan 8 op papier." in page
    assert "plakten hier, waarvan 5 op papier" in page
    assert "van wie minstens 5 op papier" in page


def test_a_round_without_paper_says_nothing_of_it(client, round, ideas):
    factories.sticker(ideas[0], GREEN)
    put(ideas[0])
    round.move_to("result")
    assert "papier" not in client.get("/stickerrondes/sop/").text.casefold()


def test_the_export_has_a_column_for_them(client, round, ideas, settings):
    settings.DEMO = True  # no second factor
    factories.sticker(ideas[0], GREEN)
    put(ideas[0], 2, 1, 0)
    client.force_login(factories.coordinator())
    book = sheets(client.get("/stickerrondes/sop/uitslag.xlsx").content)
    first = dict(zip(book["Uitslag"][0], book["Uitslag"][1], strict=True))
    assert (first["groen"], first["mensen"], first["waarvan op papier"]) == ("3", "4", "3")
    assert ["stickers, waarvan op papier", "4, waarvan 3 op papier"] in book["Over deze ronde"]


def test_the_yield_of_a_design_cycle_says_so_too(client, round, ideas):
    round.cycle = factories.cycle()
    round.save()
    put(ideas[0], 4, 0, 1)
    round.move_to("result")
    page = " ".join(client.get(round.cycle.get_absolute_url()).text.split())
    assert "met samen 5 mensen en 5 stickers, waarvan 5 op papier." in page
    assert "Groen van 4 van de 5 mensen; 5 stickers op papier" in page


def test_what_was_joined_has_what_was_counted_of_its_originals(round, ideas):
    put(ideas[0], 2, 0, 0)
    wording = Idea.objects.join(round, [ideas[0].pk, ideas[1].pk], "Samen")
    put(wording, 1, 0, 1)
    found = {idea.id: idea for idea in board().ideas}
    assert (found[wording.pk].green, found[wording.pk].red, found[wording.pk].on_paper) == (3, 1, 4)
    assert board().on_paper == 4, "each once"


def test_words_that_have_stickers_on_paper_stay(round, ideas):
    put(ideas[0], 2, 0, 0)
    round.move_to("ideas")
    with pytest.raises(ValidationError) as refused:
        ideas[0].reword("Iets anders")
    assert refused.value.code == "scored"


def test_they_go_with_the_idea(ideas):
    put(ideas[0], 2, 0, 0)
    ideas[0].erase()
    assert not PaperCount.objects.exists()


@pytest.mark.parametrize("counted", [0, 3])
def test_the_result_takes_as_many_queries_as_before(client, round, ideas, django_assert_num_queries, counted):
    for idea in ideas[:counted]:
        put(idea, 1, 2, 3)
    round.move_to("result")
    with django_assert_num_queries(2):  # the round, the site
        client.get("/stickerrondes/sop/")


@pytest.mark.django_db(transaction=True)
def test_two_count_the_same_idea_at_once(round, ideas, anouk):
    joris, came = factories.user(name="Joris"), []
    errors = in_between(
        lambda: came.append(PaperCount.objects.put(ideas[0].pk, Colour.GREEN, 14, None, anouk)[0]),
        lambda: came.append(PaperCount.objects.put(ideas[0].pk, Colour.GREEN, 13, None, joris)[0]),
    )
    assert errors == []
    assert came == [True, False]
    assert PaperCount.objects.get().green == 14
    connection.close()
