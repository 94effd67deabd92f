"""A question is told in easy words and in other languages: who answers it is asked again when these change."""

import re

import pytest
from django.test import Client

from posts import tokens
from posts.models.posts import Post
from posts.models.translations import Translation
from tests.helpers import factories
from tests.helpers.logging_in import CONFIRM, log_in
from tests.helpers.shown import to_change
from tests.posts.helpers import helper, link_of
from tests.posts.test_asked_otherwise import EMAIL, WAS, WORDS, anna, ask, both, fields_of, said
from werkplaats.accounts.models import Letter
from werkplaats.web import programs

__all__ = ["anna"]
pytestmark = pytest.mark.django_db
# In which language the page is, which words of it a coordinator changes, and into what.
TOLD = {
    "easy": ("nl", "easy", "Mag de klas groter?"),
    "no translation": ("pl", "easy", "Mag de klas groter?"),
    "text": ("tr", "text", "Sınıfları büyütelim mi?"),
    "line": ("tr", "line", "Cevabın bir ödev."),
    "readers": ("tr", "readers", "Yazdığını belediye okur."),
    "gone": ("tr", "gone", "Mag de klas kleiner?"),
    "new": ("ar", "new", "هل نكبر الفصول؟"),
}
told = pytest.mark.parametrize(("lang", "field", "now"), TOLD.values(), ids=TOLD)
FEW = "easy", "text", "gone"
few = pytest.mark.parametrize(("lang", "field", "now"), [TOLD[name] for name in FEW], ids=FEW)


@pytest.fixture
def question():
    made = factories.question(text=WAS, easy="Mag de klas kleiner?")
    words = {"text": "Sınıfları küçültelim mi?", "line": "Türkçe yaz.", "readers": "Yazdığını öğretmen okur."}
    Translation.objects.create(question=made, lang="tr", **words)
    return made


def otherwise(question, field: str, now: str) -> None:
    """A coordinator changes how the question is told."""
    if field == "new":
        Translation.objects.create(question=question, lang="ar", text=now)
    elif field == "gone":
        question.translations.get().delete()
    elif field == "easy":
        question.easy = now
        question.save()
    else:
        question.translations.update(**{field: now})


def whole(page: str, action: str) -> dict[str, str]:
    """The hidden fields of a form that are about its words and their language."""
    language = re.search(r'name="taal" value="(\w+)"', page)
    return fields_of(page, action) | ({"taal": language[1]} if language else {})


@pytest.mark.parametrize("place", ["/", "/denk-praat-doe-mee/"])
@told
def test_a_box_names_how_it_told_the_question(anna, question, lang, field, now, place):
    answers_again(anna, question, lang, field, now, place=place)


@pytest.mark.parametrize("known", [True, False], ids=["known", "stranger"])
@both
@few
def test_it_does_for_who_is_known_and_for_strangers(anna, question, lang, field, now, headers, known):
    answers_again(anna if known else Client(), question, lang, field, now, headers=headers, known=known)


def answers_again(browser, question, lang, field, now, *, place="/denk-praat-doe-mee/", headers=None, known=True):
    """Sends what was typed before the question was told otherwise, reads what it says now, and sends it again."""
    path = f"/vragen/{question.slug}/bijdragen/"
    sent = whole(browser.get(f"{place}?taal={lang}").text, path) | (said() if known else {"text": WORDS})
    otherwise(question, field, now)
    answer = browser.post(path, sent, headers=headers)
    assert answer.status_code == 409 and "intussen veranderd" in answer.text
    assert answer.text.count(now) == 2 and WORDS in answer.text  # what is wrong, and the box itself
    assert not Post.objects.exists()
    again = browser.post(path, sent | whole(answer.text, path), headers=headers)
    assert again.status_code in (200, 302) and Post.objects.get().lang == lang


@pytest.mark.parametrize("lang", ["nl", "tr"])
def test_what_another_language_is_told_does_not_matter(anna, question, lang):
    path = f"/vragen/{question.slug}/bijdragen/"
    sent = said(**whole(anna.get(f"/?taal={lang}").text, path))
    Translation.objects.create(question=question, lang="pl", text="Co?")
    if lang == "nl":
        question.translations.filter(lang="tr").update(text="Ne?")
    else:
        otherwise(question, "easy", "Wat?")
    assert anna.post(path, sent).status_code == 302


def test_who_answers_somebody_answers_their_words(anna, question):
    above = factories.post(question, name="Bea")
    path = f"/bijdragen/{above.pk}/antwoord/"
    sent = said(**fields_of(anna.get(path).text, path))
    otherwise(question, "easy", "Wat?")
    assert anna.post(path, sent).status_code == 302


@pytest.mark.parametrize("pupil", [False, True], ids=["adult", "pupil"])
@both
@few
def test_the_second_step_names_it_too(question, lang, field, now, headers, pupil):
    browser, path = Client(), f"/vragen/{question.slug}/bijdragen/"
    sent = {"text": WORDS, "taal": lang, "moment": programs.moment(ago=10)}
    page = browser.post(path, sent, headers=headers, follow=True).text
    post = Post.objects.get()
    step = f"/bijdragen/{post.pk}/afzender/"
    otherwise(question, field, now)
    who = {"name": "Anna", "role": factories.role(is_pupil=pupil).pk}
    answer = browser.post(step, who | fields_of(page, step), headers=headers)
    post.refresh_from_db()
    assert answer.status_code == 409 and answer.text.count(now) == 2 and post.is_unfinished
    browser.post(step, who | fields_of(answer.text, step), headers=headers)
    post.refresh_from_db()
    assert post.finished_at


