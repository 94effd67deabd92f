"""The public pages of the plan: what everyone reads, before and after, and what it costs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plan.actions import writing
from plan.models import Choice, Fragment, Plan, PlanStep, Wording
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.kept import forget
from tests.plan import helpers
from tests.plan.concept.helpers import react, shown
from tests.plan.heard_helpers import lay, publish, write
from werkplaats.words import day

pytestmark = pytest.mark.django_db
PLAN, ONE = "/plan/", "/plan/zin/1.1/"


def page(path: str = PLAN, browser: Client | None = None) -> str:
    answer = (browser or Client()).get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.text.split())


def test_before_anything_is_public_the_page_says_so_kindly_and_changes_nothing():
    text = page()
    assert "Er staat nog geen zin op papier" in text
    assert "<span>Het plan</span>" not in text
    assert not Plan.objects.exists()
    assert [Client().get(path).status_code for path in ("/plan/1/", "/plan/alles/", "/plan/word/", ONE)] == [
        *(404, 302, 404, 404)
    ]


def test_drafts_are_nobodys_business(plan):
    assert "Er staat nog geen zin op papier" in page()
    plan.publish()
    plan.reword(plan.first, "Alleen hier te zien.")
    writing.add_sentence(plan.classes.pk, "Nog zonder bron.", plan.by)
    for path in (PLAN, "/plan/2/", "/plan/alles/", ONE):
        assert "Alleen hier te zien." not in page(path)
        assert "Nog zonder bron." not in page(path)


def test_a_chapter_with_its_sentences_its_chain_and_what_is_no_agreement(plan):
    plan.open()
    PlanStep.objects.filter(pk=plan.agree.pk).update(body="de OPR", short="OPR")
    text = page()
    assert "<span>Het plan</span>" in text
    for words in (
        "Lees mee met het concept",
        "Alles hier is een voorstel voor het plan. Er is nog niets besloten.",
        "Stap 2 van 4: voor reactie",
        "Een kind praat mee over zijn eigen plan.",
        "Deze zin staat er omdat de wet het vraagt.",
        "Reageren is geen instemmen. Instemmen doet de OPR. Dat is gepland op ",
        "Volgende: In de klas",
    ):
        assert words in text
    assert "Wie hulp vraagt" not in text
    assert "Wie hulp vraagt" in page("/plan/2/")
    assert Client().get("/plan/1/")["Location"] == PLAN
    assert [Client().get(path).status_code for path in ("/plan/3/", "/plan/0/", f"/plan/{10**17}/")] == [404] * 3


@pytest.mark.parametrize("number", ["1.9", "9.1", "1", "1.1.1", "1.²", "99999999999.1", "1.%00", "a.b", "-1.1"])
def test_a_sentence_that_is_not_there_is_not_found(plan, number):
    plan.publish()
    assert Client().get(f"/plan/zin/{number}/").status_code == 404


def test_words_and_versions_of_a_changed_sentence_stay_readable(plan):
    plan.open()
    plan.reword(plan.second, "Ouders horen binnen tien schooldagen hoe lang wachten duurt.")
    plan.publish()
    text = page("/plan/zin/1.2/")
    assert "«<del>een maand</del>» werd «<ins>tien schooldagen</ins>», door 9 reacties." in text
    assert "Zo stond het eerder" in text
    assert "«een maand» werd «tien schooldagen», door 9 reacties." in page("/plan/alles/")
    assert "Ouders horen binnen een maand hoe lang wachten duurt." in text


def test_who_reacted_to_the_words_before_is_asked_again(plan):
    plan.open()
    visitor = factories.visitor()
    react(plan.second, visitor=visitor)
    plan.reword(plan.second, "Ouders horen binnen tien schooldagen hoe lang wachten duurt.")
    plan.publish()
    asked = "Jij reageerde op de vorige zin. Kijk je nog eens?"
    assert asked in page(browser=browser_of(visitor))
    assert asked in page("/plan/zin/1.2/", browser_of(visitor))
    assert "Kijk je nog eens?" not in page()


def test_a_withdrawn_sentence_keeps_its_place_and_its_reactions(plan):
    plan.open()
    said = react(plan.second)
    writing.withdraw(plan.second.pk)
    text = page()
    assert "Deze zin is vervallen op" in text
    assert "Ouders horen binnen een maand" not in text
    assert said.text in page("/plan/zin/1.2/")
    assert "Reageren op deze zin kan niet meer." in page("/plan/zin/1.2/")


def test_after_it_is_adopted_it_reads_as_the_plan_with_dated_additions(plan):
    plan.open()
    assert "Zover is het nog niet" in page("/plan/jaar/")
    plan.take(plan.agree, plan.adopt)
    today = timezone.localdate()
    plan.reword(plan.first, "Ook in groep 3.", why="", decided_on=today)
    new = plan.write("Elke school heeft een stille plek.", plan.classes)
    writing.reword(new.pk, "Elke school heeft een stille plek.", 1, plan.by, decided_on=today)
    plan.publish()

    text = page()
    assert "Er is nog niets besloten" not in text
    assert "Reageren is geen instemmen" not in text
    assert "Een kind praat mee over zijn eigen plan." in text
    assert f"Aanvulling, besloten op {today.day} " in text
    assert "Nieuw</b>" in page("/plan/2/") or "Nieuw, besloten op" in page("/plan/2/")
    assert Client().get("/plan/zin/2.2/")["Location"] == "/plan/2/#zin-2-2"


def test_the_year_closes_with_what_the_plan_became(plan):
    Plan.objects.update(speech_title="Het is 2031", speech="Niemand wacht meer op een formulier.")
    plan.open()
    assert "formulier" not in page("/plan/jaar/")
    plan.take(plan.agree, plan.adopt)
    text = page("/plan/jaar/")
    for words in ("Wat het plan werd", "Het is 2031", "Niemand wacht meer op een formulier.", "De wet vraagt dit."):
        assert words in text


def test_a_single_voice_is_read_anew_each_time(plan):
    voice = plan.desk.voices[0]
    writing.link(plan.first.pk, plan.by, fragment_id=voice.pk)
    plan.publish()
    for path in (PLAN, ONE, "/plan/alles/"):
        assert voice.text in page(path)
    voice.post.hold("reported")
    for path in (PLAN, ONE, "/plan/alles/"):
        assert voice.text not in page(path)
        assert "Wat hier stond, is nu niet te lezen." in page(path)
    voice.post.restore(None)
    text = voice.text
    assert text in page()
    voice.post.erase(None)
    assert text not in page()


def test_what_was_heard_stands_behind_a_sentence_once_it_is_told(plan):
    plan.open()
    assert "We vertellen nog wat we hierover hoorden." in page(ONE)
    heard = "Wachten zonder bericht is het ergste."
    lay(write(plan.desk.wait, heard), *plan.desk.voices)
    assert heard not in page(ONE)
    publish(plan.desk.harvest)
    for path in (PLAN, ONE, "/plan/alles/"):
        assert heard in page(path)
    assert "3 keer gehoord bij «De Eerste Vraag»." in page(ONE)
    address = f"/vragen/{plan.desk.question.slug}/wat-we-hoorden/#gehoord-1"
    assert f'href="{address}"' in page(ONE)

    write(plan.desk.wait, "Wachten mag, als je weet waarop.")
    assert heard in page(ONE)
    publish(plan.desk.harvest, changed="Een betere zin.")
    assert heard not in page(ONE)
    assert "Wachten mag, als je weet waarop." in page(ONE)
    assert "stapel" not in page(ONE).lower() and "stemmen" not in page(ONE).lower().replace("instemmen", "")


def test_each_page_leads_to_what_was_heard_of_the_reactions_once_that_is_public(plan):
    plan.open()
    way = 'href="/vragen/het-plan/wat-we-hoorden/"'
    react(plan.first)
    pages = ("/plan/", "/plan/2/", "/plan/alles/", "/plan/jaar/")
    assert [path for path in pages if way in page(path)] == []
    said = Fragment.objects.get(post__question__kind="plan")
    stack = helpers.stack(said.harvest)
    lay(stack, said)
    write(stack, "Het is duidelijk.", Choice.GOOD)
    publish(said.harvest)
    assert [path for path in pages if way in page(path)] == list(pages)


def test_the_word_file_holds_the_plan_and_nobodys_words(plan):
    import io
    import zipfile

    voice = plan.desk.voices[0]
    writing.link(plan.first.pk, plan.by, fragment_id=voice.pk)
    plan.open()
    plan.react.refresh_from_db()
    PlanStep.objects.filter(pk=plan.agree.pk).update(body="de OPR")
    PlanStep.objects.filter(pk=plan.concept.pk).update(document="https://werkplaats.example/stuk.pdf")
    plan.reword(plan.second, "Ouders horen binnen tien schooldagen hoe lang wachten duurt.")
    plan.publish()
    answer = Client().get("/plan/word/")
    assert answer["Content-Disposition"] == 'attachment; filename="het-plan.docx"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        words = "".join(file.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
    assert "Een kind praat mee over zijn eigen plan." in words
    assert "Dit is een concept: een voorstel voor het plan." in words
    assert f"gedaan: {day(plan.concept.day)}. Het stuk: https://werkplaats.example/stuk.pdf" in words
    assert "«een maand» werd «tien schooldagen», door 9 reacties.)" in words
    assert f"nu: tot en met {day(plan.react.day + timedelta(days=14))}." in words
    assert f"gepland: {day(plan.agree.day)}. Door wie: de OPR." in words
    assert "Reageren is geen instemmen. Instemmen doet de OPR." in words
    assert "Bron 2." in words
    assert voice.text not in words
    assert Client().get("/plan/word/").content == answer.content


@pytest.mark.parametrize("sentences", [0, 6])
class TestCosts:
    """A page that is kept takes a query for the version of the site, one for what moves, and no more."""

    @pytest.fixture(autouse=True)
    def more(self, plan, sentences):
        for number in range(sentences):
            sentence = plan.write(f"Nog een zin ({number}).", plan.parents)
            writing.link(sentence.pk, plan.by, fragment_id=plan.desk.voices[number % 3].pk)
        plan.open()
        for wording in Wording.objects.public():
            factories.post(wording.sentence.question)

    def test_a_chapter(self, plan, sentences, django_assert_num_queries):
        single = bool(sentences)  # one more when a sentence leans on a single voice
        forget()
        with django_assert_num_queries(9 + 3 * single):
            Client().get(PLAN)
        with django_assert_num_queries(2 + single):
            Client().get(PLAN)
        known = browser_of(factories.visitor())
        with django_assert_num_queries(2 + single):
            known.get(PLAN)

    def test_a_sentence(self, plan, sentences, django_assert_num_queries):
        Client().get(ONE)
        with django_assert_num_queries(3):
            Client().get(ONE)

    def test_all_of_it(self, plan, sentences, django_assert_num_queries):
        Client().get("/plan/alles/"), Client().get("/plan/word/")
        with django_assert_num_queries(2 + bool(sentences)):
            Client().get("/plan/alles/")
        with django_assert_num_queries(2):
            Client().get("/plan/word/")


def test_a_kept_page_holds_nobodys_own(plan):
    plan.open()
    visitor = factories.visitor()
    browser = browser_of(visitor)
    browser.post(f"/plan/duim/{shown(plan.first).pk}/op/")
    own = page(browser=browser)
    assert own.count('aria-pressed="true"') == 1
    stranger = page()
    assert 'aria-pressed="true"' not in stranger
    assert str(visitor.pk) not in stranger
