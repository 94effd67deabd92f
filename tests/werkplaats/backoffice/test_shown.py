"""A moderator decides about what they read: not about what its writer made of it since."""

import re
from functools import partial

import pytest
from django.utils.html import strip_tags

from polls.rounds.models.ideas import Idea
from polls.wensbeelden.models import Wensbeeld
from posts.actions import moderating
from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.reports import Report
from tests.helpers import factories
from tests.helpers.races import in_between
from tests.posts.actions.moderator import picture
from werkplaats.pictures.models import Picture
from werkplaats.versions import seen_in

pytestmark = pytest.mark.django_db
NEW = "Iedereen moet weg."
PANEL = "/stickerrondes/sop/bediening/"


def shown_on(page: str) -> list[str]:
    """What the forms of a page say that they show."""
    return re.findall(r'name="gezien"\s+value="([\d. ]+)"', page)


def removed(made):
    made.remove(factories.coordinator(), "Er staat een naam in.")
    return made


def held():
    made = factories.post()
    made.hold(Hold.REPORTED)
    return made


def hidden_idea():
    made = factories.sticker_round(groups=1, ideas=1).ideas.get()
    made.hide(factories.coordinator(), "Dubbel.")
    return made


# A row, what a moderator does with it, and whether that has been done.
ROWS = {
    "new": (partial(factories.post, published=False), "approve", "is_public"),
    "held": (held, "approve", "is_public"),
    "unread": (factories.post, "approve", "vetted_at"),
    "removed": (lambda: removed(factories.post()), "restore", "is_public"),
    "never seen": (lambda: removed(factories.post(published=False)), "restore", "is_public"),
    "held, put back": (held, "restore", "is_public"),
    "wensbeeld": (partial(factories.wensbeeld, published=False), "approve", "is_public"),
    "wensbeeld removed": (lambda: removed(factories.wensbeeld()), "restore", "is_public"),
    "idea": (hidden_idea, "restore", "is_shown"),
}


def is_done(row, what: str) -> bool:
    row.refresh_from_db()
    return row.removed_at is None if what == "is_shown" else bool(getattr(row, what))


def change(row) -> None:
    """What its writer made of it since, by whatever way there is or comes."""
    type(row)._base_manager.filter(pk=row.pk).update(text=NEW)


def addresses(row) -> tuple[str, str]:
    listed = f"/beheer/{row._meta.app_label}/{row._meta.model_name}/"
    return listed, f"{listed}{row.pk}/change/"


@pytest.mark.parametrize("place", ["list", "page"])
@pytest.mark.parametrize("kind", ROWS)
def test_what_changed_is_left_and_shown_again(client, coordinator, kind, place):
    make, action, done = ROWS[kind]
    row = make()
    address = addresses(row)[place == "page"]
    field = "action" if place == "list" else "CHANGE_FORM-action"

    def decide(shown: list[str]):
        return client.post(address, {field: action, "_selected_action": row.pk, "gezien": shown}, follow=True)

    shown = shown_on(client.get(address).text)
    assert shown
    change(row)
    answer = strip_tags(decide(shown).text)
    assert not is_done(row, done)
    assert re.search(r"1 \w+ is intussen gewijzigd: lees (die|dat) opnieuw\.", answer)
    assert NEW in answer
    decide(shown_on(client.get(address).text))
    assert is_done(row, done)


@pytest.mark.parametrize("kind", ROWS)
def test_without_saying_what_was_shown_nothing_is_shown(client, coordinator, kind):
    make, action, done = ROWS[kind]
    row = make()
    for shown in ("", "x", f"{row.pk}", f"{row.pk}.9", "1.1.1", f"{row.pk}.{'9' * 30}", "\x00"):
        data = {"action": action, "_selected_action": row.pk, "gezien": shown}
        assert client.post(addresses(row)[0], data, follow=True).status_code < 500
        assert not is_done(row, done)


def test_the_others_of_the_list_are_approved(client, coordinator):
    posts = [factories.post(published=False) for _ in range(3)]
    page = client.get("/beheer/posts/post/").text
    change(posts[1])
    data = {"action": "approve", "_selected_action": [post.pk for post in posts], "gezien": shown_on(page)}
    answer = strip_tags(client.post("/beheer/posts/post/", data, follow=True).text)
    assert "2 bijdragen goedgekeurd." in answer
    assert "1 bijdrage is intussen gewijzigd: lees die opnieuw." in answer
    assert [post.pk for post in Post.objects.waiting()] == [posts[1].pk]