@pytest.mark.parametrize("way", ["mail", "claim"])
@told
def test_a_yes_is_for_an_answer_to_what_was_told(anna, question, way, lang, field, now):
    post = factories.post(question, published=False, email=EMAIL, text=WORDS, lang=lang)
    url = f"/bijdragen/bevestigen/{tokens.make(post)}/" if way == "mail" else "/bijdragen/bevestigen/"
    sent = ask(anna, url, post)
    otherwise(question, field, now)
    again = anna.post(url, sent)
    post.refresh_from_db()
    assert again.url.endswith("?gewijzigd") and not post.is_public
    assert now in anna.get(again.url).text
    anna.post(url, ask(anna, url, post))
    post.refresh_from_db()
    assert post.is_public


@told
def test_a_code_is_for_what_its_page_told(client, question, lang, field, now):
    url = f"/vragen/{question.slug}/bijdragen/"
    client.post(url, said(email=EMAIL, taal=lang, moment=programs.moment(ago=10)))
    post = Post.objects.get()
    asked = client.post(f"/bijdragen/{post.pk}/code/", {"gezien": f"{post.pk}.{post.version}"}, follow=True)
    assert ("Sınıfları küçültelim mi?" if lang == "tr" else "Mag de klas kleiner?") in asked.text
    otherwise(question, field, now)
    client.post(CONFIRM, {"code": Letter.objects.get(to=EMAIL, template=Letter.CODE).data["code"]})
    page = client.get("/bijdragen/bevestigen/").text
    post.refresh_from_db()
    assert not post.is_public and now in page and "is veranderd nadat jij het opende" in page


@told
def test_a_change_of_ones_own_words_names_it_too(browser_of, question, lang, field, now):
    post = factories.post(question, published=False, visitor=factories.visitor(), lang=lang)
    browser, url = browser_of(post.visitor), f"/bijdragen/{post.pk}/wijzigen/"
    sent = to_change(post, text=WORDS) | fields_of(browser.get(url).text, url)
    otherwise(question, field, now)
    answer = browser.post(url, sent)
    assert answer.status_code == 409 and answer.text.count(now) == 2 and WORDS in answer.text
    assert not Post.objects.filter(text=WORDS).exists()
    browser.post(url, sent | fields_of(answer.text, url))
    assert Post.objects.get().text == WORDS


@pytest.mark.parametrize("what", ["question", "above"])
def test_a_change_of_ones_own_words_names_what_they_answer(browser_of, question, what, request):
    above = factories.post(question, text="Kleiner is beter.", name="Bea")
    place = {"question": {"question": question}, "above": {"parent": above}}[what]
    post = factories.post(published=False, visitor=factories.visitor(), **place)
    browser, url = browser_of(post.visitor), f"/bijdragen/{post.pk}/wijzigen/"
    sent = to_change(post, text=WORDS) | fields_of(browser.get(url).text, url)
    row = {"question": question, "above": above}[what]
    row.text = "Mag het groter?"
    row.save()
    answer = browser.post(url, sent)
    assert answer.status_code == 409 and "«Mag het groter?»" in answer.text
    browser.post(url, sent | fields_of(answer.text, url))
    assert Post.objects.filter(text=WORDS).exists()


def shown_to(client, link: str, post: Post) -> dict[str, str]:
    article = client.get(link).text.partition(f'id="bijdrage-{post.pk}"')[2].partition("</article>")[0]
    return dict(re.findall(r'type="hidden" name="(bijdrage|gezien)" value="([^"]*)"', article)) | {"besluit": "tonen"}


@told
def test_a_helper_shows_words_under_what_was_told(client, question, lang, field, now):
    post, link = factories.post(question, published=False, lang=lang), link_of(helper())
    sent = shown_to(client, link, post)
    otherwise(question, field, now)
    assert now in client.post(link, sent, follow=True).text
    post.refresh_from_db()
    assert not post.is_public
    client.post(link, shown_to(client, link, post))
    post.refresh_from_db()
    assert post.is_public


@pytest.mark.parametrize("what", ["question", "above"])
def test_a_helper_shows_words_under_what_they_answer(client, question, what):
    above = factories.post(question, text="Kleiner is beter.", name="Bea")
    place = {"question": {"question": question}, "above": {"parent": above}}[what]
    post, link = factories.post(published=False, **place), link_of(helper())
    sent = shown_to(client, link, post)
    row = {"question": question, "above": above}[what]
    row.text = "Mag het groter?"
    row.save()
    assert "Mag het groter?" in client.post(link, sent, follow=True).text
    post.refresh_from_db()
    assert not post.is_public


def test_without_translations_and_easy_line_nothing_is_told(client):
    factories.role()
    factories.question(easy="")
    log_in(client, EMAIL)
    assert "told" not in client.get("/").text
