"""A stack that is open, as a page: its cards, what was heard, what is done with it, its sentences of the plan."""

import pytest
from django.urls import reverse

from plan.actions import laying, stacks, writing
from plan.models import Destination, Sentence, Stack
from plan.reading import stack as stack_reading
from tests.helpers import factories
from tests.plan import helpers, telling
from werkplaats.models import Role

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def anouk(client, settings, desk):
    settings.DEMO = True  # no second factor
    desk.anouk.let_sort(True)
    client.force_login(desk.anouk)
    desk.lay(*desk.voices)
    return client


def address(desk, name="stack", stack=None) -> str:
    return reverse(f"plan:{name}", args=[desk.harvest.pk, (stack or desk.wait).pk])


def press(client, desk, *, name="stack_step", stack=None, htmx=False, **typed):
    return client.post(address(desk, name, stack), typed, headers=HTMX if htmx else {})


def card(desk, number=0) -> Destination:
    return Destination.objects.get(fragment=desk.voices[number], stack=desk.wait)


def mark(card: Destination) -> str:
    return f"{card.pk}.{card.version}"


def test_it_shows_its_cards_and_who_speaks(anouk, desk):
    text = anouk.get(address(desk)).text
    assert all(voice.post.text in text for voice in desk.voices)
    assert "3 stemmen" in text
    assert "Hier spreekt één rol" in text
    desk.lay(helpers.voice(desk.question, role=Role.objects.create(name="bestuurder", plural="bestuurders")))
    text = anouk.get(address(desk)).text
    assert "bestuurders 1" in text
    assert "Hier spreekt één rol" not in text


def test_cards_move_and_go_back_to_the_list(anouk, desk):
    press(anouk, desk, kaart=[mark(card(desk, 0)), mark(card(desk, 1))], stapel=desk.lines.pk)
    assert [helpers.lies_on(voice) for voice in desk.voices] == [["Korte lijnen"], ["Korte lijnen"], ["Wachten"]]
    press(anouk, desk, kaart=mark(card(desk, 2)), doe="haalaf")
    assert helpers.lies_on(desk.voices[2]) == []
    assert "Er ligt nog niets op deze stapel." in anouk.get(address(desk)).text


def test_without_a_card_it_asks_for_one(anouk, desk):
    for typed in ({"stapel": desk.lines.pk}, {"doe": "haalaf"}, {"doe": "eigen"}, {"doe": "uitelkaar"}):
        answer = press(anouk, desk, kaart="onzin", **typed)
        assert answer.status_code == 409
        assert "Kies eerst een kaart." in answer.text
    for typed in ({}, {"doe": "x"}, {"citaat": "1.2"}, {"klopt": "\0"}, {"citaat": f"{2**70}.1.1.1"}):
        assert press(anouk, desk, **typed).status_code in (302, 409)
    assert not Destination.objects.exclude(stack=desk.wait).exists()


def test_a_card_that_another_moved_is_told(anouk, desk):
    seen = mark(card(desk))
    laying.move(desk.harvest.pk, desk.lines.pk, helpers.shown(card(desk)), desk.joris)
    answer = press(anouk, desk, htmx=True, kaart=seen, doe="haalaf")
    assert answer.status_code == 409
    assert "Joris verplaatste deze stem naar «Korte lijnen»." in answer.text
    assert helpers.lies_on(desk.voices[0]) == ["Korte lijnen"]


def test_a_card_becomes_a_quote_and_none_again(anouk, desk):
    words = desk.voices[0].source_version
    press(anouk, desk, citaat=f"{mark(card(desk))}.{words}.1")
    assert card(desk).is_quote
    press(anouk, desk, citaat=f"{mark(card(desk))}.{words}.0")
    assert not card(desk).is_quote


