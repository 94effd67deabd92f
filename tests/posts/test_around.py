"""Round a question: what is new while one reads, its feed, what a shared link shows, its parts, when it closed."""

import calendar
import re
from datetime import timedelta
from urllib.parse import quote
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from posts.models.posts import Post
from posts.models.themes import PostTheme, Theme
from tests.helpers import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def question():
    return factories.question()


def news(browser, question, since) -> str:
    moment = since if isinstance(since, str) else since.isoformat()
    answer = browser.get(f"{question.get_absolute_url()}nieuw/?na={quote(moment)}")
    assert answer.status_code == 200
    return answer.text.strip()


def test_the_page_asks_for_what_came_after_it(client, question):
    before = timezone.now()
    html = client.get(question.get_absolute_url()).text
    path, moment = re.search(r'hx-get="([^"?]+)\?na=([^"]+)" hx-trigger="every 30s"', html).groups()
    assert path == f"{question.get_absolute_url()}nieuw/"
    assert before.isoformat() < moment.replace("Z", "+00:00") < timezone.now().isoformat()
    assert news(client, question, moment) == ""
    factories.post(question)
    assert "1 nieuwe reactie, toon" in news(client, question, moment)
    question.closed_at = timezone.now()
    question.save()
    assert "every 30s" not in client.get(question.get_absolute_url()).text


def test_news_is_what_others_wrote_and_one_may_read(client, browser_of, question, django_assert_num_queries):
    moment, reader = timezone.now(), factories.visitor()
    old = factories.post(question, published_at=moment - timedelta(hours=1))
    root = factories.post(question)
    factories.post(parent=old)
    factories.post(question, visitor=reader)
    factories.post(question, published=False)
    factories.post()
    for state in ("removed", "held", "withdrawn", "erased"):
        factories.become(factories.post(parent=old), state)
    with django_assert_num_queries(1):
        html = news(browser_of(reader), question, moment)
    assert "2 nieuwe reacties, toon" in html
    assert "3 nieuwe reacties, toon" in news(client, question, moment)
    Post.objects.filter(pk=root.pk).update(visitor=None)
    assert "3 nieuwe reacties, toon" in news(client, question, moment)
    link = re.search('href="([^"]+)"', html)[1].replace("&amp;", "&")
    listed = browser_of(reader).get(link.partition("#")[0]).text
    assert "3 gesprekken met iets nieuws" in listed
    assert f'id="bijdrage-{root.pk}"' in listed


@pytest.mark.parametrize(
    "moment", ["", "gisteren", "2026-11-22", "2026-11-22T10:00", "9" * 5000, "0001-01-01T00:00Z", "é"]
)
def test_news_since_no_moment_is_nothing(client, question, moment):
    factories.post(question)
    assert news(client, question, moment) == ""


def test_no_news_of_what_is_not_there(client):
    concept = factories.question(current=False)
    for slug in (concept.slug, "bestaat-niet"):
        assert client.get(f"/vragen/{slug}/nieuw/?na=2026-01-01T00:00Z").status_code == 404


def test_an_answer_comes_back_alone_with_its_place(client):
    root = factories.post(name="Anna")
    first = factories.post(parent=root, name="Bram")
    second = factories.post(parent=first, name="Cas")
    data = {"name": "Fatima", "role": factories.role().pk}
    for parent, place in [
        (root, f'"#antwoorden-{root.pk}" hx-swap="beforeend"'),
        (first, f'"#antwoorden-{first.pk}" hx-swap="beforeend"'),
        (second, f'"#bijdrage-{second.pk}" hx-swap="afterend"'),
    ]:
        text = f"Aan {parent.name}."
        answer = client.post(f"/bijdragen/{parent.pk}/antwoord/", {**data, "text": text}, headers=HTMX)
        written = Post.objects.get(text=text)
        assert answer.text.startswith(f'<hx-partial hx-target={place}><article id="bijdrage-{written.pk}"')
        assert answer.text.count("<article") == answer.text.count("</article>") == 1
        assert answer.text.count("<div") == answer.text.count("</div>")
        assert ("in antwoord op" in answer.text) == (parent == second)
        assert f"/bijdragen/{written.pk}/wijzigen/" in answer.text
        assert "Wacht op goedkeuring" in answer.text
        assert answer.headers["HX-Reswap"] == "innerHTML swapEmpty:true"


def entries(client, question) -> list[dict]:
    answer = client.get(f"{question.get_absolute_url()}feed/")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    assert feed.find(f"{ATOM}title").text == question.text
    return [{part.tag.removeprefix(ATOM): part for part in entry} for entry in feed.iter(f"{ATOM}entry")]


def test_the_feed_of_a_question(client, question, django_assert_num_queries):
    root = factories.post(question, text="Eerste regel.\n\n<b>vet</b> & «meer»", email="geheim@example.org")
    answer = factories.post(parent=root, name="Bo")
    PostTheme.objects.create(post=root, theme=Theme.objects.create(name="Communicatie"))
    first, second = entries(client, question)
    assert first["title"].text == "Bo, ouder"
    assert first["link"].get("href") == f"http://testserver/bijdragen/{answer.pk}/" == first["id"].text
    assert second["summary"].text == "<p>Eerste regel.</p>\n\n<p>&lt;b&gt;vet&lt;/b&gt; &amp; «meer»</p>"
    assert second["category"].get("term") == "Communicatie"
    assert "geheim@" not in client.get(f"{question.get_absolute_url()}feed/").text
    with django_assert_num_queries(3):  # site, posts, themes
        entries(client, question)
    Post.objects.filter(pk=root.pk).update(edited_at=timezone.now() + timedelta(hours=1))
    changed = entries(client, question)[1]
    assert changed["id"].text == second["id"].text
    assert changed["updated"].text > second["updated"].text
    html = client.get(question.get_absolute_url()).text
    assert (
        f'type="application/atom+xml" title="Bijdragen: {question.text}" href="{question.get_absolute_url()}feed/"'
        in html
    )


