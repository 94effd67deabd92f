"""One's own contributions: changing them, taking them away for an hour or for good, and the hints on the way."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from posts.actions import writing
from posts.actions.confirming import Changed
from posts.actions.writing import Writer
from posts.models.holds import Hold, Removal
from posts.models.posts import UNDO, Post
from posts.models.saying import mark_of
from posts.screening import hints
from tests.helpers import factories
from tests.helpers.browsers import as_visitor, left_by
from tests.helpers.races import in_between
from tests.helpers.shown import to_change
from werkplaats.people.models import User, Werkgebied
from werkplaats.pictures.models import Picture
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
OLD, NEW = "Korte lijnen met de consulent.", "Korte lijnen, en één vast gezicht."


@pytest.fixture
def written(browser_of):
    """A stranger's post that waits, and their browser."""
    visitor = factories.visitor()
    post = factories.post(visitor=visitor, text=OLD, published=False)
    return post, browser_of(visitor)


def form(post, **fields) -> dict:
    return to_change(post, text=NEW, name="Fatima") | fields


def confirmed(**fields) -> tuple[Post, Client]:
    """A public post of a confirmed writer, and their browser."""
    user = User.objects.confirmed("ouder@example.org")
    browser = Client()
    browser.force_login(user)
    return factories.post(author=user, text=OLD, **fields), browser


@pytest.mark.parametrize("what", ["wijzigen", "weghalen"])
def test_only_the_writer_may(client, browser_of, what):
    post = factories.post(text=OLD)
    for browser in (client, browser_of(factories.visitor())):
        url = f"/bijdragen/{post.pk}/{what}/"
        assert browser.get(url).status_code == browser.post(url, form(post)).status_code == 404
        assert browser.post(f"/bijdragen/{10**17}/{what}/").status_code == 404
    post.refresh_from_db()
    assert (post.text, post.removed_at) == (OLD, None)


def test_a_writer_changes_what_waits(written):
    post, browser = written
    html = browser.get(f"/bijdragen/{post.pk}/wijzigen/").text
    assert f"{OLD}</textarea>" in html
    assert f'<option value="{post.role_id}" selected' in html
    assert 'name="email"' not in html
    assert 'name="picture"' not in html
    answer = browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post, meeting="Team", meeting_size="7"), follow=True)
    post.refresh_from_db()
    assert (post.text, post.meeting, post.meeting_size, post.is_waiting) == (NEW, "Team", 7, True)
    assert post.edited_at
    assert "Je wijziging is bewaard." in answer.text
    assert "bewerkt" in answer.text
    assert OLD in {event.text for event in post.events.all()}  # for moderators


def test_a_confirmed_writer_changes_what_is_public_at_once():
    post, browser = confirmed()
    browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post))
    page = Client().get(f"/bijdragen/{post.pk}/").text
    assert NEW in page
    assert OLD not in page
    assert "bewerkt" in page


def test_nothing_changed_is_no_change(written):
    post, browser = written
    browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post, text=OLD))
    post.refresh_from_db()
    assert post.edited_at is None


def test_what_a_stranger_changes_after_approval_is_read_again(written):
    post, browser = written
    post.publish(factories.coordinator(), vetted=True)
    assert "Een moderator leest je nieuwe tekst eerst" in browser.get(f"/bijdragen/{post.pk}/wijzigen/").text
    page = browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post), follow=True).text
    post.refresh_from_db()
    assert (post.text, post.is_held, post.held_for) == (NEW, True, Hold.EDITED)
    assert "nadat een moderator hem had gelezen" in page
    assert NEW not in Client().get(f"/bijdragen/{post.pk}/").text
    # The held text may be changed again, and stays held.
    browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post, text="Toch anders."))
    post.refresh_from_db()
    assert (post.text, post.is_held) == ("Toch anders.", True)


def test_a_change_is_looked_at_like_a_new_text(written):
    post, browser = written
    url, text = f"/bijdragen/{post.pk}/wijzigen/", "Mijn zoon Daan belt 0612345678."
    answer = browser.post(url, form(post, text=text))
    assert answer.status_code == 422
    assert "Klopt dit? Noem geen namen van kinderen." in answer.text
    assert f"{text}</textarea>" in answer.text
    post.refresh_from_db()
    assert post.text == OLD
    words = f"{text}\nFatima\n"
    browser.post(url, form(post, text=text, klopt=hints.consent(words)))
    post.refresh_from_db()
    assert (post.text, post.held_for) == (text, Hold.HINT)