def test_what_a_filter_finds_beyond_the_page_is_not_approved_unread(client, coordinator):
    for _ in range(53):
        factories.post(published=False)
    page = client.get("/beheer/posts/post/?toestand=wacht").text
    data = {"action": "approve", "_selected_action": "1", "select_across": 1, "gezien": shown_on(page)}
    answer = strip_tags(client.post("/beheer/posts/post/?toestand=wacht", data, follow=True).text)
    assert "50 bijdragen goedgekeurd." in answer
    assert "3 bijdragen zijn niet op deze pagina te lezen: lees die eerst." in answer
    assert Post.objects.waiting().count() == 3


def test_another_picture_is_another_post(client, coordinator):
    post = factories.post(picture=picture(1))
    shown = shown_on(client.get("/beheer/posts/post/").text)
    Post.objects.filter(pk=post.pk).update(picture=picture(2))
    data = {"action": "approve", "_selected_action": post.pk, "gezien": shown}
    client.post("/beheer/posts/post/", data)
    post.refresh_from_db()
    assert post.picture_shown_at is None


def test_what_was_changed_after_it_was_taken_away_is_read_before_it_is_back(client, coordinator):
    post = held()
    long = "Nu staat hier veel meer. " * 100
    post.edit(text=long)
    data = {"action": "restore", "_selected_action": post.pk}
    shown = shown_on(client.get("/beheer/posts/post/").text)
    asked = client.post("/beheer/posts/post/", data | {"gezien": shown})
    assert "Lees eerst de nieuwe woorden" in asked.text
    assert long.strip() in asked.text
    post.refresh_from_db()
    assert post.is_held
    change(post)
    client.post("/beheer/posts/post/", data | {"gezien": shown_on(asked.text), "_asked": 1})
    post.refresh_from_db()
    assert post.is_held
    asked = client.post("/beheer/posts/post/", data)
    assert NEW in asked.text
    client.post("/beheer/posts/post/", data | {"gezien": shown_on(asked.text), "_asked": 1})
    post.refresh_from_db()
    assert post.is_public


def test_the_page_in_between_shows_what_is_approved(client, coordinator):
    wensbeeld = factories.wensbeeld(published=False, picture=picture(1))
    data = {"action": "approve", "_selected_action": wensbeeld.pk}
    sem = picture(2)
    Picture.objects.filter(pk=sem.pk).update(alt="Sem op het plein")
    shown = shown_on(client.get("/beheer/polls/wensbeeld/").text)
    asked = client.post("/beheer/polls/wensbeeld/", data | {"gezien": shown}).text
    Wensbeeld.objects.filter(pk=wensbeeld.pk).update(picture=sem)
    answer = {**data, "gezien": shown_on(asked), "_asked": 1, "judged": "on"}
    page = strip_tags(client.post("/beheer/polls/wensbeeld/", answer, follow=True).text)
    assert "1 wensbeeld is intussen gewijzigd: lees dat opnieuw." in page
    assert "Sem op het plein" in page
    assert not Wensbeeld.objects.public().exists()


@pytest.fixture
def ideas():
    round = factories.sticker_round(groups=2, ideas=1, stage="ideas", slug="sop")
    return list(round.ideas.order_by("pk"))


@pytest.mark.parametrize("place", ["admin", "panel"])
def test_ideas_are_joined_as_they_were_read(client, coordinator, ideas, place):
    if place == "admin":
        address, chosen = (
            "/beheer/polls/idea/",
            {"action": "join_ideas", "_selected_action": [idea.pk for idea in ideas]},
        )
        page = client.post(address, chosen).text
        data = chosen | {"_asked": 1, "text": "Samen"}
    else:
        address, data = f"{PANEL}samenvoegen/", {"ideas": [idea.pk for idea in ideas], "text": "Samen"}
        page = client.get(PANEL).text
    ideas[1].reword(NEW)
    refused = client.post(address, data | {"gezien": shown_on(page)})
    assert refused.status_code == 422
    assert "Een idee dat je koos, is intussen gewijzigd. Lees het opnieuw." in refused.text
    assert NEW in refused.text
    assert ">\nSamen</textarea>" in refused.text
    assert not Idea.objects.filter(group=None).exists()
    client.post(address, data | {"gezien": shown_on(refused.text)})
    assert Idea.objects.filter(group=None, text="Samen").exists()


