"""A rendering in Dutch becomes public with its words: whoever makes it so has read it, as it is by then."""

import re

import pytest
from django.test import Client

from posts import tokens
from posts.actions import moderating
from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.consent import forms, press
from tests.posts.actions.moderator import LIST
from tests.posts.helpers import helper, link_of
from tests.posts.test_consent import code_in
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
EMAIL, SEEN = "ouder@example.org", re.compile(r'name="gezien" value="([\d.]+)"')
OLD, NEW = "De leerkracht belt ons.", "De leerkracht belt nooit."


def typed() -> Post:
    asked = {"published": False, "email": EMAIL, "asked_at": "2026-10-01T12:00Z"}
    return factories.post(text="Öğretmen arıyor.", lang="tr", **asked)


def speak(post: Post, lang: str = "tr", rendering: str = NEW) -> None:
    post.refresh_from_db()
    by = factories.user()
    assert post.speak(lang, rendering, by, version=post.version, again=True)


# What becomes of a rendering while a page lies open.
MEANWHILE = {
    "written": (lambda post: None, speak),
    "written anew": (lambda post: speak(post, rendering=OLD), speak),
    "of another language": (lambda post: speak(post, rendering=NEW), lambda post: speak(post, lang="pl")),
    "wanted after all": (
        lambda post: (speak(post), post.refuse_rendering()),
        lambda post: post.want_rendering(post.version),
    ),
}


def by_its_owner(path: str, owner: Client):
    def look():
        page = owner.get(path).text
        (seen,) = forms(page).values()
        return page, lambda: owner.post(path, {"bijdrage": Post.objects.get().pk, "gezien": seen, "antwoord": "ja"})

    return look


def by_a_helper(client):
    path = link_of(helper())

    def look():
        page = client.get(path).text
        sent = {"bijdrage": Post.objects.get().pk, "gezien": SEEN.search(page)[1], "besluit": "tonen"}
        return page, lambda: client.post(path, sent)

    return look


def by_a_moderator(client, path: str, action: str):
    def look():
        page, name = client.get(path).text, "action" if path == LIST else "CHANGE_FORM-action"
        sent = {name: action, "_selected_action": Post.objects.get().pk, "gezien": SEEN.findall(page)}
        return page, lambda: client.post(path, sent)

    return look


def asker(who: str, client, post: Post):
    """A function that opens the page, and gives what it says and the press on its button."""
    if who == "the link":
        return by_its_owner(f"/bijdragen/bevestigen/{tokens.make(post)}/", Client())
    if who == "the claims":
        owner = Client()
        owner.force_login(User.objects.confirmed(EMAIL))
        return by_its_owner("/bijdragen/bevestigen/", owner)
    if who == "a helper":
        return by_a_helper(client)
    if who == "restoring":
        post.remove(None, "Er staat een naam in.")
    path = LIST if who == "the list" else f"{LIST}{post.pk}/change/"
    return by_a_moderator(client, path, "restore" if who == "restoring" else "approve")


@pytest.mark.parametrize("meanwhile", MEANWHILE)
@pytest.mark.parametrize("who", ["the link", "the claims", "a helper", "the list", "its page", "restoring"])
def test_it_is_read_before_it_is_public(client, coordinator, who, meanwhile):
    before, then = MEANWHILE[meanwhile]
    post = typed()
    before(post)
    look = asker(who, client, post)
    page, pressed = look()
    assert (NEW in page) == (meanwhile == "of another language") or who in ("its page", "restoring")
    then(post)
    pressed()
    assert not Post.objects.get().is_public
    page, pressed = look()
    assert NEW in page
    assert ("Pools" if meanwhile == "of another language" else "Turks") in page
    pressed()
    assert Post.objects.get().is_public
    assert Post.objects.get().shown_rendering == NEW


def test_a_code_for_words_that_were_rendered_meanwhile_asks_again(mailbox):
    post = typed()
    browser = browser_of(post.visitor)
    seen = SEEN.search(browser.get(f"/bijdragen/{post.pk}/").text)[1]
    mailbox()
    asked = browser.post(f"/bijdragen/{post.pk}/code/", {"gezien": seen})
    speak(post)
    browser.post(asked.url, {"code": code_in(mailbox())})
    assert not Post.objects.get().is_public
    assert NEW in browser.get("/bijdragen/bevestigen/").text


def test_the_same_rendering_twice_is_once(coordinator):
    """A second tap on «Bewaar» changes nothing, and is no change of somebody else's."""
    post = factories.post(text="Öğretmen arıyor.", lang="tr")
    for _ in range(2):
        assert moderating.speak(post, coordinator, "tr", NEW, version=1, again=False)
    assert Post.objects.get().version == 2
    assert not moderating.speak(post, coordinator, "tr", OLD, version=1, again=False)
    assert Post.objects.get().shown_rendering == NEW


def test_a_yes_to_what_was_read_still_holds(client):
    post = typed()
    speak(post)
    press(client, f"/bijdragen/bevestigen/{tokens.make(post)}/", "ja")
    assert Post.objects.get().is_public
