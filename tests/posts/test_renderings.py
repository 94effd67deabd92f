"""What a post says in Dutch, by a moderator: beside its own words, as long as these stay and its writer wants it."""

import re
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from posts.actions import moderating, writing
from posts.actions.writing import Writer
from posts.admin.history import history_of
from posts.models.posts import Post
from posts.models.tallies import PostTally
from tests.helpers import factories
from tests.helpers.shown import seen, to_change
from tests.plan.export_helpers import book, column, words
from tests.posts.actions.moderator import LIST

pytestmark = pytest.mark.django_db
TURKISH, DUTCH = "Öğretmen bizi her hafta arıyor.", "De leerkracht belt ons elke week."
MARK = "In het Nederlands, door een moderator"


@pytest.fixture
def written(browser_of):
    """A public post in Turkish, and the browser of its writer."""
    visitor = factories.visitor()
    return factories.post(visitor=visitor, text=TURKISH, lang="tr"), browser_of(visitor)


@pytest.fixture
def rendered(written, coordinator):
    """As `written`, with a rendering beside it."""
    post, browser = written
    assert moderating.speak(post, coordinator, "tr", DUTCH, version=post.version, again=False)
    return post, browser


def act(client, post, shown: str = "", **data):
    """What a moderator sends from the page in between, which showed the post as `shown` says; else as it is now."""
    sent = {"CHANGE_FORM-action": "translate", "_selected_action": post.pk, "_asked": "1"}
    sent |= {"gezien": shown or seen([post])}
    return client.post(f"{LIST}{post.pk}/change/", sent | {"lang": "tr", **data}, follow=True)


def page_of(post, browser=None) -> str:
    return (browser or Client()).get(post.get_absolute_url()).text


def test_a_moderator_writes_it_and_it_stands_beside_the_words(client, coordinator, written):
    post, browser = written
    assert MARK not in page_of(post)  # and kept so
    button = {"CHANGE_FORM-action": "translate", "_selected_action": post.pk, "gezien": seen([post])}
    asked = client.post(f"{LIST}{post.pk}/change/", button).text
    assert TURKISH in asked and '<option value="tr" selected>' in asked
    assert f'name="gezien" value="{seen([post])}"' in asked
    assert 'name="again"' not in asked and 'name="klopt"' not in asked
    assert "Zo staat het bij de bijdrage" in act(client, post, rendering=DUTCH).text
    html = page_of(post)
    assert f'<div class="post-text" lang="tr" dir="auto"><p>{TURKISH}' in html
    assert MARK in html and DUTCH in html
    assert "Liever geen vertaling" not in html
    assert f"/bijdragen/{post.pk}/vertaling/" in page_of(post, browser)
    post.refresh_from_db()
    assert (post.rendered_by, post.version) == (coordinator, 2)  # people read something else than before


def test_the_language_can_be_corrected_alone(client, coordinator):
    post = factories.post(text="مرحبا", lang="nl")
    act(client, post, lang="ar")
    post.refresh_from_db()
    assert (post.lang, post.rendering, post.rendered_at) == ("ar", "", None)
    assert 'lang="ar" dir="rtl"' in page_of(post)
    act(client, post, lang="und")
    assert 'lang="und" dir="auto"' in page_of(post)


def test_dutch_needs_no_dutch(client, coordinator, rendered):
    post, _ = rendered
    refused = act(client, post, lang="nl", rendering=DUTCH)
    assert "Kies eerst de taal" in refused.text
    act(client, post, lang="nl")
    assert MARK not in page_of(post)
    with pytest.raises(IntegrityError), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(rendered_at="2026-11-01T00:00Z")


def test_an_odd_language_is_refused_kindly(client, coordinator, written):
    answer = act(client, written[0], lang="xx", rendering=DUTCH)
    assert answer.status_code == 422
    assert DUTCH in answer.text
    assert Post.objects.get().lang == "tr"


def test_who_may_not_moderate_does_not_get_there(client, written):
    post, _ = written
    assert "translate" not in act(client, post, rendering=DUTCH).text
    client.force_login(factories.user(is_staff=True))
    act(client, post, rendering=DUTCH)
    assert Post.objects.get().rendering == ""


def test_a_name_of_a_child_is_asked_about(client, coordinator, written):
    post, _ = written
    named = "Onze zoon Mehmet gaat graag naar school."
    asked = act(client, post, rendering=named)
    assert "de naam van een kind" in asked.text and named in asked.text
    assert Post.objects.get().rendering == ""
    consent = asked.text.split('name="klopt"')[1].split('value="')[1].split('"')[0]
    still = act(client, post, rendering=f"{named} En onze dochter Elif ook.", klopt=consent)
    assert "Iedereen kan het lezen" in still.text  # the tick was about other words
    act(client, post, rendering=named, klopt=consent)
    assert Post.objects.get().rendering == named


# Two people and time


