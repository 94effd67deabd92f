"""Words are an answer to what their page asked: when that says something else by now, they are not said under it."""

import re

import pytest
from django.test import Client

from posts import tokens
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.logging_in import CONFIRM, log_in
from werkplaats.accounts.models import Letter
from werkplaats.people.models import User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
EMAIL = "anna@example.org"
WAS, NOW = "Zullen we klassen kleiner maken?", "Zullen we klassen groter maken?"
WORDS = "Ja, dat wil ik heel graag."
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
both = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])


@pytest.fixture
def question():
    return factories.question(text=WAS)


@pytest.fixture
def above(question):
    """The contribution that is answered."""
    return factories.post(question, text=WAS, name="Bea")


@pytest.fixture
def anna():
    """The browser of somebody whose words are public at once."""
    User.objects.confirmed(EMAIL)
    browser = Client()
    log_in(browser, EMAIL)
    return browser


def fields_of(page: str, action: str) -> dict[str, str]:
    """What the page says in the hidden fields of one of its forms."""
    (form,) = re.findall(rf'<form[^>]*action="{re.escape(action)}".*?</form>', page, re.DOTALL)
    return dict(re.findall(r'name="(woorden)" value="([^"]*)"', form)) | {"moment": programs.moment(ago=10)}


def said(**more) -> dict:
    return {"text": WORDS, "name": "Anna", "role": factories.role().pk, **more}


def otherwise(row) -> None:
    """A coordinator changes the question, or its writer the contribution."""
    row.text = NOW
    row.save()


@pytest.mark.parametrize("what", ["question", "above"])
@both
def test_a_box_names_what_it_asks(anna, question, above, what, headers, request):
    path = {"question": f"/vragen/{question.slug}/bijdragen/", "above": f"/bijdragen/{above.pk}/antwoord/"}[what]
    page = anna.get(f"/vragen/{question.slug}/" if what == "question" else path).text
    otherwise(request.getfixturevalue(what))
    answer = anna.post(path, said(**fields_of(page, path)), headers=headers)
    assert answer.status_code == 409
    assert f"«{NOW}»" in answer.text and "intussen veranderd" in answer.text and WORDS in answer.text
    assert not Post.objects.filter(text=WORDS).exists()
    assert anna.post(path, said(**fields_of(answer.text, path)), headers=headers).status_code in (200, 302)
    assert Post.objects.get(text=WORDS).is_public


@both
def test_all_of_what_is_answered_is_shown_when_its_end_changed(anna, above, headers):
    path, begin = f"/bijdragen/{above.pk}/antwoord/", "Wij willen dat ieder kind gezien wordt. " * 9
    Post.objects.filter(pk=above.pk).update(text=f"{begin}Dus meer geld.")
    page = anna.get(path).text
    Post.objects.filter(pk=above.pk).update(text=f"{begin}Dus minder geld.")
    answer = anna.post(path, said(**fields_of(page, path)), headers=headers)
    assert answer.status_code == 409
    assert "intussen veranderd" in answer.text and "Dus minder geld.»" in answer.text


def test_the_box_on_the_landing_page_does_too(anna, question):
    path = f"/vragen/{question.slug}/bijdragen/"
    sent = said(**fields_of(anna.get("/").text, path))
    otherwise(question)
    assert anna.post(path, sent).status_code == 409
    assert "woorden" in sent and not Post.objects.exists()


@both
def test_words_without_a_writer_are_not_kept_under_another_question_either(client, question, headers):
    path = f"/vragen/{question.slug}/bijdragen/"
    sent = {"text": WORDS, **fields_of(client.get(f"/vragen/{question.slug}/").text, path)}
    otherwise(question)
    assert client.post(path, sent, headers=headers).status_code == 409
    assert not Post.objects.exists()


