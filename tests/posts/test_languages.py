"""In which language somebody writes: the question told in it, links to the others, and `lang` kept with the words."""

import re

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from posts.models.languages import TRANSLATED, Language, asked, spoken
from posts.models.posts import Post
from posts.models.translations import Translation
from tests.helpers import factories
from tests.helpers.shown import to_change
from tests.posts.actions.test_question_admin import question_data
from werkplaats.models import Site
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
TURKISH, ARABIC = "Eğitimimizi iyi yapan nedir?", "ما الذي يجعل تعليمنا ناجحًا؟"
EASY = "Wat helpt jouw kind op school?"
READERS = "Yazdığınızı daha sonra herkes okuyabilir."
TEXT = "Öğretmen bizi her hafta arıyor."
HTMX = {"HX-Request": "true"}
TOLD = re.compile(r'<div class="told".*?</div>', re.DOTALL)
LANGUAGES = re.compile(r'<nav class="help languages".*?</nav>', re.DOTALL)


@pytest.fixture
def question():
    factories.role()
    made = factories.question(easy=EASY)
    Translation.objects.create(question=made, lang="tr", text=TURKISH, line="Türkçe yazabilirsiniz.", readers=READERS)
    Translation.objects.create(question=made, lang="ar", text=ARABIC)
    return made


def places(question) -> list[str]:
    return ["/", "/denk-praat-doe-mee/", question.get_absolute_url()]


def test_the_box_has_the_easy_line_and_links_to_the_languages_of_this_question(client, question):
    for place in places(question):
        html = client.get(place).text
        assert f'<p class="told">{EASY}</p>' in html
        nav = LANGUAGES.search(html)[0]
        assert "In je eigen taal · " in nav
        assert re.findall(r'<a href="([^"]+)" hreflang="(\w+)">', nav) == [
            (f"{question.get_absolute_url()}?taal=ar#schrijf", "ar"),
            (f"{question.get_absolute_url()}?taal=tr#schrijf", "tr"),
        ]
        assert re.search(r'<bdi\s+lang="ar" dir="rtl">العربية</bdi>', nav)
        assert re.search(r'<bdi\s+lang="tr" dir="ltr">Türkçe</bdi>', nav)
        assert "Nederlands" not in nav
        assert "Gebruik het microfoontje op je toetsenbord" in html
        assert 'name="taal"' not in html


def test_without_translations_there_is_no_line(client):
    question = factories.question(easy="")
    for place in places(question):
        html = client.get(place).text
        assert "In je eigen taal" not in html
        assert 'class="told"' not in html  # nor an empty place for an easy line that a coordinator still has to write


def test_in_a_language_the_box_tells_the_question_in_it(client, question):
    for place in places(question):
        html = client.get(f"{place}?taal=ar").text
        assert TOLD.search(html)[0].startswith('<div class="told" lang="ar" dir="rtl">')
        assert ARABIC in TOLD.search(html)[0]
        assert EASY not in html
        field = re.search(r"<textarea[^>]*>", html)[0]
        assert 'lang="ar"' in field and 'dir="auto"' in field
        assert '<input type="hidden" name="taal" value="ar">' in html
        nav = LANGUAGES.search(html)[0]
        assert "العربية" not in nav and "Türkçe" in nav
        back = re.search(r'<a href="([^"]+)" hreflang="nl"><bdi\s+lang="nl" dir="ltr">Nederlands</bdi></a>', nav)
        assert back[1] == f"{question.get_absolute_url()}#schrijf"
    html = client.get(f"{places(question)[2]}?taal=tr").text
    assert "Türkçe yazabilirsiniz." in TOLD.search(html)[0]


def test_a_language_without_a_translation_has_a_way_back(client, question):
    html = client.get("/denk-praat-doe-mee/?taal=so").text
    assert f'<p class="told">{EASY}</p>' in html
    assert 'name="taal" value="so"' in html
    assert "Nederlands" in LANGUAGES.search(html)[0]


@pytest.mark.parametrize("taal", ["", "nl", "xx", "und", "tr-TR", "a" * 5000, "<script>"])
def test_an_unknown_language_is_dutch(client, question, taal):
    page = client.get(f"/denk-praat-doe-mee/?taal={taal}")
    assert page.status_code == 200
    assert f'<p class="told">{EASY}</p>' in page.text
    client.post(f"/vragen/{question.slug}/bijdragen/", {"text": TEXT, "taal": taal})
    assert Post.objects.get().lang == "nl"


