"""Going through the list page by page while others write: nothing comes twice, nothing is left out."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from posts.models.posts import Post
from posts.models.thumbs import Thumb
from tests.helpers import factories
from tests.posts.reading.shown import QUESTION, order, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts():
    """Forty-five contributions, the newest first; some have thumbs."""
    question, since = factories.question(), timezone.now() - timedelta(days=1)
    made = [
        factories.post(question, text=f"Rust in de klas, nummer {place}.", created_at=since + timedelta(minutes=place))
        for place in range(45)
    ]
    for place, post in enumerate(made):
        for _ in range(place % 3):
            Thumb.objects.wish(post.pk, factories.visitor().pk, 1)
    return [post.pk for post in made][::-1]


def link(text: str, rel: str) -> str:
    """The address of the next or the previous page."""
    found = re.search(rf'<a href="([^"]+)" rel="{rel}">', text)
    return QUESTION + html.unescape(found[1]).partition("#")[0] if found else ""


def three_more(question) -> None:
    for place in range(3):
        factories.post(question, text=f"Rust, en nieuw, {place}.")


@pytest.mark.parametrize("asked", ["", "?volgorde=duimpjes", "?volgorde=zonder-antwoord", "?zoek=rust"])
def test_what_is_new_on_top_repeats_nothing_on_the_next_page(client, posts, asked, django_assert_num_queries):
    first = page(client, QUESTION + asked)
    before = order(first)
    three_more(Post.objects.get(pk=posts[0]).question)
    second = page(client, link(first, "next"))
    third = page(client, link(second, "next"))
    seen = [*before, *order(second), *order(third)]
    assert len(seen) == len(set(seen)) and set(seen) >= set(posts)
    # By thumbs, what has none yet stands further on than what was read.
    assert asked == "?volgorde=duimpjes" or len(seen) == 45
    assert not link(third, "next")
    back = page(client, link(third, "prev"))
    assert order(back) == order(second)
    assert order(page(client, link(back, "prev"))) == before
    if not asked:
        with django_assert_num_queries(3):  # site, place, roots
            page(client, link(first, "next"))


def test_what_goes_away_hides_no_other(client, posts):
    first = page(client)
    Post.objects.filter(pk__in=order(first)[:5]).delete()
    assert order(page(client, link(first, "next"))) == posts[20:40]


def test_a_pin_stays_where_it_is_while_pages_are_turned(client, posts):
    Post.objects.filter(pk=posts[-1]).update(pinned_at=timezone.now())
    first = page(client)
    three_more(Post.objects.get(pk=posts[0]).question)
    assert order(first) == [posts[-1], *posts[:19]]
    assert order(page(client, link(first, "next"))) == posts[19:39]


def test_a_thumb_without_script_leads_back_to_the_same_page(client, posts):
    first = page(client)
    address = link(first, "next")
    second = page(client, address)
    hidden = dict(re.findall(r'<input type="hidden" name="(pagina|na|voor)" value="([^"]+)">', second))
    answer = client.post(f"/bijdragen/{posts[25]}/duim/op/", hidden)
    assert answer.url.partition("#")[0].endswith(address.partition("?")[2])


@pytest.mark.parametrize(
    "odd", ["na=", "na=1.2", "na=1.2.x", "na=9.9.9.9", "voor=" + "9" * 18 + ".1.1", "na=1." + "9" * 18 + ".1", "na=%00"]
)
def test_nonsense_is_the_first_page_or_a_refusal(client, posts, odd):
    answer = client.get(f"{QUESTION}?{odd}")
    assert answer.status_code == 400 or order(answer.text) == posts[:20]


@pytest.mark.parametrize("key", ["0.1.1", f"0.{38 * 10**14}.1"])
def test_a_place_beyond_either_end_shows_an_end(client, posts, key):
    assert order(page(client, f"{QUESTION}?na={key}")) == (posts[40:] if key == "0.1.1" else posts[:20])
