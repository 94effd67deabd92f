"""A report is about the words that it was made of: of others there may be another, and a merge keeps the loudest."""

import pytest
from django.test import Client

from polls.wensbeelden.models import Wensbeeld, WensbeeldReport
from posts.actions import moderating
from posts.models.posts import Post
from posts.models.reports import ENOUGH_REPORTS, Report
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.shown import as_read, seen
from tests.posts.helpers import helper, link_of
from werkplaats.accounts import changes
from werkplaats.backoffice import shown
from werkplaats.moderation.reasons import ReportReason
from werkplaats.people import merging, visitors
from werkplaats.people.models import User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
CHILD = {"reason": ReportReason.ONE_CHILD, "words": "Sem"}


@pytest.fixture
def proven():
    return User.objects.confirmed("schrijver@example.org")


def report(browser, post, **said):
    return browser.post(f"/bijdragen/{post.pk}/melden/", {"moment": programs.moment(ago=10), **said})


def test_who_reported_the_old_words_may_report_the_new(proven):
    post = factories.post(text="Mooi plan.", author=proven)
    browser = browser_of(factories.visitor())
    report(browser, post, reason=ReportReason.SPAM)
    moderating.settle([post], factories.coordinator())
    post.edit(text="Sem uit groep vijf wordt gepest.")
    assert 'name="reason"' in browser.get(f"/bijdragen/{post.pk}/melden/").text
    report(browser, post, **CHILD)
    post.refresh_from_db()
    assert (post.is_public, post.reports.count()) == (False, 2)
    report(browser, post, **CHILD)
    assert post.reports.count() == 2  # of the same words one is one


def test_reports_of_the_old_words_do_not_hide_the_new(proven):
    post = factories.post(text="Jij bent een ezel.", author=proven)
    for _ in range(ENOUGH_REPORTS - 1):
        Report.objects.file(post, factories.known_visitor(), ReportReason.HURTFUL)
    post.edit(text="Ik ben het niet met je eens.")
    for number in range(ENOUGH_REPORTS):
        assert post.is_public, number
        Report.objects.file(post, factories.known_visitor(), ReportReason.HURTFUL)
        post.refresh_from_db()
    assert not post.is_public  # three of the new ones do


@pytest.mark.parametrize("handled", [False, True])
@pytest.mark.parametrize("kind", ["post", "wensbeeld"])
def test_of_two_devices_the_report_about_a_child_stays(kind, handled):
    user = factories.user()
    old, own = factories.visitor(), visitors.own(user)
    about = {kind: factories.post() if kind == "post" else factories.wensbeeld()}
    model = Report if kind == "post" else WensbeeldReport
    first = model.objects.create(visitor=own, reason=ReportReason.SPAM, **about)
    if handled:
        first.handle(factories.coordinator())
    model.objects.create(visitor=old, **CHILD, **about)
    for row in model.objects.filter(visitor=old):
        merging.give(row, "visitor", own)
    left = model.objects.get()
    assert (left.visitor, left.reason, left.words, left.handled_at) == (own, ReportReason.ONE_CHILD, "Sem", None)


@pytest.mark.parametrize("how", ["access", "right"])
def test_a_helpers_link_stays_dead_when_the_right_comes_back(how):
    one = helper()
    link = link_of(one)
    factories.post(published=False)
    for may in (False, True):
        if how == "right":
            one.let_help(may)
        else:
            before = User.objects.get(pk=one.pk)
            one.is_active = may
            one.save()
            changes.follow(before, one)
        assert Client().get(link).status_code == 410, may


def test_a_reason_goes_to_the_address_that_the_writer_has_now(proven, mailbox):
    post = factories.post(author=proven, email=proven.email)
    post.hold("reported")
    proven.email = "nieuw@example.org"
    proven.save()
    proven.prove()
    moderating.reject([post := Post.objects.get()], factories.coordinator(), "De bijdrage is reclame.", as_read(post))
    assert [mail["To"] for mail in mailbox()] == ["nieuw@example.org"]


def test_no_mail_about_a_child_follows_a_moderator_to_another_address(mailbox):
    """Its job waited for the mail server; meanwhile a coordinator mistyped the address, and it was never proven."""
    moderator, post = factories.coordinator(), factories.post()
    report(browser_of(factories.visitor()), post, **CHILD)
    moderator.email = "typfout@example.org"
    moderator.save()
    assert not [mail for mail in mailbox() if mail["To"] == moderator.email]


def test_what_its_sender_erased_a_moment_ago_stops_no_list(client, coordinator, monkeypatch):
    gone, stays = factories.wensbeeld(published=False), factories.wensbeeld(published=False)
    read = shown.states_in

    def meanwhile(sent):
        Wensbeeld.objects.filter(pk=gone.pk).delete()
        return read(sent)

    monkeypatch.setattr(shown, "states_in", meanwhile)
    chosen = {"action": "approve", "_selected_action": [gone.pk, stays.pk], "gezien": seen([gone, stays])}
    assert client.post("/beheer/polls/wensbeeld/", chosen).status_code == 302
    stays.refresh_from_db()
    assert stays.is_public


@pytest.mark.parametrize("asks", [{}, {"HX-Request": "true"}])
def test_who_reported_what_waits_now_reads_nothing_of_what_its_writer_made_of_it(asks):
    post = factories.post(text="Mooi plan.", author=None)
    browser, stranger = browser_of(factories.visitor()), browser_of(factories.visitor())
    report(browser, post, reason=ReportReason.SPAM)
    post.edit(text="Nog niet gelezen woorden.")
    assert post.is_held
    url = f"/bijdragen/{post.pk}/melden/"
    for each in (browser, stranger):
        for answer in (each.get(url, headers=asks), each.get(f"{url}?gezien={post.pk}.1", headers=asks)):
            assert (answer.status_code, "Nog niet gelezen" in answer.text) == (404, False)
        said = {"moment": programs.moment(ago=10), **CHILD, "words": "gelezen"}
        assert each.post(url, said, headers=asks).status_code == 404
    assert post.reports.count() == 1


def test_what_a_report_hid_thanks_who_reported_it_until_its_writer_changes_it(proven):
    post = factories.post(text="Sem doet het.", author=proven)
    browser = browser_of(factories.visitor())
    report(browser, post, **CHILD)
    url = f"/bijdragen/{post.pk}/melden/"
    assert "Dank je voor je melding" in browser.get(url, headers={"HX-Request": "true"}).text
    post.refresh_from_db()
    post.edit(text="Een kind doet het.")
    assert post.is_held
    assert browser.get(f"{url}?gezien={post.pk}.1", headers={"HX-Request": "true"}).status_code == 404


@pytest.mark.parametrize("kind", ["post", "wensbeeld"])
def test_what_somebody_reported_who_is_erased_was_not_reported_by_who_has_no_cookie(kind):
    about = factories.post() if kind == "post" else factories.wensbeeld()
    made = (Report if kind == "post" else WensbeeldReport).objects
    made.create(**{kind: about}, visitor=None, reason=ReportReason.SPAM)
    path = f"/bijdragen/{about.pk}/melden/" if kind == "post" else f"/wensbeelden/{about.pk}/melden/"
    assert "Dank je voor je melding" not in Client().get(path).text
    if kind == "post":
        about.hold("reported")
        assert Client().get(path).status_code == 404