@pytest.mark.parametrize("htmx", [True, False])
def test_who_works_on_the_second_page_of_a_stack_stays_there(anouk, desk, monkeypatch, htmx):
    monkeypatch.setattr(stack_reading, "CARDS", 2)
    last, words = card(desk, 2), desk.voices[2].source_version
    typed = {"citaat": f"{mark(last)}.{words}.1"}
    path = f"{address(desk, 'stack_step')}?bladzijde=2"
    answer = anouk.post(path, typed, headers=HTMX if htmx else {}, follow=True)
    assert desk.voices[2].post.text in answer.text
    assert desk.voices[0].post.text not in answer.text
    assert card(desk, 2).is_quote


def test_words_that_changed_are_shown_and_found_right_again(anouk, desk):
    post = desk.voices[0].post
    post.text = "Nu met andere woorden."
    post.save()
    text = anouk.get(address(desk)).text
    assert "De woorden zijn gewijzigd sinds je ze neerlegde." in text
    version = type(desk.voices[0]).objects.get(pk=desk.voices[0].pk).source_version
    press(anouk, desk, klopt=f"{mark(card(desk))}.{version}")
    assert "De woorden zijn gewijzigd" not in anouk.get(address(desk)).text


def test_a_card_gets_a_choice_of_its_own(anouk, desk):
    page = anouk.get(f"{address(desk)}?kaart={card(desk).pk}").text
    assert "Eigen keuze voor" in page
    press(anouk, desk, kaart=mark(card(desk)), doe="eigen", keuze="next")
    assert card(desk).choice == "next"
    assert "Eigen keuze: nemen we mee naar een volgende stap" in anouk.get(address(desk)).text


def test_the_sentence_is_saved_and_another_who_wrote_it_is_shown_beside_it(anouk, desk):
    seen = desk.wait.version
    answer = press(anouk, desk, name="hear", htmx=True, hoorden="Wachten duurt lang.", gezien=seen)
    assert answer.status_code == 200
    assert "Bewaard" in answer.text
    stacks.hear(
        desk.harvest.pk, desk.wait.pk, "Gezinnen wachten.", Stack.objects.get(pk=desk.wait.pk).version, desk.joris
    )
    answer = press(anouk, desk, name="hear", htmx=True, hoorden="Het duurt lang.", gezien=seen)
    assert answer.status_code == 409
    for words in ("Gezinnen wachten.", "Het duurt lang.", "Joris veranderde de zin", "Houd die van mij"):
        assert words in answer.text
    now = Stack.objects.get(pk=desk.wait.pk)
    assert f'name="gezien" value="{now.version}"' in answer.text
    press(anouk, desk, name="hear", hoorden="Het duurt lang.", gezien=now.version)
    now.refresh_from_db()
    assert now.heard == "Het duurt lang."


def test_without_javascript_a_refused_sentence_comes_back(anouk, desk):
    answer = press(anouk, desk, name="hear", hoorden="x" * 201, gezien=desk.wait.version)
    assert answer.status_code == 409
    assert "Dat zijn 201 tekens. Er passen er 200." in answer.text
    assert "x" * 201 in answer.text


def test_the_choice_is_saved_and_what_it_lacks_is_asked(anouk, desk):
    answer = press(anouk, desk, doe="keuze", gezien=desk.wait.version, keuze="taken_up", woorden="")
    assert answer.status_code == 409
    assert "Vul in wat er op de puntjes moet staan." in answer.text
    press(anouk, desk, doe="keuze", gezien=desk.wait.version, keuze="taken_up", woorden="het loket")
    assert Stack.objects.get(pk=desk.wait.pk).words == "het loket"


def test_a_choice_that_another_made_is_shown_beside_ones_own(anouk, desk):
    seen = desk.wait.version
    stacks.choose(desk.harvest.pk, desk.wait.pk, seen, desk.joris, choice="taken_up", words="het loket")
    answer = press(anouk, desk, doe="keuze", gezien=seen, keuze="answer", woorden="lees de brief")
    assert answer.status_code == 409
    assert "Joris veranderde de keuze van «Wachten»." in answer.text
    assert "Daar staat nu: al opgepakt door het loket." in answer.text
    assert 'value="lees de brief"' in answer.text
    assert Stack.objects.get(pk=desk.wait.pk).words == "het loket"


