"""The page of a design cycle: five steps, what they yielded, who is still to be heard, and one yield of all rounds."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.test import Client

from polls.cycles.harvest import harvest_of
from polls.cycles.models import STEPS, Addition, DesignCycle, Perspective, Step
from polls.rounds.models.rounds import StickerRound
from tests.helpers import factories

pytestmark = pytest.mark.django_db
GREEN, BLUE, RED = 1, 2, 3


@pytest.fixture
def cycle():
    return factories.cycle(
        slug="sop",
        subject="Het schoolondersteuningsprofiel",
        purpose="Laten zien wat een school kan.",
        research_questions="- Wat is de bedoeling?\n- Voor wie is het?",
        definition="Kort gezegd.",
        description="Lang verteld.",
        sounding_board="de beleidsgroep",
        background_title="Lees meer over het profiel",
        background_url="https://achtergrond.example/sop",
        next_text="Er komt een prototype.",
    )


def page_of(client, cycle) -> str:
    response = client.get(f"/ontwerptrajecten/{cycle.slug}/")
    assert response.status_code == 200
    return response.text


def test_a_new_cycle_has_the_five_steps_to_the_letter(cycle):
    assert list(cycle.steps.values_list("name", flat=True)) == [
        "verkennen & formuleren van het vraagstuk",
        "genereren van ideeën & selecteren",
        "genereren & selecteren van concepten (definiëren)",
        "bouwen van het 1e prototype",
        "uitproberen & optimaliseren",
    ]
    cycle.save()
    assert cycle.steps.count() == len(STEPS)
    for number in (0, 6, 5):
        with pytest.raises(IntegrityError), transaction.atomic():
            Step.objects.create(cycle=cycle, number=number, name="nog een")


def test_where_it_stands_and_what_each_step_yielded(client, cycle):
    first = cycle.steps.get(number=1)
    first.yielded, first.feedback = "Een vraag van ons allemaal.", "Houd het klein."
    first.done_on = datetime.date(2026, 10, 12)
    first.save()
    page = page_of(client, cycle)
    states = [part.split('"')[0] for part in page.split('class="timeline cycle-steps"')[1].split('<li class="is-')[1:6]]
    assert states == ["done", "now", "later", "later", "later"]
    assert page.count('aria-current="step"') == 1
    for words in ["Een vraag van ons allemaal.", "De beleidsgroep zegt", "Houd het klein.", "klaar", "komt nog"]:
        assert words in page
    for words in ["De bedoeling", "Wat willen we weten?", "De definitie", "De beschrijving", "Wordt vervolgd"]:
        assert words in page
    assert 'href="https://achtergrond.example/sop"' in page


def test_who_took_part_and_who_is_missing(client, cycle):
    states = [
        ("raad van toezicht", "took-part"),
        ("OPR", "missing"),
        ("ouders", "heard-later"),
        ("consulenten", "invited"),
    ]
    for name, state in states:
        Perspective.objects.create(cycle=cycle, name=name, state=state)
    page = page_of(client, cycle)
    here, missing = page.split("Wie missen we nog?")
    assert "raad van toezicht:</strong> aanwezig" in here and "ouders:</strong> later gehoord" in here
    assert "OPR:</strong> niet aanwezig, we vragen het nog" in missing
    assert "consulenten:</strong> uitgenodigd" in missing
    with pytest.raises(IntegrityError, match="perspective_has_a_state"), transaction.atomic():
        Perspective.objects.update(state="onbekend")


def test_additions_may_tell_of_a_split(client, cycle):
    other, concept = (factories.cycle(subject="Het gesprek"), factories.cycle(subject="Nog geheim", published_at=None))
    addition = Addition.objects.create(
        cycle=cycle, date=datetime.date(2026, 11, 29), occasion="de vergadering", text="We splitsen het."
    )
    addition.into.add(other, concept)
    page = page_of(client, cycle)
    assert "Aanvulling van" in page and "29 november" in page
    assert "Naar aanleiding van de vergadering" in page
    assert f'href="/ontwerptrajecten/{other.slug}/"' in page
    assert "Nog geheim" not in page
    told = f'Komt voort uit <a href="/ontwerptrajecten/sop/">{cycle.subject}</a>'
    head = page_of(client, other).split("</h1>")[1].split("</header>")[0]
    assert told in head
    Addition.objects.create(cycle=cycle, date="2026-11-30", text="Nog eens.").into.add(other)
    Addition.objects.create(cycle=concept, date="2026-11-30", text="En hier.").into.add(other)
    again = page_of(client, other)
    assert again.count(told) == 1 and "Nog geheim" not in again
    cycle.published_at = None
    cycle.save()
    assert "Komt voort uit" not in page_of(client, other)


def test_links_only_to_what_people_may_see(client, cycle):
    asked, later = (factories.question(title="De Eerste Vraag"), factories.question(title="Later", current=False))
    open_cafe, concept = (factories.cafe(title="Café open"), factories.cafe(title="Café concept", published_at=None))
    cycle.questions.add(asked, later)
    cycle.cafes.add(open_cafe, concept)
    page = page_of(client, cycle)
    assert asked.get_absolute_url() in page and open_cafe.get_absolute_url() in page
    assert "Later" not in page and "Café concept" not in page


def test_one_yield_of_all_finished_rounds(client, cycle):
    board, parents, busy = (
        factories.sticker_round(cycle=cycle, groups=1, ideas=1, title=title, stage=stage)
        for title, stage in [("Met het bestuur", "result"), ("Met ouders", "result"), ("Nog bezig", "stickers")]
    )
    for round, colours in [(board, [GREEN, RED]), (parents, [GREEN, GREEN, BLUE]), (busy, [GREEN])]:
        for colour in colours:
            factories.sticker(round.ideas.get(), colour)
    page = page_of(client, cycle)
    gained = page.split("De opbrengst tot nu toe")[1].split("</section>")[0]
    assert "2 stickerrondes met samen 5 mensen en 5 stickers" in gained
    assert gained.index("Groen van 2 van de 3 mensen") < gained.index("Groen van 1 van de 2 mensen")
    assert busy.ideas.get().text not in gained
    assert "Nog bezig" in page


def test_what_most_people_passed_by_is_not_the_greenest(cycle):
    small, large = (factories.sticker_round(cycle=cycle, groups=1, ideas=2, stage="result") for _ in range(2))
    for round, people in ((small, 4), (large, 8)):
        wanted, passed_by = round.ideas.order_by("pk")
        visitors = [factories.visitor() for _ in range(people)]
        for visitor in visitors:
            factories.sticker(wanted, RED if visitor is visitors[0] else GREEN, visitor)
        factories.sticker(passed_by, GREEN, visitors[0])
    gained = harvest_of(StickerRound.objects.boards_of_cycle(cycle.pk)).ideas
    assert [(each.idea.green, each.board.scorers) for each in gained] == [(7, 8), (3, 4), (1, 4), (1, 8)]


@pytest.mark.parametrize("rows", [1, 3])
def test_at_most_six_queries(client, django_assert_num_queries, cycle, rows):
    for number in range(rows):
        cycle.questions.add(factories.question())
        cycle.cafes.add(factories.cafe())
        Perspective.objects.create(cycle=cycle, name=f"groep {number}")
        Addition.objects.create(cycle=cycle, date="2026-11-01", text="Nog iets").into.add(factories.cycle())
        round = factories.sticker_round(cycle=cycle, groups=rows, ideas=rows, stage="result")
        for idea in round.ideas.all():
            factories.sticker(idea, GREEN)
    with django_assert_num_queries(5):  # the cycle, its rounds, its questions, its cafés, the site
        page_of(client, cycle)


def test_a_concept_is_not_there_yet(client, cycle):
    cycle.published_at = None
    cycle.save()
    assert client.get("/ontwerptrajecten/sop/").status_code == 404
    assert client.get("/ontwerptrajecten/bestaat-niet/").status_code == 404
    round = factories.sticker_round(cycle=cycle)
    assert "/ontwerptrajecten/" not in client.get(f"/stickerrondes/{round.slug}/").text


def test_a_concept_is_there_for_who_may_change_it(client, settings, cycle):
    settings.DEMO = True
    path = "/ontwerptrajecten/sop/"
    assert "Concept:" not in client.get(path).text
    cycle.published_at = None
    cycle.save()
    addition = Addition.objects.create(cycle=factories.cycle(), date="2026-11-29", text="We splitsen het.")
    addition.into.add(cycle)
    user = factories.user(is_staff=True)
    client.force_login(user)
    assert client.get(path).status_code == 404
    user.user_permissions.add(Permission.objects.get(codename="change_designcycle"))
    answer = client.get(path)
    assert "Concept: alleen beheerders zien dit." in answer.text
    assert f'href="/beheer/polls/designcycle/{cycle.pk}/change/"' in answer.text
    assert "no-store" in answer.headers["Cache-Control"]
    # Nothing of it is kept for anybody.
    stranger, others = Client(), ("/programma/", "/", addition.cycle.get_absolute_url())
    assert stranger.get(path).status_code == 404
    for other in others:
        client.get(other)
        assert cycle.subject not in stranger.get(other).text


def test_people_find_it_from_the_programme(client, cycle):
    assert 'href="/ontwerptrajecten/sop/"' in client.get("/programma/").text
    DesignCycle.objects.update(subject="Anders genoemd")
    assert "Anders genoemd" in client.get("/programma/").text  # what is kept follows


def test_a_cycle_is_made_in_the_admin(client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    page = client.get("/beheer/polls/designcycle/add/").text
    assert 'name="perspectives-TOTAL_FORMS" value="3"' in page  # to fill in without JavaScript
    assert 'name="additions-TOTAL_FORMS" value="0"' in page
    data = {"subject": "Onze thema's", "slug": "themas", "published": "on", "research_questions": "- Wat?"}
    for prefix in ("steps", "perspectives", "additions"):
        data |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
    bad = client.post("/beheer/polls/designcycle/add/", data | {"background_url": "https://achtergrond.example"})
    assert "ook een tekst" in bad.text
    evil = {"background_url": "javascript:alert(1)", "background_title": "x"}
    assert client.post("/beheer/polls/designcycle/add/", data | evil).status_code == 200
    response = client.post("/beheer/polls/designcycle/add/", data)
    assert response.status_code == 302, response.text
    cycle = DesignCycle.objects.get()
    steps = list(cycle.steps.all())
    data |= {"steps-TOTAL_FORMS": 5, "steps-INITIAL_FORMS": 5, "perspectives-TOTAL_FORMS": 1}
    data |= {"perspectives-0-name": "OPR", "perspectives-0-state": "missing", "perspectives-0-position": 0}
    for number, step in enumerate(steps):
        data |= {f"steps-{number}-id": step.pk, f"steps-{number}-cycle": cycle.pk, f"steps-{number}-name": step.name}
    data |= {"steps-0-done_on": "2026-10-12", "steps-0-yielded": "Een vraag."}
    page = client.get(f"/beheer/polls/designcycle/{cycle.pk}/change/").text
    assert all(f'name="{rows}-TOTAL_FORMS" value="1"' in page for rows in ("perspectives", "additions"))
    data |= {"additions-TOTAL_FORMS": 1, "additions-0-date": "", "additions-0-text": ""}
    response = client.post(f"/beheer/polls/designcycle/{cycle.pk}/change/", data)
    assert response.status_code == 302, response.text
    assert not cycle.additions.exists()
    assert cycle.steps.get(number=1).yielded == "Een vraag."
    assert cycle.perspectives.get().state == "missing"
    assert "stap 2" in client.get("/beheer/polls/designcycle/").text
