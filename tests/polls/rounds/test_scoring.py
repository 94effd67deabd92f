"""Placing stickers: one per person and idea, changeable, idea by idea; counts that the database keeps."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from polls.rounds import person
from polls.rounds.models.ideas import Idea
from polls.rounds.models.rounds import StickerRound
from polls.rounds.models.stickers import Scorer, Sticker
from tests.helpers import factories
from tests.helpers.browsers import as_visitor
from tests.polls.rounds.stickers import BLUE, DESK, GREEN, HTMX, RED, counts, place
from werkplaats.people import visitors

pytestmark = pytest.mark.django_db


def test_one_tap_and_on_to_the_next_idea(client, round, ideas):
    response = place(client, ideas[0], GREEN)
    assert response.status_code == 302
    response = client.get(response.url)
    assert response.url == f"{DESK}?idee=2"
    page = client.get(response.url).text
    assert "2 van 3" in page
    assert ideas[1].text in page
    assert counts(round) == [(1, 0, 0), (0, 0, 0), (0, 0, 0)]


def test_with_htmx_the_next_idea_comes_in_place_with_the_focus(client, ideas):
    response = place(client, ideas[0], BLUE, HTMX)
    assert "<html" not in response.text
    assert response.headers["HX-Push-Url"] == f"{DESK}?idee=2"
    heading = response.text.split("<h1")[1].split(">")[0]
    assert "data-focus" in heading and 'tabindex="-1"' in heading
    place(client, ideas[1], BLUE, HTMX)
    last = place(client, ideas[2], RED, HTMX)
    assert last.headers["HX-Push-Url"] == "/stickerrondes/sop/mijn-stickers/"
    assert "Klaar, dank je wel!" in last.text


def test_buttons_have_names_states_and_an_order(client, ideas):
    place(client, ideas[0], BLUE)
    page = client.get(f"{DESK}?idee=1").text
    sticks = page.split('class="sticks"')[1].split("<nav")[0]
    assert [part.split('aria-pressed="')[1].split('"')[0] for part in sticks.split("<button")[1:]] == [
        "false",
        "true",
        "false",
    ]
    words = ["ja, goed idee", "groen", "neutraal", "blauw · jouw sticker", "niet in het SOP zetten", "rood"]
    places = [sticks.index(word) for word in words]
    assert places == sorted(places)
    assert sticks.count("<svg") == sticks.count('aria-hidden="true"') == 3
    assert 'role="group" aria-label="Jouw sticker"' in page


def test_change_until_it_closes(client, round, ideas):
    for colour in (GREEN, RED, RED, BLUE):
        place(client, ideas[0], colour)
    assert counts(round)[0] == (0, 1, 0)
    assert Sticker.objects.count() == 1
    round.move_to("result")
    response = place(client, ideas[0], GREEN)
    assert response.status_code == 409
    assert "Het plakken is klaar" in response.text
    assert counts(round)[0] == (0, 1, 0)


def test_a_sticker_keeps_the_role_of_the_owner_of_the_phone_only(client, ideas):
    place(client, ideas[0], GREEN)
    role = factories.role("directeur")
    Sticker.objects.get().visitor.says_to_be(role)
    place(client, ideas[1], GREEN)
    client.post("/stickerrondes/sop/volgende-persoon/")
    place(client, ideas[2], GREEN)
    assert [sticker.role for sticker in Sticker.objects.order_by("idea")] == [None, role, None]


def test_picks_up_where_they_left_off(client, ideas):
    assert "1 van 3" in client.get(DESK).text
    place(client, ideas[0], GREEN)
    assert "2 van 3" in client.get(DESK).text
    client.get(f"{DESK}?idee=3")  # skipped the second
    place(client, ideas[2], RED)
    assert "2 van 3" in client.get(DESK).text
    summary = client.get("/stickerrondes/sop/mijn-stickers/").text
    assert "Je sloeg 1 idee over" in summary
    assert summary.index("ja, goed idee") < summary.index("nog geen sticker") < summary.index("niet in het SOP")
    place(client, ideas[1], BLUE)
    assert "Klaar, dank je wel!" in client.get(DESK).text


def test_previous_and_skip_are_links(client, round):
    first, middle, last = (client.get(f"{DESK}?idee={number}").text for number in (1, 2, 3))
    assert "Vorige" not in first and f'href="{DESK}?idee=2"' in first and "Overslaan" in first
    assert f'href="{DESK}?idee=1"' in middle and f'href="{DESK}?idee=3"' in middle
    assert "Overslaan" not in last and "Naar je stickers" in last


@pytest.mark.parametrize(
    ("stage", "words"),
    [("ideas", "de groepen schrijven weer ideeën op"), ("result", "Deze sticker kwam te laat en telt niet mee")],
)
def test_no_stickers_before_and_after(client, round, ideas, stage, words):
    round.move_to(stage)
    for headers in (None, HTMX):
        refused = place(client, ideas[0], GREEN, headers)
        assert refused.status_code == 409
        assert words in refused.text
    assert not Sticker.objects.exists()
    assert client.get(DESK).status_code == 200


def test_only_who_placed_stickers_reads_that_they_count(client, round, ideas):
    place(client, ideas[0], GREEN)
    round.move_to("result")
    own, other = "/stickerrondes/sop/mijn-stickers/", Client()
    assert "Wat jij plakte, telt mee." in client.get(own).text
    late = place(client, ideas[1], GREEN).text
    assert "Deze sticker kwam te laat" in late and "Wat jij eerder plakte, telt mee." in late
    for page in (other.get(own).text, place(other, ideas[0], GREEN).text):
        assert "Van jou is er geen bij." in page
        assert "plakte, telt mee" not in page


@pytest.mark.parametrize("colour", ["", "0", "4", "groen", "-1", "9" * 5000, "\x00", "1.0"])
def test_what_is_no_colour_is_refused_kindly(client, round, ideas, colour):
    response = place(client, ideas[0], colour)
    assert response.status_code == 422
    assert "Kies groen, blauw of rood" in response.text
    assert not Sticker.objects.exists()


@pytest.mark.parametrize("idea", ["0", "-1", "x", str(2**63 - 1), str(2**63), "9" * 5000])
def test_what_is_no_idea_is_refused_kindly(client, round, ideas, idea):
    assert place(client, idea, GREEN).status_code in (409, 422)
    assert not Sticker.objects.exists()


def test_idea_of_another_round_and_hidden_idea(client, round, ideas):
    other = factories.sticker_round().ideas.first()
    ideas[0].hide(None, "Er staat een naam in.")
    for idea in (other, ideas[0]):
        response = place(client, idea, GREEN)
        assert response.status_code == 409
        assert "dit idee is er niet meer" in response.text
    assert not Sticker.objects.exists()


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 5000, "4", "%00"])
def test_odd_numbers_of_ideas_break_nothing(client, ideas, number):
    assert client.get(f"{DESK}?idee={number}").status_code in (200, 400)


def test_next_person_on_a_shared_phone(client, round, ideas):
    place(client, ideas[0], GREEN)
    between = client.get("/stickerrondes/sop/volgende-persoon/")
    assert "Geef het toestel door" in between.text
    assert person.COOKIE.name not in between.cookies  # a GET starts nobody
    assert client.post("/stickerrondes/sop/volgende-persoon/").url == DESK
    page = client.get(DESK).text
    assert "1 van 3" in page and 'aria-pressed="true"' not in page
    place(client, ideas[0], RED)
    client.post("/stickerrondes/sop/volgende-persoon/")
    place(client, ideas[0], RED)
    assert counts(round)[0] == (1, 0, 2)
    assert Scorer.objects.count() == 3
    assert Sticker.objects.values("visitor").distinct().count() == 1


def test_back_to_who_the_phone_belongs_to(client, round, ideas):
    back = "/stickerrondes/sop/eerste-persoon/"
    place(client, ideas[0], GREEN)
    for path in (DESK, "/stickerrondes/sop/mijn-stickers/", "/stickerrondes/sop/volgende-persoon/"):
        assert back not in client.get(path).text  # they hold it themselves
    client.post("/stickerrondes/sop/volgende-persoon/")
    place(client, ideas[0], RED)
    for path in (DESK, "/stickerrondes/sop/mijn-stickers/", "/stickerrondes/sop/volgende-persoon/"):
        assert f'action="{back}"' in client.get(path).text
    assert client.get(back).url == DESK and person.COOKIE.name in client.cookies  # a GET gives nothing back
    for _ in ("once", "twice"):
        assert client.post(back).url == "/stickerrondes/sop/mijn-stickers/"
    place(client, ideas[0], BLUE)
    assert counts(round)[0] == (0, 1, 1)  # their own sticker has changed, the other's stays
    assert back not in client.get(DESK).text


def test_the_phone_can_be_handed_on_while_an_idea_lies_there(client, round, ideas):
    for path in (f"{DESK}?idee=2", "/stickerrondes/sop/mijn-stickers/"):
        assert client.get(path).text.count('href="/stickerrondes/sop/volgende-persoon/"') == 1
    round.move_to("result")
    assert "volgende-persoon" not in client.get("/stickerrondes/sop/mijn-stickers/").text


def test_two_tablets_of_one_visitor_are_not_the_same_person(client, round, ideas):
    """A facilitator logs in on both: one visitor. Who comes second on one is not who comes second on the other."""
    visitor, other = factories.visitor(), Client()
    for tablet in (client, other):
        as_visitor(tablet, visitor)
        tablet.post("/stickerrondes/sop/volgende-persoon/")
        place(tablet, ideas[0], GREEN)
    assert counts(round)[0] == (2, 0, 0)


def test_the_cookie_of_the_person_cannot_be_made_or_lent(client, round, ideas):
    lender = Client()
    place(lender, ideas[0], GREEN)
    lender.post("/stickerrondes/sop/volgende-persoon/")
    place(client, ideas[0], GREEN)
    for spoilt in ["2", "x:y:z", lender.cookies[person.COOKIE.name].value, "é" * 50]:
        client.cookies[person.COOKIE.name] = spoilt
        place(client, ideas[0], RED)
    assert counts(round)[0] == (1, 0, 1)


def test_counts_follow_when_a_visitor_is_erased_or_merged(round, ideas):
    one, two = factories.visitor(), factories.visitor()
    factories.sticker(ideas[0], GREEN, one)
    factories.sticker(ideas[0], RED, two)
    factories.sticker(ideas[1], BLUE, two)
    visitors.merge(two, one)
    assert counts(round) == [(0, 0, 1), (0, 1, 0), (0, 0, 0)]  # of two on one idea, the last in time stays
    assert Scorer.objects.count() == 1
    late = factories.visitor()
    visitors.merge(one, late)
    assert Scorer.objects.get().visitor == late
    late.delete()
    assert counts(round) == [(0, 0, 0)] * 3
    assert not Scorer.objects.exists()


@pytest.mark.parametrize("merged", [0, 1])
def test_of_two_devices_the_last_sticker_in_time_stays(round, ideas, merged):
    """Also on a wording, and for each person who took over the phone."""
    wording = Idea.objects.join(round, [idea.pk for idea in ideas[:2]], "Samen")
    devices = [factories.visitor(), factories.visitor()]
    for idea in (ideas[0], wording, ideas[2]):
        for number in (1, 7):
            factories.sticker(idea, GREEN, devices[0], number)
            factories.sticker(idea, RED, devices[1], number)
    visitors.merge(devices[merged], devices[1 - merged])
    assert set(devices[1 - merged].stickers.values_list("colour", flat=True)) == {RED}
    assert devices[1 - merged].stickers.count() == 6
    assert counts(round) == [(0, 0, 2), (0, 0, 2)]


def test_the_database_refuses_a_second_sticker_and_a_fourth_colour(round, ideas):
    sticker = factories.sticker(ideas[0], GREEN)
    with pytest.raises(IntegrityError, match="one_sticker_per_person"), transaction.atomic():
        factories.sticker(ideas[0], RED, sticker.visitor)
    with pytest.raises(IntegrityError, match="sticker_has_a_colour"), transaction.atomic():
        factories.sticker(ideas[0], 4)
    with pytest.raises(IntegrityError, match="sticker_person_from_one"), transaction.atomic():
        factories.sticker(ideas[0], GREEN, person=0)


def test_a_round_can_go_with_all_that_is_in_it(round, ideas):
    factories.sticker(ideas[0], GREEN)
    round.delete()
    connection.check_constraints()
    assert not Sticker.objects.exists() and not Scorer.objects.exists()


def test_a_sticker_costs_as_little_as_a_thumb(client, round, ideas, django_assert_num_queries):
    place(client, ideas[0], GREEN)  # reads the round, which is kept
    with django_assert_num_queries(1):
        place(client, ideas[1], GREEN)
    with django_assert_num_queries(1):  # the next idea comes along
        place(client, ideas[2], GREEN, HTMX)


def test_the_desk_has_what_the_round_has_now(client, round, ideas):
    """What is on the desk is kept, until anything in the round changes."""

    def says(words: str) -> bool:
        return words in client.get(f"{DESK}?idee=1").text

    assert says(ideas[0].text) and says("niet in het SOP zetten") and says("1 van 3")
    ideas[0].text = "Kennis reist, het kind blijft"
    ideas[0].save()
    assert says("Kennis reist, het kind blijft")
    round.red_word = "liever niet"
    round.save()
    assert says("liever niet")
    ideas[0].group.name = "De ramen"
    ideas[0].group.save()
    assert says("De ramen")
    factories.idea(ideas[0].group)
    assert says("1 van 4")
    ideas[0].hide(None, "Dubbel.")
    assert says("1 van 3") and not says("Kennis reist, het kind blijft")
    ideas[1].erase()
    assert says("1 van 2")


def test_what_stands_in_a_round_raises_its_version_and_a_sticker_does_not(round, ideas):
    def version() -> int:
        return StickerRound.objects.values_list("version", flat=True).get(pk=round.pk)

    before = version()
    factories.sticker(ideas[0], GREEN)
    round.join(factories.visitor(), round.groups.first().code)
    assert version() == before
    events = round.events.count()
    ideas[0].hide(None, "Dubbel.")
    assert version() > before
    assert round.events.count() == events  # its history tells what people changed, not that it was read anew
