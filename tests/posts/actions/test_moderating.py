"""What moderators do with contributions, the mails of it, and what the audit trail keeps."""

from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from posts.actions import moderating
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.reports import Report
from posts.models.tallies import PostTally
from posts.queue import queue
from tests.helpers import factories
from tests.helpers.races import until_somebody_waits
from tests.posts.actions.moderator import LIST, SPAM, act, history, listed, picture
from werkplaats.mutes.models import Kind, Mute
from werkplaats.words import excerpt

pytestmark = pytest.mark.django_db


def test_the_queue_is_one_list_of_all_that_asks_for_a_moderator(client, coordinator):
    new = factories.post(published=False)
    held = factories.post()
    held.hold(Hold.EDITED)
    pictured = factories.post(picture=picture())
    reported = factories.post()
    Report.objects.create(post=reported, visitor=factories.visitor(), reason="spam")
    factories.post()
    withdrawn = factories.post()
    withdrawn.withdraw()
    removed = factories.post()
    removed.remove(coordinator, "Reclame.")
    erased = factories.post()
    erased.erase(coordinator)
    assert list(queue(Post.objects.order_by("pk"))) == [new, held, pictured, reported]
    assert listed(client, "toestand=te-doen") == [reported.pk, new.pk, held.pk, pictured.pk]  # then oldest first
    assert set(listed(client, "toestand=wacht")) == {new.pk, held.pk, pictured.pk}
    assert listed(client, "toestand=gemeld") == [reported.pk]
    assert set(listed(client, "toestand=weggehaald")) == {withdrawn.pk, removed.pk}
    assert listed(client, "toestand=gewist") == [erased.pk]


def test_the_list_shows_text_context_writer_reports_and_why(client, coordinator, writer):
    root = factories.post(text="Waar het allemaal mee begon", name="Noor")
    visitor = factories.visitor()
    gone = factories.post(visitor=visitor)
    gone.remove(coordinator, "Reclame.")
    word = "samenwerkingsverbanden "
    post = factories.post(parent=root, visitor=visitor, text=word * 30, picture=picture(), author=writer)
    post.hold(Hold.LINKS)
    for reason in ("spam", "spam", "hurtful"):
        Report.objects.create(post=post, visitor=factories.visitor(), reason=reason)
    html = client.get(f"{LIST}?toestand=te-doen").text
    row = next(row for row in html.split("<tr>") if f'href="{LIST}{post.pk}/change/"' in row)
    assert "Waar het allemaal mee begon" in row
    assert "Noor" in row
    text = row.split('<p class="queue-words" dir="auto">')[1].split("</p>")[0]
    assert set(text.split()) == {word.strip(), "…"}  # whole words
    for shown in ("Bevestigd adres", "2 bijdragen", "1 weggehaald", "een link van iemand", "afbeelding"):
        assert shown in row
    assert "2 × Het is reclame" in row
    assert "1 × Het is kwetsend" in row
    assert '<img class="queue-picture"' in html
    assert 'Wat zie je? <span dir="auto">' in html


def test_an_excerpt_keeps_words_whole():
    assert excerpt("kort", 90) == "kort"
    assert excerpt("een twee  drie\nvier", 14) == "een twee …"
    assert len(excerpt("x" * 4000, 90)) == 90
    assert len(excerpt("ja " + "x" * 4000, 90)) == 90
    assert excerpt("", 90) == ""


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_takes_the_same_queries_for_one_as_for_many(
    client, coordinator, writer, django_assert_num_queries, count
):
    root = factories.post()
    for number in range(count):
        post = factories.post(parent=root, published=False, author=writer, picture=picture(number))
        Report.objects.create(post=post, visitor=factories.visitor(), reason="spam")
    client.get(f"{LIST}?toestand=te-doen")
    with django_assert_num_queries(9):
        client.get(f"{LIST}?toestand=te-doen")


@pytest.mark.parametrize("odd", ["abc", "", "9" * 30, "-1", "1 OR 1=1", "١"])
def test_odd_choices_change_nothing(client, coordinator, odd):
    post = factories.post(published=False)
    for action in ("approve", "erase", "reject", "move", "onbekend"):
        data = {"action": action, "_selected_action": [odd], "words": "x", "_asked": "1"}
        assert client.post(LIST, data, follow=True).status_code == 200
    post.refresh_from_db()
    assert post.is_waiting


