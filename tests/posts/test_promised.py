"""How soon a moderator reads what waits: a coordinator sets it, everyone reads it, «Vandaag» tells when it is late."""

from datetime import timedelta

import pytest
from django.utils import timezone

from posts import tokens
from posts.actions.confirming import asked
from posts.models.holds import Hold, told
from posts.models.posts import Post
from posts.models.reports import Report
from posts.queue import late
from posts.today import too_late
from tests.helpers import factories
from werkplaats.models import Site, User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
DAY, WEEKS = "meestal binnen een werkdag", timedelta(days=14)


@pytest.fixture
def a_day():
    Site.objects.update(reads_within=1)


def waits(ago: timedelta = WEEKS, **fields) -> Post:
    return factories.post(published=False, created_at=timezone.now() - ago, **fields)


def test_a_coordinator_sets_it_in_the_back_office(client, coordinator):
    assert Site.objects.load().soon == "meestal binnen twee werkdagen"
    page = client.get("/beheer/werkplaats/site/1/change/").text
    assert "meestal binnen een werkdag" in page and "meestal binnen een week" in page


def test_the_writer_reads_it(client, browser_of, a_day):
    post = factories.post(published=False)
    page = browser_of(post.visitor).get(post.question.get_absolute_url()).text
    assert f"leest je bijdrage eerst, {DAY}." in page


def test_who_answers_reads_it_at_once(browser_of, a_day):
    parent, writer = factories.post(), factories.visitor()
    fields = {"text": "Bij ons ook.", "name": "Karim", "role": factories.role().pk}
    answer = browser_of(writer).post(f"/bijdragen/{parent.pk}/antwoord/", fields, headers={"HX-Request": "true"})
    assert DAY in answer.text


def test_who_reports_reads_it(browser_of, a_day):
    post = factories.post()
    browser = browser_of(factories.visitor())
    browser.post(f"/bijdragen/{post.pk}/melden/", {"reason": "spam"})
    assert f"kijkt ernaar, {DAY}." in browser.get(f"/bijdragen/{post.pk}/melden/").text


def test_who_opens_an_old_link_from_a_mail_reads_it(client, a_day, monkeypatch):
    monkeypatch.setattr(tokens, "MAX_AGE", timedelta(seconds=-1))
    post = factories.post(published=False, email="anna@example.org")
    assert f"leest die eerst, {DAY}." in client.get(f"/bijdragen/bevestigen/{tokens.make(post)}/").text


def test_a_mail_about_words_that_are_held_says_it(mailbox, browser_of, a_day):
    writer = User.objects.confirmed("ouder@example.org")
    post = factories.post(author=writer, email=writer.email, text="Sem werd uitgelachen.")
    said = {"reason": "one-child", "words": "Sem", "moment": programs.moment(ago=10)}
    browser_of(factories.known_visitor()).post(f"/bijdragen/{post.pk}/melden/", said)
    (mail,) = [mail for mail in mailbox() if mail["To"] == writer.email]
    for part in ("plain", "html"):
        assert f"leest je bijdrage na, {DAY}:" in mail.get_body([part]).get_content()


def test_no_reason_to_wait_is_told_with_its_gap_open():
    for hold in ["", *Hold]:
        for pupil in (False, True):
            assert "{" not in told(hold, pupil, "meestal snel")
    (found,) = asked([waits(held_for=Hold.HINT)], "x@example.org", "meestal snel")
    assert "meestal snel." in found.stays


def test_vandaag_tells_what_waits_longer_and_nothing_when_it_is_kept(client, coordinator):
    factories.post(published=False)
    assert "langer dan beloofd" not in client.get("/beheer/").text
    post = waits()
    page = client.get("/beheer/").text
    assert "Wacht langer dan beloofd (meestal binnen twee werkdagen)" in page
    listed = client.get("/beheer/posts/post/?toestand=te-laat").context["cl"].result_list
    assert [each.pk for each in listed] == [post.pk]


def test_what_is_late():
    post = waits()
    held = factories.post(created_at=timezone.now() - WEEKS)
    held.hold(Hold.REPORTED)
    reported = factories.post(created_at=timezone.now() - WEEKS)
    Report.objects.create(post=reported, visitor=factories.visitor(), reason="spam")
    waits(timedelta(hours=1))
    removed = waits()
    removed.remove(by=None, reason="kwetsend")
    assert set(late(Post.objects.all())) == {post}
    Post.objects.filter(pk=held.pk).update(removed_at=timezone.now() - WEEKS)
    Report.objects.update(created_at=timezone.now() - WEEKS)
    assert set(late(Post.objects.all())) == {post, held, reported}


def test_a_picture_that_nobody_looked_at_is_late_too(image_row):
    old = {"created_at": timezone.now() - WEEKS}
    post = factories.post(picture=image_row(), **old)
    factories.post(picture=image_row(), edited_at=timezone.now(), **old)
    assert set(late(Post.objects.all())) == {post}


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        waits()
    with django_assert_num_queries(3):  # the site, the rows, their number
        assert too_late("")["count"] == rows
