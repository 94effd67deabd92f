"""What the page of a question says of a search: how much was found, or that it only looks like it."""

import re

import pytest
from django.db import connection
from django.utils import timezone

from posts.finding import asking, keeping
from posts.models import Post
from posts.reading import roots, searching
from tests.helpers import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return factories.question()


@pytest.fixture
def search(client, question):
    def search(words: str, **query) -> str:
        return client.get(question.get_absolute_url(), {"zoek": words, **query}).text

    return search


def found(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article id="bijdrage-(\d+)"', html)]


def many(question, count: int, text: str) -> None:
    same = {"question": question, "role": factories.role(), "name": "Bo", "text": text}
    Post.objects.bulk_create(Post(**same, published_at=timezone.now()) for _ in range(count))


def test_a_hundred_are_counted_and_shown_and_the_page_says_that_there_are_more(question, search):
    many(question, 100, "sleutel")
    assert "100 bijdragen gevonden" in search("sleutel")
    many(question, 30, "sleutel")
    first, last = search("sleutel"), search("sleutel", pagina=9)
    assert "Meer dan 100 bijdragen gevonden" in first and "eerste 100" not in first
    assert "Pagina 5 van 5" in last and "Dit zijn de eerste 100." in last
    assert 'rel="next"' in first and 'rel="next"' not in last
    shown = [pk for page in range(1, 6) for pk in found(search("sleutel", pagina=page))]
    newest = Post.objects.order_by("-created_at", "-pk").values_list("pk", flat=True)[:100]
    assert shown == list(newest)


@pytest.mark.parametrize("order", ["nieuwste", "duimpjes", "zonder-antwoord"])
@pytest.mark.parametrize("way", ["common", "rare", "in between"])
def test_the_same_is_found_by_whichever_way(question, search, monkeypatch, order, way):
    """A word of many threads, of few posts, and of neither."""
    monkeypatch.setattr(searching, "MANY", {"common": 1, "rare": 60, "in between": 60}[way])
    monkeypatch.setattr(searching, "FEW", {"common": 500, "rare": 500, "in between": 1}[way])
    looked = [factories.post(question, text=f"{number} sleutel").pk for number in range(3)]
    factories.post(question, text="slot")
    factories.post(text="sleutel elders")
    factories.post(question, text="sleutel", published=False)
    Post.objects.get(pk=looked[1]).remove(by=None, reason="weg")
    assert found(search("sleutel", volgorde=order)) == [looked[2], looked[0]]


def test_one_wrong_letter_is_forgiven_when_nothing_else_is_found(question, search):
    right = factories.post(question, text="Begeleiding stopt te vroeg.")
    html = search("begeleidng")
    assert found(html) == [right.pk]
    assert "Met «<bdi>begeleidng</bdi>» vonden we niets. Dit lijkt erop:" in html
    wrong = factories.post(question, text="De begeleidng was fijn.")
    html = search("begeleidng")
    assert found(html) == [wrong.pk]
    assert "Dit lijkt erop" not in html
    assert "Dit lijkt erop" not in search("eenhoorns")


@pytest.mark.parametrize(
    "typed", ["begeliding", "begelediing", "begeleeiding", "egeleiding", "begeleidink", "begleiding"]
)
def test_what_one_wrong_letter_is(question, search, typed):
    right = factories.post(question, text="Begeleiding stopt te vroeg.")
    assert found(search(typed)) == [right.pk]


@pytest.mark.parametrize("typed", ["begding", "bgleiding", "belijding"])
def test_two_are_too_many(question, search, typed):
    factories.post(question, text="Begeleiding stopt te vroeg.")
    assert found(search(typed)) == []


def test_words_that_stand_everywhere_are_told_apart(question, search):
    post = factories.post(question, text="De kat van het buurmeisje.")
    html = search("de het een")
    assert found(html) == [] and "Woorden als «de» en «een» staan overal" in html
    assert found(search("van de kat")) == [post.pk]
    assert found(search('"de kat"')) == found(search('"van"')) == [post.pk]
    assert "staan overal" not in search("eenhoorn")


@pytest.mark.parametrize("typed", ["meer", "wat"])
def test_short_plain_words_are_looked_for(question, search, typed):
    post = factories.post(question, text=f"Zeg {typed} je denkt.")
    factories.post(question, text="Het water, de meerkoet niet.")
    assert post.pk in found(search(typed))


def test_emoji_and_other_scripts_are_found(question, search):
    post = factories.post(question, text="شكرا للمدرسة 🙏 en дети")
    factories.post(question, text="Dank")
    assert found(search("🙏")) == found(search("للمدرسة")) == found(search("ДЕТИ")) == [post.pk]


def test_without_and_or(question, search):
    one, other = (factories.post(question, text=text) for text in ("open gesprek", "stil gesprek"))
    both = [other.pk, one.pk]
    assert found(search("open or stil")) == both
    assert found(search("gesprek -open")) == found(search("-open")) == [other.pk]
    assert found(search('gesprek -"open gesprek"')) == [other.pk]
    assert found(search("or")) == [] and found(search("gesprek or")) == both


def test_nothing_typed_has_a_meaning_to_the_database():
    signs = "".join(map(chr, range(32, 127)))
    looked = asking.read(f"{signs} a.*b x|y [^z] \\d+ (((((")
    ours = re.compile(r"\[\^ \]\{[\d,]+\}")
    for pattern in (*looked.wanted, *looked.near, looked.unwanted):
        assert not set(ours.sub("", pattern)) & set("\\.*+?()[]{}^$")


def test_a_search_asks_little_of_the_database(client, question, django_assert_num_queries):
    factories.post(question, text="Begeleiding")
    many(question, 30, "sleutel")
    url = question.get_absolute_url()
    counts = {"sleutel": 3, "begeleiding": 4, "begeleidng": 6, "de het": 1}  # the site; how common, where, twice; roots
    for words in counts:
        client.get(url, {"zoek": words})
    for words, count in counts.items():
        with django_assert_num_queries(count):
            client.get(url, {"zoek": words})


def test_no_more_is_looked_at_for_a_common_word(question):
    """Of a thousand threads the newest hundred, however many there are."""
    many(question, 1000, "sleutel")
    keeping.add_lemmas()
    with connection.cursor() as cursor:  # as a server does by itself: else it may think that there are none
        cursor.execute("ANALYZE posts_post, posts_postwords, posts_posttally")
    words = searching.search(question.pk, "sleutel")
    page = roots.page_of(question, roots.STRANGER, {}, roots.Wanted(words="sleutel"))
    assert words.filter == searching.Words(1, False)
    assert page.many == roots.ENOUGH and len(page.roots) == roots.PER_PAGE
