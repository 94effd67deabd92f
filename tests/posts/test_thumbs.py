"""Thumbs and reports: wishes, not switches; one a person, whatever happens at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from posts.models.posts import Post
from posts.models.reports import Report
from posts.models.tallies import PostTally
from posts.models.thumb_kinds import DOWN, UP
from posts.models.thumbs import Thumb
from tests.helpers import factories
from werkplaats.people import visitors
from werkplaats.people.models import Visitor
from werkplaats.site.models import Site
from werkplaats.web import programs

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def counts(post) -> tuple[int, int]:
    tally = PostTally.objects.get(pk=post.pk)
    return tally.count(UP), tally.count(DOWN)


@pytest.mark.django_db
def test_a_thumb_is_given_switched_and_taken_back(client):
    post = factories.post()
    for wish, expected in [("op", (1, 0)), ("op", (1, 0)), ("neer", (0, 1)), ("weg", (0, 0)), ("weg", (0, 0))]:
        answer = client.post(f"/bijdragen/{post.pk}/duim/{wish}/")
        assert answer.url == f"/bijdragen/{post.pk}/#bijdrage-{post.pk}"
        assert counts(post) == expected, wish
        assert Thumb.objects.count() == sum(expected)
    assert Visitor.objects.filter(thumbs=None, posts=None).count() == 1


@pytest.mark.django_db
def test_from_the_list_it_leads_back_to_the_page_of_the_list(client):
    post = factories.post()
    answer = client.post(f"/bijdragen/{post.pk}/duim/op/", {"pagina": "3"})
    assert answer.url == f"{post.question.get_absolute_url()}?pagina=3#bijdrage-{post.pk}"
    odd = client.post(f"/bijdragen/{post.pk}/duim/op/", {"pagina": "//elders.example"}, HTTP_REFERER="http://x/")
    assert odd.url == f"{post.question.get_absolute_url()}?pagina=1#bijdrage-{post.pk}"


@pytest.mark.django_db
def test_with_htmx_only_the_thumbs_come_back_pressed(client):
    post = factories.post()
    for _ in range(2):
        factories.visitor().thumbs.create(post=post, value=1)
    fragment = client.post(f"/bijdragen/{post.pk}/duim/op/", headers=HTMX).text
    assert fragment.startswith('<div class="thumbs"')
    assert fragment.count("<button") == fragment.count('href="/static/img/icons.svg#thumbs-') == 2
    assert f'formaction="/bijdragen/{post.pk}/duim/weg/"' in fragment
    assert fragment.count('aria-pressed="true"') == 1
    assert '<span class="thumb-count">3</span><span class="visually-hidden thumb-words"> duimpjes omhoog' in fragment
    taken_back = client.post(f"/bijdragen/{post.pk}/duim/weg/", headers=HTMX).text
    assert 'aria-pressed="true"' not in taken_back


def reworded(post) -> str:
    """What a page named that was open while the words changed."""
    post.refresh_from_db()
    seen = f"{post.pk}.{post.version}"
    Post.objects.filter(pk=post.pk).update(text="Zonde van het geld.")
    return seen


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("is_answer", [False, True])
def test_a_thumb_is_for_the_words_that_the_page_showed(client, headers, is_answer):
    post = factories.post(**{"parent": factories.post()} if is_answer else {})
    seen = reworded(post)
    answer = client.post(f"/bijdragen/{post.pk}/duim/op/", {"gezien": seen}, headers=headers)
    assert answer.status_code == 409 and counts(post) == (0, 0)
    assert "Zonde van het geld." in answer.text and "Lees opnieuw, en kies dan." in answer.text
    assert ("<!DOCTYPE" in answer.text) == (not headers)
    if headers:
        assert (answer["HX-Retarget"], answer["HX-Reswap"]) == (f"#bijdrage-{post.root_id}", "outerHTML")
    fresh = f"{post.pk}.{post.version + 1}"
    assert f'id="op-{post.pk}" name="gezien" value="{fresh}"' in answer.text
    client.post(f"/bijdragen/{post.pk}/duim/op/", {"gezien": fresh}, headers=headers)
    assert counts(post) == (1, 0)
    assert "Lees opnieuw" not in client.get(f"/bijdragen/{post.pk}/").text


@pytest.mark.django_db
def test_a_thumb_is_taken_back_whatever_the_words_are_by_now(client):
    post = factories.post()
    client.post(f"/bijdragen/{post.pk}/duim/op/")
    assert client.post(f"/bijdragen/{post.pk}/duim/weg/", {"gezien": reworded(post)}).status_code == 302
    assert counts(post) == (0, 0)


@pytest.mark.django_db
def test_a_thumb_survives_a_reload(client):
    post = factories.post()
    client.post(f"/bijdragen/{post.pk}/duim/neer/")
    html = client.get("/denk-praat-doe-mee/").text
    assert f'id="neer-{post.pk}" name="gezien" value="{post.pk}.1" formaction="/bijdragen/{post.pk}/duim/weg/"' in html
    assert html.count('aria-pressed="true"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("kinds", "drawn"), [("both", 2), ("up", 1), ("none", 0)])
@pytest.mark.parametrize("wish", ["op", "neer"])
def test_a_question_says_which_thumbs_it_takes(client, kinds, drawn, wish):
    post = factories.post(factories.question(thumbs=kinds))
    html = client.get(post.get_absolute_url()).text
    assert html.count('<button class="thumb"') == drawn
    takes = kinds == "both" or (kinds, wish) == ("up", "op")
    url = f"/bijdragen/{post.pk}/duim"
    fragment = client.post(f"{url}/{wish}/", headers=HTMX).text
    assert Thumb.objects.exists() == takes
    assert ("Dit duimpje staat uit bij deze vraag." in fragment) != takes
    assert fragment.count("<button") == drawn
    assert ('aria-pressed="true"' in fragment) == takes
    assert client.post(f"{url}/{wish}/").status_code == 302
    assert Thumb.objects.exists() == takes


@pytest.mark.django_db
def test_the_switch_shows_at_once_and_what_was_given_can_be_taken_back(client):
    post = factories.post()
    url = f"/bijdragen/{post.pk}/duim"
    client.post(f"{url}/neer/")
    page = post.question.get_absolute_url()
    assert client.get(page).text.count('<button class="thumb"') == 2
    post.question.thumbs = "up"
    post.question.save()
    assert client.get(page).text.count('<button class="thumb"') == 1
    assert "Meeste duimpjes" in client.get(page).text
    refused = client.post(f"{url}/neer/", headers=HTMX).text
    assert Thumb.objects.get().value == -1
    assert "neer-" not in refused
    client.post(f"{url}/op/")
    assert Thumb.objects.get().value == 1
    post.question.thumbs = "none"
    post.question.save()
    assert 'class="thumb' not in client.get(page).text
    assert "Meeste duimpjes" not in client.get(page).text
    client.post(f"{url}/weg/")
    assert not Thumb.objects.exists()


@pytest.mark.django_db
def test_who_says_that_they_gave_thumbs_here_before_keeps_them(client):
    user, question = factories.user(), factories.question()
    here, there, both = (factories.post(question) for _ in range(3))
    theirs = factories.visitor(user=user)
    Thumb.objects.wish(there.pk, theirs.pk, -1)
    Thumb.objects.wish(both.pk, theirs.pk, 1)
    client.post(f"/bijdragen/{here.pk}/duim/op/")
    client.post(f"/bijdragen/{both.pk}/duim/neer/")
    assert counts(both) == (1, 1)
    visitors.merge(Thumb.objects.get(post=here).visitor, theirs)
    assert set(Thumb.objects.values_list("post", "visitor", "value")) == {
        (here.pk, theirs.pk, 1),
        (there.pk, theirs.pk, -1),
        (both.pk, theirs.pk, -1),
    }
    assert [counts(post) for post in (here, there, both)] == [(1, 0), (0, 1), (0, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["waiting", "removed", "gone"])
def test_what_is_not_shown_gets_no_thumb_and_no_report(client, state):
    post = factories.post(published=state != "waiting")
    if state == "removed":
        post.remove(by=None, reason="kwetsend")
    pk = 10**12 if state == "gone" else post.pk
    assert client.post(f"/bijdragen/{pk}/duim/op/").status_code == 404
    assert client.post(f"/bijdragen/{pk}/melden/", {"reason": "spam"}).status_code == 404
    assert not Thumb.objects.exists()
    assert not Report.objects.exists()


@pytest.mark.django_db
def test_by_get_or_with_an_odd_wish_nothing_happens(client):
    post = factories.post()
    assert client.get(f"/bijdragen/{post.pk}/duim/op/").url == f"/bijdragen/{post.pk}/"
    for odd in ("omhoog", "1", "%00", "é"):
        assert client.post(f"/bijdragen/{post.pk}/duim/{odd}/").status_code in (400, 404)
    assert not Thumb.objects.exists()


@pytest.mark.django_db
def test_a_thumb_takes_over_who_its_giver_says_to_be(client):
    post, role = factories.post(), factories.role("directeur")
    client.post(f"/bijdragen/{post.pk}/duim/op/")
    visitor = Thumb.objects.get().visitor
    assert Thumb.objects.get().role is None
    visitor.says_to_be(role)
    client.post(f"/bijdragen/{post.pk}/duim/weg/")
    client.post(f"/bijdragen/{post.pk}/duim/op/")
    assert Thumb.objects.get().role == role


@pytest.mark.django_db
def test_queries_of_a_thumb(client, django_assert_num_queries):
    post = factories.post()
    client.post(f"/bijdragen/{post.pk}/duim/neer/")
    with django_assert_num_queries(1):
        client.post(f"/bijdragen/{post.pk}/duim/op/", {"gezien": f"{post.pk}.1"}, headers=HTMX)


@pytest.mark.django_db
@pytest.mark.parametrize(("act", "says"), [("antwoord", "Zo staat die er nu."), ("melden", "Zo staat het er nu.")])
def test_what_opens_under_words_that_changed_shows_them(client, act, says):
    """By htmx the page around it still shows the words of before."""
    post = factories.post()
    post.refresh_from_db()
    url, now = f"/bijdragen/{post.pk}/{act}/", f"{post.pk}.{post.version}"
    assert f'hx-get="{url}?gezien={now}"' in client.get(f"/bijdragen/{post.pk}/").text
    same = client.get(f"{url}?gezien={now}", headers=HTMX).text
    assert says not in same and "Korte lijnen" not in same
    reworded(post)
    changed = client.get(f"{url}?gezien={now}", headers=HTMX).text
    assert says in changed and "Zonde van het geld." in changed
    assert f'hx-post="{url}"' in changed


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_report_is_two_taps_and_hides_nothing(client, headers):
    post = factories.post()
    url = f"/bijdragen/{post.pk}/melden/"
    assert client.get(url, headers=headers).text.count('name="reason"') == 5
    assert not Visitor.objects.filter(posts=None).exists()
    for _ in range(2):
        answer = client.post(url, {"reason": "privacy"}, headers=headers, follow=True)
        assert "Dank je voor je melding" in answer.text
    assert Report.objects.get().reason == "privacy"
    assert "Dank je voor je melding" not in Client().get(url).text
    assert post.text in Client().get("/denk-praat-doe-mee/").text


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "anders", "a\x00", "x" * 100_000])
def test_a_report_without_a_reason_asks_for_one(client, reason):
    post = factories.post()
    answer = client.post(f"/bijdragen/{post.pk}/melden/", {"reason": reason})
    assert answer.status_code in (400, 422)
    assert not Report.objects.exists()


class TestAtTheSameTime:
    pytestmark = pytest.mark.django_db(transaction=True)

    @pytest.fixture(autouse=True)
    def site(self):
        """The row that the first migration makes, and that a test with real transactions sweeps away."""
        Site.objects.get_or_create(pk=1)

    @staticmethod
    def at_once(act, times: int, threads: int = 16) -> list:
        def run(number):
            try:
                return act(number)
            finally:
                connection.close()

        with ThreadPoolExecutor(threads) as pool:
            return list(pool.map(run, range(times)))

    def test_fifty_thumbs_of_one_person_are_one(self, browser_of):
        post, visitor = factories.post(), factories.visitor()
        wishes = ["op", "neer"]
        url = f"/bijdragen/{post.pk}/duim"
        said = self.at_once(lambda number: browser_of(visitor).post(f"{url}/{wishes[number % 2]}/").status_code, 50)
        assert said == [302] * 50
        thumb = Thumb.objects.get()
        assert counts(post) == ((1, 0) if thumb.value == 1 else (0, 1))

    def test_a_hundred_thumbs_of_a_hundred_people_are_a_hundred(self):
        root = factories.post()
        answer = factories.post(parent=root)
        before = PostTally.objects.get(pk=root.pk).thread_version
        url = f"/bijdragen/{answer.pk}/duim/op/"
        assert self.at_once(lambda _: Client().post(url).status_code, 100) == [302] * 100
        assert counts(answer) == (100, 0)
        assert Thumb.objects.count() == Visitor.objects.filter(thumbs__isnull=False).count() == 100
        assert PostTally.objects.get(pk=root.pk).thread_version == before + 100

    def test_twenty_identical_contributions_are_one(self, browser_of):
        question, visitor = factories.question(), factories.visitor()
        data = {
            "text": "Eén vast gezicht.",
            "name": "F",
            "role": factories.role().pk,
            "email": "a@example.org",
            "moment": programs.moment(ago=10),
        }
        url = f"/vragen/{question.slug}/bijdragen/"
        urls = self.at_once(lambda _: browser_of(visitor).post(url, data).url, 20)
        post = Post.objects.get()
        assert set(urls) == {f"/bijdragen/{post.pk}/?geplaatst"}
        from procrastinate.contrib.django.models import ProcrastinateJob

        assert ProcrastinateJob.objects.count() <= 1

    def test_two_coordinators_at_once_leave_one_current_question(self):
        questions = [factories.question(current=False) for _ in range(4)]
        self.at_once(lambda number: questions[number % 4].make_current(), 20, threads=8)
        from posts.models.questions import Question

        assert Question.objects.filter(opened_at__isnull=False, closed_at=None).count() == 1
