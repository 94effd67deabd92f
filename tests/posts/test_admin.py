"""What a coordinator does with the conversation."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from posts import landing
from posts.admin.history import history_of
from posts.models.posts import Post
from posts.models.questions import Question
from posts.models.reports import Report
from posts.today import today
from tests.helpers import factories
from tests.helpers.shown import hidden, seen
from werkplaats.people.models import User
from werkplaats.site.current import read_site

pytestmark = pytest.mark.django_db
LIST = "/beheer/posts/post/"


def act(client, action, posts, **data):
    chosen = [post.pk for post in posts]
    return client.post(LIST, {"action": action, "_selected_action": chosen, "gezien": seen(posts), **data}, follow=True)


def test_approve_many_at_a_time(client, coordinator, mailbox):
    asked = {"email": "ouder@example.org", "asked_at": timezone.now()}
    waiting = [factories.post(published=False, **asked), factories.post(published=False, email="x@example.org")]
    removed = factories.post()
    removed.remove(coordinator, "Reclame.")
    assert "2 bijdragen goedgekeurd." in act(client, "approve", [*waiting, removed]).text
    assert {post.published_by for post in Post.objects.filter(removed_at=None)} == {coordinator}
    (mail,) = mailbox()  # never to an address that had heard nothing of this yet
    assert (mail["To"], mail["Subject"]) == ("ouder@example.org", "Je bijdrage staat online")
    assert "0 bijdragen goedgekeurd." in act(client, "approve", waiting).text
    assert mailbox() == []


def test_remove_asks_for_the_reason_first(client, coordinator):
    post = factories.post()
    question = act(client, "remove", [post])
    assert "Waarom halen we dit weg?" in question.text
    assert post.text in question.text
    refused = act(client, "remove", [post], reason="anders", words="")
    assert refused.status_code == 422
    assert "Kies een reden, of schrijf er een" in refused.text
    assert act(client, "remove", [post], reason="zomaar", words="").status_code == 422
    assert Post.objects.get().is_public

    fixed = "De bijdrage is kwetsend voor iemand."
    assert "1 bijdrage weggehaald." in act(client, "remove", [post], reason=fixed, words="Sorry!").text
    post.refresh_from_db()
    assert (post.removed_by, post.removal_reason) == (coordinator, f"{fixed} Sorry!")
    assert "1 bijdrage teruggezet." in act(client, "restore", [post]).text
    assert Post.objects.get().is_public


def test_the_writer_hears_the_reason_only_at_a_proven_address(client, coordinator, mailbox):
    user = User.objects.confirmed("ouder@example.org")
    proven = factories.post(email=user.email, author=user, text="Mijn woorden")
    typed = factories.post(email=user.email, published_by=coordinator)
    act(client, "remove", [proven, typed], reason="", words="Er staat een naam in.")
    assert Post.objects.filter(removed_at=None).count() == 0
    (mail,) = mailbox()
    assert mail["To"] == "ouder@example.org"
    for part in ("plain", "html"):
        text = mail.get_body([part]).get_content()
        assert "Er staat een naam in." in text
        assert "Mijn woorden" in text


def test_removing_settles_the_reports(client, coordinator):
    report = Report.objects.create(post=factories.post(), visitor=factories.visitor(), reason="spam")
    act(client, "remove", [report.post], reason="De bijdrage is reclame.", words="")
    report.refresh_from_db()
    assert report.handled_by == coordinator


def test_actions_work_on_the_page_of_one_post(client, coordinator):
    post = factories.post(published=False)
    page = f"{LIST}{post.pk}/change/"
    html = client.get(page).text
    assert "Goedkeuren" in html
    client.post(page, {"CHANGE_FORM-action": "approve", "_selected_action": post.pk, "gezien": seen([post])})
    post.refresh_from_db()
    assert post.is_public


def test_nobody_changes_or_deletes_the_words_of_others(client, coordinator):
    post = factories.post(text="zo gezegd")
    client.post(f"{LIST}{post.pk}/change/", {"text": "anders", "_save": "1"})
    post.refresh_from_db()
    assert post.text == "zo gezegd"
    assert client.get(f"{LIST}{post.pk}/delete/").status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_who_may_only_look_cannot_moderate(client, settings):
    settings.DEMO = True
    reader = factories.user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_post"))
    client.force_login(reader)
    post = factories.post(published=False)
    assert client.get(f"{LIST}{post.pk}/change/").status_code == 200
    act(client, "approve", [post])
    client.post(f"{LIST}{post.pk}/change/", {"CHANGE_FORM-action": "approve", "_selected_action": post.pk})
    post.refresh_from_db()
    assert post.is_waiting


def test_the_page_of_a_post_shows_what_a_moderator_needs(client, coordinator):
    root = factories.post(text="waar het over ging")
    writer = factories.visitor()
    post = factories.post(parent=root, visitor=writer, email="ouder@example.org", text="<b>let op</b>")
    earlier = factories.post(visitor=writer, text="eerder geschreven")
    earlier.remove(by=None, reason="kwetsend")
    Report.objects.create(post=post, visitor=factories.visitor(), reason="privacy")
    html = client.get(f"{LIST}{post.pk}/change/").text
    for shown in ("waar het over ging", "eerder geschreven", "ouder@example.org", "&lt;b&gt;let op", "1 bijdrage weg"):
        assert shown in html
    assert Report.Reason.PRIVACY.label in html


def test_filters_and_search(client, coordinator):
    waiting, public, removed = factories.post(published=False), factories.post(), factories.post()
    removed.remove(coordinator, "kwetsend")
    Report.objects.create(post=public, visitor=factories.visitor(), reason="spam")
    for query, found in [
        ("toestand=wacht", waiting),
        ("toestand=zichtbaar", public),
        ("toestand=weggehaald", removed),
        ("toestand=gemeld", public),
        (f"q={re.search(r'[0-9]+', waiting.text)[0]}", waiting),
        (f"question__id__exact={public.question_id}", public),
    ]:
        html = client.get(f"{LIST}?{query}").text
        shown = [post for post in (waiting, public, removed) if f"{LIST}{post.pk}/change/" in html]
        assert shown == [found], query
    for odd in ("q=%00", "toestand=x", "toestand=%00", "p=99999999999999999999", "question__id__exact=" + "9" * 30):
        assert client.get(f"{LIST}?{odd}").status_code < 500


def test_the_history_tells_who_did_what(client, coordinator):
    post = factories.post(published=False)
    act(client, "approve", [post])
    act(client, "remove", [post], reason="", words="Er staat een naam in.")
    act(client, "restore", [post])
    html = client.get(f"{LIST}{post.pk}/history/").text
    rows = [row.split("</tr>")[0] for row in html.split('<table id="change-history">')[1].split("<tr>")[2:]]
    assert len(rows) == 4
    for row, who, what in zip(
        rows,
        ["een bezoeker", "Coördinator", "Coördinator", "Coördinator"],
        ["wacht op goedkeuring", "zichtbaar gemaakt", "weggehaald: Er staat een naam in.", "teruggezet"],
        strict=True,
    ):
        assert who in row
        assert what in row


def test_the_history_looks_up_nobody_when_nobody_was_logged_in(django_assert_num_queries):
    post = factories.post()
    with django_assert_num_queries(3):  # the post's changes, those of its themes, the question
        assert [moment.who for moment in history_of(post)] == ["een bezoeker"]


def test_make_a_question_current(client, coordinator):
    old, new = factories.question(), factories.question(current=False)
    url = "/beheer/posts/question/"
    both = {"action": "make_current", "_selected_action": [old.pk, new.pk]}
    assert "Kies één vraag" in client.post(url, both, follow=True).text
    here = f"{url}{new.pk}/change/"
    chosen = {"CHANGE_FORM-action": "make_current", "_selected_action": new.pk}
    asked = client.post(here, chosen).text
    assert f"«{new.text}» komt nu aan de beurt" in asked and f"«{old.text}» sluit dan." in asked
    assert Question.objects.current() == old
    answer = chosen | {"_asked": "1", "sluit": hidden(asked, "sluit")}
    client.post(here, answer)
    assert Question.objects.current() == new
    old.refresh_from_db()
    assert old.closed_at
    assert "is al aan de beurt" in client.post(here, answer, follow=True).text


def test_a_question_closes_no_other_than_the_page_named(client, coordinator):
    """Another coordinator made a third one current while the page lay open."""
    old, new, third = factories.question(), *(factories.question(current=False, text=text) for text in "ab")
    url, chosen = "/beheer/posts/question/", {"action": "make_current", "_selected_action": new.pk, "index": 0}
    asked = client.post(url, chosen).text
    third.make_current()
    said = client.post(url, chosen | {"_asked": "1", "sluit": hidden(asked, "sluit")}, follow=True).text
    assert "Intussen is een andere vraag aan de beurt." in said
    assert Question.objects.current() == third
    old.refresh_from_db()
    assert old.closed_at


def test_the_first_question_closes_none(client, coordinator):
    new = factories.question(current=False)
    url, chosen = "/beheer/posts/question/", {"action": "make_current", "_selected_action": new.pk, "index": 0}
    asked = client.post(url, chosen).text
    assert "sluit dan" not in asked
    client.post(url, chosen | {"_asked": "1", "sluit": hidden(asked, "sluit")})
    assert Question.objects.current() == new


def test_write_a_question(client, coordinator):
    phase = factories.question(current=False).phase
    data = {
        "title": "De Tweede Vraag",
        "text": "Wat kan beter?",
        "easy": "Wat moet beter?",
        "translations-TOTAL_FORMS": 0,
        "translations-INITIAL_FORMS": 0,
        "slug": "tweede",
        "phase": phase.pk,
        "thumbs": "both",
        "_save": "1",
    }
    client.post("/beheer/posts/question/add/", data)
    assert not Question.objects.get(slug="tweede").opened_at
    again = client.post("/beheer/posts/question/add/", data)
    assert again.status_code == 200
    assert "bestaat al" in again.text
    odd = client.post(
        "/beheer/posts/question/add/", data | {"slug": "derde", "planned_for_0": "0001-01-01", "planned_for_1": "9:00"}
    )
    assert odd.status_code == 200
    assert not Question.objects.filter(slug="derde").exists()
    assert client.get("/beheer/posts/question/").status_code == 200


def test_handle_a_report(client, coordinator):
    report = Report.objects.create(post=factories.post(), visitor=factories.visitor(), reason="spam")
    url = "/beheer/posts/report/"
    assert client.get(f"{url}{report.pk}/change/").status_code == 200
    client.post(url, {"action": "handle", "_selected_action": [report.pk]})
    report.refresh_from_db()
    assert report.handled_at is None  # the words are shown first
    answer = {"_asked": 1, "gezien": seen([report.post])}
    client.post(url, {"action": "handle", "_selected_action": [report.pk], **answer})
    report.refresh_from_db()
    assert report.handled_by == coordinator
    assert report.post.is_public


def test_today_counts_what_waits_and_what_was_reported(client, coordinator, rf):
    waiting = [factories.post(published=False) for _ in range(7)]
    reported = factories.post()
    for _ in range(3):
        Report.objects.create(post=reported, visitor=factories.visitor(), reason="spam")
    Report.objects.create(post=waiting[0], visitor=factories.visitor(), reason="spam", handled_at=timezone.now())
    request = rf.get("/beheer/")
    request.user = coordinator
    reports, waits = today(request)
    assert (waits["count"], len(waits["items"])) == (7, 5)
    assert (reports["count"], len(reports["items"])) == (1, 1)
    assert "3 ×" in reports["items"][0]["meta"]
    for block in (waits, reports):
        for url in [block["url"], *(item["url"] for item in block["items"])]:
            assert client.get(url).status_code == 200


@pytest.mark.parametrize("count", [1, 5])
def test_the_landing_page_has_the_box_and_the_three_newest(rf, django_assert_num_queries, count):
    question = factories.question()
    factories.question(current=False, planned_for="2027-01-01T09:00Z")
    factories.question(current=False, slug="concept")
    posts = [factories.post(question) for _ in range(count)]
    factories.post(question).remove(by=None, reason="kwetsend")
    factories.post(question, published=False)
    answer = factories.post(parent=posts[0])
    request = rf.get("/")
    request.user, request.visitor_id = AnonymousUser(), None
    site = read_site()
    with django_assert_num_queries(3):  # questions, roots, threads
        part = landing.read(request, site)
        context = part.make()
    threads = [part.gaps[f"thread{place}"] for place in range(len(context["threads"]))]
    newest = [int(pk) for pk in re.findall(r'id="bijdrage-(\d+)" tabindex="-1" class="post"', "".join(threads))]
    assert [pk for pk in newest if pk != answer.pk] == [post.pk for post in posts[::-1]][:3]
    assert context["total"] == count
    assert context["question"] == question
    assert len(context["questions"]) == 2
    with django_assert_num_queries(1):
        landing.read(request, site)


def test_jobs_hold_no_addresses(client, coordinator):
    post = factories.post(published=False, email="ouder@example.org", asked_at=timezone.now())
    act(client, "approve", [post])
    assert "ouder" not in str(ProcrastinateJob.objects.get().args)
