"""What somebody signs, puts back or is told stands on their page: all of it, and nothing that is another's to read."""

import pytest
from django.test import Client
from django.utils import timezone

from posts.models.posts import Post
from posts.models.saying import under
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from werkplaats.people import visitors
from werkplaats.people.models import Werkgebied
from werkplaats.pictures.models import Picture

pytestmark = pytest.mark.django_db


def test_the_page_of_a_code_shows_all_that_is_signed_with_it(asking):
    page = asking.browser.post(
        f"/bijdragen/{asking.post.pk}/code/", {"gezien": f"{asking.post.pk}.1"}, follow=True
    ).text
    for shown in ("Jansen", "directeur", "Noord", "namens een overleg: Voltallige directie", "450", "Een tekening"):
        assert shown in page, shown


@pytest.fixture
def asking():
    """A browser whose contribution waits until an address is proven."""

    class Asking:
        visitor = factories.visitor()
        browser = browser_of(visitor)
        post = factories.post(
            visitor=visitor,
            published=False,
            email="directeur@school.example",
            name="Jansen",
            role=factories.role("directeur"),
            werkgebied=Werkgebied.objects.create(name="Noord"),
            meeting="Voltallige directie",
            meeting_size=450,
            picture=Picture.objects.create(name=f"{1:032x}", width=640, height=480, alt="Een tekening"),
            asked_at=timezone.now(),
        )

    return Asking


@pytest.mark.parametrize("path", ["?geplaatst", "afzender/", "?gewijzigd"])
def test_a_cookie_alone_tells_no_part_of_an_address(asking, path):
    page = asking.browser.get(f"/bijdragen/{asking.post.pk}/{path}", follow=True).text
    assert "Kijk in je mail" in page
    assert "school.example" not in page and "d…" not in page


def test_what_is_put_back_is_under_what_the_page_showed():
    parent, anouk = factories.post(text="Geef ouders een stem."), factories.user(email="anouk@example.org")
    own = visitors.own(anouk)
    answer = factories.post(parent=parent, author=anouk, visitor=own, text="Daar sta ik achter.")
    browser: Client = browser_of(own)
    browser.force_login(anouk)
    url = f"/bijdragen/{answer.pk}/weghalen/"
    page = browser.post(url, follow=True).text
    parent.refresh_from_db()
    seen = under(parent.question, parent)
    assert "Geef ouders een stem." in page and f'name="woorden" value="{seen}"' in page
    Post.objects.filter(pk=parent.pk).update(text="Houd ouders erbuiten.")
    asked = browser.post(url, {"terug": "1", "woorden": seen})
    answer.refresh_from_db()
    assert asked.status_code == 409 and "Houd ouders erbuiten." in asked.text and not answer.is_public
    parent.refresh_from_db()
    assert browser.post(url, {"terug": "1", "woorden": under(parent.question, parent)}).status_code == 302
    answer.refresh_from_db()
    assert answer.is_public
