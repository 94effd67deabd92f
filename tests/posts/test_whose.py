"""Whose words a post holds: of the browser that typed it, until a person says that they wrote it; then of that one."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from posts import tokens
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.whose import STRANGER, Reader
from posts.reading import roots
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.consent import press
from tests.helpers.shown import to_change
from werkplaats.people import visitors
from werkplaats.people.merging import held_by
from werkplaats.people.models import User

pytestmark = pytest.mark.django_db
EMAIL, OTHER = "ouder@example.org", "ander@example.org"
TYPED, OWN = "Getypt met haar adres.", "Zo zeg ik het zelf, thuis."

# Whose a post is: which visitor it hangs on, and who said that they wrote it.
WHOSE = {
    "typed here": ("here", None),
    "typed here, its author elsewhere": ("here", OTHER),
    "typed here, its author logged in here": ("here", EMAIL),
    "typed elsewhere": ("elsewhere", None),
    "typed elsewhere, its author elsewhere": ("elsewhere", OTHER),
    "typed elsewhere, its author logged in here": ("elsewhere", EMAIL),
    "of a visitor who was erased": (None, None),
    "of a visitor who was erased, its author elsewhere": (None, OTHER),
    "of a visitor who was erased, its author logged in here": (None, EMAIL),
}
STATES = ("waiting", "held", "public", "removed", "withdrawn", "denied")
READERS = ("a cookie", "a log-in", "a log-in and a cookie", "nobody")


def in_state(state: str, **fields) -> Post:
    post = factories.post(published=state not in ("waiting", "denied"), **fields)
    if state == "held":
        post.hold(Hold.REPORTED)
    elif state == "removed":
        post.remove(None, "Er staat een naam in.")
    elif state == "withdrawn":
        post.withdraw()
    elif state == "denied" and not post.author_id:
        post.refuse("Wie dit adres heeft, schreef dit niet.")
    return post


@pytest.mark.parametrize("reads", READERS)
@pytest.mark.parametrize("state", STATES)
def test_the_database_and_the_row_agree(state, reads):
    here, elsewhere, user = factories.visitor(), factories.visitor(), User.objects.confirmed(EMAIL)
    places = {"here": here, "elsewhere": elsewhere, None: None}
    cookie, logged_in = "cookie" in reads, "log-in" in reads
    reader = Reader(here.pk if cookie else None, user.pk if logged_in else None)
    theirs = {"typed here"} if cookie else set()
    theirs |= {name for name, (_, author) in WHOSE.items() if logged_in and author == EMAIL}
    for name, (where, author) in WHOSE.items():
        email = author or ("" if state != "denied" else OTHER)
        fields = {"email": email, "author": author and User.objects.confirmed(author)}
        post = in_state(state, visitor=places[where], **fields)
        if where is None:
            Post.objects.filter(pk=post.pk).update(visitor=None)
            post.refresh_from_db()
        found = Post.objects.filter(reader.wrote(), pk=post.pk).exists()
        assert found == reader.has_written(post.author_id, post.visitor_id) == (name in theirs), name
        seen = Post.objects.visible_to(reader).filter(pk=post.pk).exists()
        assert seen == bool(post.published_at or (found and not post.removed_at)), name
        assert seen == bool(roots.root_of(post.pk, reader)), name
        # Who may change it may see it; of what was denied nobody changes anything.
        may_change = post.is_of(reader.visitor, user if logged_in else AnonymousUser())
        assert may_change == (found and not post.denied_at), name


def test_a_stranger_wrote_nothing():
    factories.post(visitor=None)
    assert not Post.objects.filter(STRANGER.wrote()).exists()
    assert not STRANGER.has_written(None, None)


def typed(**fields) -> tuple[Post, Client]:
    """What a stranger typed under somebody's address, and their browser."""
    asked = {"published": False, "email": EMAIL, "asked_at": "2026-10-01T12:00Z", "text": TYPED}
    post = factories.post(**{**asked, **fields})
    return post, browser_of(post.visitor)


def yes(post: Post) -> None:
    press(Client(), f"/bijdragen/bevestigen/{tokens.make(post)}/", "ja")
    post.refresh_from_db()
    assert post.author.email == EMAIL


def pages(browser: Client, post: Post) -> str:
    question = post.question.get_absolute_url()
    paths = (f"/bijdragen/{post.pk}/", f"/bijdragen/{post.pk}/?gewijzigd", question, "/", "/mijn-bijdragen/")
    paths += (f"/bijdragen/{post.pk}/wijzigen/", f"/bijdragen/{post.pk}/weghalen/", f"{question}?zoek=thuis")
    return "".join(browser.get(path).text for path in paths)