def test_a_hint_holds_the_change_of_a_confirmed_writer_too():
    post, browser = confirmed()
    text = "Bel 0612345678."
    consent = hints.consent(f"{text}\nFatima\n")
    browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post, text=text, klopt=consent))
    post.refresh_from_db()
    assert (post.is_held, post.held_for) == (True, Hold.HINT)
    assert text not in Client().get(f"/bijdragen/{post.pk}/").text


def test_a_stranger_who_adds_a_link_waits(written):
    post, browser = written
    browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post, text="Zie www.winkel.example"))
    post.refresh_from_db()
    assert post.held_for == Hold.LINKS


def test_who_turns_out_to_be_a_pupil_has_no_address_and_no_picture():
    post, browser = confirmed(
        email="ouder@example.org", picture=Picture.objects.create(name="a" * 32, width=9, height=9)
    )
    pupil = factories.role("leerling", is_pupil=True)
    browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post, role=pupil.pk))
    post.refresh_from_db()
    assert (post.email, post.picture, post.held_for, post.is_held) == ("", None, Hold.PUPIL, True)
    assert not Picture.objects.exists()
    # And being no pupil after all does not publish it.
    browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post))
    post.refresh_from_db()
    assert (post.held_for, post.is_held) == (Hold.PUPIL, True)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "\u200b"}, "Schrijf eerst iets in dit vak. Een paar woorden is al goed."),
        ({"name": "\x00"}, "Vul je naam in."),
        ({"role": "9" * 5000}, "Kies een rol uit de lijst."),
        ({"meeting_size": str(2**63), "meeting": "Team"}, "Vul een aantal mensen in"),
        ({"text": "é" * 5000}, "Maak je tekst korter"),
    ],
)
def test_a_mistake_changes_nothing(written, fields, message):
    post, browser = written
    answer = browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post, **fields))
    assert answer.status_code == 422
    assert message in answer.text
    post.refresh_from_db()
    assert (post.text, post.name) == (OLD, "Fatima")


def test_a_writer_takes_it_away_and_puts_it_back(written):
    post, browser = written
    post.publish(factories.coordinator())
    url = f"/bijdragen/{post.pk}/weghalen/"
    assert "Ja, haal weg" in browser.get(url).text
    post.refresh_from_db()
    assert post.is_public  # a link changes nothing
    page = browser.post(url, follow=True).text
    assert "Zet terug" in page
    assert OLD not in Client().get(f"/bijdragen/{post.pk}/").text
    page = browser.post(url, {"terug": "1"}, follow=True).text
    assert "Je bijdrage is teruggezet." in page
    assert OLD in Client().get(f"/bijdragen/{post.pk}/").text
    # Pressed once more, nothing happens.
    browser.post(url, {"terug": "1"})
    post.refresh_from_db()
    assert post.is_public


def test_what_waits_may_go_and_come_back_to_wait(written):
    post, browser = written
    url = f"/bijdragen/{post.pk}/weghalen/"
    browser.post(url)
    assert browser.get(f"/bijdragen/{post.pk}/").status_code == 404
    assert browser.get(f"/bijdragen/{post.pk}/wijzigen/").url == url
    browser.post(url, {"terug": "1"})
    post.refresh_from_db()
    assert post.is_waiting


def test_after_an_hour_it_stays_away(written):
    post, browser = written
    url = f"/bijdragen/{post.pk}/weghalen/"
    browser.post(url)
    Post.objects.filter(pk=post.pk).update(removed_at=timezone.now() - UNDO - timedelta(minutes=1))
    assert "Zet terug" not in browser.get(url).text
    browser.post(url, {"terug": "1"})
    post.refresh_from_db()
    assert post.removal == Removal.WRITER


def test_taking_away_and_back_does_not_undo_a_hold(written):
    post, browser = written
    post.publish(factories.coordinator())
    post.hold(Hold.REPORTED)
    url = f"/bijdragen/{post.pk}/weghalen/"
    browser.post(url)
    post.refresh_from_db()
    assert post.removal == Removal.WRITER
    browser.post(url, {"terug": "1"})
    post.refresh_from_db()
    assert (post.is_held, post.held_for, post.is_public) == (True, Hold.REPORTED, False)