def test_approving_shows_the_picture_too_and_settles_the_reports(client, coordinator):
    post = factories.post(picture=picture())
    Report.objects.create(post=post, visitor=factories.visitor(), reason="spam")
    assert "1 bijdrage goedgekeurd." in act(client, "approve", [post]).text
    post.refresh_from_db()
    assert post.picture_shown_at
    assert post.vetted_at
    assert post.reports.get().handled_by == coordinator
    assert "0 bijdragen goedgekeurd." in act(client, "approve", [post]).text
    assert "de afbeelding is zichtbaar gemaakt" in history(client, post)


def test_approving_an_answer_tells_whoever_it_answers(client, coordinator, writer, mailbox):
    root = factories.post(author=writer, email=writer.email)
    answer = factories.post(parent=root, published=False, text="Wat goed!")
    act(client, "approve", [answer])
    (mail,) = mailbox()
    assert mail["To"] == writer.email
    assert "Wat goed!" in mail.get_body(["plain"]).get_content()


@pytest.mark.parametrize("action", ["approve", "restore"])
def test_the_writer_of_held_words_hears_that_they_are_back(client, coordinator, writer, mailbox, action):
    post = factories.post(author=writer, email=writer.email)
    post.hold(Hold.REPORTED)
    act(client, action, [post])
    (mail,) = mailbox()
    assert mail["Subject"] == "Je bijdrage staat online"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("removal", "who", "mails"),
    [
        ("moderator", "proved it", 1),
        ("moderator", "asked for it", 1),
        ("moderator", "only typed it", 0),
        ("refused", "asked for it", 0),  # whose address it is, said that they did not write it
    ],
)
def test_what_is_put_back_tells_its_writer(client, coordinator, writer, mailbox, removal, who, mails):
    author, asked = writer if who == "proved it" else None, timezone.now() if who == "asked for it" else None
    removed = {"removed_at": timezone.now(), "removal": removal}
    post = factories.post(author=author, email=writer.email, asked_at=asked, published=False, **removed)
    for _ in range(2):
        act(client, "restore", [post])
        post.refresh_from_db()
        assert post.is_public
    assert [mail["Subject"] for mail in mailbox()] == ["Je bijdrage staat online"] * mails


@pytest.mark.parametrize("action", ["approve", "remove", "reject"])
def test_mails_about_decisions_are_switched_off(client, coordinator, writer, mailbox, action):
    post = factories.post(author=writer, email=writer.email, published=False, asked_at=timezone.now())
    Mute.objects.create(user=writer, kind=Kind.DECISIONS)
    act(client, action, [post], words="Er staat een naam in.")
    assert ProcrastinateJob.objects.count() == 1
    assert mailbox() == []


def test_the_mail_about_removing_leads_back_to_the_box(client, coordinator, writer, mailbox):
    post = factories.post(author=writer, email=writer.email, text="Mijn woorden")
    act(client, "remove", [post], words="Er staat een naam in.")
    (mail,) = mailbox()
    for part in ("plain", "html"):
        text = mail.get_body([part]).get_content()
        assert f"http://testserver/vragen/{post.question.slug}/#schrijf" in text
    factories.question()  # closes the other
    act(client, "restore", [post])
    mailbox()
    act(client, "remove", [post], words="Er staat een naam in.")
    assert "intussen gesloten" in mailbox()[0].get_body(["plain"]).get_content()


def test_restoring_leaves_what_the_writer_took_away_and_what_is_erased(client, coordinator):
    withdrawn, erased = factories.post(), factories.post()
    withdrawn.withdraw()
    erased.erase(coordinator)
    assert "0 bijdragen teruggezet." in act(client, "restore", [withdrawn, erased]).text
    assert not Post.objects.filter(removed_at=None).exists()


def test_rejecting_takes_away_only_what_waits(client, coordinator):
    waiting, public = factories.post(published=False), factories.post()
    held = factories.post()
    held.hold(Hold.EDITED)
    report = Report.objects.create(post=held, visitor=factories.visitor(), reason="spam")
    page = act(client, "reject", [waiting, public, held])
    assert "Waarom wijzen we dit af?" in page.text
    assert public.text not in page.text
    assert act(client, "reject", [waiting], reason="anders", words="").status_code == 422
    assert "2 bijdragen afgewezen." in act(client, "reject", [waiting, public, held], reason=SPAM).text
    for post in (waiting, held):
        post.refresh_from_db()
        assert (post.removal, post.removal_reason, post.removed_by) == ("moderator", SPAM, coordinator)
    report.refresh_from_db()
    assert report.handled_by == coordinator
    public.refresh_from_db()
    assert public.is_public
    assert f"weggehaald: {SPAM}" in history(client, waiting)
    assert "Coördinator" in history(client, waiting)


