"""Two coordinators on one row: the second save tells what the first changed, and overwrites nothing unsaid."""

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from events.models import Registration
from polls.cycles.models import DesignCycle
from posts.models import Phase, Question, Translation
from tests.helpers import factories
from tests.helpers.races import in_between
from tests.helpers.shown_form import shown_again, shown_form
from tests.werkplaats.backoffice.rows import ROWS, change_page, evening
from tests.werkplaats.backoffice.test_unsent import TEXTS
from werkplaats.backoffice.meanwhile import TypedForm
from werkplaats.models import Werkgebied
from werkplaats.words import day

ALSO = "Iemand anders veranderde dit ook, terwijl jij typte."
MEANWHILE = "Iemand anders veranderde intussen ook iets, en dat is zo gebleven."


@pytest.fixture
def anouk(settings):
    settings.DEMO = True
    browser = Client()
    browser.force_login(factories.coordinator(email="anouk@example.org"))
    return browser


def words(page) -> str:
    return " ".join(unescape(strip_tags(page.text.replace("<q>", "«").replace("</q>", "»"))).split())


def told(client, url: str) -> str:
    return words(client.get(url))


@pytest.mark.django_db
@pytest.mark.parametrize("model", [pytest.param(model, id=model.__name__) for model in ROWS])
def test_where_both_typed_the_second_is_told_and_nothing_is_written(client, coordinator, anouk, model):
    row = ROWS[model]()
    url = change_page(row)
    mine, theirs = shown_form(client, url), shown_form(anouk, url)
    page = client.get(url).text
    page = page[page.index('id="content-main"') :]
    kinds = dict(re.findall(r'<input type="(\w+)" name="([\w-]+)"', page))
    names = [name for name in TEXTS.findall(page) if name in mine and "initial" not in name and name != "slug"]
    names = [name for name in names if kinds.get(name) != "email" and "email" not in name]
    # Another name is another person: nothing at all is taken then.
    name = "question" if model is Registration else names[0]
    first = anouk.post(url, theirs | {name: "Wat Anouk typte"})
    assert first.status_code == 302, first.context["errors"]
    answer = client.post(url, mine | {name: "Wat ik typte"})
    assert answer.status_code == 200
    assert f"{ALSO} Nu staat er: «Wat Anouk typte». Jij hebt: «Wat ik typte»." in words(answer)
    again = shown_again(answer)
    assert again[name] == ["Wat ik typte"]  # what was typed is in the form still
    assert "Wat Anouk typte" in client.get(url).text
    last = client.post(url, again)
    if 'class="asking"' in last.text:
        return  # people answered it: the page in between asks
    assert last.status_code == 302
    assert "Wat ik typte" in client.get(url).text


@pytest.mark.django_db
class TestQuestion:
    @pytest.fixture
    def question(self):
        return factories.question(promise="Binnen een maand.", intro="Wij luisteren.")

    def test_what_only_the_other_typed_stays_and_is_told(self, client, coordinator, anouk, question):
        url = change_page(question)
        mine, theirs = shown_form(client, url), shown_form(anouk, url)
        anouk.post(url, theirs | {"intro": "Wij horen graag van je."})
        assert client.post(url, mine | {"promise": "Binnen een week."}).status_code == 302
        question.refresh_from_db()
        assert (question.intro, question.promise) == ("Wij horen graag van je.", "Binnen een week.")
        said = told(client, "/beheer/posts/question/")
        assert MEANWHILE in said and "Wij horen graag van je." in said

    def test_the_page_that_comes_back_shows_what_the_other_put_there(self, client, coordinator, anouk, question):
        url = change_page(question)
        mine, theirs = shown_form(client, url), shown_form(anouk, url)
        anouk.post(url, theirs | {"intro": "Wij horen graag van je.", "promise": "Binnen drie weken."})
        answer = client.post(url, mine | {"promise": "Binnen een week."})
        again = shown_again(answer)
        assert (again["intro"], again["promise"]) == (["Wij horen graag van je."], ["Binnen een week."])
        assert "is nu: Wij horen graag van je." in words(answer)

    def test_a_third_change_in_between_is_told_again(self, client, coordinator, anouk, question):
        url = change_page(question)
        mine = shown_form(client, url) | {"promise": "Binnen een week."}
        Question.objects.filter(pk=question.pk).update(promise="Binnen drie weken.")
        again = shown_again(client.post(url, mine))
        Question.objects.filter(pk=question.pk).update(promise="Nog voor de zomer.")
        answer = client.post(url, again)
        assert answer.status_code == 200 and "«Nog voor de zomer.»" in words(answer)

    def test_the_same_words_are_no_conflict(self, client, coordinator, anouk, question):
        url = change_page(question)
        mine = shown_form(client, url) | {"promise": "Binnen een week."}
        Question.objects.filter(pk=question.pk).update(promise="Binnen een week.")
        assert client.post(url, mine).status_code == 302

    def test_nothing_changed_nothing_told(self, client, coordinator, question):
        url = change_page(question)
        assert client.post(url, shown_form(client, url) | {"intro": "Regel 1\r\n\r\nRegel 2"}).status_code == 302
        assert client.post(url, shown_form(client, url) | {"promise": "Ja."}).status_code == 302
        assert MEANWHILE not in told(client, url)

    def test_a_row_inside_the_form(self, client, coordinator, anouk, question):
        translation = Translation.objects.create(question=question, lang="en", text="What helps?")
        url = change_page(question)
        mine, theirs = shown_form(client, url), shown_form(anouk, url)
        anouk.post(url, theirs | {"translations-0-text": "What works?"})
        answer = client.post(url, mine | {"translations-0-text": "What is of help?"})
        assert "Nu staat er: «What works?». Jij hebt: «What is of help?»." in words(answer)
        translation.refresh_from_db()
        assert translation.text == "What works?"
        assert client.post(url, shown_again(answer)).status_code == 302
        translation.refresh_from_db()
        assert translation.text == "What is of help?"

    def test_a_row_that_the_other_changed_is_not_taken_away_unsaid(self, client, coordinator, anouk, question):
        translation = Translation.objects.create(question=question, lang="en", text="What helps?")
        url = change_page(question)
        mine = shown_form(client, url) | {"translations-0-DELETE": "on"}
        Translation.objects.filter(pk=translation.pk).update(text="What works?")
        answer = client.post(url, mine)
        assert answer.status_code == 200 and "Moet het toch weg? Bewaar dan nog een keer." in words(answer)
        assert Translation.objects.filter(pk=translation.pk).exists()
        assert client.post(url, shown_again(answer) | {"translations-0-DELETE": "on"}).status_code == 302
        assert not Translation.objects.filter(pk=translation.pk).exists()


