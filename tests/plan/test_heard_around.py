"""What leads to «Wat we hoorden»: question, café, design cycle, programme, landing page, Vandaag."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan.models import Choice, Publication
from posts.models import Question
from tests.helpers import factories
from tests.helpers.clock import Clock
from tests.helpers.kept import forget
from tests.plan import helpers
from tests.plan.heard_helpers import lay, publish, write

pytestmark = pytest.mark.django_db
LEADS = "Lees wat we hoorden"


@pytest.fixture
def told(desk):
    lay(write(desk.lines, "Vertel je verhaal één keer."), *desk.voices)
    desk.address = f"{desk.question.get_absolute_url()}wat-we-hoorden/"
    return desk


def get(address: str) -> str:
    return Client().get(address).text


def test_the_question_opens_with_it(told):
    assert LEADS not in get(told.question.get_absolute_url())
    publish(told.harvest)
    html = get(told.question.get_absolute_url())
    assert html.index(f'href="{told.address}">{LEADS}') < html.index("<h1>")


def test_a_closed_question_asks_nobody_to_bring_anything(told):
    inviting = "Deel hier wat eruit kwam."
    Question.objects.filter(pk=told.question.pk).update(take_part=inviting)
    assert inviting in get(told.question.get_absolute_url())
    factories.question()
    assert inviting not in get(told.question.get_absolute_url())


def test_a_cafe_that_was_opens_with_that_of_its_question(told):
    was = factories.cafe(topic=told.question, starts_at=timezone.now() - timedelta(days=3))
    ahead = factories.cafe(topic=told.question)
    assert "praat verder" in get(was.get_absolute_url())
    publish(told.harvest)
    html = get(was.get_absolute_url())
    assert f'href="{told.address}">{LEADS}' in html and "praat verder" not in html
    assert LEADS not in get(ahead.get_absolute_url())


def test_a_design_cycle_opens_with_its_own(told):
    cycle = factories.cycle()
    held = factories.sticker_round(groups=1, ideas=1, cycle=cycle)
    fragment = held.ideas.get().fragment
    lay(write(helpers.stack(fragment.harvest), "Laat kennis reizen."), fragment)
    assert LEADS not in get(cycle.get_absolute_url())
    publish(fragment.harvest)
    assert f'href="{cycle.get_absolute_url()}wat-we-hoorden/">{LEADS}' in get(cycle.get_absolute_url())


def test_the_programme_gets_its_milestone(told):
    publish(told.harvest)
    for page in ("/programma/", "/"):
        assert f'<a href="{told.address}">Wat we hoorden' in get(page)


def test_the_landing_page_tells_it_for_two_weeks(told, monkeypatch):
    publish(told.harvest)
    clock = Clock(monkeypatch)
    for days, is_news in ((0, True), (13, True), (14, False)):
        clock.set_to(timezone.localtime().replace(hour=12) + timedelta(days=days))
        assert ("Nieuw: wat we hoorden" in get("/")) == is_news
        clock.set_to(timezone.now() - timedelta(days=days))


def test_a_correction_is_no_news(told):
    publish(told.harvest)
    page = get("/")
    write(told.lines, "Vertel je verhaal één keer, thuis.")
    publish(told.harvest, changed="Een komma.")
    forget()
    assert get("/").count("Nieuw: wat we hoorden") == page.count("Nieuw: wat we hoorden") == 1
    assert "gewijzigd op" in get("/wat-we-hoorden/")


def test_who_closes_a_question_is_asked_to_tell(told, client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    nxt = factories.question(current=False, title="De Tweede Vraag", text="En nu?")
    chosen = {"action": "make_current", "_selected_action": [nxt.pk], "index": 0}
    chosen |= {"_asked": "1", "sluit": Question.objects.current().pk}
    html = client.post(reverse("admin:posts_question_changelist"), chosen, follow=True).text
    assert "«De Eerste Vraag» is dicht: 3 mensen schreven." in html
    assert "href='/beheer/werkbank/'>op de werkbank</a>" in html
    assert Question.objects.current() == nxt


def vandaag(client) -> str:
    return client.get("/beheer/").text


def test_vandaag_reminds_after_a_month_and_nobody_else_reads_it(told, client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    factories.question()
    words = "Over 3 stemmen is nog niets gezegd"
    for days, reminds in ((29, False), (31, True)):
        Question.objects.filter(pk=told.question.pk).update(closed_at=timezone.now() - timedelta(days=days))
        assert (words in vandaag(client)) == reminds
    for page in ("/", told.question.get_absolute_url(), "/programma/", "/wat-we-hoorden/"):
        assert "nog niets gezegd" not in get(page)
    publish(told.harvest)
    assert "nog niets gezegd" not in vandaag(client)


def test_what_came_after_the_telling_is_reminded_of_too(told, client, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    publish(told.harvest)
    helpers.voice(told.question)
    factories.question()
    Question.objects.filter(pk=told.question.pk).update(closed_at=timezone.now() - timedelta(days=31))
    assert "Over 1 stem is nog niets gezegd" in vandaag(client)


def test_the_page_is_there_as_soon_as_it_is_published(told):
    assert "Hier komt te staan" in get(told.address)
    publish(told.harvest)
    assert "Vertel je verhaal één keer." in get(told.address)
    write(told.lines, "Eén keer vertellen.", Choice.GOOD)
    assert "Vertel je verhaal één keer." in get(told.address), "what is sorted on is not public"
    assert Publication.objects.count() == 1