def fill(question, count, **fields):
    role, visitor = factories.role(), factories.visitor()
    rows = [
        Post(question=question, visitor=visitor, text=f"Koop nu {n}", name="X", role=role, **fields)
        for n in range(count)
    ]
    made = Post.objects.bulk_create(rows)
    return list(Post.objects.filter(pk__in=[post.pk for post in made]))  # the root comes from a trigger


@pytest.mark.parametrize("count", [2, 800])
def test_rejecting_hundreds_takes_as_many_queries_as_two(coordinator, django_assert_num_queries, count):
    posts = fill(factories.question(), count)
    seen = {post.pk: post.version for post in posts}
    with django_assert_num_queries(8):
        assert moderating.reject(posts, coordinator, SPAM, seen) == (count, 0, 0)
    assert not Post.objects.waiting().exists()


def test_all_that_a_filter_finds_is_rejected_at_once(client, coordinator):
    fill(factories.question(), 130)
    public = factories.post()
    first = client.get(f"{LIST}?toestand=wacht").context["cl"].result_list[0]
    page = act(client, "reject", [first], "?toestand=wacht", select_across=1, index=0)
    assert "130 bijdragen" in page.text
    assert "En nog 110 bijdragen" in page.text
    late = factories.post(published=False)
    chosen = [int(part.split('"')[0]) for part in page.text.split('name="_selected_action" value="')[1:]]
    posts = Post.objects.filter(pk__in=chosen)
    assert "130 bijdragen afgewezen." in act(client, "reject", posts, "?toestand=wacht", reason=SPAM, _asked=1).text
    assert list(Post.objects.filter(removed_at=None).order_by("pk")) == [public, late]


def test_rejecting_many_of_one_writer_is_one_mail(client, coordinator, writer, mailbox):
    posts = fill(factories.question(), 5, author=writer, email=writer.email, held_for=Hold.RECORD)
    fill(posts[0].question, 3, email="ander@example.org")
    act(client, "reject", Post.objects.all(), reason=SPAM)
    (mail,) = mailbox()
    assert mail["To"] == writer.email
    assert "ook 4 andere bijdragen van jou" in mail.get_body(["plain"]).get_content()


def meet(posts, answer) -> list[Exception]:
    """A moderator takes posts away while an answer changes: its row is locked, and its thread's tally not yet."""
    locked, errors = Event(), []

    def change():
        with transaction.atomic():
            Post.objects.select_for_update(no_key=True).get(pk=answer.pk)
            locked.set()
            until_somebody_waits()
            PostTally.objects.filter(pk=answer.root_id).update(thread_version=1)

    def attempt(act):
        try:
            act()
        except OperationalError as error:
            errors.append(error)
        finally:
            connection.close()

    thread = Thread(target=attempt, args=[change])
    thread.start()
    locked.wait()
    attempt(lambda: moderating.remove(posts, None, "Reclame.", dict.fromkeys((post.pk for post in posts), 1)))
    thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("careful", [True, False])
def test_a_moderator_and_a_writer_do_not_wait_for_each_other_for_ever(monkeypatch, careful):
    root = factories.post()
    answers = [factories.post(parent=root) for _ in range(3)]
    if not careful:  # the negative control: without the locks in order this must go wrong
        monkeypatch.setattr(Post, "lock", lambda posts: None)
    errors = meet(answers, answers[-1])
    assert bool(errors) != careful
    if careful:
        assert Post.objects.filter(removal="moderator").count() == 3


def test_what_another_moderator_did_first_is_not_done_again(coordinator):
    """No second mail about one removal, and what was reported since is not settled by what changed nothing."""
    post = factories.post(author=factories.user(email="noor@example.org"), email="noor@example.org")
    post.author.prove()
    seen = {post.pk: post.version}
    stale = Post.objects.get(pk=post.pk)
    moderating.remove([post], coordinator, "Reclame.", seen)
    mails = ProcrastinateJob.objects.filter(task_name="posts.tasks.send_removed")
    assert mails.count() == 1
    moderating.remove([stale], coordinator, "Spam.", seen)
    assert mails.count() == 1
    stale = Post.objects.get(pk=post.pk)
    moderating.restore([Post.objects.get(pk=post.pk)], coordinator, seen)
    report = Report.objects.create(post=post, visitor=factories.visitor(), reason="spam")
    moderating.restore([stale], coordinator, seen)
    report.refresh_from_db()
    assert report.handled_at is None