def test_a_reader_of_feeds_makes_the_same_of_it(client, question):
    """A library that did not write it."""
    root = factories.post(question, text="Eerste regel.\n\n<b>vet</b> & «meer»", name="محمد")
    answer = factories.post(parent=root, name="Bo", text="Ja!")
    read = feedparser.parse(client.get(f"{question.get_absolute_url()}feed/").content)
    assert (read.bozo, read.version, read.feed.title, read.feed.language) == (False, "atom10", question.text, "nl")
    assert [entry.title for entry in read.entries] == ["Bo, ouder", "\u2068محمد\u2069, ouder"]
    assert [entry.link for entry in read.entries] == [
        f"http://testserver/bijdragen/{post.pk}/" for post in (answer, root)
    ]
    assert read.entries[1].summary == "<p>Eerste regel.</p>\n\n<p>&lt;b&gt;vet&lt;/b&gt; &amp; «meer»</p>"
    for entry, post in zip(read.entries, (answer, root), strict=True):
        assert entry.id == entry.link
        assert calendar.timegm(entry.published_parsed) == int(post.published_at.timestamp())


def test_the_feed_answers_not_modified_to_its_own_marks(client, question):
    root = factories.post(question)
    path = f"{question.get_absolute_url()}feed/"
    answer = client.get(path)
    etag, moment = answer.headers["ETag"], answer.headers["Last-Modified"]
    for mark in ({"If-None-Match": etag}, {"If-Modified-Since": moment}):
        again = client.get(path, headers=mark)
        assert (again.status_code, again.content) == (304, b"")
    Post.objects.filter(pk=root.pk).update(text="Anders", edited_at=timezone.now() + timedelta(minutes=1))
    for mark in ({"If-None-Match": etag}, {"If-Modified-Since": moment}):
        assert client.get(path, headers=mark).status_code == 200
    factories.become(root, "removed")
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 200


def test_the_feed_holds_what_everyone_may_read_and_fifty_of_it(client, question):
    for state in ("waiting", "held", "withdrawn", "removed", "erased"):
        post = factories.post(question, published=state != "waiting", text="niet voor iedereen")
        factories.become(post, state)
    assert entries(client, question) == []
    factories.post()
    root = factories.post(question)
    Post.objects.bulk_create(
        Post(parent=root, question=question, role=root.role, name="K", text=str(n), published_at=timezone.now())
        for n in range(55)
    )
    assert len(entries(client, question)) == 50
    assert client.get(f"/vragen/{factories.question(current=False).slug}/feed/").status_code == 404


def meta(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta property="(og:\w+)" content="([^"]*)">', html))


def test_a_shared_link_looks_good(client, browser_of, question):
    url = question.get_absolute_url()
    for path in (url, "/denk-praat-doe-mee/"):
        found = meta(client.get(path).text)
        assert found["og:title"] == question.text
        assert found["og:url"] == f"http://testserver{url}"
        assert found["og:image"] and found["og:description"] and found["og:site_name"]
    post = factories.post(question, text="Een gesprek\n" + "met elkaar " * 50)
    found = meta(client.get(post.get_absolute_url()).text)
    assert found["og:description"].startswith("Een gesprek")
    assert len(found["og:description"]) <= 200
    assert found["og:url"] == f"http://testserver{post.get_absolute_url()}"
    assert found["og:type"] == "article"
    own = browser_of(post.visitor)
    for state in ("held", "removed"):
        factories.become(post, state)
        for browser in (client, own):
            head = browser.get(post.get_absolute_url()).text.partition("</head>")[0]
            assert "Een gesprek" not in head
    Post.objects.filter(pk=post.pk).update(published_at=None, removed_at=None, removal="")
    assert "Een gesprek" not in own.get(post.get_absolute_url()).text.partition("</head>")[0]


def test_a_question_says_since_when_it_is_open_or_closed(client):
    old = factories.question()
    html = client.get(old.get_absolute_url()).text
    assert "Deze vraag staat open sinds" in html
    assert '<span class="now">nu</span>' in html
    assert "gesloten" not in html
    new = factories.question()
    html = client.get(old.get_absolute_url()).text
    assert re.search(r"Gesloten op \w+dag \d+ \w+", html)
    assert "Deze vraag is gesloten" in html
    assert "Gesloten op" not in client.get(new.get_absolute_url()).text


def test_a_part_and_its_whole_point_at_each_other(client):
    whole = factories.question(text="De hele vraag?")
    concept = factories.question(text="Nog een concept?", parent=whole, current=False)
    part = factories.question(text="Een deel ervan?", parent=whole)
    html = client.get(part.get_absolute_url()).text
    assert f'Dit is een deel van de vraag <a href="{whole.get_absolute_url()}">De hele vraag?</a>' in html
    html = client.get(whole.get_absolute_url()).text
    assert f'<li><a href="{part.get_absolute_url()}">Een deel ervan?</a></li>' in html
    assert concept.text not in html
    part_of_concept = factories.question(text="Los deel?", parent=concept)
    assert "Dit is een deel van" not in client.get(part_of_concept.get_absolute_url()).text


def test_the_landing_page_shows_what_everyone_may_read(client, question):
    shown = factories.post(question, text="Dit staat er.")
    for state in ("held", "withdrawn", "removed", "erased"):
        factories.become(factories.post(question, text="niet voor iedereen"), state)
    factories.post(question, text="niet voor iedereen", published=False)
    html = client.get("/").text
    assert shown.text in html
    assert "niet voor iedereen" not in html