def test_two_coordinators_do_not_join_under_each_others_words(client, coordinator, ideas):
    extra = factories.idea(ideas[0].group)
    wording = Idea.objects.join(ideas[0].round, [idea.pk for idea in ideas], "Samen")
    page = client.get(PANEL).text
    Idea.objects.filter(pk=wording.pk).update(text="Van mijn collega")
    data = {"ideas": [wording.pk, extra.pk], "text": "Samen, en meer", "gezien": shown_on(page)}
    assert client.post(f"{PANEL}samenvoegen/", data).status_code == 422
    wording.refresh_from_db()
    assert wording.text == "Van mijn collega"


def test_a_hidden_idea_comes_back_as_it_was_read(client, coordinator, ideas):
    ideas[0].hide(coordinator, "Dubbel.")
    page = client.get(PANEL).text
    form = page.split(f'action="{PANEL}terugzetten/{ideas[0].pk}/"')[1].split("</form>")[0]
    change(ideas[0])
    refused = client.post(f"{PANEL}terugzetten/{ideas[0].pk}/", {"gezien": shown_on(form)})
    assert refused.status_code == 409
    assert "Dit idee is intussen gewijzigd" in refused.text
    form = refused.text.split(f'action="{PANEL}terugzetten/{ideas[0].pk}/"')[1].split("</form>")[0]
    for _ in ("once", "twice"):
        assert client.post(f"{PANEL}terugzetten/{ideas[0].pk}/", {"gezien": shown_on(form)}).status_code == 302
    ideas[0].refresh_from_db()
    assert ideas[0].removed_at is None


@pytest.mark.parametrize("act", ["reword", "withdraw"])
def test_what_a_coordinator_took_is_not_its_writers_to_change(ideas, coordinator, act):
    """Read before, pressed after: two people at one idea."""
    opened = [Idea.objects.get(pk=idea.pk) for idea in ideas]
    ideas[0].hide(coordinator, "Dubbel.")
    Idea.objects.join(ideas[1].round, [ideas[1].pk, factories.idea(ideas[1].group).pk], "Samen")
    for idea in opened:
        with pytest.raises(Exception, match="verborgen|samengevoegd"):
            idea.reword(NEW) if act == "reword" else idea.withdraw()
    assert not Idea.objects.filter(text=NEW).exists()
    assert Idea.objects.filter(pk__in=[idea.pk for idea in ideas]).count() == 2


@pytest.mark.parametrize("rows", [1, 30])
def test_naming_versions_takes_no_query(client, coordinator, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.post(published=False)
    client.get("/beheer/posts/post/")
    with django_assert_num_queries(9):
        client.get("/beheer/posts/post/")


def test_reports_are_settled_with_words_that_were_read(client, coordinator):
    post = factories.post()
    report = Report.objects.create(post=post, visitor=factories.visitor(), reason="spam")
    shown = shown_on(client.get("/beheer/posts/post/").text)
    change(post)
    client.post("/beheer/posts/post/", {"action": "approve", "_selected_action": post.pk, "gezien": shown})
    report.refresh_from_db()
    assert report.handled_at is None


def test_what_is_no_version_is_left_out(rf):
    sent = rf.post("/", {"gezien": ["1.2 3.4", "5.6", "7", "8.", ".9", "1.2.3", "-1.2", "١.٢", "9" * 30 + ".1"]}).POST
    assert seen_in(sent) == {1: 2, 3: 4, 5: 6}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("careful", [True, False])
def test_words_that_change_while_a_moderator_presses_are_not_approved(monkeypatch, careful):
    post, moderator = factories.post(published=False), factories.coordinator()
    if not careful:  # the negative control: what was read before the lock decides
        monkeypatch.setattr(moderating, "each_as_seen", compared_before_the_lock)
    in_between(lambda: change(post), lambda: moderating.approve([post], moderator, {post.pk: 1}))
    assert bool(Post.objects.public().filter(text=NEW)) != careful


def compared_before_the_lock(posts, seen, act, states=None):
    same = [post for post in posts if seen.get(post.pk) == post.version]
    return moderating.each(same, act)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("careful", [True, False])
def test_an_idea_that_changes_while_it_is_joined_is_not(monkeypatch, careful):
    round = factories.sticker_round(groups=2, ideas=1, stage="ideas")
    ideas = list(round.ideas.order_by("pk"))
    seen = {idea.pk: 1 for idea in ideas} if careful else None
    errors = in_between(
        lambda: ideas[0].reword(NEW), lambda: Idea.objects.join(round, [idea.pk for idea in ideas], "Samen", seen)
    )
    assert [error.code for error in errors] == (["changed"] if careful else [])
    assert Idea.objects.filter(group=None).exists() != careful


def test_the_whole_text_stands_in_the_list(client, coordinator):
    """What a moderator approves there was on the page, also its end."""
    factories.post(published=False, text="Heel beleefd begonnen. " * 20 + "En dan dit.")
    short = factories.post(published=False, text="Kort.")
    page = client.get("/beheer/posts/post/").text
    assert "En dan dit." in page
    assert page.count("Lees alles") == 1
    assert short.text in page


def test_two_coordinators_with_one_list_open_keep_what_each_typed(client, coordinator):
    first, second = factories.role("ouder"), factories.role("leerkracht")
    address = "/beheer/werkplaats/role/"
    page = client.get(address)
    assert page.text.count('name="initial-form-') == 2
    sent = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 2, "_save": "1"}
    for place, role in enumerate(page.context["cl"].result_list):
        sent |= {f"form-{place}-id": role.pk, f"form-{place}-position": role.position}
        sent |= {f"initial-form-{place}-position": role.position}
    shown = [role.pk for role in page.context["cl"].result_list]
    client.post(address, sent | {f"form-{shown.index(first.pk)}-position": 7})
    client.post(address, sent | {f"form-{shown.index(second.pk)}-position": 9})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.position, second.position) == (7, 9)


