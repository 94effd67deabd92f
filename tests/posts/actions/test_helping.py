"""Whom the mail of those who read along goes to, when, and how long its link lives."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from posts.actions import helping, moderating
from posts.models.reports import Report
from tests.helpers import factories
from tests.posts.helpers import helper, link_in
from werkplaats.accounts import changes
from werkplaats.models import HelperLink, Mute, User
from werkplaats.moderation.terms import is_quiet
from werkplaats.mutes.links import switches_url
from werkplaats.mutes.models import Kind
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 11, 30, 12, tzinfo=HERE)


@pytest.fixture(autouse=True)
def by_day(monkeypatch):
    """The job asks the clock; no test depends on when it runs."""
    monkeypatch.setattr("posts.tasks.is_quiet", lambda now: False)


@pytest.fixture
def mieke():
    return helper()


def an_hour_later() -> None:
    for link in HelperLink.objects.all():
        HelperLink.objects.filter(pk=link.pk).update(made_at=link.made_at - timedelta(minutes=61))


def test_a_helper_is_mailed_how_much_waits_with_a_link_and_no_words(mieke, mailbox):
    posts = [factories.post(published=False, name="Fatima"), factories.post(published=False)]
    assert helping.call(MONDAY) == 1
    (mail,) = mailbox()
    assert (mail["To"], mail["Subject"]) == (mieke.email, "2 bijdragen wachten op jou")
    for part in ("plain", "html"):
        text = mail.get_body([part]).get_content()
        assert len(set(re.findall(r"/meelezen/\d+-[\w-]{32}/", text))) == 1
        assert "Er wachten 2 bijdragen op een lezer." in text and "Stuur deze mail niet door" in text
    for post in posts:
        assert post.text not in mail.as_string() and post.name not in mail.as_string()
    assert mail["List-Unsubscribe"] == f"<{switches_url(mieke, Kind.HELPING)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_database_knows_no_token(mieke, mailbox):
    factories.post(published=False)
    helping.call(MONDAY)
    token = link_in(mailbox()[0]).split("/")[-2]
    row = HelperLink.objects.values().get()
    assert token.partition("-")[2] not in str(row)
    assert "token" not in str(ProcrastinateJob.objects.values_list("args", flat=True))


def test_only_who_was_given_the_right_is_mailed(mailbox):
    factories.post(published=False)
    factories.coordinator()
    for fields in ({"is_active": False}, {}):
        helper(proven=bool(fields), **fields)
    assert helping.call(MONDAY) == 0
    helper(is_superuser=True, is_staff=True)
    assert helping.call(MONDAY) == 1


def test_nothing_new_no_mail_and_once_an_hour_at_most(mieke):
    first = factories.post(published=False)
    assert helping.call(MONDAY) == 1
    factories.post(published=False)
    assert helping.call(MONDAY) == 0  # within the hour
    an_hour_later()
    assert helping.call(MONDAY) == 1
    an_hour_later()
    assert helping.call(MONDAY) == 0  # the same two wait
    first.edit(text="Nu met andere woorden.")
    assert helping.call(MONDAY) == 1
    an_hour_later()
    Report.objects.create(post=first, visitor=factories.visitor(), reason="spam")
    assert helping.call(MONDAY) == 1


def test_what_waits_for_a_week_is_told_again(mieke):
    factories.post(published=False)
    helping.call(MONDAY)
    HelperLink.objects.update(made_at=timezone.now() - timedelta(days=8))
    assert helping.call(MONDAY) == 0
    HelperLink.objects.forget_old()
    assert helping.call(MONDAY) == 1


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        ("2026-11-30 06:59", True),  # Monday
        ("2026-11-30 07:00", False),
        ("2026-11-30 21:59", False),
        ("2026-11-30 22:00", True),
        ("2026-11-28 12:00", True),  # Saturday
        ("2026-11-29 12:00", True),
        ("2026-07-06 05:00+00:00", False),  # summer: seven o'clock here
        ("2026-07-06 04:59+00:00", True),
    ],
)
def test_it_is_quiet_at_night_and_in_weekends(mieke, moment, quiet):
    at = datetime.fromisoformat(moment)
    at = at if at.tzinfo else at.replace(tzinfo=HERE)
    factories.post(published=False)
    assert is_quiet(at) == quiet
    assert helping.call(at) == (not quiet)


def test_a_mail_that_the_server_kept_until_the_night_waits_for_the_morning(mieke, mailbox, monkeypatch):
    factories.post(published=False)
    helping.call(MONDAY)
    monkeypatch.setattr("posts.tasks.is_quiet", lambda now: True)
    assert mailbox() == []
    monkeypatch.setattr("posts.tasks.is_quiet", lambda now: False)
    assert helping.call(MONDAY) == 1
    assert len(mailbox()) == 1


def test_about_a_child_they_hear_at_once_also_at_night(mieke, mailbox, client, monkeypatch):
    monkeypatch.setattr("posts.tasks.is_quiet", lambda now: True)
    moderator = factories.coordinator()
    moderator.let_help(True)
    post = factories.post(text="Semafoor werd uitgelachen.")
    said = {"reason": "one-child", "words": "Semafoor", "moment": programs.moment(ago=10)}
    client.post(f"/bijdragen/{post.pk}/melden/", said)
    mails = mailbox()
    assert sorted(mail["To"] for mail in mails) == sorted([mieke.email, moderator.email])  # nobody hears it twice
    (mail,) = [mail for mail in mails if mail["To"] == mieke.email]
    assert "over een kind" in mail["Subject"] and "/meelezen/" in mail.as_string()
    assert "Semafoor" not in mail.as_string() and "uitgelachen" not in mail.as_string()


def test_a_report_that_is_not_told_at_once_is_told_within_the_hour(mieke, mailbox):
    post = factories.post()
    Report.objects.create(post=post, visitor=factories.visitor(), reason="spam")
    assert helping.call(MONDAY) == 1
    assert "1 bijdrage wacht op jou" in mailbox()[0]["Subject"]


def test_who_was_quicker_saves_a_mail(mieke, mailbox):
    post = factories.post(published=False)
    helping.call(MONDAY)
    moderating.approve([post], factories.coordinator(), {post.pk: post.version})
    assert mailbox() == []


def test_who_switched_the_mails_off_gets_none(mieke, client):
    factories.post(published=False)
    page = client.get(switches_url(mieke, Kind.HELPING).removeprefix("http://testserver")).text
    assert "Met een link om mee te lezen" in page and "Elke ochtend" not in page
    Mute.objects.create(user=mieke, kind=Kind.HELPING)
    assert helping.call(MONDAY) == 0
    other = switches_url(factories.user(), Kind.ANSWERS)
    assert "om mee te lezen" not in client.get(other.removeprefix("http://testserver")).text


@pytest.mark.parametrize("then", ["deactivated", "right taken", "moved"])
def test_a_mail_in_the_queue_goes_to_nobody_who_may_not(mieke, mailbox, then):
    factories.post(published=False)
    helping.call(MONDAY)
    if then == "right taken":
        mieke.let_help(False)
    else:
        field = {"deactivated": {"is_active": False}, "moved": {"email": "elders@example.org"}}[then]
        User.objects.filter(pk=mieke.pk).update(**field)
        before, now = mieke, User.objects.get(pk=mieke.pk)
        changes.follow(before, now)
    assert [mail for mail in mailbox() if "wacht" in mail["Subject"]] == []


def test_a_newer_link_ends_the_older_one_within_the_hour(mieke, mailbox, client):
    factories.post(published=False)
    helping.call(MONDAY)
    old = link_in(mailbox()[0])
    an_hour_later()
    factories.post(published=False)
    helping.call(MONDAY)
    new = link_in(mailbox()[0])
    assert [client.get(each).status_code for each in (old, new)] == [200, 200]  # who is reading may finish
    first = HelperLink.objects.earliest("pk")
    assert first.ends_at < timezone.now() + timedelta(minutes=61)
    HelperLink.objects.filter(pk=first.pk).update(ends_at=timezone.now())
    assert [client.get(each).status_code for each in (old, new)] == [410, 200]


def test_when_nothing_waits_any_more_all_links_end(mieke, mailbox, client):
    post = factories.post(published=False)
    other = helper()
    helping.call(MONDAY)
    links = [link_in(mail) for mail in mailbox()]
    assert len(links) == 2 and other
    moderating.approve([post], factories.coordinator(), {post.pk: post.version})
    factories.post(published=False)  # the links live: the job has not looked yet
    helping.call(MONDAY)
    assert [client.get(link).status_code for link in links] == [200, 200]
    moderating.approve(
        helping.waiting(), factories.coordinator(), {each.pk: each.version for each in helping.waiting()}
    )
    assert helping.call(MONDAY) == 0
    factories.post(published=False)
    for link in links:
        page = client.get(link)
        assert "Er wacht niets meer. Dank je wel!" in page.text and "<form" not in page.text


def test_a_second_try_of_the_mail_has_another_token(mieke, mailbox, client):
    factories.post(published=False)
    helping.call(MONDAY)
    first = HelperLink.objects.get().open()  # it never arrived
    second = link_in(mailbox()[0])
    assert client.get(f"/meelezen/{first}/").status_code == 410
    assert client.get(second).status_code == 200
