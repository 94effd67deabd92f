"""What a reader takes words for: a pupil's name, the Dutch beside another language, and what a moderator erases."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from posts import tokens
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.consent import forms
from tests.helpers.shown import seen
from tests.posts.actions.moderator import LIST
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
DUTCH, OTHER = "De leerkracht belt ons graag.", "De leerkracht slaat ons."


def person() -> User:
    return User.objects.confirmed("samira@example.org")


@pytest.mark.parametrize("name", ["Een leerling", "een  LEERLING", "Een leerling uit groep 7"])
def test_who_is_no_pupil_signs_with_no_pupils_name(name):
    question, role, browser = factories.question(), factories.role(), Client()
    browser.force_login(person())
    page = browser.get(question.get_absolute_url()).text
    moment = re.search(r'name="moment" value="([^"]+)"', page)[1]
    words = {"text": "De meester is gemeen tegen mij.", "name": name, "role": role.pk, "moment": moment}
    answer = browser.post(f"{question.get_absolute_url()}bijdragen/", words)
    assert "Zo heten hier de bijdragen van leerlingen" in answer.text
    assert "De meester is gemeen tegen mij." in answer.text
    assert not Post.objects.filter(name__icontains="leerling").exists()


def test_the_role_of_who_took_a_pupils_name_before_stays_beside_it(client):
    post = factories.post(name="Een leerling", role=factories.role("ouder"))
    assert post.shown_role == "ouder"
    card = client.get(post.get_absolute_url()).text
    assert "ouder" in card[card.index("Een leerling") :][:400]


def rendered() -> Post:
    parent = factories.post(text="Öğretmen arıyor.", lang="tr")
    speak(parent, DUTCH)
    return parent


def speak(post: Post, dutch: str) -> None:
    post.refresh_from_db()
    assert post.speak("tr", dutch, factories.user(), version=post.version, again=True)


def test_who_answers_dutch_that_changed_meanwhile_is_asked_again():
    parent, browser = rendered(), Client()
    path = f"/bijdragen/{parent.pk}/antwoord/"
    page = browser.get(path).text
    assert DUTCH in page
    mark = re.search(r'name="woorden" value="([^"]+)"', page)[1]
    speak(parent, OTHER)
    answer = browser.post(path, {"text": "Helemaal mee eens!", "woorden": mark})
    assert answer.status_code == 409
    assert "Helemaal mee eens!" in answer.text
    assert not Post.objects.filter(parent=parent).exists()


def test_a_yes_is_about_the_dutch_that_was_answered():
    parent, browser = rendered(), Client()
    words = {"published": False, "email": "x@example.org", "asked_at": timezone.now()}
    answer = factories.post(parent=parent, question=parent.question, text="Zo hoort het!", **words)
    path = f"/bijdragen/bevestigen/{tokens.make(answer)}/"
    page = browser.get(path).text
    assert DUTCH in page
    (shown,) = forms(page).values()
    speak(parent, OTHER)
    asked = browser.post(path, {"bijdrage": answer.pk, "gezien": shown, "antwoord": "ja"}, follow=True)
    answer.refresh_from_db()
    assert OTHER in asked.text
    assert not answer.is_public and answer.author is None


def test_words_that_changed_since_are_not_erased_for_good(client, coordinator):
    post = factories.post(text="Hier staat een naam in.")
    asked = {"action": "erase", "_selected_action": [post.pk], "gezien": seen([post])}
    assert "Hier staat een naam in." in client.post(LIST, asked).text
    Post.objects.get(pk=post.pk).edit(text="Een lang en goed verhaal, zonder naam.")
    page = client.post(LIST, {**asked, "_asked": "1"}, follow=True)
    post.refresh_from_db()
    assert "intussen gewijzigd: lees" in page.text
    assert post.erased_at is None and post.text == "Een lang en goed verhaal, zonder naam."
    client.post(LIST, {**asked, "gezien": seen([post]), "_asked": "1"})
    post.refresh_from_db()
    assert post.erased_at and not post.text