@pytest.mark.django_db
class TestTakenAway:
    """By the other, while somebody types in it."""

    def test_the_row_of_the_page(self, client, coordinator):
        question = factories.question(current=False)
        url = change_page(question)
        form = shown_form(client, url) | {"promise": "Binnen een week lees je meer."}
        question.delete()
        answer = client.post(url, form)
        assert answer.status_code == 404 and "Iemand anders haalde dit weg" in answer.text
        assert "Binnen een week lees je meer.</textarea>" in answer.text
        assert ">Belofte onder de vraag</label>" in answer.text

    def test_a_row_inside_it(self, client, coordinator):
        poll = factories.poll()
        url = change_page(poll)
        typed = {"choices-0-answer": "Dat zien we graag", "choices-2-answer": "Neem de tijd"}
        mine = shown_form(client, url) | typed
        poll.choices.filter(text="ja").delete()
        answer = client.post(url, mine)
        assert answer.status_code == 200
        assert "Iemand anders haalde intussen weg waar jij in typte." in words(answer)
        assert poll.choices.count() == 2
        again = shown_again(answer)
        assert client.post(url, again).status_code == 302
        assert {*poll.choices.values_list("text", "answer")} == {
            ("ja", "Dat zien we graag"),
            ("nee", "Toch bedankt dat je meedenkt"),
            ("nog niet", "Neem de tijd"),
        }

    def test_a_row_in_which_nobody_typed_stays_away(self, client, coordinator):
        poll = factories.poll()
        url = change_page(poll)
        mine = shown_form(client, url) | {"choices-2-answer": "Neem de tijd"}
        poll.choices.filter(text="ja").delete()
        assert client.post(url, mine).status_code == 302
        assert {*poll.choices.values_list("text", "answer")} == {
            ("nee", "Toch bedankt dat je meedenkt"),
            ("nog niet", "Neem de tijd"),
        }