def test_what_was_changed_meanwhile_gets_no_rendering_of_the_old_words(client, coordinator):
    writer = factories.user()
    post = factories.post(text=TURKISH, lang="tr", author=writer)
    shown = seen([post])
    change = {"text": "Artık kimse aramıyor.", "name": "Fatma", "role": post.role, "meeting": ""}
    writing.edit(post, Writer(None, writer), change)
    told = act(client, post, shown=shown, rendering=DUTCH)
    assert "Iemand was net bezig" in told.text
    assert (
        DUTCH in told.text and "Artık kimse aramıyor." in told.text
    )  # nothing typed is lost, and the new words are there
    assert MARK not in page_of(post)
    post.refresh_from_db()
    assert post.rendering == ""
    act(client, post, rendering="Nu belt niemand meer.")
    assert "Nu belt niemand meer." in page_of(post)


@pytest.mark.django_db(transaction=True)
def test_a_change_and_a_rendering_at_once_end_in_words_that_belong_together(coordinator):
    """Both orders by threads: never the rendering of version 1 beside the words of version 2."""
    for _ in range(10):
        writer = factories.user()
        post = factories.post(text=TURKISH, lang="tr", author=writer)
        content = {"text": "Başka", "name": "Fatma", "role": post.role, "meeting": ""}
        work = [
            lambda post=post, writer=writer, content=content: writing.edit(
                Post.objects.get(pk=post.pk), Writer(None, writer), content
            ),
            lambda post=post: moderating.speak(
                Post.objects.get(pk=post.pk), coordinator, "tr", DUTCH, version=1, again=False
            ),
        ]

        def run(act):
            act()
            connection.close()

        threads = [Thread(target=run, args=[act]) for act in work]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        post.refresh_from_db()
        assert (post.text, post.shown_rendering) == ("Başka", "")


@pytest.mark.parametrize("how", ["edit", "update"])
def test_other_words_withdraw_it_however_they_came(client, coordinator, rendered, how):
    post, browser = rendered
    assert MARK in page_of(post)
    if how == "edit":
        browser.post(f"/bijdragen/{post.pk}/wijzigen/", to_change(post, text="Başka"))
        Post.objects.get(pk=post.pk).publish(coordinator, vetted=True)
    else:
        Post.objects.filter(pk=post.pk).update(text="Başka")
    html = page_of(post)
    assert "Başka" in html and DUTCH not in html and MARK not in html
    detail = client.get(f"{LIST}{post.pk}/change/").text
    assert "Er staat nu geen vertaling naast" in detail and DUTCH in detail
    form = act(client, post, lang="xx").text  # the page in between, with nothing filled in that is not of these words
    assert DUTCH not in form.split("<textarea")[1].split("</textarea>")[0]


def test_another_name_leaves_it(rendered):
    post, _ = rendered
    Post.objects.filter(pk=post.pk).update(name="Elif")
    assert MARK in page_of(post)


def test_a_rendering_raises_the_version_of_the_thread(rendered, coordinator):
    post, _ = rendered

    def version():
        return PostTally.objects.values_list("thread_version", flat=True).get(pk=post.root_id)

    for step in (
        lambda: moderating.speak(post, coordinator, "tr", "Anders.", version=post.version, again=False),
        lambda: post.refuse_rendering(),
        lambda: post.want_rendering(post.version),
        lambda: moderating.speak(post, coordinator, "tr", "", version=post.version, again=False),
    ):
        before = version()
        step()
        assert version() > before


# The writer


def test_the_writer_refuses_it_and_lets_it_come_back(client, rendered):
    post, browser = rendered
    url = f"/bijdragen/{post.pk}/vertaling/"
    assert DUTCH in browser.get(url).text
    assert MARK in page_of(post)  # opening changes nothing
    for _ in range(2):  # twice is once
        refused = browser.post(url, follow=True)
        assert "De vertaling staat er niet meer" in refused.text
    assert MARK not in page_of(post)
    assert DUTCH in refused.text  # what comes back is read first
    for _ in range(2):
        back = browser.post(url, {"terug": "1", "gezien": shown_on(refused)}, follow=True)
        assert DUTCH in back.text
        assert MARK in page_of(post)


def shown_on(page) -> str:
    return re.search(r'name="gezien" value="([\d.]+)"', page.text)[1]


def test_what_comes_back_is_what_its_writer_read(coordinator, rendered):
    """A coordinator writes other words between the look and the press."""
    post, browser = rendered
    url = f"/bijdragen/{post.pk}/vertaling/"
    page = browser.post(url, follow=True)
    post.refresh_from_db()
    assert moderating.speak(post, coordinator, "tr", "Iets heel anders.", version=post.version, again=True)
    browser.post(url)
    for sent in ({}, {"gezien": shown_on(page)}):
        asked = browser.post(url, {"terug": "1", **sent}, follow=True)
        assert "Er is niets teruggezet" in asked.text and "Iets heel anders." in asked.text
        assert MARK not in page_of(post)
    browser.post(url, {"terug": "1", "gezien": shown_on(asked)})
    assert "Iets heel anders." in page_of(post)