def test_what_a_moderator_took_away_is_not_the_writers_to_change(written):
    post, browser = written
    post.remove(by=None, reason="Er stond een naam in.")
    for what in ("wijzigen", "weghalen"):
        assert browser.post(f"/bijdragen/{post.pk}/{what}/", form(post) | {"terug": "1"}).status_code == 404
    post.refresh_from_db()
    assert (post.text, post.removal) == (OLD, Removal.MODERATOR)


def test_the_writer_finds_the_links_at_their_own_post(written):
    post, browser = written
    html = browser.get(f"/bijdragen/{post.pk}/").text
    for what in ("wijzigen", "weghalen"):
        assert f'href="/bijdragen/{post.pk}/{what}/"' in html
    post.publish()
    assert f'href="/bijdragen/{post.pk}/wijzigen/"' not in Client().get(f"/bijdragen/{post.pk}/").text


def test_the_writer_takes_a_photo_away(image_row):
    post, browser = confirmed(picture=image_row(), picture_shown_at=timezone.now())
    url = f"/bijdragen/{post.pk}/wijzigen/"
    page = browser.get(url).text
    assert "Haal deze foto weg" in page and post.picture.small in page
    browser.post(url, form(post))
    post.refresh_from_db()
    assert post.picture  # a change of words leaves it
    browser.post(url, form(post, drop_picture="on"))
    post.refresh_from_db()
    assert (post.picture, post.picture_shown_at, post.is_public) == (None, None, True)
    assert not Picture.objects.exists()
    assert "Haal deze foto weg" not in browser.get(url).text


def test_strangers_are_asked_for_no_moment_when_they_change(written):
    """The trap and the clock are for new posts; a change is of someone who has a cookie."""
    post, browser = written
    browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post, **{programs.TRAP: "x"}))
    post.refresh_from_db()
    assert (post.text, post.held_for) == (NEW, "")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"held_for": "pupil"}, "zoals bij alle leerlingen"),
        ({"held_for": "hint"}, "misschien staat er iets persoonlijks in"),
        ({"held_for": "links"}, "er staat een link in"),
        ({"held_for": "record"}, "haalde eerder iets van je weg"),
        ({"held_for": "hurried"}, "een programma lijkt dit te hebben ingevuld"),
        ({"held_for": "hint", "email": "a@example.org", "asked_at": timezone.now()}, "Kijk intussen in je mail"),
        ({"email": "a@example.org", "asked_at": timezone.now()}, "Kijk in je mail en druk daar op de knop"),
        ({"email": "a@example.org"}, "dus nu niet nog een"),
        ({}, "meestal binnen twee werkdagen"),
    ],
)
def test_the_writer_reads_what_happens_next(browser_of, fields, says):
    post = factories.post(published=False, **fields)
    html = browser_of(post.visitor).get(f"/bijdragen/{post.pk}/").text
    assert says in html
    assert "Alleen jij ziet dit nu." in html


@pytest.mark.parametrize(
    ("why", "says"), [("reported", "Een moderator leest dit na"), ("edited", "je veranderde je tekst")]
)
def test_the_writer_of_held_words_reads_why_and_may_change_them(browser_of, why, says):
    post = factories.post(text=OLD)
    post.hold(why)
    html = browser_of(post.visitor).get(f"/bijdragen/{post.pk}/").text
    assert says in html
    assert OLD in html
    assert f'<a href="/bijdragen/{post.pk}/wijzigen/">wijzigen</a>' in html
    assert OLD not in Client().get(f"/bijdragen/{post.pk}/").text


def test_what_is_typed_on_a_device_that_kept_somebodys_cookie_is_not_theirs():
    """The session ended on a school computer; the cookie is still there, and another child types."""
    coco = factories.user()
    cookie_of_coco = factories.visitor(user=coco)
    child = left_by(cookie_of_coco)
    question, role = factories.question(), factories.role()
    sent = {"text": "Meer gym.", "name": "Kim", "role": role.pk, "moment": programs.moment(ago=10)}
    child.get(question.get_absolute_url())
    for _ in range(2):  # a double click: the second went off before the first answer brought another cookie
        child = as_visitor(child, cookie_of_coco)
        child.post(f"{question.get_absolute_url()}bijdragen/", sent)
    post = Post.objects.get(text="Meer gym.")
    assert post.visitor != cookie_of_coco and post.visitor.user is None
    assert child.get(f"/bijdragen/{post.pk}/wijzigen/").status_code == 200
    cookie_of_coco.refresh_from_db()
    assert cookie_of_coco.role is None


# Two devices