@pytest.mark.django_db
class TestOtherFields:
    """Moments, ticks and choices are told in words, and come through an error whole."""

    def test_a_moment(self, client, coordinator, anouk):
        row = evening()
        url = change_page(row)
        mine, theirs = shown_form(client, url), shown_form(anouk, url)
        anouk.post(url, theirs | {"starts_at_1": "19:00"})
        answer = client.post(url, mine | {"starts_at_1": "20:00"})
        assert f"{day(row.starts_at)}, 19.00 uur" in words(answer) and "20.00 uur" in words(answer)
        assert shown_again(answer)["starts_at_1"] == ["20:00"]
        assert client.post(url, shown_again(answer)).status_code == 302
        row.refresh_from_db()
        assert timezone.localtime(row.starts_at).hour == 20

    def test_a_moment_that_was_typed_is_not_lost_by_an_error_elsewhere(self, client, coordinator):
        row = evening()
        url = change_page(row)
        answer = client.post(url, shown_form(client, url) | {"starts_at_1": "19:00", "room": ""})
        assert answer.status_code == 200
        assert client.post(url, shown_again(answer) | {"room": "Kleine zaal"}).status_code == 302
        row.refresh_from_db()
        assert (timezone.localtime(row.starts_at).hour, row.room) == (19, "Kleine zaal")

    def test_a_first_choice_of_several_is_not_lost_by_an_error_elsewhere(self, client, coordinator):
        cycle, row = factories.cycle(), evening()
        url = change_page(row)
        answer = client.post(url, shown_form(client, url) | {"cycles": [cycle.pk], "room": ""})
        assert client.post(url, shown_again(answer) | {"room": "Kleine zaal"}).status_code == 302
        assert [*row.cycles.all()] == [cycle]

    def test_a_choice_of_several(self, client, coordinator, anouk):
        cycle, row = factories.cycle(subject="Taal"), evening()
        url = change_page(row)
        mine, theirs = shown_form(client, url), shown_form(anouk, url)
        anouk.post(url, theirs | {"cycles": [cycle.pk]})
        other = factories.cycle(subject="Rust")
        answer = client.post(url, mine | {"cycles": [other.pk]})
        assert "Nu staat er: «Taal». Jij hebt: «Rust»." in words(answer)

    def test_a_tick(self, client, coordinator, anouk):
        cycle = factories.cycle(published_at=timezone.now())
        url = change_page(cycle)
        mine, theirs = shown_form(client, url), shown_form(anouk, url)
        del theirs["published"]
        anouk.post(url, theirs)
        assert client.post(url, mine | {"summary": "Kort"}).status_code == 302
        row = DesignCycle.objects.get(pk=cycle.pk)
        assert (row.published_at, row.summary) == (None, "Kort")
        assert "«Zichtbaar op de site» is nu: uit" in told(client, url)

    def test_a_list_whose_rows_are_typed_in(self, client, coordinator, anouk):
        row = Werkgebied.objects.create(name="Noord", position=3)
        url = "/beheer/werkplaats/werkgebied/"
        form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": row.pk, "_save": "1"}
        form |= {"initial-form-0-position": 3}
        Werkgebied.objects.filter(pk=row.pk).update(position=5)
        answer = client.post(url, form | {"form-0-position": 7})
        assert answer.status_code == 200 and "Nu staat er: «5». Jij hebt: «7»." in words(answer)
        row.refresh_from_db()
        assert row.position == 5

    def test_a_person_who_signed_up(self, client, coordinator, anouk):
        row = factories.registration(factories.cafe(), question="Kan ik met de bus?")
        url = change_page(row)
        mine, theirs = shown_form(client, url), shown_form(anouk, url)
        anouk.post(url, theirs | {"question": "Is er een lift?"})
        answer = client.post(url, mine | {"question": "Waar parkeer ik?"})
        assert "Nu staat er: «Is er een lift?». Jij hebt: «Waar parkeer ik?»." in words(answer)
        row.refresh_from_db()
        assert row.question == "Is er een lift?"


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    """The second waits for the first, and is told."""

    @pytest.fixture
    def question(self, settings):
        settings.DEMO = True
        return factories.question(promise="Binnen een maand.")

    def both(self, question) -> tuple:
        browsers = [Client(), Client()]
        url = change_page(question)
        for number, browser in enumerate(browsers):
            browser.force_login(factories.coordinator(email=f"wie{number}@example.org"))
        forms = [shown_form(browser, url) for browser in browsers]
        answers = []
        errors = in_between(
            lambda: browsers[0].post(url, forms[0] | {"promise": "Binnen drie weken."}),
            lambda: answers.append(browsers[1].post(url, forms[1] | {"promise": "Binnen een week."})),
        )
        assert errors == []
        question.refresh_from_db()
        return answers[0], question.promise

    def test_nothing_is_overwritten(self, question):
        answer, promise = self.both(question)
        assert answer.status_code == 200 and ALSO in words(answer)
        assert promise == "Binnen drie weken."

    def test_without_the_comparison_it_is(self, question, monkeypatch):
        """The control: this harness sees it go wrong."""
        monkeypatch.setattr(TypedForm, "compare", lambda form, row: None)
        answer, promise = self.both(question)
        assert (answer.status_code, promise) == (302, "Binnen een week.")

    def test_columns_that_the_form_does_not_have_are_as_the_other_left_them(self, question):
        """`save` writes all of them: what was read before the wait is old by then."""
        ahead = factories.question(current=False, promise="Straks.")
        browser = Client()
        browser.force_login(factories.coordinator())
        url = change_page(ahead)
        form = shown_form(browser, url) | {"promise": "Straks meer."}
        answers = []
        assert in_between(ahead.make_current, lambda: answers.append(browser.post(url, form))) == []
        ahead.refresh_from_db()
        assert answers[0].status_code == 302
        assert (ahead.promise, ahead.is_current) == ("Straks meer.", True)


@pytest.mark.django_db(transaction=True)
def test_a_list_is_saved_outside_a_test_too(client, coordinator):
    """Its rows are locked, which takes a transaction: a test that wraps everything in one would not see that."""
    row = Phase.objects.create(name="Later", position=1)
    form = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": row.pk, "_save": "1"}
    form |= {"initial-form-0-position": 1, "form-0-position": 4}
    assert client.post("/beheer/posts/phase/", form).status_code == 302
    row.refresh_from_db()
    assert row.position == 4