def test_a_translation_shows_as_soon_as_it_is_there_and_goes_with_it(client, question):
    client.get("/denk-praat-doe-mee/?taal=pl")
    before = Site.objects.get().version
    polish = Translation.objects.create(question=question, lang="pl", text="Co pomaga?")
    assert Site.objects.get().version > before
    assert "Co pomaga?" in client.get("/denk-praat-doe-mee/?taal=pl").text
    Translation.objects.filter(pk=polish.pk).update(text="Co bardzo pomaga?")
    assert "Co bardzo pomaga?" in client.get("/denk-praat-doe-mee/?taal=pl").text
    polish.delete()
    assert "pomaga" not in client.get("/denk-praat-doe-mee/?taal=pl").text


@pytest.mark.parametrize("taal", ["", "?taal=tr", "?taal=so"])
def test_queries_do_not_rise(client, question, django_assert_num_queries, taal):
    for place, first, then in [("/denk-praat-doe-mee/", 3, 2), (question.get_absolute_url(), 2, 2)]:
        with django_assert_num_queries(first):  # site, questions, roots
            client.get(f"{place}{taal}")
        with django_assert_num_queries(then):  # site, roots
            client.get(f"{place}{taal}")


# Kept with the words


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_the_language_is_kept_through_an_error_and_both_steps(question, htmx):
    browser, headers = Client(), HTMX if htmx else {}
    create = f"/vragen/{question.slug}/bijdragen/"
    refused = browser.post(create, {"text": "", "taal": "tr"}, headers=headers)
    assert refused.status_code == 422
    assert 'name="taal" value="tr"' in refused.text
    assert TURKISH in TOLD.search(refused.text)[0]
    assert f'{question.get_absolute_url()}?taal=ar#schrijf"' in refused.text
    sent = browser.post(create, {"text": TEXT, "taal": "tr"}, headers=headers, follow=True)
    post = Post.objects.get()
    assert (post.lang, post.finished_at) == ("tr", None)
    assert '<blockquote class="step-words" lang="tr" dir="auto">' in sent.text
    step = f"/bijdragen/{post.pk}/afzender/"
    browser.post(step, {"name": "Fatma", "role": post.question.pk + 10**6}, headers=headers)
    assert Post.objects.get().lang == "tr"
    browser.post(step, {"name": "Fatma", "role": factories.role().pk}, headers=headers)
    post = Post.objects.get()
    assert (post.lang, post.name) == ("tr", "Fatma")
    assert f'<div class="post-text" lang="tr" dir="auto"><p>{TEXT}' in browser.get(post.get_absolute_url()).text


def test_who_is_known_sends_all_at_once_in_the_language(question):
    browser = Client()
    sent = {"text": TEXT, "taal": "ar", "name": "Fatma", "role": factories.role().pk, "remember": "on"}
    browser.post(f"/vragen/{question.slug}/bijdragen/", sent)
    assert Post.objects.get().lang == "ar"
    html = browser.get("/denk-praat-doe-mee/?taal=tr").text
    assert "Je schrijft als" in html
    assert 'name="taal" value="tr"' in html and TURKISH in html
    again = browser.post(f"/vragen/{question.slug}/bijdragen/", sent | {"text": "Nog iets", "taal": "tr"}, headers=HTMX)
    assert Post.objects.latest("pk").lang == "tr"
    assert 'name="taal" value="tr"' in again.text  # the next one too


def test_an_answer_is_in_the_language_of_the_page_around_it(client, question):
    post = factories.post(question)
    answer = f"/bijdragen/{post.pk}/antwoord/"
    around = f"http://testserver{question.get_absolute_url()}?taal=tr#bijdrage-1"
    box = client.get(answer, headers={**HTMX, "HX-Current-URL": around}).text
    assert 'name="taal" value="tr"' in box
    client.post(answer, {"text": TEXT, "taal": "tr"}, headers=HTMX)
    assert Post.objects.latest("pk").lang == "tr"
    for odd in ("http://[", "?" + "&a" * 3000, "\x7f?taal=%ff", "?taal=xx"):
        plain = client.get(answer, headers={**HTMX, "HX-Current-URL": odd})
        assert plain.status_code == 200
        assert 'name="taal"' not in plain.text


