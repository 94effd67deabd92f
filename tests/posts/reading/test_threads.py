"""What each kind of visitor may read, that it is up to date at once, and what it costs."""

import re

import pytest
from django.test import Client

from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.themes import PostTheme, Theme
from posts.models.thumbs import Thumb
from posts.models.whose import Reader
from posts.reading import roots
from tests.helpers import factories
from tests.posts.reading.shown import QUESTION, order, page
from werkplaats.people import visitors
from werkplaats.site.models import Site

pytestmark = pytest.mark.django_db


def test_without_a_question_there_is_a_page_all_the_same(client):
    assert "Er staat nu geen vraag open" in page(client)


def test_the_current_question_with_its_promise_and_conversation(client):
    question = factories.question(promise="Later is er ruimte voor wat beter kan.")
    root = factories.post(question, text="Korte lijnen.", name="Samira", role=factories.role("consulent"))
    answer = factories.post(parent=root, text="Bij ons ook.", meeting="Teamoverleg", meeting_size=14)
    html = page(client)
    assert question.text in html
    assert "Later is er ruimte voor wat beter kan." in html
    assert "Een paar zinnen zijn genoeg. Iedereen kan ze straks lezen. Noem geen namen van kinderen." in html
    assert order(html) == [root.pk, answer.pk]
    assert "namens een overleg: <bdi>Teamoverleg</bdi>, 14 mensen" in html


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


def test_newest_first_twenty_a_page_with_plain_links(client, django_assert_num_queries):
    question = factories.question()
    roots = [factories.post(question).pk for _ in range(43)][::-1]
    assert order(page(client)) == roots[:20]
    second = page(client, f"{QUESTION}?pagina=2")
    assert order(second) == roots[20:40]
    assert re.search(r'href="\?voor=0\.\d+\.\d+#bijdragen-kop" rel="prev"', second)
    assert re.search(r'href="\?na=0\.\d+\.\d+#bijdragen-kop" rel="next"', second)
    assert "Pagina 2 van 3" in second
    assert "43 bijdragen" in second
    for far in ("3", "4", "9" * 29, "9" * 5000):
        assert order(page(client, f"{QUESTION}?pagina={far}")) == roots[40:]
    with django_assert_num_queries(2):  # site, roots
        page(client, f"{QUESTION}?pagina=9")
    for odd in ("0", "-1", "٣", "1.5", "<b>"):
        assert order(page(client, f"{QUESTION}?pagina={odd}")) == roots[:20]


def test_answers_stand_under_what_they_answer_and_deep_ones_say_whom(client):
    root = factories.post(name="Anna")
    first = factories.post(parent=root, name="Bram")
    second = factories.post(parent=root, name="Cas")
    deeper = factories.post(parent=first, name="Dirk")
    deepest = factories.post(parent=deeper, name="Els")
    html = page(client)
    assert order(html) == [root.pk, first.pk, deeper.pk, deepest.pk, second.pk]
    assert re.findall(r'in antwoord op <a href="#bijdrage-(\d+)"><bdi>(\w+)</bdi></a>', html) == [
        (str(deeper.pk), "Dirk")
    ]
    assert html.count("<article") == html.count("</article>")
    # Every post to which an answer can be nested has a place for it, also when there is none yet.
    assert html.count('<div class="answers" ') == 3
    assert html.count('"></div></article>') == 1


# What became of a post, and whether its writer and others then see its words, or its place at least.
STATES = {
    "public": ("words", "words"),
    "waiting": ("words", ""),
    "held": ("words", "place"),
    "withdrawn": ("place", "place"),
    "removed": ("place", "place"),
    "refused": ("", ""),
    "erased": ("place", "place"),
}


@pytest.mark.parametrize("first", ["writer", "stranger"])
@pytest.mark.parametrize("is_answer", [False, True], ids=["contribution", "answer"])
def test_who_sees_what(client, browser_of, is_answer, first):
    """Strangers, the writer, someone else and a moderator: each post on each page, whoever comes first."""
    question = factories.question()
    writer, other = factories.visitor(), factories.visitor()
    root = factories.post(question, text="openbaar begin")
    place = {"parent": root} if is_answer else {"question": question}
    posts = {}
    for state in STATES:
        fields = {"visitor": writer, "email": "geheim@example.org", "text": f"tekst {state}", "name": f"naam {state}"}
        posts[state] = factories.post(**place, published=state not in ("waiting", "refused"), **fields)
        factories.become(posts[state], state)
    moderator = Client()
    moderator.force_login(factories.coordinator())
    browsers = [(browser_of(writer), 0), (client, 1), (browser_of(other), 1), (moderator, 1)]
    for browser, who in browsers if first == "writer" else [*browsers[1:], browsers[0]]:
        lists = [page(browser, url) for url in (QUESTION, f"/bijdragen/{root.pk}/")]
        for state, post in posts.items():
            sees = STATES[state][who]
            response = browser.get(f"/bijdragen/{post.pk}/")
            assert response.status_code == (200 if sees else 404), state
            for html in [*lists, response.text]:
                shown = f"tekst {state}" in html
                assert shown <= (sees == "words"), (state, who)
                assert (f"naam {state}" in html) == shown
                assert "geheim@example.org" not in html
                assert "kwetsend" not in html
            assert (f"tekst {state}" in lists[0]) == (sees == "words"), state
            assert (f'id="bijdrage-{post.pk}"' in lists[0]) == bool(sees), state
            for verb in ("wijzigen", "weghalen"):
                links = f'href="/bijdragen/{post.pk}/{verb}/"' in lists[0]
                assert links == (who == 0 and sees == "words"), (state, verb)
        assert "openbaar begin" in lists[0]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("own", [False, True])
