"""Reporting: it hides nothing by itself, and three people who took part make unread words wait for a moderator."""

import re
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from posts.actions import moderating, reporting
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.reports import Report
from tests.helpers import factories
from tests.helpers.shown import as_read
from werkplaats.moderation import calling
from werkplaats.moderation.models import ReportQuerySet
from werkplaats.mutes.models import Kind, Mute
from werkplaats.people.models import User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
REASONS = ["spam", "hurtful", "spam"]


def url(post) -> str:
    return f"/bijdragen/{post.pk}/melden/"


def said(reason="spam", **fields) -> dict:
    """What the form sends, some time after it was opened."""
    return {"reason": reason, "moment": programs.moment(ago=10), **fields}


def file(post, browser_of, times=3, **options):
    """So many different people who took part before report a post; the last answer."""
    for reason in (REASONS * times)[:times]:
        answer = browser_of(factories.known_visitor()).post(url(post), said(reason), **options)
    post.refresh_from_db()
    return answer


@pytest.fixture
def staff():
    """A coordinator, a moderator; and who is mailed nothing: see each name."""
    coordinator = factories.coordinator(email="coordinator@example.org")
    for name in ["moderator", "visitor", "left", "unproven"]:
        user = factories.user(email=f"{name}@example.org", is_active=name != "left", is_staff=name != "visitor")
        user.user_permissions.add(Permission.objects.get(codename="change_post"))
        if name != "unproven":
            user.prove()
    factories.user(email="reader@example.org", is_staff=True)
    return coordinator


def test_what_was_reported_is_what_was_read(browser_of):
    """Three people have the page open, and press when the writer has said it otherwise."""
    post = factories.post(text="Meester Jan is dom.")
    readers = [browser_of(factories.known_visitor()) for _ in range(3)]
    marks = [re.search('name="woorden" value="([0-9a-f]{12})"', reader.get(url(post)).text)[1] for reader in readers]
    Post.objects.filter(pk=post.pk).update(text="Wij willen graag een vaste begeleider.")
    for reader, mark in zip(readers, marks, strict=True):
        answer = reader.post(url(post), said(woorden=mark), headers={"HX-Request": "true"})
        assert answer.status_code == 409
        assert "Dit is intussen veranderd." in answer.text
        assert "Wij willen graag een vaste begeleider." in answer.text
    post.refresh_from_db()
    assert post.is_public
    assert not Report.objects.exists()
    now = re.search('name="woorden" value="([0-9a-f]{12})"', answer.text)[1]
    assert readers[2].post(url(post), said(woorden=now)).status_code == 302
    assert Report.objects.get().version == post.version


def test_two_reports_hide_nothing_and_the_third_makes_it_wait(browser_of, client):
    post = factories.post(text="Omstreden woorden")
    answer = factories.post(parent=post, text="Een antwoord")
    file(post, browser_of, 2)
    assert post.is_public
    file(post, browser_of, 1)
    assert (post.removal, post.held_for) == ("held", Hold.REPORTED)
    page = client.get(f"/bijdragen/{post.pk}/").text
    assert "Omstreden woorden" not in page
    assert answer.text in page


def test_one_person_three_times_is_one_report(browser_of):
    post = factories.post()
    browser = browser_of(factories.visitor())
    for reason in ("spam", "hurtful", "privacy"):
        assert browser.post(url(post), said(reason)).status_code == 302
    assert post.reports.count() == 1
    assert Post.objects.get().is_public


@pytest.mark.parametrize("how", ["approved", "restored"])
def test_what_a_moderator_has_read_stays(browser_of, how):
    moderator = factories.coordinator()
    post = factories.post(published=False)
    if how == "restored":
        moderating.remove([post], moderator, "Reclame.", as_read(post))
        moderating.restore([post], moderator, {post.pk: post.version})
    else:
        moderating.approve([post], moderator, {post.pk: post.version})
    file(post, browser_of)
    assert post.is_public
    assert Report.objects.filter(handled_at=None).count() == 3


def test_reports_that_were_handled_do_not_count(browser_of):
    post = factories.post()
    file(post, browser_of, 2)
    for report in post.reports.all():
        report.handle(factories.coordinator())
    file(post, browser_of, 1)
    assert post.is_public


def test_moderators_and_the_writer_are_told(browser_of, mailbox, staff, settings):
    settings.DEMO = True
    assert calling.call_hourly() == 0
    writer = User.objects.confirmed("ouder@example.org")
    post = factories.post(email=writer.email, author=writer, text="Mijn <b>woorden</b>")
    file(post, browser_of, 2)
    assert mailbox() == []
    file(post, browser_of, 1)
    assert calling.call_hourly() == 2
    assert "ouder" not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))
    mails = {mail["To"]: mail for mail in mailbox()}
    assert set(mails) == {"coordinator@example.org", "moderator@example.org", "ouder@example.org"}
    assert mails["moderator@example.org"]["Subject"] == "Er is iets gemeld"
    for part in ("plain", "html"):
        text = mails["coordinator@example.org"].get_body([part]).get_content()
        assert "1 gemelde bijdrage" in text
        assert "http://testserver/beheer/posts/post/?toestand=gemeld" in text
        kind = mails["ouder@example.org"].get_body([part]).get_content()
        assert "Een moderator leest je bijdrage na" in kind
        assert "woorden" in kind
        assert "/mails/" in kind
    assert "<b>woorden" not in mails["ouder@example.org"].get_body(["html"]).get_content()
    assert mails["ouder@example.org"]["List-Unsubscribe"].startswith("<http://testserver/mails/")
    file(post, browser_of)
    assert calling.call_hourly() == 0
    assert mailbox() == []  # once