def test_of_other_words_no_rendering_is_offered_back(rendered):
    post, browser = rendered
    url = f"/bijdragen/{post.pk}/vertaling/"
    browser.post(url)
    Post.objects.filter(pk=post.pk).update(text="Başka")
    page = browser.get(url)
    assert DUTCH not in page.text and "Ik wil weer een vertaling" in page.text
    browser.post(url, {"terug": "1", "gezien": shown_on(page)})
    post.refresh_from_db()
    assert (post.rendering_refused_at, post.shown_rendering) == (None, "")


def test_what_was_refused_is_not_written_again_unless_its_writer_asks(client, coordinator, rendered):
    post, browser = rendered
    browser.post(f"/bijdragen/{post.pk}/vertaling/")
    assert "De schrijver wil geen vertaling" in client.get(f"{LIST}{post.pk}/change/").text
    again = act(client, post, rendering="Toch maar zo.")
    assert "De schrijver wilde geen vertaling" in again.text and "Toch maar zo." in again.text
    assert MARK not in page_of(post)
    act(client, post, lang="pl")  # the language may be corrected
    url = f"/bijdragen/{post.pk}/vertaling/"
    browser.post(url, {"terug": "1", "gezien": shown_on(browser.get(url))})
    assert DUTCH in page_of(post)
    browser.post(f"/bijdragen/{post.pk}/vertaling/")
    act(client, post, lang="pl", rendering="Toch maar zo.", again="on")
    assert "Toch maar zo." in page_of(post)


def test_a_refusal_while_a_moderator_writes_holds(client, coordinator, rendered):
    post, browser = rendered
    asked = Post.objects.get(pk=post.pk)
    browser.post(f"/bijdragen/{post.pk}/vertaling/")
    assert not moderating.speak(asked, coordinator, "tr", "Anders.", version=asked.version, again=False)
    assert MARK not in page_of(post)


def test_only_the_writer_may(client, browser_of, rendered):
    post, _ = rendered
    url = f"/bijdragen/{post.pk}/vertaling/"
    for other in (Client(), browser_of(factories.visitor())):
        assert other.get(url).status_code == other.post(url).status_code == 404
    assert Client().post(f"/bijdragen/{10**17}/vertaling/").status_code == 404
    assert MARK in page_of(post)


def test_without_a_rendering_there_is_nothing_to_refuse(written):
    post, browser = written
    assert browser.get(f"/bijdragen/{post.pk}/vertaling/")["Location"] == post.place
    browser.post(f"/bijdragen/{post.pk}/vertaling/")
    post.refresh_from_db()
    assert post.rendering_refused_at is None


# Where else it is, and where it is not


@pytest.mark.parametrize("state", ["held", "withdrawn", "removed", "erased"])
def test_it_goes_with_the_words(rendered, state):
    post, _ = rendered
    factories.become(post, state)
    answer = factories.post(parent=post) if state != "held" else post
    for path in (post.get_absolute_url(), answer.get_absolute_url(), "/", "/denk-praat-doe-mee/"):
        assert DUTCH not in Client().get(path).text


def test_erasing_takes_it_out_of_the_history_too(rendered):
    post, _ = rendered
    post.erase(by=None)
    assert (post.rendering, post.lang) == ("", "nl")
    assert not post.events.exclude(rendering="").exists()
    assert not post.events.exclude(lang="nl").exists()


def test_the_history_tells_of_it(rendered, coordinator):
    post, _ = rendered
    post.refuse_rendering()
    post.want_rendering(post.version)
    Post.objects.filter(pk=post.pk).update(text="Başka")
    Post.objects.filter(pk=post.pk).update(lang="pl")
    told = "\n".join(moment.what for moment in history_of(post))
    for what in (
        "in het Nederlands gezet",
        "de schrijver wil geen vertaling",
        "de schrijver wil weer een vertaling",
        "de tekst is veranderd; de vertaling staat er niet meer",
        "de taal is verbeterd",
    ):
        assert what in told


def test_what_is_still_to_be_rendered_is_a_list(client, coordinator, rendered):
    to_do = factories.post(lang="pl")
    factories.post()
    factories.post(lang="pl").remove(by=None, reason="reclame")
    page = client.get(f"{LIST}?toestand=anderstalig")
    assert [post.pk for post in page.context["cl"].result_list] == [to_do.pk]
    assert "Pools" in page.text


def test_the_yield_has_language_and_rendering(rendered):
    post, _ = rendered
    factories.post(post.question, text="Korte lijnen.")
    rows = book()["Stemmen"]
    assert column(rows, "Taal") == ["Turks", "Nederlands"]
    assert column(rows, "In het Nederlands") == [DUTCH, ""]
    lines = words().split("\n")
    assert f"In het Nederlands: {DUTCH}" in lines
    assert sum("taal: Turks" in line for line in lines) == 1
    post.refuse_rendering()
    assert DUTCH not in str(book())


def test_the_feed_has_it_beside_the_words(client, rendered):
    post, _ = rendered
    feed = client.get(f"{post.question.get_absolute_url()}feed/").text
    assert "lang=&quot;tr&quot;" in feed or 'lang="tr"' in feed
    assert DUTCH in feed
