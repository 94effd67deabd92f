"""Ideas that overlap come together under one wording: each person counts once, nothing is lost, it can be undone."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import StickerRound
from polls.rounds.models.stickers import Sticker
from polls.rounds.person import Person
from tests.helpers import factories
from tests.polls.voting.test_parallel import at_once

pytestmark = pytest.mark.django_db
GREEN, BLUE, RED = 1, 2, 3


def join(round, *ideas, text="Eén profiel per werkgebied"):
    return Idea.objects.join(round, [idea.pk for idea in ideas], text)


def counted(idea) -> tuple[int, int, int]:
    board = StickerRound.objects.board(idea.round.slug, with_hidden=True)
    shown = next(shown for shown in [*board.rows, *board.hidden] if shown.id == idea.pk)
    return shown.green, shown.blue, shown.red


@pytest.mark.parametrize(
    ("on_first", "on_second", "counts"),
    [
        (RED, GREEN, (1, 0, 0)),
        (GREEN, RED, (1, 0, 0)),
        (BLUE, RED, (0, 1, 0)),
        (RED, RED, (0, 0, 1)),
        (None, RED, (0, 0, 1)),
        (None, None, (0, 0, 0)),
    ],
)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_person_counts_once_by_their_most_favourable_colour(round, ideas, on_first, on_second, counts, when):
    first, second, _ = ideas
    wording = join(round, first, second) if when == "before" else None
    visitor = factories.visitor()
    for idea, colour in [(first, on_first), (second, on_second)]:
        if colour:
            factories.sticker(idea, colour, visitor)
    wording = wording or join(round, first, second)
    assert counted(wording) == counts
    # The originals keep their own.
    assert [sum(counted(idea)) for idea in (first, second)] == [bool(on_first), bool(on_second)]


def test_persons_on_one_phone_count_apart(round, ideas):
    visitor = factories.visitor()
    factories.sticker(ideas[0], GREEN, visitor, person=1)
    factories.sticker(ideas[1], RED, visitor, person=2)
    assert counted(join(round, ideas[0], ideas[1])) == (1, 0, 1)


def test_a_sticker_on_the_wording_itself_is_what_they_think_now(round, ideas):
    """Also when it is less favourable: people can change their mind until the round closes."""
    first, second, _ = ideas
    one, other = factories.visitor(), factories.visitor()
    factories.sticker(first, GREEN, one)
    factories.sticker(second, BLUE, other)
    wording = join(round, first, second)
    assert counted(wording) == (1, 1, 0)
    StickerRound.objects.place("sop", Person(one.pk, 1), wording.pk, RED)
    assert counted(wording) == (0, 1, 1)
    StickerRound.objects.place("sop", Person(one.pk, 1), wording.pk, BLUE)
    assert counted(wording) == (0, 2, 0)
    StickerRound.objects.place("sop", Person(other.pk, 1), first.pk, GREEN)  # an old page, still open
    assert counted(wording) == (1, 1, 0)
    assert [counted(first), counted(second)] == [(2, 0, 0), (0, 1, 0)]


def test_undone_each_stands_by_itself_again(round, ideas, client):
    visitor = factories.visitor()
    factories.sticker(ideas[0], GREEN, visitor)
    wording = join(round, ideas[0], ideas[1])
    StickerRound.objects.place("sop", Person(visitor.pk, 1), wording.pk, RED)
    for _ in ("once", "twice"):
        wording.take_apart(None)
    assert counted(ideas[0]) == (1, 0, 0)
    board = StickerRound.objects.board("sop")
    assert [idea.id for idea in board.ideas] == [idea.pk for idea in ideas]
    assert wording.removed_at and Sticker.objects.filter(idea=wording).exists()  # kept, and counts for none
    wording.restore()
    assert wording.removed_at  # apart is apart, until these are joined again


def test_joined_again_the_stickers_on_the_joined_idea_count_again(client, round, ideas):
    """As the page promises: nothing is lost, whatever was joined in the meantime."""
    first, second, third = ideas
    factories.sticker(first, GREEN)
    wording = join(round, first, second)
    client.post("/stickerrondes/sop/plakken/sticker/", {"idea": wording.pk, "colour": RED})
    wording.take_apart(None)
    between = join(round, first, second, third)
    assert between != wording and counted(between) == (1, 0, 0)
    between.take_apart(None)
    again = join(round, second, first)
    assert again == wording and counted(wording) == (1, 0, 1)
    wording.refresh_from_db()
    assert (wording.text, wording.removed_at, wording.removal_reason) == ("Eén profiel per werkgebied", None, "")
    page = client.get("/stickerrondes/sop/plakken/?idee=1").text
    assert 'value="3" aria-pressed="true"' in page and wording.text in page
    again.take_apart(None)
    assert join(round, first, second) == wording


def test_words_with_stickers_do_not_change_under_them(round, ideas):
    first, second, third = ideas
    wording = join(round, first, second)
    better = join(round, wording, third, text="Zonder stickers mag het")
    assert better == wording
    third.refresh_from_db()
    Idea.objects.filter(pk=third.pk).update(joined_into=None)
    factories.sticker(wording, GREEN)
    with pytest.raises(ValidationError, match="«Zonder stickers mag het».*precies zo.*los") as refused:
        join(round, wording, third, text="Iets anders")
    assert refused.value.code == "scored"
    third.refresh_from_db()
    wording.refresh_from_db()
    assert (wording.text, third.joined_into) == ("Zonder stickers mag het", None)
    assert join(round, wording, third, text="Zonder stickers mag het") == wording
    assert counted(wording) == (1, 0, 0)


def test_taken_apart_first_the_same_ideas_may_have_other_words(round, ideas):
    """The way out that the refusal offers; the stickers stay with the words that they were placed on."""
    first, second, _ = ideas
    wording = join(round, first, second)
    factories.sticker(wording, GREEN)
    wording.take_apart(None)
    other = join(round, first, second, text="Iets anders")
    assert other != wording and counted(other) == (0, 0, 0)
    other.take_apart(None)
    assert join(round, first, second, text="Weer anders") == other  # without stickers its words may change
    other.take_apart(None)
    assert join(round, first, second) == wording and counted(wording) == (1, 0, 0)


def test_what_does_not_come_back(round, ideas):
    """A wording that stood for others, and one that was hidden for another reason than taking it apart."""
    first, second, third = ideas
    wording = join(round, first, second, third)
    wording.take_apart(None)
    other = join(round, first, second)
    assert other != wording
    other.take_apart(None)
    Idea.objects.filter(pk=other.pk).update(removal_reason="Er staat een naam in.")
    assert join(round, first, second) not in (wording, other)


def test_a_hidden_original_is_not_waited_for(round, ideas):
    wording = join(round, *ideas)
    ideas[2].hide(None, "Dubbel")
    wording.take_apart(None)
    assert join(round, ideas[0], ideas[1]) == wording
    assert set(wording.originals.all()) == set(ideas[:2])


def test_others_come_under_a_wording_that_is_there(round, ideas):
    wording = join(round, ideas[0], ideas[1])
    assert join(round, wording, ideas[2], text="Anders gezegd") == wording
    assert Idea.objects.get(pk=wording.pk).text == "Anders gezegd"
    assert wording.originals.count() == 3


def test_what_cannot_be_joined(round, ideas):
    other = factories.sticker_round().ideas.first()
    wording = join(round, ideas[0], ideas[1])
    extra = [factories.idea(ideas[2].group) for _ in range(2)]
    second = join(round, *extra)
    for chosen in [[], [ideas[2]], [ideas[2], other], [ideas[0], ideas[1]], [wording], [wording, second, ideas[2]]]:
        with pytest.raises(ValidationError):
            join(round, *chosen)
    with pytest.raises(IntegrityError, match="wording_is_joined_into_nothing"), transaction.atomic():
        Idea.objects.filter(pk=second.pk).update(joined_into=wording)
    with pytest.raises(ValidationError):
        wording.hide(None, "Zomaar")
    with pytest.raises(ValidationError):
        ideas[2].take_apart(None)


def test_a_hidden_original_no_longer_counts(round, ideas):
    factories.sticker(ideas[0], GREEN)
    factories.sticker(ideas[1], RED)
    wording = join(round, ideas[0], ideas[1])
    ideas[0].hide(None, "Er staat een naam in.")
    assert counted(wording) == (0, 0, 1)
    ideas[0].restore()
    assert counted(wording) == (1, 0, 1)


@pytest.mark.parametrize("away", ["hide", "erase"])
def test_a_wording_goes_with_the_last_of_its_originals(client, round, ideas, away):
    wording = join(round, ideas[0], ideas[1])
    take_away = {"hide": lambda idea: idea.hide(None, "Er staat een naam in."), "erase": Idea.erase}[away]
    take_away(ideas[0])
    assert wording.text in client.get(f"/stickerrondes/{round.slug}/plakken/").text
    take_away(ideas[1])
    board = StickerRound.objects.board(round.slug)
    assert [idea.text for idea in board.ideas] == [ideas[2].text]
    assert wording.text not in client.get(f"/stickerrondes/{round.slug}/plakken/").text
    if away == "hide":
        ideas[1].restore()
        assert [idea.id for idea in StickerRound.objects.board(round.slug).ideas] == [ideas[1].pk, ideas[2].pk]


def test_counts_of_a_wording_follow_erased_visitors(round, ideas):
    visitor = factories.visitor()
    for idea in ideas[:2]:
        factories.sticker(idea, GREEN, visitor)
    wording = join(round, ideas[0], ideas[1])
    factories.sticker(wording, BLUE)
    visitor.delete()
    assert counted(wording) == (0, 1, 0)
    round.delete()
    connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_joining_and_undoing_while_a_room_scores():
    round = factories.sticker_round(groups=3, ideas=1, slug="druk")
    ideas = list(round.ideas.order_by("pk"))
    people = [factories.visitor() for _ in range(40)]

    def score(number):
        person = Person(people[number // 3 % 40].pk, 1)
        colour = (number // 3 + number % 3) % 3 + 1
        return StickerRound.objects.place("druk", person, ideas[number % 3].pk, colour).placed

    def lead():
        try:
            for _ in range(8):
                join(round, ideas[0], ideas[1]).take_apart(None)
            return join(round, ideas[0], ideas[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        leading = pool.submit(lead)
        assert all(at_once(score, 360, threads=12))
        wording = leading.result()
    best = {}
    for idea, visitor, colour in Sticker.objects.values_list("idea", "visitor", "colour"):
        if idea in (ideas[0].pk, ideas[1].pk):
            best[visitor] = min(colour, best.get(visitor, colour))
    assert len(best) == 40
    assert counted(wording) == tuple(list(best.values()).count(colour) for colour in (GREEN, BLUE, RED))
    assert [sum(counted(idea)) for idea in ideas] == [40, 40, 40]


def test_scoring_shows_originals_before_and_the_wording_once_after(client, round, ideas):
    before = client.get("/stickerrondes/sop/plakken/").text
    assert "1 van 3" in before and ideas[0].text in before
    join(round, ideas[0], ideas[1])
    after = client.get("/stickerrondes/sop/plakken/?idee=1").text
    assert "1 van 2" in after
    assert "Eén profiel per werkgebied" in after and "Samengevoegd uit 2 ideeën" in after
    assert "Groep 1 en groep 2" in after


def test_who_scored_the_originals_has_scored_and_is_told(client, round, ideas):
    for idea, colour in [(ideas[0], RED), (ideas[1], BLUE)]:
        client.post("/stickerrondes/sop/plakken/sticker/", {"idea": idea.pk, "colour": colour})
    join(round, ideas[0], ideas[1])
    assert "2 van 2" in client.get("/stickerrondes/sop/plakken/").text  # on to what has no sticker
    page = client.get("/stickerrondes/sop/plakken/?idee=1").text
    assert "Je gunstigste sticker telt hier mee" in page
    assert page.split('aria-pressed="true"')[1].split("</button>")[0].count("blauw") == 1


def test_joined_while_it_lay_on_the_desk(client, round, ideas):
    join(round, ideas[0], ideas[1])
    response = client.post("/stickerrondes/sop/plakken/sticker/", {"idea": ideas[1].pk, "colour": GREEN})
    assert client.get(response.url).url.endswith("?idee=2")  # the one after the wording


def test_the_same_words_say_everywhere_how_it_counts(client, coordinator, round, ideas):
    factories.sticker(ideas[0], GREEN)
    join(round, ideas[0], ideas[1])
    round.move_to("result")
    result, panel = (client.get(f"/stickerrondes/sop/{path}").text for path in ("", "bediening/"))
    with zipfile.ZipFile(io.BytesIO(client.get("/stickerrondes/sop/uitslag.xlsx").content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    for words in ("Wie op het samengevoegde idee plakte, telt met die sticker.", "groen, dan blauw, dan rood."):
        assert all(words in place for place in (result, panel, strings))
    assert all(idea.text in result for idea in ideas)
    assert "1 van de 1 persoon plakte hier" in result