@pytest.mark.parametrize("what", ["question", "above"])
@both
def test_the_second_step_names_what_the_first_was_an_answer_to(question, above, what, headers, request):
    path = {"question": f"/vragen/{question.slug}/bijdragen/", "above": f"/bijdragen/{above.pk}/antwoord/"}[what]
    User.objects.confirmed(EMAIL)
    browser = Client()
    log_in(browser, EMAIL)  # never wrote before: asked how they are called
    page = browser.post(path, {"text": WORDS, "moment": programs.moment(ago=10)}, headers=headers, follow=True).text
    post = Post.objects.get(text=WORDS)
    step = f"/bijdragen/{post.pk}/afzender/"
    otherwise(request.getfixturevalue(what))
    who = {"name": "Anna", "role": factories.role().pk}
    answer = browser.post(step, who | fields_of(page, step), headers=headers)
    post.refresh_from_db()
    assert answer.status_code == 409 and f"«{NOW}»" in answer.text and post.is_unfinished
    browser.post(step, who | fields_of(answer.text, step), headers=headers)
    post.refresh_from_db()
    assert post.is_public


def ask(browser: Client, url: str, post: Post) -> dict[str, str]:
    """What the button says under this post, on the page that asks whether somebody wrote it."""
    page = browser.get(url).text
    (form,) = [each for each in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'value="{post.pk}"' in each]
    return dict(re.findall(r'name="(gezien|onder|bijdrage)" value="([^"]*)"', form)) | {"antwoord": "ja"}


@pytest.mark.parametrize("way", ["mail", "claim"])
@pytest.mark.parametrize("what", ["question", "above"])
def test_a_yes_is_for_an_answer_to_what_the_page_showed(anna, question, above, way, what, request):
    wrote = {"published": False, "email": EMAIL, "text": WORDS}
    post = factories.post(question, **wrote) if what == "question" else factories.post(parent=above, **wrote)
    url = f"/bijdragen/bevestigen/{tokens.make(post)}/" if way == "mail" else "/bijdragen/bevestigen/"
    sent = ask(anna, url, post)
    otherwise(request.getfixturevalue(what))
    again = anna.post(url, sent)
    post.refresh_from_db()
    assert again.url.endswith("?gewijzigd") and not post.is_public
    assert NOW in anna.get(again.url).text
    anna.post(url, ask(anna, url, post))
    post.refresh_from_db()
    assert post.is_public


def test_a_no_stays_a_no(anna, question):
    post = factories.post(question, published=False, email=EMAIL)
    url = f"/bijdragen/bevestigen/{tokens.make(post)}/"
    sent = ask(anna, url, post) | {"antwoord": "nee"}
    otherwise(question)
    anna.post(url, sent)
    post.refresh_from_db()
    assert post.denied_at


def test_what_is_ticked_with_it_counts_too(anna, question):
    other = factories.question(current=False, text="Een andere vraag?")
    wrote = {"published": False, "email": EMAIL, "visitor": factories.visitor()}
    first, with_it = factories.post(question, **wrote), factories.post(other, **wrote)
    url = f"/bijdragen/bevestigen/{tokens.make(first)}/"
    sent = ask(anna, url, first) | {"ook": with_it.pk}
    otherwise(other)
    assert anna.post(url, sent).url.endswith("?gewijzigd")
    assert not Post.objects.filter(published_at__isnull=False).exists()


def test_a_code_says_it_of_an_answer_to_what_its_page_showed(client, question):
    client.post(f"/vragen/{question.slug}/bijdragen/", said(email=EMAIL, moment=programs.moment(ago=10)))
    post = Post.objects.get()
    asked = client.post(f"/bijdragen/{post.pk}/code/", {"gezien": f"{post.pk}.{post.version}"}, follow=True)
    assert f"Bij «{WAS}»" in asked.text
    otherwise(question)
    code = Letter.objects.get(to=EMAIL, template=Letter.CODE).data["code"]
    client.post(CONFIRM, {"code": code})
    page = client.get("/bijdragen/bevestigen/").text
    post.refresh_from_db()
    assert not post.is_public and NOW in page and "is veranderd nadat jij het opende" in page
