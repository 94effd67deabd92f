"""The landing page, the programme and the texts."""

import datetime

import pytest
from django.utils import timezone

from events.models.snapshots import Snapshot
from polls.models import Poll
from tests.helpers import factories, kept
from tests.helpers.browsers import browser_of
from werkplaats.people import visitors
from werkplaats.people.models import User
from werkplaats.site.models import GlossaryTerm, Milestone, Motto, Site

pytestmark = pytest.mark.django_db


def fill(rows: int) -> None:
    question = factories.question()
    factories.poll()
    for number in range(rows):
        factories.post(question)
        factories.wensbeeld()
        factories.registration(factories.cafe())
        Motto.objects.create(text=f"motto {number}", artwork="motto-bubbles", artwork_alt="Bellen")
        Milestone.objects.create(date=datetime.date(2027, 2, 1 + number), title=f"Mijlpaal {number}")


@pytest.mark.parametrize("rows", [1, 3])
def test_landing_page_queries(client, django_assert_num_queries, rows):
    fill(rows)
    Snapshot.objects.take()  # as the worker does
    # All that moves, the site, questions, roots, threads, cafés, what was heard, mottos.
    with django_assert_num_queries(8):
        client.get("/")
    with django_assert_num_queries(2):  # all that moves, roots
        client.get("/")
    Site.objects.update(period_start=2021, period_end=2025)
    with django_assert_num_queries(8):  # once in each process after a coordinator changed something
        assert "2021 – 2025" in client.get("/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_landing_page_queries_of_who_was_here_before(client, django_assert_num_queries, rows):
    fill(rows)
    Snapshot.objects.take()
    voter = factories.visitor()
    poll = Poll.objects.get()
    factories.vote(poll, voter, poll.choices.first())
    client.get("/")
    known, user = browser_of(voter), browser_of(visitors.own(User.objects.confirmed("anna@example.org")))
    with django_assert_num_queries(3):  # and what is theirs
        known.get("/")
    user.get("/")
    with django_assert_num_queries(5):  # session, user, and the same three; nothing more for what is drawn anew
        assert "Je bent ingelogd als" in user.get("/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_programme_queries(client, django_assert_num_queries, rows):
    fill(rows)
    for _ in range(rows):
        factories.sticker_round(cycle=factories.cycle())
    with django_assert_num_queries(6):
        client.get("/programma/")
    with django_assert_num_queries(2):  # the site, and the rounds that are open: they move at any moment
        client.get("/programma/")


def test_title_names_the_plan_to_the_letter(client):
    Site.objects.update(period_start=2021, period_end=2025)
    assert "<h1>Denk, praat en doe mee met het Ondersteuningsplan 2021 – 2025</h1>" in client.get("/").text


def test_nothing_set_up_yet_is_still_a_page(client):
    for path in ("/", "/programma/", "/over/", "/privacy/", "/toegankelijkheid/"):
        assert client.get(path).status_code == 200, path


def test_everything_shows_what_is_set(client):
    question, poll = factories.question(), factories.poll()
    post, wens, cafe = factories.post(question), factories.wensbeeld(), factories.cafe(question="Wat telt?")
    Site.objects.update(intro="Doe mee met het SWV.", poem="Een kind blaast\neen bel", poem_author="Iemand")
    GlossaryTerm.objects.create(term="SWV", meaning="samenwerkingsverband")
    Motto.objects.create(text="samen leren leven", artwork="motto-bubbles", artwork_alt="Grote bellen")
    Milestone.objects.create(date=timezone.localdate(), title="De eerste opbrengst")
    page = client.get("/").text
    for shown in (question.text, post.text, poll.question, wens.text, cafe.question, "samen leren leven"):
        assert shown in page
    for shown in ("Een kind blaast", "Iemand", "De eerste opbrengst", "samenwerkingsverband"):
        assert shown in page
    assert 'role="img" aria-label="Grote bellen"' in page


def test_the_question_stands_right_under_the_title(client):
    fill(1)
    page = client.get("/").text
    order = [page.index(part) for part in ("<h1", "Wat maakt ons Passend", 'class="front-mottos"', 'class="mottos"')]
    assert order == sorted(order)


def test_what_a_coordinator_changes_is_there_at_once(client):
    fill(1)
    client.get("/")
    Motto.objects.update(text="ik maak verschil voor ons")
    Site.objects.update(intro="Nieuwe woorden.")
    page = client.get("/").text
    assert "ik maak verschil voor ons" in page
    assert "Nieuwe woorden." in page


def test_people_are_counted_once_and_shown_from_ten_on(client):
    question = factories.question()
    visitors = [factories.visitor() for _ in range(9)]
    for visitor in visitors:
        factories.post(question, visitor=visitor)
        factories.wensbeeld(visitor=visitor)
    factories.visitor()  # has done nothing
    assert "mensen doen mee" not in client.get("/").text
    factories.registration(factories.cafe(), visitor_id=factories.visitor().pk)
    kept.forget()
    assert "Al 10 mensen doen mee." in client.get("/").text


def test_texts_come_with_their_words_explained(client):
    Site.objects.update(
        about="## Waarom\n\nHet SWV.",
        privacy="Wij bewaren weinig.",
        accessibility="Meld het ons.",
        contact_email="a@b.nl",
    )
    GlossaryTerm.objects.create(term="SWV", meaning="samenwerkingsverband")
    about = client.get("/over/").text
    assert "<h2>Waarom</h2>" in about
    assert "<dt>SWV</dt><dd>samenwerkingsverband</dd>" in about
    assert "Wij bewaren weinig." in client.get("/privacy/").text
    assert "Meld het ons." in client.get("/toegankelijkheid/").text
    assert "mailto:a@b.nl" in about
