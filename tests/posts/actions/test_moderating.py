"""What moderators do with contributions, the mails of it, and what the audit trail keeps."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import sleep

import croniter
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from posts import tasks
from posts.actions import moderating
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.reports import Report
from posts.models.tallies import PostTally
from posts.models.themes import PostTheme, Theme
from posts.queue import queue
from tests.helpers import factories
from werkplaats.mutes.models import Kind, Mute
from werkplaats.people.models import User
from werkplaats.pictures.models import Picture
from werkplaats.words import excerpt

pytestmark = pytest.mark.django_db
LIST = "/beheer/posts/post/"
SPAM = "De bijdrage is reclame."


@pytest.fixture
def coordinator(client, settings):
    settings.DEMO = True
    user = factories.coordinator(email="coordinator@example.org")
    client.force_login(user)
    return user


@pytest.fixture
def writer():
    return User.objects.confirmed("ouder@example.org")


def act(client, action, posts, query="", **data):
    chosen = [post.pk for post in posts]
    return client.post(f"{LIST}{query}", {"action": action, "_selected_action": chosen, **data}, follow=True)


def picture(number=1) -> Picture:
    return Picture.objects.create(name=f"{number:032x}", width=640, height=480, alt="Een tekening")


def history(client, post) -> str:
    return client.get(f"{LIST}{post.pk}/history/").text


def listed(client, query) -> list[int]:
    page = client.get(f"{LIST}?{query}")
    return [post.pk for post in page.context["cl"].result_list]


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
    assert listed(client, "toestand=te-doen") == [new.pk, held.pk, pictured.pk, reported.pk]  # oldest first
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


def test_the_writer_of_held_words_hears_that_they_are_back(client, coordinator, writer, mailbox):
    post = factories.post(author=writer, email=writer.email)
    post.hold(Hold.REPORTED)
    act(client, "approve", [post])
    (mail,) = mailbox()
    assert mail["Subject"] == "Je bijdrage staat online"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


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
    with django_assert_num_queries(7):
        assert moderating.reject(posts, coordinator, SPAM) == count
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
            sleep(0.4)
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
    attempt(lambda: moderating.remove(posts, None, "Reclame."))
    thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("careful", [True, False])
def test_a_moderator_and_a_writer_do_not_wait_for_each_other_for_ever(monkeypatch, careful):
    root = factories.post()
    answers = [factories.post(parent=root) for _ in range(3)]
    if not careful:  # the negative control: without the locks in order this must go wrong
        monkeypatch.setattr(moderating, "lock", lambda posts: None)
    errors = meet(answers, answers[-1])
    assert bool(errors) != careful
    if careful:
        assert Post.objects.filter(removal="moderator").count() == 3


def test_move_asks_where_to_and_takes_the_thread_along(client, coordinator):
    factories.question(title="De Nulde Vraag")
    there = factories.question(title="De Tweede Vraag", slug="twee")
    concept = factories.question(current=False, title="Nog geheim")
    root = factories.post(there)
    here = factories.question(title="De Derde Vraag")
    root.move_to(here)
    answer = factories.post(parent=root)
    deep = factories.post(parent=answer)
    page = act(client, "move", [deep])
    assert "De Tweede Vraag" in page.text
    assert "Nog geheim" not in page.text
    for odd in ("", "x", "9" * 30, concept.pk, here.pk):
        assert act(client, "move", [deep], question=odd).status_code == 422
    done = act(client, "move", [deep, answer], question=there.pk)
    assert "1 gesprek verplaatst naar «De Tweede Vraag»." in done.text
    assert set(Post.objects.values_list("question", flat=True)) == {there.pk}
    assert "verplaatst van «De Derde Vraag» naar «De Tweede Vraag»" in history(client, answer)
    assert client.get(f"/bijdragen/{deep.pk}/").status_code == 200


def test_pin_and_unpin(client, coordinator):
    root = factories.post()
    answer = factories.post(parent=root)
    assert "1 bijdrage bovenaan gezet." in act(client, "pin", [root, answer]).text
    root.refresh_from_db()
    assert root.pinned_at
    assert "0 bijdragen bovenaan gezet." in act(client, "pin", [root]).text
    assert "1 bijdrage weer in de rij gezet." in act(client, "unpin", [root]).text
    text = history(client, root)
    assert "bovenaan gezet" in text
    assert "niet meer bovenaan" in text


def test_give_and_take_themes(client, coordinator):
    one, two = factories.post(), factories.post()
    joy, care = Theme.objects.create(name="Plezier"), Theme.objects.create(name="Zorg")
    assert "Plezier" in act(client, "give_themes", [one, two]).text
    assert "Haal deze thema" not in act(client, "give_themes", [one, two]).text
    assert act(client, "give_themes", [one, two], _asked=1).status_code == 422
    assert act(client, "give_themes", [one, two], give=["x"]).status_code == 422
    assert "2 bijdragen hebben nu" in act(client, "give_themes", [one, two], give=[joy.pk, care.pk]).text
    act(client, "give_themes", [one, two], give=[joy.pk, care.pk])  # twice
    assert PostTheme.objects.count() == 4
    assert "Haal deze thema" in act(client, "give_themes", [one]).text
    act(client, "give_themes", [one], take=[care.pk])
    assert list(one.themes.all()) == [joy]
    assert two.themes.count() == 2
    text = history(client, one)
    assert "thema gegeven: Plezier, Zorg" in text
    assert "thema weggehaald: Zorg" in text
    assert text.count("Coördinator") >= 2
    assert listed(client, f"themes__id__exact={care.pk}") == [two.pk]
    care.delete()
    assert "thema gegeven: Plezier, een thema dat er niet meer is" in history(client, one)


def test_erase_asks_first_and_then_leaves_nothing(client, coordinator, writer):
    with_picture = picture()
    post = factories.post(author=writer, email=writer.email, name="Kwetsbaar", text="Heel geheim", picture=with_picture)
    post.edit(text="Nog geheimer")
    answer = factories.post(parent=post)
    LogEntry.objects.log_actions(coordinator.pk, [post], 2, "Kwetsbaar")
    page = act(client, "erase", [post])
    assert "kan niet ongedaan worden gemaakt" in page.text
    post.refresh_from_db()
    assert not post.erased_at
    assert "1 bijdrage echt gewist." in act(client, "erase", [post], _asked=1).text
    post.refresh_from_db()
    assert post.erased_at
    assert not Picture.objects.exists()
    kept = str([list(post.events.values()), list(Post.objects.filter(pk=post.pk).values()), *LogEntry.objects.values()])
    for gone in ("geheim", "Kwetsbaar", writer.email):
        assert gone not in kept
    text = history(client, post)
    assert "echt gewist" in text
    assert "Coördinator" in text
    assert "geheim" not in text
    assert answer.text in client.get(f"/bijdragen/{answer.pk}/").text
    for page in ("", "?toestand=gewist", f"{post.pk}/change/"):
        assert client.get(f"{LIST}{page}").status_code == 200
    assert "0 bijdragen echt gewist." in act(client, "erase", [post], _asked=1).text


def test_erasing_forgets_who_was_logged_in(client, coordinator, writer):
    client.force_login(writer)
    question = factories.question()
    data = {"text": "Van mij", "name": "Ik", "role": factories.role().pk}
    client.post(f"/vragen/{question.slug}/bijdragen/", data)
    post = Post.objects.get()
    client.force_login(coordinator)
    assert writer.email in history(client, post)
    act(client, "erase", [post], _asked=1)
    text = history(client, post)
    assert writer.email not in text
    assert "Coördinator" in text


def test_only_who_may_delete_can_erase(client, settings):
    settings.DEMO = True
    moderator = factories.user(is_staff=True)
    names = ("view_post", "change_post")
    moderator.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(moderator)
    post = factories.post(published=False)
    page = client.get(f"{LIST}{post.pk}/change/").text
    assert "Goedkeuren" in page
    assert "Echt wissen" not in page
    act(client, "erase", [post], _asked=1)
    post.refresh_from_db()
    assert not post.erased_at


@pytest.mark.parametrize(
    "action", ["approve", "remove", "reject", "restore", "move", "pin", "give_themes", "trust", "erase"]
)
def test_who_may_only_look_can_do_nothing(client, settings, action, writer):
    settings.DEMO = True
    reader = factories.user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_post"))
    client.force_login(reader)
    theme, there = Theme.objects.create(name="Plezier"), factories.question()
    post = factories.post(factories.question(), published=action == "pin", author=writer)
    before = Post.objects.values().get()
    data = {"words": "x", "question": there.pk, "give": theme.pk, "_asked": 1}
    act(client, action, [post], **data)
    one = {"CHANGE_FORM-action": action, "_selected_action": post.pk, **data}
    client.post(f"{LIST}{post.pk}/change/", one)
    assert Post.objects.values().get() == before
    assert not PostTheme.objects.exists()
    writer.refresh_from_db()
    assert not writer.trusted_at


def test_a_record_counts_until_a_moderator_says_otherwise(client, coordinator, writer):
    post = factories.post(author=writer, email=writer.email)
    assert not moderating.has_record(writer)
    post.withdraw()
    assert not moderating.has_record(writer)
    post.put_back()
    post.hold(Hold.EDITED)
    assert not moderating.has_record(writer)
    moderating.remove([post], coordinator, "Reclame.")
    assert moderating.has_record(writer)
    page = client.get(f"{LIST}{post.pk}/change/").text
    assert "Vertrouw deze schrijver weer" in page
    assert "Daarom wachten nieuwe bijdragen" in page
    assert "1 schrijver wordt weer vertrouwd" in act(client, "trust", [post]).text
    writer.refresh_from_db()
    assert not moderating.has_record(writer)
    assert "Vertrouw deze schrijver weer" not in client.get(f"{LIST}{post.pk}/change/").text
    text = history(client, post)
    assert "de schrijver is weer vertrouwd" in text
    later = factories.post(author=writer)
    moderating.remove([later], coordinator, "Reclame.")
    assert moderating.has_record(writer)
    moderating.restore([later], coordinator)
    assert not moderating.has_record(writer)


def test_nobody_is_judged_by_the_browser_of_another(coordinator, writer):
    shared = factories.visitor(user=writer)
    moderating.remove([factories.post(visitor=shared)], coordinator, "Reclame.")
    assert not moderating.has_record(writer)


def test_one_contribution_has_the_buttons_that_make_sense(client, coordinator):
    def buttons(post):
        page = client.get(f"{LIST}{post.pk}/change/")
        return [name for name, _ in page.context["buttons"]]

    always = ["give_themes", "move", "erase"]
    waiting, public = factories.post(published=False), factories.post(vetted_at=timezone.now())
    assert buttons(waiting) == ["approve", "remove", *always]
    assert buttons(public) == ["remove", "give_themes", "move", "pin", "erase"]
    public.remove(coordinator, "Reclame.")
    assert buttons(public) == ["restore", *always]
    public.erase(coordinator)
    assert buttons(public) == ["move"]


def test_from_one_contribution_one_comes_back_to_it(client, coordinator):
    post, other = factories.post(published=False), factories.post(published=False)
    page = f"{LIST}{post.pk}/change/"
    assert f"{LIST}{other.pk}/change/" in client.get(page).text  # the next that waits
    asked = client.post(page, {"CHANGE_FORM-action": "remove", "_selected_action": post.pk})
    assert f'action="{page}"' in asked.text
    assert 'name="CHANGE_FORM-action" value="remove"' in asked.text
    data = {"CHANGE_FORM-action": "remove", "_selected_action": post.pk, "words": "Een naam."}
    assert client.post(page, data)["Location"] == page
    post.refresh_from_db()
    assert post.removal_reason == "Een naam."


def test_moderators_read_earlier_versions(client, coordinator):
    withdrawn = factories.post()
    withdrawn.withdraw()
    withdrawn.put_back()
    post = factories.post(text="Eerst <dit>", published=False)
    act(client, "approve", [post])
    post.refresh_from_db()
    post.edit(text="Toen dat")
    text = history(client, post)
    assert "de tekst is veranderd" in text
    assert "Eerst &lt;dit&gt;" in text
    assert "aangehouden, de woorden zijn even niet te zien: gewijzigd na goedkeuring" in text
    for words in ("weggehaald door de schrijver", "teruggezet door de schrijver"):
        assert words in history(client, withdrawn)


def at(hour: int, month: int = 1) -> int:
    """The moment of so many o'clock by the worker's clock, on a Monday in this month of 2026."""
    return int(datetime(2026, month, {1: 5, 7: 6}[month], hour, tzinfo=UTC).timestamp())


def test_the_summary_goes_at_seven_here_in_winter_and_in_summer():
    (periodic,) = [
        task for (name, _), task in app.periodic_registry.periodic_tasks.items() if name.endswith("morning_summary")
    ]
    for month in (1, 7):
        start = datetime(2026, month, 1, tzinfo=UTC).timestamp()
        ticks = croniter.croniter(periodic.cron, start)
        moments = [timezone.localtime(datetime.fromtimestamp(ticks.get_next(float), UTC)) for _ in range(40)]
        sent = [moment for moment in moments if moment.hour == tasks.SUMMARY_HOUR]
        assert len(sent) == 20  # once a day
        assert {moment.isoweekday() for moment in sent} == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(("timestamp", "goes"), [(at(6), True), (at(5), False), (at(5, 7), True), (at(6, 7), False)])
def test_the_summary_looks_at_the_clock_here(coordinator, timestamp, goes):
    factories.post(published=False)
    tasks.morning_summary(timestamp)
    assert ProcrastinateJob.objects.exists() == goes


def test_moderators_get_a_summary_of_what_waits(client, coordinator, mailbox):
    muted = factories.coordinator(email="stil@example.org")
    Mute.objects.create(user=muted, kind=Kind.SUMMARY)
    factories.user(is_staff=True)
    tasks.morning_summary(at(6))
    assert mailbox() == []  # nothing waits
    for _ in range(2):
        factories.post(published=False)
    factories.post(picture=picture())
    held = factories.post()
    held.hold(Hold.EDITED)
    for _ in range(2):
        Report.objects.create(post=held, visitor=factories.visitor(), reason="spam")
    tasks.morning_summary(at(6))
    (mail,) = mailbox()
    assert mail["To"] == coordinator.email
    assert "List-Unsubscribe" in mail
    text = mail.get_body(["plain"]).get_content()
    for line in ("2 nieuwe bijdragen", "1 bijdrage die", "1 gemelde bijdrage", "1 afbeelding"):
        assert f"- {line}" in text
        assert line in mail.get_body(["html"]).get_content()
    for link in [word for word in text.split() if word.startswith("http://testserver/beheer/")]:
        assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_no_summary_when_another_moderator_was_quicker(coordinator, mailbox):
    post = factories.post(published=False)
    tasks.morning_summary(at(6))
    moderating.approve([post], coordinator)
    assert mailbox() == []


def test_vandaag_tells_why_and_only_who_may_see_it(client, coordinator, settings):
    post = factories.post(published=False, text="Wachtende woorden")
    post.hold(Hold.HINT)
    page = client.get("/beheer/").text
    assert "Wachtende woorden" in page
    assert Hold.HINT.label in page
    client.force_login(factories.user(is_staff=True))
    assert "Wachtende woorden" not in client.get("/beheer/").text


def question_data(question, **changes):
    names = ("title", "text", "slug", "phase_id", "thumbs")
    data = {name.removesuffix("_id"): getattr(question, name) for name in names}
    return {**data, "_save": "1", **changes}


def test_a_question_is_no_part_of_itself_nor_of_a_part(client, coordinator):
    whole, other = factories.question(current=False), factories.question(current=False)
    part = factories.question(current=False, parent=whole)
    for question, parent in [(whole, whole), (other, part), (whole, other)]:
        url = f"/beheer/posts/question/{question.pk}/change/"
        assert client.post(url, question_data(question, parent=parent.pk)).status_code == 200
        question.refresh_from_db()
        assert question.parent is None
    url = f"/beheer/posts/question/{other.pk}/change/"
    data = question_data(other, parent=whole.pk, thumbs="up", invitation="Doe je mee?")
    assert client.post(url, data).status_code == 302
    other.refresh_from_db()
    assert (other.parent, other.thumbs, other.invitation) == (whole, "up", "Doe je mee?")


def test_planning_in_the_past_says_what_happens(client, coordinator):
    question = factories.question(current=False)
    url = f"/beheer/posts/question/{question.pk}/change/"
    for days, warned in [(1, False), (-1, True)]:
        moment = timezone.localtime(timezone.now() + timedelta(days=days))
        planned = {"planned_for_0": f"{moment:%Y-%m-%d}", "planned_for_1": f"{moment:%H:%M}"}
        page = client.post(url, question_data(question, **planned), follow=True).text
        assert ("binnen een minuut aan de beurt" in page) == warned


def test_filters_of_questions_and_themes(client, coordinator):
    current, concept = factories.question(), factories.question(current=False)
    planned = factories.question(current=False, planned_for=timezone.now() + timedelta(days=9))
    part = factories.question(current=False, parent=current)
    for query, found in [
        ("stand=nu", {current}),
        ("stand=concept", {concept, part}),
        ("stand=gepland", {planned}),
        ("stand=gesloten", set()),
        ("deelvraag=ja", {part}),
        ("deelvraag=nee", {current, concept, planned}),
        ("stand=%00x", None),
    ]:
        page = client.get(f"/beheer/posts/question/?{query}")
        if found is None:
            assert page.status_code < 500
        else:
            assert set(page.context["cl"].result_list) == found, query
    theme = Theme.objects.create(name="Plezier")
    post = factories.post()
    PostTheme.objects.create(post=post, theme=theme)
    assert 'class="field-used">1<' in client.get("/beheer/posts/theme/").text
    assert client.post(f"/beheer/posts/theme/{theme.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not PostTheme.objects.exists()
    assert Post.objects.get() == post