def test_of_reports_moderators_hear_once_an_hour_and_not_when_somebody_was_quicker(browser_of, mailbox, staff):
    first, second = factories.post(), factories.post()
    file(first, browser_of)
    file(second, browser_of)
    assert mailbox() == []  # it is the clock that mails
    assert [calling.call_hourly(), calling.call_hourly()] == [2, 0]
    assert len(mailbox()) == 2
    file(factories.post(), browser_of)
    assert calling.call_hourly() == 2
    Report.objects.settle(staff)
    assert mailbox() == []


@pytest.mark.parametrize("why", ["typed, not proven", "no address", "switched off"])
def test_other_writers_get_no_mail(browser_of, mailbox, why):
    fields = {"email": "ouder@example.org"}
    if why == "no address":
        fields = {}
    elif why == "switched off":
        fields["author"] = User.objects.confirmed("ouder@example.org")
        Mute.objects.create(user=fields["author"], kind=Kind.DECISIONS)
    file(factories.post(**fields), browser_of)
    assert mailbox() == []


def test_a_mail_says_nothing_any_more_when_a_moderator_was_quicker(browser_of, mailbox, staff):
    writer = User.objects.confirmed("ouder@example.org")
    post = factories.post(email=writer.email, author=writer)
    file(post, browser_of)
    moderating.approve([post], staff, {post.pk: post.version})
    calling.call_hourly()
    (mail,) = mailbox()
    assert (mail["To"], mail["Subject"]) == ("ouder@example.org", "Je bijdrage staat online")


@pytest.mark.parametrize("htmx", [False, True])
def test_the_third_is_thanked_though_the_words_are_gone(browser_of, htmx):
    post = factories.post(text="Omstreden woorden")
    file(post, browser_of, 2)
    browser = browser_of(factories.known_visitor())
    headers = {"HX-Request": "true"} if htmx else {}
    for _ in range(2):  # a double tap
        page = browser.post(url(post), said(), headers=headers, follow=True)
        assert page.status_code == 200
        assert "Dank je voor je melding" in page.text
        assert "Omstreden" not in page.text
    assert browser.get(url(post)).status_code == 200
    assert browser_of(factories.visitor()).get(url(post)).status_code == 404
    assert post.reports.count() == 3


def test_the_answer_of_htmx_has_a_place_on_the_page_of_its_own(browser_of):
    post = factories.post()
    page = browser_of(factories.visitor()).get(url(post)).text
    place = page.split('hx-target="#')[1].split('"')[0]
    assert place == f"antwoord-{post.pk}" and f'id="{place}"' in page


def test_only_what_people_can_read_is_reported(browser_of):
    waiting = factories.post(published=False)
    below = factories.post(parent=waiting)
    removed = factories.post()
    removed.remove(None, "Reclame.")
    browser = browser_of(factories.visitor())
    for post in (waiting, below, removed):
        assert browser.get(url(post)).status_code == 404
        assert browser.post(url(post), said()).status_code == 404
    assert not Report.objects.exists()


def test_the_box_counts_the_jobs_with_the_change(browser_of, monkeypatch, staff):
    """What goes wrong after the hold takes the hold along."""
    writer = User.objects.confirmed("ouder@example.org")
    post = factories.post(email=writer.email, author=writer)
    file(post, browser_of, 2)

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(moderating.mail, "later", broken)
    with pytest.raises(RuntimeError):
        reporting.report(post, factories.known_visitor(), "spam")
    post.refresh_from_db()
    assert post.is_public
    assert post.reports.count() == 2


def race(posts) -> int:
    """Two people report each post at the same moment; how many posts wait afterwards."""
    for post in posts:
        reporting.report(post, factories.known_visitor(), "spam")
        visitors = [factories.known_visitor(), factories.known_visitor()]
        barrier = Barrier(2)

        def report(visitor, post=post, barrier=barrier):
            try:
                barrier.wait()
                reporting.report(post, visitor, "spam")
            finally:
                connection.close()

        threads = [Thread(target=report, args=[visitor]) for visitor in visitors]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    return Post.objects.filter(held_for=Hold.REPORTED).count()


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_once_hold_exactly_once():
    question, writer = factories.question(), User.objects.confirmed("ouder@example.org")
    posts = [factories.post(question, email=writer.email, author=writer) for _ in range(12)]
    assert race(posts) == 12
    assert Report.objects.count() == 36
    jobs = ProcrastinateJob.objects.values_list("args", flat=True)
    assert sorted(job["post_id"] for job in jobs) == sorted(post.pk for post in posts)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_reports_at_once_miss_each_other(monkeypatch):
    """The negative control: the same race must go wrong when nobody waits, or the test above proves nothing."""
    unlocked = Post.objects.none().__class__
    both_counted = Barrier(2, timeout=60)
    count = ReportQuerySet.count

    def counted(self):
        found = count(self)
        if found > 1:  # the first report of a post is alone
            both_counted.wait()  # each has written and neither has committed
        return found

    monkeypatch.setattr(unlocked, "select_for_update", lambda self, **options: self)
    monkeypatch.setattr(ReportQuerySet, "count", counted)
    posts = [factories.post() for _ in range(3)]
    assert race(posts) < 3
