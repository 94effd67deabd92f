"""What people could type to break a page: it is refused or cleaned, and afterwards everything that lists it renders."""

import io
import zipfile

import pytest
from django.test import Client

from posts.models.posts import Post
from tests.helpers import factories
from tests.helpers.shown import seen
from tests.plan.export_helpers import content, made
from werkplaats.web import programs

pytestmark = pytest.mark.django_db

ODD = {
    "nul": "a\x00b",
    "control": "een\x1b[31m twee\x07",
    "direction": "\u202erechts naar links\u202c\u2066",
    "zalgo": "z" + "\u0335\u0327\u0340" * 40,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈" * 60,
    "arabic": "التعليم الشامل للجميع",
    "formula": '=HYPERLINK("http://evil.example";"klik")',
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "markup": "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ settings.SECRET_KEY }} {% load x %} %(a)s %s {0}",
    "header": "Noor\r\nBcc: iedereen@example.org",
    "xml": "]]>&amp;<![CDATA[ \ufffe\uffff\x0b\x0c",
    "words": "- -- --- & | ! ( ) : * <-> ' \" \\",
    "long": "lang " * 790,
}


@pytest.fixture
def written(settings):
    """All of it as text, as name and as the name of a meeting, through the form, and then approved."""
    settings.DEMO = True  # no second factor for the moderator
    question, role = factories.question(), factories.role()
    for odd in ODD.values():
        said = {"text": odd, "name": odd[:30], "role": role.pk, "moment": programs.moment(ago=10)}
        said |= {"meeting": odd[:60], "meeting_size": "14", "email": "niet\r\nBcc: x@y.nl"}
        client = Client(raise_request_exception=False)
        # The address is refused and the rest is kept; without it the post waits for a moderator.
        assert client.post(f"{question.get_absolute_url()}bijdragen/", said).status_code == 422
        sent = client.post(f"{question.get_absolute_url()}bijdragen/", said | {"email": ""})
        assert sent.status_code in (302, 422), odd
        if sent.status_code == 422:  # a name takes less than a text
            calm = {"email": "", "name": "Noor", "meeting": "", "meeting_size": ""}
            sent = client.post(f"{question.get_absolute_url()}bijdragen/", said | calm)
            assert sent.status_code in (302, 422), odd
    moderator = Client(raise_request_exception=False)
    moderator.force_login(factories.coordinator())
    posts = list(Post.objects.waiting())
    assert len(posts) >= len(ODD) - 1
    data = {"action": "approve", "_selected_action": [post.pk for post in posts], "gezien": seen(posts)}
    moderator.post("/beheer/posts/post/", data)
    assert Post.objects.public().count() == len(posts)
    return question, posts, moderator


def test_all_that_lists_it_still_renders(written):
    question, posts, moderator = written
    stranger, url = Client(raise_request_exception=False), question.get_absolute_url()
    paths = ["/", url, f"{url}?pagina=2", f"{url}feed/", f"{url}nieuw/?na=2020-01-01T00:00:00Z", f"{url}uitnodigen/"]
    paths += [f"/bijdragen/{post.pk}/{page}" for post in posts for page in ("", "antwoord/", "melden/")]
    assert {path: status for path in paths if (status := stranger.get(path).status_code) != 200} == {}
    for odd in ODD.values():
        assert stranger.get(url, {"zoek": odd}).status_code in (200, 400)
    body = stranger.get(url).text
    assert "<script>alert" not in body
    assert "onerror=alert(1)>" not in body
    lists = ["/beheer/", "/beheer/posts/post/", "/beheer/posts/post/?toestand=zichtbaar"]
    lists += [f"/beheer/posts/post/{post.pk}/{page}/" for post in posts for page in ("change", "history")]
    assert {path: status for path in lists if (status := moderator.get(path).status_code) != 200} == {}


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_the_yield_opens_and_holds_no_formula(written, form):
    with zipfile.ZipFile(io.BytesIO(content(made(form, names=True)))) as file:
        assert file.testzip() is None
        parts = {name: file.read(name).decode("utf-8") for name in file.namelist() if name.endswith(".xml")}
    assert not any("<f>" in part for part in parts.values())
    assert any("HYPERLINK" in part for part in parts.values())