def test_the_roots_in_sql_are_those_of_the_queryset(state, own):
    post = factories.post(published=state not in ("waiting", "refused"))
    factories.become(post, state)
    reader = Reader(post.visitor_id if own else factories.visitor().pk)
    seen = roots.root_of(post.pk, reader)
    assert bool(seen) == Post.objects.visible_to(reader).filter(pk=post.pk).exists()
    assert (roots.root_of(post.pk) is not None) == Post.objects.visible_to().filter(pk=post.pk).exists()
    if seen:
        mine = own and state != "erased"
        assert seen.alone == (mine and state in ("waiting", "held"))
        assert list(seen.own) == ([post.pk] if mine and state in ("public", "waiting") else [])


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
    Thumb.objects.wish(answer.pk, factories.visitor().pk, 1)
    assert '<span class="thumb-count">1</span><span class="visually-hidden thumb-words"> duimpje omhoog' in page(client)
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
    Thumb.objects.wish(root.pk, liker.pk, 1)
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
    Post.objects.filter(pk=root.pk).update(text=f"{tag}{article}<script>1</script>", name=tag[:60], meeting=tag)
    Thumb.objects.wish(root.pk, visitor.pk, 1)
    html = page(browser_of(visitor), f"/bijdragen/{root.pk}/")
    assert "<script>1" not in html
    assert html.count(f'id="op-{root.pk}"') == 1
    assert order(html) == [root.pk]


def test_a_place_says_why_it_is_empty(client):
    lines = {
        "held": "Een moderator kijkt naar deze bijdrage.",
        "withdrawn": "De schrijver haalde deze bijdrage weg.",
        "removed": "Deze bijdrage is weggehaald.",
        "erased": "Deze bijdrage is weggehaald.",
    }
    for state, line in lines.items():
        post = factories.post()
        factories.become(post, state)
        html = page(client, post.get_absolute_url())
        assert line in html
        rules = html.partition(line)[2].lstrip().startswith('<a href="/huisregels/">')
        assert rules == (state != "withdrawn")  # with what its writer took away they have nothing to do
        assert "Fatima" not in html


def test_the_next_state_shows_at_once(client, browser_of):
    question = factories.question()
    author = factories.user()
    root = factories.post(question, text="het begin", author=author, visitor=visitors.own(author))
    theme = Theme.objects.create(name="Communicatie")
    other = factories.post(parent=root)
    browsers = (client, browser_of(root.visitor), browser_of(factories.visitor()))

    def seen(what: str) -> list[bool]:
        return [what in page(browser) for browser in browsers]

    assert seen("het begin") == [True] * 3
    PostTheme.objects.create(post=other, theme=theme)
    label = '<span class="label"><span class="visually-hidden">thema: </span>'
    assert seen(f"{label}Communicatie") == [True] * 3
    theme.name = "Korte lijnen"
    theme.save()
    assert seen(f"{label}Korte lijnen") == [True] * 3
    PostTheme.objects.get().delete()
    assert seen(label) == [False] * 3
    root.pin(True)
    assert seen("Uitgelicht") == [True] * 3
    assert seen("<span>bewerkt</span>") == [False] * 3
    root.edit(text="een ander begin")
    assert seen("een ander begin") == seen("<span>bewerkt</span>") == [True] * 3
    root.hold(Hold.REPORTED)
    assert seen("een ander begin") == [False, True, False]
    assert seen("Een moderator kijkt naar deze bijdrage.") == [True, False, True]
    root.publish(vetted=True)
    assert seen("een ander begin") == [True] * 3
    root.withdraw()
    assert seen("een ander begin") == [False] * 3
    root.put_back()
    assert seen("een ander begin") == [True] * 3


def test_a_picture_shows_after_approval_and_to_its_writer_before(client, browser_of, image_row):
    post = factories.post(picture=image_row(alt="Een schoolplein", width=1600, height=1200))
    small, large = post.picture.small, post.picture.large
    assert "Een schoolplein" in page(browser_of(post.visitor))
    for browser in (client, browser_of(factories.visitor())):
        assert small not in page(browser)
    post.publish(vetted=True)
    html = page(client)
    assert f'<img src="{small}" srcset="{small} 640w, {large} 1600w"' in html
    assert 'width="1600" height="1200" alt="Een schoolplein" loading="lazy"' in html
    post.hold(Hold.REPORTED)
    assert "Een schoolplein" not in page(client)
    assert post.picture.small in page(browser_of(post.visitor))
    post.remove(by=None, reason="weg")
    assert "Een schoolplein" not in page(client) + page(browser_of(post.visitor))
