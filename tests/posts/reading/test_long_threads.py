"""Threads that are long or deep: folds, a constant number of queries, a chain of thousands."""

import re

import pytest

from posts.models.posts import Post
from posts.models.thumbs import Thumb
from tests.helpers import factories
from tests.posts.reading.shown import chain, order, page, thread
from werkplaats.site.models import Site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("answers", "hidden"), [(3, 0), (4, 0), (5, 2), (15, 12)])
def test_a_long_list_of_answers_folds(client, answers, hidden):
    root = factories.post()
    pks = [factories.post(parent=root).pk for _ in range(answers)]
    html = page(client)
    assert order(html) == [root.pk, *pks]
    assert html.count('<details class="fold rest">') == bool(hidden)
    if hidden:
        inside = html[html.index('<details class="fold rest">') : html.index("</details>", html.index("fold rest"))]
        assert f"<summary>nog {hidden} reacties</summary>" in inside
        assert order(inside) == pks[3:]
    unfolded = page(client, f"/bijdragen/{pks[-1]}/")
    assert unfolded.count('<details class="fold rest" open>') == bool(hidden)
    assert page(client, f"/bijdragen/{pks[0]}/").count('<details class="fold rest">') == bool(hidden)


def test_both_levels_fold_and_a_link_opens_what_is_around_its_target(client):
    root = factories.post()
    first = [factories.post(parent=root) for _ in range(6)]
    second = [factories.post(parent=first[4]) for _ in range(5)]
    beside = [factories.post(parent=first[0]) for _ in range(5)]
    deep = factories.post(parent=second[1])
    html = page(client)
    assert html.count("<article") == html.count("</article>") == 18
    assert html.count("<div") == html.count("</div>")
    # What is folded is counted with the answers in it: 3 answers with 6 of their own.
    assert re.findall("<summary>(nog .*?)</summary>", html) == ["nog 2 reacties", "nog 9 reacties", "nog 3 reacties"]
    for target, opened in [
        (root, 0),
        (first[1], 0),
        (beside[4], 1),
        (first[5], 1),
        (second[0], 1),
        (second[4], 2),
        (deep, 1),
    ]:
        html = page(client, f"/bijdragen/{target.pk}/")
        assert html.count('<details class="fold rest" open>') == opened, target
        around = html[: html.index(f'id="bijdrage-{target.pk}"')]
        ends = around.count("</details>") - around.partition("<main")[0].count("</details>")
        assert around.count('<details class="fold rest"') - ends == opened


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_question_page(client, browser_of, django_assert_num_queries, count):
    question = factories.question()
    for _ in range(count):
        thread(question)
    with django_assert_num_queries(5):  # site, questions, roots, posts, themes
        page(client)
    with django_assert_num_queries(2):  # site, roots
        page(client)
    visitor = factories.visitor()
    for post in Post.objects.all():
        Thumb.objects.wish(post.pk, visitor.pk, 1)
    with django_assert_num_queries(3):  # site, roots with their own thumbs, the posts whose counts changed
        page(browser_of(visitor))
    with django_assert_num_queries(2):
        page(browser_of(visitor))


def test_queries_of_twenty_long_threads(client, browser_of, django_assert_num_queries):
    question, visitor = factories.question(), factories.visitor()
    same = {"question": question, "role": factories.role(), "visitor": visitor, "name": "K"}
    roots = [factories.post(question, visitor=visitor) for _ in range(20)]
    answers = [
        Post(parent=root, text=f"reactie {n}", published_at=root.published_at, **same)
        for root in roots
        for n in range(40)
    ]
    Post.objects.bulk_create(answers)
    with django_assert_num_queries(5):
        assert len(order(page(client))) == 820
    with django_assert_num_queries(2):
        assert page(client).count("nog 37 reacties") == 20
    with django_assert_num_queries(2):
        assert page(browser_of(visitor)).count("/wijzigen/") == 820


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_page_of_one_post(client, django_assert_num_queries, count):
    root = thread(factories.question())
    for _ in range(count):
        factories.post(parent=root)
    with django_assert_num_queries(4):  # post and question, root, site, posts of the thread
        page(client, f"/bijdragen/{root.pk}/")
    with django_assert_num_queries(3):
        page(client, f"/bijdragen/{root.pk}/")


@pytest.mark.prove
def test_a_chain_of_3000_answers_renders_and_costs_no_more_queries(client, django_assert_num_queries):
    root = chain(3000)
    with django_assert_num_queries(5):
        html = page(client)
    assert len(order(html)) == 3000
    assert html.count("<article") == html.count("</article>")
    assert html.count("in antwoord op") == 3000 - 3
    last = order(html)[-1]
    assert "is-target" in page(client, f"/bijdragen/{last}/")
    root.remove(by=None, reason="te lang")
    assert len(order(page(client))) == 3000


@pytest.mark.parametrize("pk", ["0", "007", "-1", "9" * 18, "9223372036854775808", "9" * 5000, "%00", "abc"])
@pytest.mark.parametrize("tail", ["", "antwoord/", "melden/", "duim/op/"])
def test_what_is_not_there_is_404(client, pk, tail):
    response = client.post(f"/bijdragen/{pk}/{tail}") if tail == "duim/op/" else client.get(f"/bijdragen/{pk}/{tail}")
    assert response.status_code in (400, 404)


def test_the_house_rules(client):
    Site.objects.update(house_rules="Wees aardig.")
    assert "Wees aardig." in page(client, "/huisregels/")
