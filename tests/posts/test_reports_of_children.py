"""Whose report counts, and the one that hides at once: about a child; and how neither is a weapon."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from posts.actions import moderating, reporting
from posts.models import Hold, Post, Report, Thumb
from posts.queue import what_waits
from posts.today import reported, waiting
from tests.helpers import factories
from tests.helpers.clock import Clock
from tests.helpers.shown import as_read, seen
from werkplaats.moderation import calling, standing
from werkplaats.people.models import User
from werkplaats.web import programs
from werkplaats.web.limits import Limit

pytestmark = pytest.mark.django_db
WORDS = "Sem werd weer uitgelachen in groep 5."


def url(post) -> str:
    return f"/bijdragen/{post.pk}/melden/"


def said(reason="one-child", words="Sem", **fields) -> dict:
    return {"reason": reason, "words": words, "moment": programs.moment(ago=10), **fields}


def child(post, browser=None, **fields):
    answer = (browser or Client()).post(url(post), said(**fields))
    post.refresh_from_db()
    return answer


# Whose report counts


@pytest.mark.parametrize("first", ["nothing", "a thumb just now"])
def test_three_fresh_browsers_hide_nothing_and_call_a_moderator(client, first):
    older, post = factories.post(published=False), factories.post()
    for _ in range(3):
        browser = Client()
        if first != "nothing":
            browser.post(f"/bijdragen/{post.pk}/duim/op/")
        assert browser.post(url(post), said("spam")).status_code == 302
    post.refresh_from_db()
    assert post.is_public and post.reports.count() == 3
    assert what_waits()[0][0] == "1 gemelde bijdrage"
    assert [item["url"] for item in reported()["items"]] == [f"/beheer/posts/post/{post.pk}/change/"]
    assert waiting()["items"][0]["url"] == f"/beheer/posts/post/{older.pk}/change/"


def test_one_mailbox_with_three_addresses_hides_nothing(browser_of):
    post = factories.post()
    for number in range(3):
        new = factories.user(email=f"boos+{number}@example.org")
        new.prove()
        assert browser_of(factories.visitor(user=new)).post(url(post), said("spam")).status_code == 302
    post.refresh_from_db()
    assert post.is_public and post.reports.count() == 3
    assert what_waits()[0][0] == "1 gemelde bijdrage"


def took_part(**done) -> bool:
    """Whether a visitor who did this, so long ago, took part."""
    now = timezone.now()  # and not when the tests were collected
    ago = now - done.pop("ago", timedelta(0))
    if joined := done.get("user", {}).get("date_joined"):
        done["user"] = done["user"] | {"date_joined": now - joined}
    who = factories.visitor(**({"user": factories.user(**done["user"])} if "user" in done else {}))
    match done:
        case {"thumb": _}:
            Thumb.objects.create(post=factories.post(), visitor=who, value=1, created_at=ago)
        case {"post": fields}:
            factories.post(visitor=who, **fields)
        case {"ballot": _}:
            poll = factories.poll()
            poll.ballots.create(choice=poll.choices.first(), visitor=who, voted_at=ago)
        case {"sticker": _}:
            given = factories.sticker(factories.sticker_round().ideas.first(), 1, who)
            type(given).objects.update(placed_at=ago)
        case {"wensbeeld": fields}:
            factories.wensbeeld(visitor=who, **fields)
        case {"sign_up": _}:
            made = factories.registration(factories.cafe(), visitor_id=who.pk, firm=False)
            made.visitor.attempts.update(tried_at=ago)
        case {"report": _}:
            Report.objects.create(post=factories.post(), visitor=who, reason="spam", created_at=ago)
    return standing.took_part(who)


DAY, HOUR = timedelta(days=1, minutes=1), timedelta(hours=23)


@pytest.mark.parametrize(
    ("done", "counts"),
    [
        ({}, False),
        ({"user": {}}, False),
        ({"user": {"date_joined": HOUR}}, False),
        ({"user": {"date_joined": DAY}}, True),
        ({"user": {"date_joined": DAY, "is_active": False}}, False),
        ({"user": {}, "post": {"vetted_at": timezone.now()}}, True),
        *(({what: 1, "ago": HOUR}, False) for what in ("thumb", "ballot", "sticker", "sign_up")),
        *(({what: 1, "ago": DAY}, True) for what in ("thumb", "ballot", "sticker", "sign_up")),
        ({"post": {"vetted_at": timezone.now()}}, True),
        ({"post": {"published": False}}, False),
        ({"post": {}}, False),  # public by an address: who proved it logged in
        ({"post": {"vetted_at": timezone.now(), "removed_at": timezone.now(), "removal": "moderator"}}, False),
        ({"wensbeeld": {}}, True),
        ({"wensbeeld": {"published": False}}, False),
        ({"report": 1, "ago": DAY}, False),
    ],
)
def test_whose_report_counts(done, counts):
    assert took_part(**done) == counts


@pytest.mark.parametrize("words", ["werd weer", "in", "de kinderen", "van onze school", "mijn kind"])
def test_words_that_stand_in_every_text_hide_nothing(words):
    post = factories.post(text="In de klas van onze school werd weer gelachen, zegt mijn kind. De kinderen ook.")
    answer = child(post, words=words)
    assert (post.is_public, answer.status_code) == ((False, 302) if words == "werd weer" else (True, 422))


@pytest.mark.parametrize(("words", "hides"), [("kin", False), ("leerl", False), ("groep", False), ("elÍf", True)])
def test_a_part_of_a_word_hides_nothing(words, hides):
    """«kin» stands in every text about kinderen."""
    post = factories.post(text="Het kind en de leerlingen van groep7 vinden Elif aardig.")
    answer = child(post, words=words)
    assert (post.is_public, answer.status_code) == (not hides, 302 if hides else 422)


def test_what_a_program_reports_never_counts(browser_of, monkeypatch):
    Clock(monkeypatch)  # or the third, without an age, grows old while the others are sent
    post = factories.post()
    for fields in ({"moment": ""}, {"website": "x"}, {"moment": programs.moment()}):
        browser_of(factories.known_visitor()).post(url(post), said("spam") | fields)
        browser_of(factories.known_visitor()).post(url(post), said() | fields)
    assert Post.objects.get().is_public
    assert not Report.objects.filter(counts=True).exists()


def test_words_that_changed_after_a_moderator_read_them_can_be_reported(browser_of):
    """A moderator read A; the writer, whose address is proven, made B of it."""
    writer = User.objects.confirmed("ouder@example.org")
    post = factories.post(author=writer, email=writer.email)
    moderating.approve([post], factories.coordinator(), {post.pk: post.version})
    post.edit(text="Koop nu bij ons.")
    assert post.is_public
    for _ in range(3):
        browser_of(factories.known_visitor()).post(url(post), said("spam"))
    post.refresh_from_db()
    assert post.held_for == Hold.REPORTED


# About a child


def test_a_report_about_a_child_hides_at_once_and_calls_moderators_at_once(mailbox, browser_of, client, coordinator):
    writer = User.objects.confirmed("ouder@example.org")
    post = factories.post(text=WORDS, author=writer, email=writer.email)
    other = factories.post(published=False)
    assert child(post).status_code == 302
    assert (post.held_for, post.removal) == (Hold.CHILD, "held")
    assert "uitgelachen" not in client.get(f"/bijdragen/{post.pk}/").text
    own = Client()
    own.force_login(writer)
    page = own.get(f"/bijdragen/{post.pk}/").text
    assert "Een moderator leest dit na" in page and "uitgelachen" in page
    mails = {mail["To"]: mail for mail in mailbox()}
    assert set(mails) == {coordinator.email, writer.email}
    text = mails[coordinator.email].get_body(["plain"]).get_content()
    assert f"/beheer/posts/post/{post.pk}/change/" in text
    assert "Sem" not in mails[coordinator.email].as_string() and "uitgelachen" not in text
    assert "Een moderator leest je bijdrage na" in mails[writer.email]["Subject"]
    assert calling.call_hourly() == 0  # they were told
    assert waiting()["items"][0]["url"].endswith(f"/{post.pk}/change/")  # on top of what waits longer
    assert waiting()["count"] == 2 and other.is_waiting
    page = client.get(f"/beheer/posts/post/{post.pk}/change/").text
    assert '<q dir="auto">Sem</q>' in page
    assert "gemeld: noemt of gaat over één kind" in page


def test_a_moderator_undoes_it_and_the_name_of_the_child_is_kept_nowhere(client, coordinator):
    post = factories.post(text=WORDS)
    child(post)
    assert Report.objects.get().words == "Sem"
    client.post("/beheer/posts/post/", {"action": "approve", "_selected_action": [post.pk], "gezien": seen([post])})
    post.refresh_from_db()
    assert post.is_public and not post.held_for
    assert Report.objects.get().words == ""
    child(post)  # somebody else says the same of words that a moderator has read
    assert post.is_public


@pytest.mark.parametrize("words", ["sem", "SEM", " Sèm ", "«Sem»", "sem werd weer", "Groep 5"])
def test_the_words_are_found_as_people_type_them(words):
    post = factories.post(text=WORDS)
    assert child(post, words=words).status_code == 302
    assert post.is_held


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("", "Schrijf op welke woorden"),
        ("S", "Schrijf op welke woorden"),
        ("Jan", "vinden we er niet in"),
        ("em", "vinden"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Request-Type": "partial"}])
def test_words_that_are_not_there_are_asked_for_again(client, words, says, headers):
    post = factories.post(text=WORDS)
    answer = client.post(url(post), said(words=words), headers=headers)
    assert answer.status_code == 422
    assert says in answer.text and '<details class="fold" open>' in answer.text
    assert not Report.objects.exists()


def test_the_form_works_without_javascript(client):
    post = factories.post(text=WORDS)
    page = client.get(url(post)).text
    assert "<summary>Het noemt de naam van een kind, of gaat over één kind</summary>" in page
    assert page.count('name="moment"') == 2 and 'value="one-child"' in page
    assert 'name="reason" value="one-child">' in page.replace("\n", " ")


# No weapon


def test_a_visitor_hides_once_a_day(client):
    first, second = factories.post(text=WORDS), factories.post(text=WORDS)
    child(first, client), child(second, client)
    assert first.is_held and second.is_public
    assert second.reports.count() == 1
    Limit.objects.update(moments=[timezone.now() - timedelta(hours=25)])
    third = factories.post(text=WORDS)
    child(third, client)
    assert third.is_held


def test_all_together_hide_five_an_hour_and_who_comes_then_keeps_their_turn():
    posts = [factories.post(text=WORDS) for _ in range(7)]
    sixth = Client()
    for post in posts[:5]:
        child(post)
    child(posts[5], sixth)
    assert [post.is_held for post in posts] == [True] * 5 + [False] * 2
    Limit.objects.update(moments=[timezone.now() - timedelta(hours=2)])
    child(posts[6], sixth)
    assert posts[6].is_held


def test_moderators_are_mailed_at_once_five_times_an_hour(mailbox):
    factories.coordinator()
    for _ in range(7):
        child(factories.post(text=WORDS))
    assert len(mailbox()) == 5
    assert calling.call_hourly() == 1
    (mail,) = mailbox()
    assert "7 gemelde bijdragen" in mail.get_body(["plain"]).get_content()


def test_one_visitor_reports_so_often_and_a_neighbour_notices_nothing(client):
    posts = [factories.post() for _ in range(7)]
    answers = [client.post(url(post), said("spam")) for post in posts]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    assert "Wacht een paar minuten" in answers[-1].text and 'value="hurtful"' in answers[-1].text
    assert client.post(url(posts[0]), said("spam")).status_code == 302  # is there already
    assert Client().post(url(posts[6]), said("spam")).status_code == 302
    assert Report.objects.count() == 6


def test_so_many_reports_as_moderators_can_read_wait(client, monkeypatch):
    from werkplaats.moderation import views

    monkeypatch.setattr(views, "MOST_WAITING", 2)
    posts = [factories.post() for _ in range(3)]
    assert [Client().post(url(post), said("spam")).status_code for post in posts] == [302, 302, 503]
    client.force_login(User.objects.confirmed("ouder@example.org"))
    assert client.post(url(posts[2]), said("spam")).status_code == 302


# Back after a working day

WEDNESDAY = datetime(2026, 10, 14, 13, tzinfo=UTC)  # 15.00 here


def hidden(at=WEDNESDAY, **fields) -> Post:
    post = factories.post(**{"text": "Groep 5 werd weer uitgelachen.", **fields})
    reporting.report(post, factories.visitor(), "one-child", "groep 5")
    Post.objects.filter(pk=post.pk).update(removed_at=at)
    post.refresh_from_db()
    assert post.is_held
    return post


def test_what_nobody_read_comes_back_after_a_working_day_and_still_waits(mailbox):
    writer = User.objects.confirmed("ouder@example.org")
    post = hidden(author=writer, email=writer.email)
    mailbox()
    almost = WEDNESDAY + timedelta(hours=23, minutes=59)
    assert [reporting.bring_back(almost), reporting.bring_back(almost + timedelta(minutes=1))] == [0, 1]
    post.refresh_from_db()
    assert post.is_public and not post.held_for and not post.vetted_at
    (mail,) = mailbox()
    assert (mail["To"], mail["Subject"]) == (writer.email, "Je bijdrage staat weer online")
    assert reported()["count"] == 1
    assert reporting.bring_back(WEDNESDAY + timedelta(days=9)) == 0


def test_what_came_back_is_not_hidden_by_the_next_browser_until_its_words_change():
    post = hidden()
    reporting.bring_back(WEDNESDAY + timedelta(days=1))
    reporting.report(post, factories.visitor(), "one-child", "groep 5")
    post.refresh_from_db()
    assert post.is_public
    Post.objects.filter(pk=post.pk).update(text="Groep 5 en Sem.")
    reporting.report(post, factories.visitor(), "one-child", "Sem")
    post.refresh_from_db()
    assert post.is_held


@pytest.mark.parametrize("why", ["a name hint", "three people", "a moderator removed it"])
def test_what_does_not_come_back(why):
    post = hidden(text="In groep 5 zit mijn zoon Sem." if why == "a name hint" else "Groep 5.")
    if why == "three people":
        Post.objects.update(held_for=Hold.REPORTED)
    elif why == "a moderator removed it":
        moderating.remove([post], factories.coordinator(), "Over een kind.", as_read(post))
    assert reporting.bring_back(WEDNESDAY + timedelta(days=30)) == 0
    assert not Post.objects.get().is_public


def test_a_handled_report_alone_brings_nothing_back():
    """«Afgehandeld» in the list of reports says nothing of the words: the clock does."""
    post = hidden()
    Report.objects.settle(factories.coordinator())
    assert reporting.bring_back(WEDNESDAY) == 0
    assert reporting.bring_back(WEDNESDAY + timedelta(days=1)) == 1
    post.refresh_from_db()
    assert post.is_public


def test_the_job_names_no_address(mailbox):
    writer = User.objects.confirmed("ouder@example.org")
    factories.coordinator(email="coordinator@example.org")
    hidden(author=writer, email=writer.email)
    assert "example" not in str(list(ProcrastinateJob.objects.values_list("args", flat=True)))
