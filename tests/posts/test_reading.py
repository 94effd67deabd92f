"""What each kind of visitor may read, that it is up to date at once, and what it costs."""

import re

import pytest
from django.test import Client

from posts.models import Post, Thumb
from tests import factories
from werkplaats.models import Site

pytestmark = pytest.mark.django_db
QUESTION = "/denk-praat-doe-mee/"


def page(client, url=QUESTION) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def order(html: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article id="bijdrage-(\d+)"', html)]


def thread(question, **fields) -> Post:
    """A contribution with four answers."""
    root = factories.post(question, **fields)
    for _ in range(4):
        factories.post(parent=root)
    return root


def chain(length: int) -> Post:
    """A contribution, an answer to it, an answer to that …; `length` posts in all."""
    root = factories.post()
    numbers = range(root.pk + 1, root.pk + length)
    same = {"question": root.question, "role": root.role, "published_at": root.published_at, "name": "K"}
    Post.objects.bulk_create(Post(pk=pk, parent_id=pk - 1, text=f"schakel {pk}", **same) for pk in numbers)
    return root


def test_without_a_question_there_is_a_page_all_the_same(client):
    assert "Er staat nu geen vraag open" in page(client)


def test_the_current_question_with_its_promise_and_conversation(client):
    question = factories.question(promise="Later is er ruimte voor wat beter kan.")
    root = factories.post(question, text="Korte lijnen.", name="Samira", role=factories.role("consulent"))
    answer = factories.post(parent=root, text="Bij ons ook.", meeting="Teamoverleg", meeting_size=14)
    html = page(client)
    assert question.text in html
    assert "Later is er ruimte voor wat beter kan." in html
    assert "Je mag in je eigen taal schrijven." in html
    assert order(html) == [root.pk, answer.pk]
    assert "namens een overleg: Teamoverleg, 14 mensen" in html


def test_an_earlier_question_is_read_but_not_answered(client):
    old, root = factories.question(), None
    root = factories.post(old)
    new = factories.question()
    html = page(client, old.get_absolute_url())
    assert root.text in html
    assert "Deze vraag is gesloten" in html
    assert "<textarea" not in html
    assert "/antwoord/" not in html
    assert "formaction" not in html
    assert new.get_absolute_url() in html
    assert client.post(f"/bijdragen/{root.pk}/duim/op/").status_code == 302
    assert not Thumb.objects.exists()


@pytest.mark.parametrize("slug", ["concept", "bestaat-niet", "x" * 3000])
def test_a_concept_is_not_there(client, slug):
    factories.question(slug="concept", current=False, planned_for="2027-01-01T09:00Z")
    assert client.get(f"/vragen/{slug}/").status_code == 404
    assert client.post(f"/vragen/{slug}/bijdragen/").status_code == 404


def test_newest_first_ten_a_page_with_plain_links(client):
    question = factories.question()
    roots = [factories.post(question).pk for _ in range(23)][::-1]
    assert order(page(client)) == roots[:10]
    second = page(client, f"{QUESTION}?pagina=2")
    assert order(second) == roots[10:20]
    assert 'href="?pagina=1#' in second
    assert 'href="?pagina=3#' in second
    assert "23 bijdragen" in second
    for far in ("3", "4", "9" * 29, "9" * 5000):
        assert order(page(client, f"{QUESTION}?pagina={far}")) == roots[20:]
    for odd in ("0", "-1", "٣", "1.5", "<b>"):
        assert order(page(client, f"{QUESTION}?pagina={odd}")) == roots[:10]


def test_answers_stand_under_what_they_answer_and_deep_ones_say_whom(client):
    root = factories.post(name="Anna")
    first = factories.post(parent=root, name="Bram")
    second = factories.post(parent=root, name="Cas")
    deeper = factories.post(parent=first, name="Dirk")
    deepest = factories.post(parent=deeper, name="Els")
    html = page(client)
    assert order(html) == [root.pk, first.pk, deeper.pk, deepest.pk, second.pk]
    assert re.findall(r'in antwoord op <a href="#bijdrage-(\d+)">(\w+)</a>', html) == [
        (str(deeper.pk), "Dirk")
    ]
    assert html.count("<article") == html.count("</article>")
    assert html.count('<div class="answers">') == 2


def test_who_sees_what(client, browser_of):
    """Strangers, the writer and someone else: the words of each post on each page, and in each thread."""
    question = factories.question()
    writer, other = factories.visitor(), factories.visitor()
    root = factories.post(question, text="openbaar begin")
    posts = {
        "wachtend begin": factories.post(question, published=False, visitor=writer),
        "wachtend antwoord": factories.post(parent=root, published=False, visitor=writer),
        "weggehaald begin": factories.post(question, visitor=writer),
        "weggehaald antwoord": factories.post(parent=root, visitor=writer),
        "nooit getoond": factories.post(question, published=False, visitor=writer),
    }
    for text, post in posts.items():
        Post.objects.filter(pk=post.pk).update(text=text, email="geheim@example.org")
    for text in ("weggehaald begin", "weggehaald antwoord", "nooit getoond"):
        posts[text].remove(by=None, reason="kwetsend")
    moderator = Client()
    moderator.force_login(factories.coordinator())
    own = {"wachtend begin", "wachtend antwoord"}
    # The writer comes first, so that what was kept for them would show to the others.
    for browser, sees in [
        (browser_of(writer), own),
        (client, set()),
        (browser_of(other), set()),
        (moderator, set()),
    ]:
        pages = [
            page(browser),
            page(browser, question.get_absolute_url()),
            page(browser, f"/bijdragen/{root.pk}/"),
        ]
        for text, post in posts.items():
            response = browser.get(f"/bijdragen/{post.pk}/")
            open_to_them = text in sees or text in ("weggehaald begin", "weggehaald antwoord")
            assert response.status_code == (200 if open_to_them else 404), text
            pages.append(response.content.decode())
        for html in pages:
            shown = {text for text in posts if text in html}
            assert shown <= sees
            assert "geheim@example.org" not in html
            assert "kwetsend" not in html
        assert {text for text in posts if text in pages[0]} == sees
        assert "openbaar begin" in pages[0]


def test_a_removed_post_keeps_its_place_and_its_answers(client):
    root = factories.post(text="weg ermee", name="Zonderling")
    answer = factories.post(parent=root, text="blijft staan")
    root.remove(by=None, reason="kwetsend")
    html = page(client)
    assert order(html) == [root.pk, answer.pk]
    assert "Deze bijdrage is weggehaald." in html
    assert 'href="/huisregels/"' in html
    assert "blijft staan" in html
    assert "weg ermee" not in html
    assert "Zonderling" not in html
    root.restore(by=None)
    assert "weg ermee" in page(client)


def test_a_link_leads_to_the_post_in_its_thread(client):
    root = factories.post()
    answer = factories.post(parent=root)
    other = factories.post(root.question)
    html = page(client, f"/bijdragen/{answer.pk}/")
    assert order(html) == [root.pk, answer.pk]
    assert f"bijdrage-{other.pk}" not in html
    assert f'<article id="bijdrage-{answer.pk}" tabindex="-1" data-focus class="post is-target">' in html
    assert "is-target" not in page(client)


def test_every_change_shows_at_once(client):
    question = factories.question()
    root = factories.post(question, text="het begin")
    assert "het begin" in page(client)
    answer = factories.post(parent=root, text="een nieuw antwoord", published=False)
    assert "een nieuw antwoord" not in page(client)
    answer.publish()
    assert "een nieuw antwoord" in page(client)
    Post.objects.filter(pk=answer.pk).update(text="een beter antwoord")
    assert "een beter antwoord" in page(client)
    Thumb.objects.give(answer.pk, factories.visitor(), 1)
    assert '1<span class="visually-hidden"> duimpje omhoog' in page(client)
    root.role.name = "moeder of vader"
    root.role.save()
    assert "moeder of vader" in page(client)
    Site.objects.update(cooperation="een ander verband")
    assert "een ander verband" in page(client)
    question.text = "Een andere vraag?"
    question.save()
    assert "Een andere vraag?" in page(client)


def test_what_is_kept_shows_nobody_elses_thumbs_or_waiting_posts(client, browser_of):
    root = factories.post()
    liker, writer = factories.visitor(), factories.visitor()
    Thumb.objects.give(root.pk, liker, 1)
    factories.post(parent=root, published=False, visitor=writer, text="wacht nog even")
    assert 'aria-pressed="true"' in page(browser_of(liker))
    assert "wacht nog even" in page(browser_of(writer))
    for browser in (client, browser_of(factories.visitor()), browser_of(writer)):
        assert 'aria-pressed="true"' not in page(browser)
    assert "wacht nog even" not in page(browser_of(liker))
    assert "wacht nog even" not in page(client)
    assert 'aria-pressed="true"' in page(browser_of(liker))


def test_user_text_cannot_pass_for_our_tags(client, browser_of):
    visitor = factories.visitor()
    root = factories.post()
    tag = f'<button class="thumb" form="act" id="op-{root.pk}" formaction="/x/">'
    article = f'<article id="bijdrage-{root.pk}" tabindex="-1" class="post'
    Post.objects.filter(pk=root.pk).update(
        text=f"{tag}{article}<script>1</script>", name=tag[:60], meeting=tag
    )
    Thumb.objects.give(root.pk, visitor, 1)
    html = page(browser_of(visitor), f"/bijdragen/{root.pk}/")
    assert "<script>1" not in html
    assert html.count(f'id="op-{root.pk}"') == 1
    assert order(html) == [root.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_question_page(client, browser_of, django_assert_num_queries, count):
    question = factories.question()
    for _ in range(count):
        thread(question)
    with django_assert_num_queries(5):  # site, questions, roots, posts, lists
        page(client)
    with django_assert_num_queries(2):  # site, roots
        page(client)
    visitor = factories.visitor()
    for post in Post.objects.all():
        Thumb.objects.give(post.pk, visitor, 1)
    with django_assert_num_queries(4):  # site, roots, the posts whose counts changed, own thumbs
        page(browser_of(visitor))


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_page_of_one_post(client, django_assert_num_queries, count):
    root = thread(factories.question())
    for _ in range(count):
        factories.post(parent=root)
    with django_assert_num_queries(4):  # post and question, root, site, posts of the thread
        page(client, f"/bijdragen/{root.pk}/")
    with django_assert_num_queries(3):
        page(client, f"/bijdragen/{root.pk}/")


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
    response = (
        client.post(f"/bijdragen/{pk}/{tail}")
        if tail == "duim/op/"
        else client.get(f"/bijdragen/{pk}/{tail}")
    )
    assert response.status_code in (400, 404)


def test_the_house_rules(client):
    Site.objects.update(house_rules="Wees aardig.")
    assert "Wees aardig." in page(client, "/huisregels/")