REPORTED = {"post": factories.post, "wensbeeld": factories.wensbeeld}


def reported(row, reason="spam", words=""):
    visitor = factories.visitor()
    return row.reports.create(visitor=visitor, reason=reason, words=words)


@pytest.mark.parametrize("kind", REPORTED)
def test_a_report_that_came_after_the_page_is_not_settled_unread(client, coordinator, kind):
    row = REPORTED[kind]()
    first = reported(row)
    listed, _ = addresses(row)
    shown = shown_on(client.get(listed).text)
    later = reported(row, "one-child", "juf Marieke")
    asked = {"action": "approve", "_selected_action": row.pk, "_asked": 1}
    answer = client.post(listed, {**asked, "gezien": shown}, follow=True).text
    assert "lees" in answer
    for report in (first, later):
        report.refresh_from_db()
        assert report.handled_at is None
    client.post(listed, {**asked, "gezien": shown_on(client.get(listed).text)})
    later.refresh_from_db()
    assert later.handled_at


def test_a_stale_page_does_not_undo_a_no(client, coordinator):
    post = factories.post(email="ouder@example.org")
    shown = shown_on(client.get("/beheer/posts/post/").text)
    post.refuse("Dit schreef ik niet.")
    data = {"action": "approve", "_selected_action": post.pk}
    client.post("/beheer/posts/post/", {**data, "gezien": shown})
    post.refresh_from_db()
    assert (post.is_public, post.held_for) == (False, Hold.DENIED)
    client.post("/beheer/posts/post/", {**data, "gezien": shown_on(client.get("/beheer/posts/post/").text)})
    post.refresh_from_db()
    assert post.is_public


@pytest.mark.parametrize("kind", REPORTED)
def test_what_is_reported_is_settled_for_the_words_that_were_shown(client, coordinator, kind):
    row = REPORTED[kind]()
    report = reported(row)
    address = f"/beheer/{row._meta.app_label}/{report._meta.model_name}/"
    chosen = {"action": "handle", "_selected_action": report.pk}

    def settle(page: str):
        answer = client.post(address, {**chosen, "_asked": 1, "gezien": shown_on(page)}, follow=True)
        report.refresh_from_db()
        return strip_tags(answer.text)

    page = client.post(address, chosen).text
    assert row.text in page and "Mag dit blijven staan?" in page
    change(row)
    assert "opnieuw" in settle(page) and not report.handled_at
    page = client.post(address, chosen).text
    assert NEW in page
    assert "Afgehandeld." in settle(page) and report.handled_at
    row.refresh_from_db()
    assert row.is_public


def test_what_a_report_hid_comes_back_when_it_stays(client, coordinator):
    post = factories.post()
    report = reported(post, "one-child", "juf Marieke")
    post.hold(Hold.CHILD)
    chosen = {"action": "handle", "_selected_action": report.pk}
    page = client.post("/beheer/posts/report/", chosen).text
    client.post("/beheer/posts/report/", {**chosen, "_asked": 1, "gezien": shown_on(page)})
    post.refresh_from_db()
    assert post.is_public and post.vetted_at
    removed(post)
    client.post("/beheer/posts/report/", {**chosen, "_asked": 1, "gezien": shown_on(page)})
    post.refresh_from_db()
    assert not post.is_public