# What makes the words of an owner wait, and whether they were public before.
WAITS = {
    "before the yes": (lambda post: post.hold(Hold.HINT), None),
    "with a record": (lambda post: None, lambda post: post.hold(Hold.RECORD)),
    "reported": (lambda post: None, lambda post: post.hold(Hold.REPORTED)),
}


@pytest.mark.parametrize("hung_on", ["its owner", "the typist"])
@pytest.mark.parametrize("why", WAITS)
def test_the_browser_that_typed_it_reads_nothing_of_what_its_owner_changes(why, hung_on):
    before, after = WAITS[why]
    post, typist = typed()
    typed_on = post.visitor
    before(post)
    yes(post)
    if after:
        after(post)
    post.edit(text=OWN)
    if hung_on == "the typist":  # both sides hold: where it hangs, and who reads
        Post.objects.filter(pk=post.pk).update(visitor=typed_on)
    assert not post.is_public
    assert OWN not in pages(typist, post)
    owner = browser_of(visitors.own(post.author))
    assert OWN in owner.get(f"/bijdragen/{post.pk}/").text
    assert OWN in owner.get("/mijn-bijdragen/").text


def test_nor_sees_it_a_picture_that_waits(image_row):
    picture = image_row(name="f" * 32)
    post, typist = typed(picture=picture)
    yes(post)
    for visitor in (post.visitor, factories.visitor()):
        Post.objects.filter(pk=post.pk).update(visitor=visitor)
        found = Post.objects.owned_by(typist_id(typist), AnonymousUser())
        assert not found.exists()
        assert Post.objects.owned_by(None, post.author).exists()


def typist_id(browser: Client):
    return visitors.COOKIE.unsign(browser.cookies[visitors.COOKIE.name].value)


def test_the_browser_that_typed_it_is_kindly_told_to_log_in_and_nobody_else_is():
    post, typist = typed()
    post.hold(Hold.HINT)
    yes(post)
    for page in ("", "wijzigen/", "weghalen/"):
        told = typist.get(f"/bijdragen/{post.pk}/{page}")
        assert (told.status_code, "Log in met een code" in told.text, TYPED in told.text) == (403, True, False)
        for other in (Client(), browser_of(factories.visitor())):
            assert other.get(f"/bijdragen/{post.pk}/{page}").status_code == 404
    data = {"text": "Toch anders.", "name": "Fatima", "role": post.role_id}
    assert "Je tekst hebben we bewaard" in typist.post(f"/bijdragen/{post.pk}/wijzigen/", data).text


@pytest.mark.parametrize(("state", "public"), [("", True), (Hold.HINT, False)])
def test_yes_in_a_browser_where_its_owner_is_logged_in_leads_to_ones_own(state, public):
    """Typed on a phone, said yes to on a laptop: there it is theirs at once."""
    post, _ = typed()
    if state:
        post.hold(state)
    user = User.objects.confirmed(EMAIL)
    laptop = browser_of(visitors.own(user))
    press(laptop, f"/bijdragen/bevestigen/{tokens.make(post)}/", "ja")
    page = laptop.get(f"/bijdragen/{post.pk}/")
    assert page.status_code == 200
    assert TYPED in page.text
    assert f'href="/bijdragen/{post.pk}/weghalen/"' in page.text
    data = to_change(post, text=OWN)
    saved = laptop.post(f"/bijdragen/{post.pk}/wijzigen/", data, follow=True)
    assert (saved.status_code, OWN in saved.text) == (200, True)
    post.refresh_from_db()
    assert post.is_public == public


def test_an_owner_finds_the_links_in_the_thread_of_what_hangs_elsewhere():
    user = User.objects.confirmed(EMAIL)
    post = factories.post(author=user, email=EMAIL)
    page = browser_of(visitors.own(user)).get(f"/bijdragen/{post.pk}/").text
    for what in ("wijzigen", "weghalen"):
        assert f'href="/bijdragen/{post.pk}/{what}/"' in page
    assert "wijzigen/" not in browser_of(post.visitor).get(f"/bijdragen/{post.pk}/").text


def test_what_is_anothers_is_not_asked_of_who_logs_in_where_it_was_typed():
    """«Was jij dat?» shows words: never those of a person who said that they are theirs."""
    post, _ = typed()
    hung_on = post.visitor
    assert [row.text for _, row in held_by(hung_on).words] == [TYPED]
    yes(post)
    post.hold(Hold.RECORD)
    post.edit(text=OWN)
    assert not held_by(hung_on)
    Post.objects.filter(pk=post.pk).update(visitor=hung_on)
    assert not held_by(hung_on)
