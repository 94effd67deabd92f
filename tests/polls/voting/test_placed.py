"""A poll where people are: on the landing page, and on the page of a question. Voting leaves them there."""

import pytest
from django.db import IntegrityError, transaction

from polls.voting.models import Poll
from tests.helpers import factories

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def question():
    return factories.question(slug="eerste")


@pytest.fixture
def poll(question):
    return factories.poll(slug="waar", question="Waar eerst?", on_landing_page=False, placed_with=question)


def choose(client, poll, number=1, headers=None, **data):
    data = {"choice": poll.choices.first().pk, "number": number, **data}
    return client.post(f"/peilingen/{poll.slug}/stem/", data, headers=headers)


@pytest.mark.parametrize("path", ["/vragen/eerste/", "/denk-praat-doe-mee/"])
def test_the_poll_stands_on_the_page_of_its_question(client, poll, path):
    other = factories.question(current=False, slug="andere")
    other.make_current()
    poll.placed_with.make_current()
    page = client.get(path).text
    assert '<h3 id="peiling-kop">Waar eerst?</h3>' in page
    assert '<input type="hidden" name="plek" value="vraag">' in page
    assert page.index('id="schrijf"') < page.index('id="peiling"') < page.index('id="bijdragen"')
    assert "Waar eerst?" not in client.get("/vragen/andere/").text
    assert "Waar eerst?" not in client.get("/").text


def test_without_javascript_people_come_back_to_the_question(client, poll):
    response = choose(client, poll, plek="vraag")
    assert response.url == "/vragen/eerste/#antwoord"
    page = client.get(response.url).text
    assert "Je stemde «ja»" in page
    assert 'href="/peilingen/waar/?plek=vraag&amp;opnieuw=1"' in page
    again = client.get("/peilingen/waar/?plek=vraag&opnieuw=1").text
    assert '<input type="hidden" name="plek" value="vraag">' in again
    assert 'href="/vragen/eerste/#peiling"' in again
    assert choose(client, poll, 2, plek="vraag").url == "/vragen/eerste/#antwoord"


def test_with_htmx_the_answer_keeps_its_place(client, poll):
    answer = choose(client, poll, headers=HTMX, plek="vraag").text
    assert "<html" not in answer
    assert "?plek=vraag&amp;opnieuw=1" in answer


def test_from_the_landing_page_and_back(client):
    poll = factories.poll()
    assert '<input type="hidden" name="plek" value="voorpagina">' in client.get("/").text
    assert choose(client, poll, plek="voorpagina").url == "/#antwoord"
    assert 'id="antwoord"' in client.get("/").text


@pytest.mark.parametrize("place", ["", "voorpagina", "vraag", "//kwaad.example", "\x00"])
def test_a_place_where_it_does_not_stand_leads_to_its_own_page(client, place):
    poll = factories.poll(on_landing_page=False)
    assert choose(client, poll, plek=place).url == "/peilingen/wensbeeld/#antwoord"


def test_a_question_without_a_poll_costs_nothing_and_one_with_a_poll_one_query(
    client, question, django_assert_num_queries
):
    for _ in range(3):
        factories.post(question)
    with django_assert_num_queries(5):  # cold: site, questions, roots, posts, themes
        client.get("/vragen/eerste/")
    with django_assert_num_queries(2):
        client.get("/vragen/eerste/")
    poll = factories.poll(on_landing_page=False, placed_with=question)
    for _ in range(3):
        factories.vote(poll, factories.visitor(), poll.choices.first())
    client.get("/vragen/eerste/")
    with django_assert_num_queries(3):
        assert 'id="peiling"' in client.get("/vragen/eerste/").text


def test_a_poll_that_is_taken_away_or_moved_is_gone_from_the_page(client, poll, question):
    assert 'id="peiling"' in client.get("/vragen/eerste/").text
    poll.placed_with = factories.question(slug="andere")
    poll.save()
    assert 'id="peiling"' not in client.get("/vragen/eerste/").text
    assert 'id="peiling"' in client.get("/vragen/andere/").text
    poll.choices.all().delete()
    poll.delete()
    assert 'id="peiling"' not in client.get("/vragen/andere/").text


def test_one_poll_with_a_question(poll, question):
    with pytest.raises(IntegrityError, match="placed_with"), transaction.atomic():
        factories.poll(slug="nog-een", on_landing_page=False, placed_with=question)


def filled(**fields) -> dict:
    data = {"question": "Waar beginnen we?", "slug": "begin", "results_shown": "voted"}
    data |= {"choices-TOTAL_FORMS": 3, "choices-INITIAL_FORMS": 0}
    for number, text in enumerate(["hulp in de klas", "samen met ouders", "korte lijnen"]):
        data |= {f"choices-{number}-text": text, f"choices-{number}-answer": "Dank je wel!"}
        data |= {f"choices-{number}-position": number}
    return data | fields


def test_a_coordinator_makes_a_poll_and_places_it(client, coordinator, question):
    page = client.get("/beheer/polls/poll/add/").text
    assert "na het stemmen" in page
    response = client.post("/beheer/polls/poll/add/", filled(placed_with=question.pk), follow=True)
    assert Poll.objects.get().placed_with == question, response.text
    page = client.get("/vragen/eerste/").text
    assert page.index(">hulp in de klas<") < page.index(">samen met ouders<") < page.index(">korte lijnen<")
    assert 'class="votes in-words"' in page
    assert "Je ziet de uitslag zodra je hebt gestemd." in page


def test_the_form_says_which_poll_is_in_the_way(client, coordinator, poll, question):
    front = factories.poll(question="Heb jij <dit>?")
    response = client.post("/beheer/polls/poll/add/", filled(on_landing_page="on", placed_with=question.pk))
    assert response.status_code == 200
    for other, words in ((front, "Heb jij &lt;dit&gt;?"), (poll, "Waar eerst?")):
        assert f'<a href="/beheer/polls/poll/{other.pk}/change/">«{words}»</a>. Haal die' in response.text
    assert Poll.objects.count() == 2
    # Saving the one that stands there is no clash with itself.
    own = filled(question=poll.question, slug="waar", placed_with=question.pk)
    own |= {"choices-INITIAL_FORMS": 3}
    own |= {f"choices-{number}-id": choice.pk for number, choice in enumerate(poll.choices.all())}
    assert client.post(f"/beheer/polls/poll/{poll.pk}/change/", own).status_code == 302


@pytest.mark.parametrize("shown", ["", "soms", "\x00", "x" * 5000])
def test_a_wish_for_results_that_there_is_not_is_refused(client, coordinator, shown):
    response = client.post("/beheer/polls/poll/add/", filled(results_shown=shown))
    assert response.status_code == 200
    assert not Poll.objects.exists()
    with pytest.raises(IntegrityError, match="poll_says_when_results_show"), transaction.atomic():
        factories.poll(results_shown="soms")