@pytest.mark.parametrize("field", ["text", "name", "role", "werkgebied", "meeting"])
def test_a_page_that_lay_open_puts_nothing_back_unseen(field):
    post, phone = confirmed()
    laptop = Client()
    laptop.force_login(post.author)
    url = f"/bijdragen/{post.pk}/wijzigen/"
    lay_open = to_change(post)
    other = factories.role("leraar") if field == "role" else Werkgebied.objects.create(name="Zuid")
    changed = {"text": "Zonder die naam.", "name": "F.", "role": other.pk, "werkgebied": other.pk}
    changed |= {"meeting": "Team van groep 3", "meeting_size": "7"}
    sent = {name: changed[name] for name in changed if name.startswith(field)}
    phone.post(url, to_change(post, **sent))
    post.refresh_from_db()
    version, now = post.version, getattr(post, field)
    told = laptop.post(url, lay_open | {"name": "Fatima Z."})
    assert told.status_code == 409
    assert "misschien door jou op een ander apparaat" in told.text
    assert str(now) in told.text.partition("<blockquote")[2].partition("</blockquote>")[0]
    assert 'value="Fatima Z."' in told.text and f"{OLD}</textarea>" in told.text  # what was typed
    post.refresh_from_db()
    assert (post.version, getattr(post, field)) == (version, now)
    again = lay_open | {"name": "Fatima Z.", "gezien": re.search(r'name="gezien" value="(\w+)"', told.text)[1]}
    assert laptop.post(url, again).status_code == 302
    post.refresh_from_db()
    assert (post.text, post.name, post.meeting) == (OLD, "Fatima Z.", "")


def test_a_second_tap_on_bewaar_is_no_change_of_another_device():
    post, browser = confirmed()
    sent = form(post)
    for _ in range(2):
        assert browser.post(f"/bijdragen/{post.pk}/wijzigen/", sent).status_code == 302


def test_a_page_that_does_not_say_what_it_showed_asks():
    post, browser = confirmed()
    for seen in ("", "0" * 16):
        assert browser.post(f"/bijdragen/{post.pk}/wijzigen/", form(post, gezien=seen)).status_code == 409
    post.refresh_from_db()
    assert post.text == OLD


def test_what_is_to_be_mended_first_tells_of_the_other_device_too():
    post, browser = confirmed()
    lay_open = to_change(post, text="")
    post.edit(text=NEW)
    told = browser.post(f"/bijdragen/{post.pk}/wijzigen/", lay_open)
    assert told.status_code == 422
    assert f"<p>{NEW}</p>" in told.text and "ander apparaat" in told.text


def test_a_moderator_who_corrects_the_language_or_renders_changes_no_words():
    """Nor does the page that lay open undo what they did."""
    post, browser = confirmed(lang="en")
    lay_open = form(post, text=OLD, name="Fatima Z.")
    assert post.speak("tr", "Korte lijnen.", factories.user(), version=post.version)
    assert browser.post(f"/bijdragen/{post.pk}/wijzigen/", lay_open).status_code == 302
    post.refresh_from_db()
    assert (post.name, post.lang, post.shown_rendering) == ("Fatima Z.", "tr", "Korte lijnen.")


@pytest.mark.django_db(transaction=True)
def test_of_two_devices_that_save_at_the_same_moment_one_is_told():
    post, _ = confirmed()
    writer, seen = Writer(None, post.author), mark_of(post)

    def save(text):
        content = {"text": text, "name": post.name, "role": post.role}
        return lambda: writing.edit(Post.objects.get(), writer, content, seen=seen)

    (told,) = in_between(save("Van de telefoon."), save("Van de laptop."))
    assert isinstance(told, Changed)
    assert Post.objects.get().text == "Van de telefoon."


def test_what_was_typed_survives_that_another_device_took_the_post_away():
    post, laptop = confirmed()
    url = f"/bijdragen/{post.pk}/wijzigen/"
    sent = form(post)
    Post.objects.get(pk=post.pk).withdraw()
    page = laptop.post(url, sent, follow=True)
    assert page.redirect_chain[-1][0] == f"/bijdragen/{post.pk}/weghalen/" and NEW in page.text
    laptop.post(f"/bijdragen/{post.pk}/weghalen/", {"terug": "1"})
    assert f"{NEW}</textarea>" in laptop.get(url).text
    post.refresh_from_db()
    assert (post.text, post.is_public) == (OLD, True)  # nothing is saved until they say so
