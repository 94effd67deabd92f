"""Sorting, filtering and searching the list of a question: by plain links, over what everyone may read."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.utils import timezone

from posts.models.holds import A_PUPIL, SOMEBODY
from posts.models.posts import Post
from posts.models.themes import PostTheme, Theme
from posts.models.thumbs import Thumb
from posts.reading import roots, searching
from posts.reading.conditions import Words
from tests.helpers import factories
from werkplaats import compiled
from werkplaats.people.models import Werkgebied

pytestmark = pytest.mark.django_db


@pytest.fixture
def question():
    return factories.question()


@pytest.fixture
def listed(client, question):
    """A function that gives the numbers of the threads that are listed, for a browser and a query."""

    def listed(browser=client, **query) -> list[int]:
        html = browser.get(question.get_absolute_url(), query).text
        listing = html[html.index('id="bijdragen"') :]
        tree = re.findall(r'<article id="bijdrage-(\d+)"|<div class="answers"|</div></article>', listing)
        assert tree or "Niets gevonden" in html
        roots = set(Post.objects.filter(parent=None).values_list("pk", flat=True))
        return [int(pk) for pk in tree if pk and int(pk) in roots]

    return listed


def test_the_orders_are_plain_links(client, question, listed):
    quiet, liked, answered = (factories.post(question) for _ in range(3))
    factories.post(parent=answered)
    factories.post(parent=quiet, published=False)
    for _ in range(2):
        Thumb.objects.wish(liked.pk, factories.visitor().pk, 1)
    Thumb.objects.wish(quiet.pk, factories.visitor().pk, 1)
    html = client.get(question.get_absolute_url()).text
    for order in ("?", "?volgorde=duimpjes", "?volgorde=zonder-antwoord"):
        assert f'href="{question.get_absolute_url()}{order}#bijdragen-kop"' in html
    assert listed() == [answered.pk, liked.pk, quiet.pk]
    assert listed(volgorde="duimpjes") == [liked.pk, quiet.pk, answered.pk]
    assert listed(volgorde="zonder-antwoord") == [liked.pk, quiet.pk]
    Post.objects.get(parent=answered).remove(by=None, reason="weg")
    assert listed(volgorde="zonder-antwoord") == [answered.pk, liked.pk, quiet.pk]
    liked.remove(by=None, reason="weg")
    assert listed(volgorde="duimpjes") == [quiet.pk, answered.pk, liked.pk]
    assert listed(volgorde="zonder-antwoord") == [answered.pk, quiet.pk]
    assert listed(volgorde="onbekend") == listed()


def test_what_is_put_on_top_comes_first_and_says_so(client, question, listed):
    first, second, third = (factories.post(question) for _ in range(3))
    assert listed() == [third.pk, second.pk, first.pk]
    first.pin(True)
    assert listed() == [first.pk, third.pk, second.pk]
    assert client.get(question.get_absolute_url()).text.count("Uitgelicht") == 1
    assert listed(volgorde="zonder-antwoord") == [third.pk, second.pk, first.pk]
    first.remove(by=None, reason="weg")
    assert listed() == [third.pk, second.pk, first.pk]
    assert "Uitgelicht" not in client.get(question.get_absolute_url()).text
    second.pin(True)
    second.pin(False)
    assert listed() == [third.pk, second.pk, first.pk]
    assert "Uitgelicht" not in client.get(question.get_absolute_url()).text


def test_filters_look_at_the_contribution_itself(question, listed):
    parent, teacher = factories.role("ouder"), factories.role("leerkracht")
    north, south = (Werkgebied.objects.create(name=name) for name in ("Noord", "Zuid"))
    theme = Theme.objects.create(name="Communicatie")
    a = factories.post(question, role=parent, werkgebied=north)
    b = factories.post(question, role=teacher, werkgebied=south)
    answer = factories.post(parent=a, role=teacher, werkgebied=south)
    PostTheme.objects.create(post=b, theme=theme)
    PostTheme.objects.create(post=answer, theme=theme)
    assert listed(rol=parent.pk) == [a.pk]
    assert listed(rol=teacher.pk) == [b.pk]
    assert listed(gebied=south.pk) == [b.pk]
    assert listed(thema=theme.pk) == [b.pk]
    assert listed(rol=parent.pk, gebied=south.pk) == []
    for odd in ("", "0", "-1", "x", "9" * 5000, "٣", "1 OR 1=1"):
        assert listed(rol=odd, gebied=odd, thema=odd) == [b.pk, a.pk]
    b.remove(by=None, reason="weg")
    assert listed(rol=teacher.pk) == listed(gebied=south.pk) == listed(thema=theme.pk) == []


@pytest.mark.parametrize("who", ["left out their name", "is a pupil", "is denied"])
def test_a_filter_tells_no_place_that_a_card_does_not(question, listed, who):
    south, north = (Werkgebied.objects.create(name=name) for name in ("Zuid", "Noord"))
    role = factories.role("leerling", is_pupil=True) if who == "is a pupil" else factories.role()
    name = {"left out their name": SOMEBODY, "is a pupil": A_PUPIL}.get(who, "Fatima")
    post = factories.post(question, name=name, role=role, werkgebied=south, email="o@example.org")
    if who == "is denied":
        post.refuse("Dit schreef ik niet.")
        Post.objects.get(pk=post.pk).restore(None)
    other = factories.post(question, role=role, werkgebied=south)
    for asked in ({}, {"rol": role.pk}, {"volgorde": "duimpjes"}, {"volgorde": "zonder-antwoord"}):
        assert listed(gebied=south.pk, **asked) == [other.pk]
        assert listed(gebied=north.pk, **asked) == []
    assert listed(rol=role.pk) == listed() == [other.pk, post.pk]


def test_there_is_something_to_choose_or_nothing_is_asked(client, question):
    url = question.get_absolute_url()
    assert 'role="search"' not in client.get(url).text  # nothing to look through yet
    factories.post(question)
    assert 'role="search"' in client.get(url).text
    assert "<select" not in client.get(url).text.partition('role="search"')[2]
    factories.role("leerkracht")
    Theme.objects.create(name="Communicatie")
    found = client.get(url).text.partition('role="search"')[2]
    assert re.findall(r'<select id="[^"]+" name="(\w+)"', found) == ["rol", "thema"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("gesprek", True),  # as it is written
        ("gesprekken", True),  # other forms
        ("GESPREK", True),
        ("cafe", True),  # accents ignored, both ways
        ("reünie", True),
        ("samira", True),
        ("teamoverleg", True),
        ('"open gesprek"', True),
        ('"gesprek open"', False),
        ("gesprek -open", False),
        ("gesprek or fiets", True),
        ("fiets", False),
        ("ouder", False),  # the role is a filter
        ("'; DROP TABLE posts_post; --", False),
        ("& | ! ( ) :* <->", False),
    ],
)
def test_search_reads_like_people_write(question, listed, words, found):
    post = factories.post(
        question,
        text="Een open gesprek in het café over de reunie.",
        name="Samira",
        meeting="Teamoverleg",
        meeting_size=3,
    )
    factories.post(question, text="Iets anders.", name="Bo")
    assert listed(zoek=words) == ([post.pk] if found else [])


def test_a_thread_is_found_by_an_answer_in_it(client, question, listed):
    root = factories.post(question)
    other = factories.post()
    factories.post(parent=factories.post(parent=root), text="Daar ligt de sleutel.")
    factories.post(parent=other, text="Ook hier een sleutel.")
    assert listed(zoek="sleutel") == [root.pk]
    html = client.get(question.get_absolute_url(), {"zoek": "sleutel"}).text
    assert "1 bijdrage gevonden" in html
    assert 'value="sleutel"' in html
    root.remove(by=None, reason="weg")  # the answer stands, under a place without words
    assert listed(zoek="sleutel") == [root.pk]


@pytest.mark.parametrize("state", ["waiting", "removed", "held", "withdrawn", "erased"])
@pytest.mark.parametrize("answer", [False, True], ids=["contribution", "answer"])
def test_what_one_may_not_read_is_not_found(client, browser_of, question, listed, state, answer):
    writer, root = factories.visitor(), factories.post(question)
    theme = Theme.objects.create(name="Communicatie")
    post = factories.post(question, visitor=writer, text="Iets eigenaardigs.", published=state != "waiting")
    factories.become(post, state)
    if answer:
        Post.objects.filter(pk=post.pk).update(parent=root, root=root)
    PostTheme.objects.create(post=post, theme=theme)
    for browser in (client, browser_of(factories.visitor())):
        assert listed(browser, zoek="eigenaardig") == []
        assert listed(browser, thema=theme.pk) == []
        assert "eigenaardig" not in browser.get(question.get_absolute_url(), {"zoek": "reactie"}).text
    assert listed(browser_of(writer), zoek="eigenaardig") == []


def test_an_answer_under_a_beginning_that_waits_is_not_found(browser_of, question, listed):
    root = factories.post(question)
    factories.post(parent=root, text="Iets eigenaardigs.")
    Post.objects.filter(pk=root.pk).update(published_at=None)
    assert listed(zoek="eigenaardig") == []
    assert listed(browser_of(root.visitor), zoek="eigenaardig") == []


def test_the_next_page_keeps_what_was_asked(client, question, monkeypatch):
    monkeypatch.setattr("posts.reading.roots.PER_PAGE", 2)
    role = factories.role("leerkracht")
    roots = [factories.post(question, role=role, text="sleutel & slot").pk for _ in range(5)]
    asked = {"volgorde": "duimpjes", "rol": role.pk, "zoek": "sleutel & slot"}
    html = client.get(question.get_absolute_url(), {**asked, "pagina": "2"}).text
    assert [int(pk) for pk in re.findall(r'<article id="bijdrage-(\d+)"', html)] == roots[1:3][::-1]
    for word, rel in (("voor", "prev"), ("na", "next")):
        link = re.escape(f"?{urlencode(asked)}&{word}=".replace("&", "&amp;"))
        assert re.search(rf'href="{link}0\.\d+\.\d+#bijdragen-kop" rel="{rel}"', html)
    # A thumb without JavaScript leads back to where one was.
    hidden = dict(
        re.findall(
            r'<input type="hidden" name="(pagina|rol|zoek|volgorde)" value="([^"]*)"', html.partition('id="act"')[2]
        )
    )
    assert hidden == {"pagina": "2", "rol": str(role.pk), "zoek": "sleutel &amp; slot", "volgorde": "duimpjes"}
    answer = client.post(f"/bijdragen/{roots[1]}/duim/op/", {**asked, "pagina": "2"})
    assert answer.url == f"{question.get_absolute_url()}?{urlencode({**asked, 'pagina': 2})}#bijdrage-{roots[1]}"
    odd = client.post(f"/bijdragen/{roots[1]}/duim/op/", {"pagina": "x", "zoek": "\x00\u202e", "rol": "//x"})
    assert odd.status_code in (302, 400)


def test_nothing_found_says_so_with_a_way_out(client, question):
    factories.post(question)
    html = client.get(question.get_absolute_url(), {"zoek": "eenhoorn"}).text
    assert "Niets gevonden" in html
    assert "0 bijdragen gevonden" in html
    assert html.count(f'href="{question.get_absolute_url()}"') >= 2
    assert "Begin jij?" not in html


@pytest.mark.parametrize(
    "query",
    [
        "zoek=%00",
        "zoek=%ed%a0%80",
        "zoek=%f0%9f&rol=%ff",
        "zoek=" + "a" * 2_000_000,
        "zoek=" + "%F0%9F%98%80" * 5000,
        "zoek=" + "(" * 200,
        "zoek=" + "%22" * 199,
        "zoek=" + "-" * 200,
        "zoek=" + "-(" * 100,
        "zoek=" + "- " * 100,
        "zoek=" + '-"' * 100,
        "zoek=" + "-or " * 50,
        "sinds=gisteren&volgorde=%00",
        "sinds=2026-13-45T99:99:99Z",
        "sinds=0001-01-01T00:00:00%2B23:59",
        "sinds=9999-12-31T23:59:59-23:59",
        "sinds=" + "9" * 5000,
        "rol=1&rol=2&zoek=a&zoek=b",
    ],
)
def test_no_question_is_too_odd(client, question, query):
    factories.post(question)
    for path in (question.get_absolute_url(), "/denk-praat-doe-mee/", f"{question.get_absolute_url()}nieuw/"):
        answer = client.get(path, QUERY_STRING=query)
        assert answer.status_code == (400 if "%00" in query else 200), path


def test_queries_of_a_search(client, question, django_assert_num_queries):
    for _ in range(3):
        factories.post(parent=factories.post(question, text="sleutel"))
    url = f"{question.get_absolute_url()}?zoek=sleutel&volgorde=duimpjes&pagina=9"
    with django_assert_num_queries(7):  # site, questions, themes, how common the word is, where it stands, roots, posts
        client.get(url)
    with django_assert_num_queries(4):  # site, how common the word is, where it stands, roots
        client.get(url)


def test_the_search_uses_its_index(question):
    sql, parameters = compiled.sql_of(searching.hits_of, Words(1, False))
    given = {"wanted0": "sleutel", "value": question.pk}
    with connection.cursor() as cursor:
        # Three rows want no index at all: neither one of posts, nor that of words.
        cursor.execute(
            "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_nestloop = off"
        )
        cursor.execute(f"EXPLAIN {sql}", compiled.filled(parameters, given))
        assert "posts_words" in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("order", "index"), [("nieuwste", "contributions_pinned_first"), ("duimpjes", "most_thumbs_first")]
)
def test_a_list_is_read_from_an_index_in_its_order(question, order, index):
    for _ in range(3):
        factories.post(question)
    sql, parameters = compiled.sql_of(roots.roots_of, "question", (False, False), order, (), 20)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")  # three rows want neither
        cursor.execute(f"EXPLAIN {sql}", [question.pk if each == "value" else each for each in parameters])
        plan = str(cursor.fetchall())
    assert index in plan and "Sort" not in plan


def test_what_is_new_since_a_moment(question, listed, client):
    old, moment = factories.post(question), timezone.now()
    Post.objects.filter(pk=old.pk).update(published_at=moment - timedelta(hours=1))
    quiet = factories.post(question)
    Post.objects.filter(pk=quiet.pk).update(published_at=moment - timedelta(hours=1))
    factories.post(parent=old, published=False)
    assert listed(sinds=moment.isoformat()) == []
    factories.post(parent=old)
    assert listed(sinds=moment.isoformat()) == [old.pk]
    assert listed(sinds=(moment + timedelta(hours=1)).isoformat()) == []
    assert "1 gesprek met iets nieuws" in client.get(question.get_absolute_url(), {"sinds": moment.isoformat()}).text
