"""What stickers add up to: ranking, shares, and counts that hold when a room scores at once."""

import pytest
from django.db import connection, transaction

from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import StickerRound
from polls.rounds.models.stickers import Scorer, Sticker
from polls.rounds.person import Person
from tests.helpers import factories
from tests.helpers.browsers import as_visitor
from tests.polls.rounds.stickers import BLUE, DESK, GREEN, HTMX, RED, counts, place
from tests.polls.voting.test_parallel import at_once

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_at_most_six_queries(client, django_assert_num_queries, rows):
    round = factories.sticker_round(groups=rows, ideas=rows, slug="vol")
    visitor = factories.visitor()
    as_visitor(client, visitor)
    for number, idea in enumerate(round.ideas.all()):
        factories.sticker(idea, 1, visitor)
        for _ in range(number):
            factories.sticker(idea, 2)
    client.get("/stickerrondes/vol/plakken/")  # reads the round, which is kept
    for path in ("plakken/", "plakken/?idee=1", "mijn-stickers/", "volgende-persoon/"):
        with django_assert_num_queries(2):  # the stickers of who asks, the site
            client.get(f"/stickerrondes/vol/{path}")


def test_the_ranking_is_by_green_then_least_red(round, ideas, client):
    for idea, colours in zip(ideas, [[GREEN, RED], [GREEN, BLUE], [GREEN, GREEN, RED]], strict=True):
        for colour in colours:
            factories.sticker(idea, colour)
    board = StickerRound.objects.board("sop")
    assert [idea.id for idea in board.ranking] == [ideas[2].pk, ideas[1].pk, ideas[0].pk]
    assert [idea.rank for idea in board.ranking] == [1, 2, 3]
    assert board.scorers == 7
    assert board.ranking[0].share == round_percent(3, 7)
    assert [bar["colour"] for bar in board.ranking[0].bars] == ["green", "red"]
    assert sum(float(bar["width"]) for bar in board.ranking[0].bars) == pytest.approx(100, abs=0.02)
    factories.sticker(ideas[0], BLUE)
    factories.sticker(ideas[1], RED)
    equal = StickerRound.objects.board("sop").ranking
    assert [idea.rank for idea in equal] == [1, 2, 2]
    round.move_to("result")
    page = client.get("/stickerrondes/sop/").text
    assert page.count('class="sticker-bar"') == 6  # in the ranking, and per group
    assert "3 van de 9 mensen plakten hier" in page
    assert "<td" in page.split("<table")[1]


def round_percent(part, whole) -> int:
    return int(100 * part / whole + 0.5)


@pytest.mark.django_db(transaction=True)
def test_fifty_stickers_of_one_person_at_once_are_one():
    round = factories.sticker_round(groups=1, ideas=1)
    idea, visitor = round.ideas.get(), factories.visitor()
    one = Person(visitor.pk, 1)
    at_once(lambda number: StickerRound.objects.place(round.slug, one, idea.pk, number % 3 + 1), 50)
    assert Sticker.objects.count() == 1
    assert sum(counts(round)[0]) == 1
    assert counts(round)[0][Sticker.objects.get().colour - 1] == 1
    assert Scorer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("headers", [None, HTMX])
def test_a_visitor_that_was_erased_begins_again(client, headers):
    round = factories.sticker_round(groups=3, ideas=1, slug="sop")
    ideas = list(round.ideas.order_by("pk"))
    place(client, ideas[0], GREEN, headers)
    Scorer.objects.get().visitor.delete()
    assert place(client, ideas[1], RED, headers).status_code in (200, 302)
    assert counts(round) == [(0, 0, 0), (0, 0, 1), (0, 0, 0)]


@pytest.mark.django_db(transaction=True)
def test_the_race_is_real():
    """Without the constraint, look-then-write gives one person several stickers: the test above proves something."""
    round = factories.sticker_round(groups=1, ideas=1)
    idea, visitor = round.ideas.get(), factories.visitor()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE polls_sticker DROP CONSTRAINT one_sticker_per_person")

    def look_then_write(number):
        with transaction.atomic():
            if not Sticker.objects.filter(idea=idea, visitor=visitor).exists():
                factories.sticker(idea, GREEN, visitor)

    try:
        for _ in range(20):
            at_once(look_then_write, 50)
            if Sticker.objects.count() > 1:
                break
            Sticker.objects.all().delete()
        assert Sticker.objects.count() > 1
    finally:
        Sticker.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE polls_sticker ADD CONSTRAINT one_sticker_per_person"
                " UNIQUE NULLS NOT DISTINCT (idea_id, visitor_id, person)"
            )


@pytest.mark.django_db(transaction=True)
def test_a_room_that_scores_at_once_is_counted_exactly():
    round = factories.sticker_round(groups=2, ideas=2)
    ideas, people = list(round.ideas.order_by("pk")), [factories.visitor() for _ in range(60)]

    def score(number):
        person, idea = people[number % 60], ideas[number // 60]
        colour = (number + number // 60) % 3 + 1
        return StickerRound.objects.place(round.slug, Person(person.pk, 1), idea.pk, colour).placed

    assert all(at_once(score, 240))
    assert counts(round) == [(20, 20, 20)] * 4
    assert Scorer.objects.count() == 60


def test_who_placed_only_on_what_is_hidden_is_not_counted(round, ideas):
    both, one = factories.visitor(), factories.visitor()
    for idea, visitor in ((ideas[0], both), (ideas[1], both), (ideas[0], one)):
        factories.sticker(idea, GREEN, visitor)
    factories.sticker(ideas[0], RED, one, person=2)
    ideas[0].hide(None, "Er staat een naam in.")
    assert StickerRound.objects.board("sop").scorers == 1
    ideas[0].restore()
    assert StickerRound.objects.board("sop").scorers == 3


def test_more_people_than_were_said_to_be_there_are_no_share_of_them(client, coordinator, round, ideas):
    for _ in range(4):
        factories.sticker(ideas[0], GREEN)
    round.present, round.stage = 2, "result"
    round.save()
    assert "in de zaal" not in client.get("/stickerrondes/sop/").text
    panel = client.get("/stickerrondes/sop/bediening/").text
    assert "Er plakten 4 mensen, en in het beheer staat dat er 2 in de zaal waren." in panel
    round.present = 4
    round.save()
    assert "mensen plakten stickers, 100% van de 4 in de zaal" in client.get("/stickerrondes/sop/").text
    assert "in het beheer staat dat" not in client.get("/stickerrondes/sop/bediening/").text


@pytest.mark.parametrize("path", [DESK, f"{DESK}?idee=2", "/stickerrondes/sop/mijn-stickers/"])
def test_back_brings_up_no_stale_sheet(client, round, path):
    assert "no-store" in client.get(path).headers["Cache-Control"]
    assert "no-store" not in client.get("/stickerrondes/sop/").headers.get("Cache-Control", "")


def test_the_table_of_the_result_names_the_groups(client, round, ideas):
    wording = Idea.objects.join(round, [ideas[0].pk, ideas[1].pk], "Samen")
    round.move_to("result")
    rows = client.get("/stickerrondes/sop/").text.split("<tbody>")[1].split("<tr")[1:]
    groups = [row.split('<td data-label="Groep">')[1].split("</td>")[0] for row in rows]
    assert wording.text in rows[0]
    assert groups == ["groep 1, groep 2", "groep 1", "groep 2", "groep 3"]