def test_a_change_keeps_the_language(client, browser_of):
    visitor = factories.visitor()
    post = factories.post(visitor=visitor, text=TEXT, lang="tr", published=False)
    browser, url = browser_of(visitor), f"/bijdragen/{post.pk}/wijzigen/"
    assert 'lang="tr"' in re.search(r"<textarea[^>]*>", browser.get(url).text)[0]
    browser.post(url, to_change(post, text="Başka", taal="pl"))
    post.refresh_from_db()
    assert (post.text, post.lang) == ("Başka", "tr")


def test_who_reads_along_sees_in_which_language_it_is(client):
    from tests.posts.helpers import helper, link_of

    factories.post(text="مرحبا بكم", lang="ar", published=False)
    html = client.get(link_of(helper())).text
    assert '<div class="post-text" lang="ar" dir="rtl">' in html
    assert "Taal: Arabisch" in html


# The list itself, and the database


def test_each_language_has_its_own_name_and_direction():
    assert [language.value for language in Language if language.direction == "rtl"] == ["ar", "fa"]
    assert len({language.own for language in TRANSLATED}) == len(TRANSLATED)
    assert {Language.DUTCH, Language.OTHER}.isdisjoint(TRANSLATED)
    assert asked("TR") == Language.TURKISH


@pytest.mark.parametrize(
    ("lang", "text", "attributes"),
    [
        ("nl", "Hallo", 'dir="auto"'),
        ("tr", "Merhaba", 'lang="tr" dir="auto"'),
        ("ar", "SBO: مرحبا", 'lang="ar" dir="rtl"'),
        ("ar", "Hallo allemaal", 'lang="ar" dir="auto"'),  # typed in Dutch on the Arabic page
    ],
)
def test_words_are_laid_out_in_their_direction(lang, text, attributes):
    assert spoken(lang, text) == attributes


def test_the_database_knows_the_languages(question):
    post = factories.post(question)
    for wrong in (
        lambda: Post.objects.filter(pk=post.pk).update(lang="xx"),
        lambda: Translation.objects.create(question=question, lang="nl", text="Wat?"),
        lambda: Translation.objects.create(question=question, lang="und", text="Wat?"),
        lambda: Translation.objects.create(question=question, lang="tr", text="Ne?"),
        lambda: Translation.objects.create(question=question, lang="pl", text=""),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


@pytest.mark.parametrize("headers", [{}, HTMX | {"HX-Request-Type": "partial"}], ids=["plain", "htmx"])
@pytest.mark.parametrize(("taal", "told"), [("tr", True), ("ar", False), ("nl", False)])
def test_who_reads_it_is_said_in_that_language(client, question, taal, told, headers):
    """Under the button, and again in the second step, which is in Dutch."""
    assert (READERS in client.get(f"/denk-praat-doe-mee/?taal={taal}").text) == told
    sent = {"text": TEXT, "moment": programs.moment(ago=10), "taal": taal}
    step = client.post(f"/vragen/{question.slug}/bijdragen/", sent, headers=headers, follow=True).text
    assert "Hoe mogen we je noemen?" in step
    assert (f'<p class="told" lang="tr" dir="ltr">{READERS}</p>' in step) == told


def test_a_coordinator_types_the_easy_line_and_translations(client, coordinator):
    question = factories.question(current=False)
    url = f"/beheer/posts/question/{question.pk}/change/"
    rows = {
        f"translations-0-{name}": value
        for name, value in {"lang": "tr", "text": TURKISH, "line": "", "readers": ""}.items()
    }
    typed = question_data(question, easy=EASY, **{"translations-TOTAL_FORMS": 1}, **rows)
    assert client.post(url, typed).status_code == 302
    question.refresh_from_db()
    assert (question.easy, question.translations.get().text) == (EASY, TURKISH)
    html = client.get(url).text
    assert 'name="translations-1-lang"' in html
    assert f"{settings.SITE_URL}{question.get_absolute_url()}?taal=tr" in html  # what to spread
    refused = client.post(url, question_data(question, easy=""))
    assert refused.status_code == 200  # every question has one