@pytest.mark.parametrize("typed", ["0000-00-00", "31-12-2026", "10000-01-01", "0001-01-01", "2026-02-30", "x" * 5000])
def test_a_day_that_is_none_is_refused(anouk, desk, typed):
    no = {"keuze": "not", "woorden": "past niet", "besluit_van": "bestuur", "besluit_op": typed}
    answer = press(anouk, desk, doe="keuze", gezien=desk.wait.version, **no)
    assert answer.status_code == 409
    assert Stack.objects.get(pk=desk.wait.pk).choice == ""


def test_it_is_renamed_taken_apart_and_joined(anouk, desk):
    press(anouk, desk, doe="naam", naam="Wachten duurt te lang", gezien=desk.wait.version)
    assert Stack.objects.get(pk=desk.wait.pk).name == "Wachten duurt te lang"
    press(anouk, desk, kaart=mark(card(desk)), doe="uitelkaar", nieuwe_naam="In de bus")
    assert helpers.lies_on(desk.voices[0]) == ["In de bus"]
    now = Stack.objects.get(pk=desk.wait.pk)
    into = Stack.objects.get(pk=desk.lines.pk)
    answer = press(anouk, desk, doe="voegsamen", met=f"{into.pk}.{into.version}", gezien=now.version)
    assert answer["Location"] == address(desk, stack=into)
    assert helpers.lies_on(desk.voices[1]) == ["Korte lijnen"]
    assert anouk.get(address(desk)).status_code == 302
    act = desk.harvest.acts.last()
    press(anouk, desk, stack=into, doe="ongedaan", stap=act.pk)
    assert helpers.lies_on(desk.voices[1]) == ["Wachten duurt te lang"]


def test_a_stack_of_another_harvest_is_not_here(anouk, desk):
    other = helpers.Desk.__new__(helpers.Desk)
    question = factories.question(current=False)
    other.harvest = helpers.voice(question).harvest
    path = reverse("plan:stack", args=[other.harvest.pk, desk.wait.pk])
    assert anouk.get(path).status_code == 404
    assert anouk.post(f"{path}stap/", {"doe": "haalaf"}).status_code == 404


def test_a_sentence_of_the_plan_leans_on_it(anouk, desk):
    page = address(desk, "stack_sentence")
    assert "Maak er eerst een" in anouk.get(page).text
    chapter = writing.add_chapter("Wachten")
    link = address(desk, "link")
    assert "Kies een zin" in anouk.post(link, {"tekst": "Niemand wacht langer dan zes weken."}).text
    anouk.post(link, {"tekst": "Niemand wacht langer dan zes weken.", "hoofdstuk": chapter.pk})
    sentence = Sentence.objects.get()
    assert "Niemand wacht langer dan zes weken." in anouk.get(address(desk)).text
    anouk.post(link, {"zin": sentence.pk})
    assert sentence.footnotes.count() == 1
    anouk.post(address(desk, "unlink"), {"zin": sentence.pk})
    assert sentence.footnotes.count() == 0
    assert anouk.post(link, {"zin": 99}).status_code == 409


@pytest.mark.parametrize("cards", [1, 5])
def test_the_queries_of_an_open_stack_do_not_grow_with_its_cards(anouk, desk, django_assert_num_queries, cards):
    for _ in range(cards):
        desk.lay(helpers.voice(desk.question))
    anouk.get(address(desk))
    with django_assert_num_queries(15):
        assert anouk.get(address(desk)).status_code == 200


def test_how_many_get_a_letter_is_asked_apart(anouk, desk):
    desk.lay(telling.voice_of(telling.person("bram@ouders.example"), desk.question))
    page = anouk.get(address(desk, "stack_mails"))
    assert "Bij publiceren krijgt 1 persoon hierover een mail." in page.text
    assert address(desk) in page.text
    piece = anouk.get(address(desk, "stack_mails"), headers=HTMX).text
    assert piece == "Bij publiceren krijgt 1 persoon hierover een mail."
    assert address(desk, "stack_mails") in anouk.get(address(desk)).text
