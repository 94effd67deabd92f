"""The second step: who wrote the text that was kept, over time, in two browsers, and with what happens in between."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from PIL import Image
from procrastinate.contrib.django.models import ProcrastinateJob

from posts import queue, today
from posts.actions import confirming, moderating
from posts.composing import device
from posts.models.holds import Hold, Removal
from posts.models.posts import Post
from posts.screening import strangers
from tests.helpers import factories
from tests.helpers.browsers import as_visitor
from tests.helpers.logging_in import log_in
from tests.helpers.shown import as_read
from werkplaats.people import visitors
from werkplaats.people.models import User, Werkgebied
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
WAYS = pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
TEXT = "Bij ons helpt één vast gezicht."
PERSONAL = "Mijn zoon Daan heeft een vast gezicht."
PAGE = "/denk-praat-doe-mee/"
EMAIL = "ouder@example.org"


@pytest.fixture
def question():
    return factories.question()


@pytest.fixture
def create(question):
    return f"/vragen/{question.slug}/bijdragen/"


def words(text=TEXT, **fields) -> dict:
    """What the box sends."""
    return {"text": text, "moment": programs.moment(ago=10), **fields}


def somebody(**fields) -> dict:
    """What the second step sends."""
    return {"name": "Fatima", "role": factories.role().pk, **fields}


def kept(client, create, text=TEXT, **fields) -> Post:
    client.post(create, words(text, **fields))
    return Post.objects.get(text=text)


def step_of(post: Post) -> str:
    return f"/bijdragen/{post.pk}/afzender/"


def finish(client, post: Post, headers=None, **fields) -> Post:
    client.post(step_of(post), somebody(**fields), headers=headers or {})
    post.refresh_from_db()
    return post


def logged_in(email=EMAIL) -> Client:
    client = Client()
    client.force_login(User.objects.confirmed(email))
    return client


# What the first step keeps


@WAYS
@pytest.mark.parametrize("place", ["question", "answer"])
def test_a_text_is_kept_without_a_name_and_nobody_else_sees_it(client, create, question, headers, place):
    url = create if place == "question" else f"/bijdragen/{factories.post(question).pk}/antwoord/"
    answer = client.post(url, words(), headers=headers)
    post = Post.objects.get(text=TEXT)
    assert (post.name, post.role, post.email, post.author, post.finished_at) == ("Iemand", None, "", None, None)
    if headers:
        assert "<html" not in answer.text and "Hoe mogen we je noemen?" in answer.text
        assert f'hx-post="{step_of(post)}"' in answer.text
        assert answer.headers["X-Geplaatst"] == "1"
        # On the page of a thread other boxes may be open: its address stays.
        assert answer.headers.get("HX-Replace-Url") == (step_of(post) if place == "question" else None)
    else:
        assert answer.url == step_of(post)
        page = client.get(answer.url).text
        assert "Hoe mogen we je noemen?" in page and "<h1" in page and TEXT in page
        assert f'data-placed="{url}"' in page  # drafts.js drops the draft
    for path in (f"/bijdragen/{post.pk}/", question.get_absolute_url()):
        mine = client.get(path).text
        assert TEXT in mine and "Nog één stap" in mine and step_of(post) in mine
        assert f"/bijdragen/{post.pk}/wijzigen/" not in mine
    assert Client().get(f"/bijdragen/{post.pk}/").status_code == 404
    assert TEXT not in Client().get(question.get_absolute_url()).text
    assert not ProcrastinateJob.objects.exists()


@WAYS
def test_what_is_personal_is_asked_about_at_the_first_step_and_waits_then(client, create, headers):
    asked = client.post(create, words(PERSONAL), headers=headers)
    assert asked.status_code == 422 and "Klopt dit?" in asked.text and f"{PERSONAL}</textarea>" in asked.text
    assert not Post.objects.exists()
    consent = re.search(r'name="klopt" value="(\w+)"', asked.text)[1]
    client.post(create, words(PERSONAL, klopt=consent), headers=headers)
    post = Post.objects.get()
    assert "misschien staat er iets persoonlijks in" in client.get(step_of(post)).text
    assert finish(client, post).held_for == Hold.HINT


@WAYS
def test_a_name_is_asked_about_at_the_second_step(client, create, headers):
    post = kept(client, create)
    sent = somebody(meeting="ouders van mijn zoon Sem", meeting_size="3")
    asked = client.post(step_of(post), sent, headers=headers)
    assert asked.status_code == 422 and "Klopt dit?" in asked.text and 'value="Fatima"' in asked.text
    post.refresh_from_db()
    assert post.is_unfinished
    consent = re.search(r'name="klopt" value="(\w+)"', asked.text)[1]
    assert finish(client, post, headers, **sent, klopt=consent).held_for == Hold.HINT


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"moment": "nep"}, Hold.HURRIED),
        ({"website": "x"}, Hold.HURRIED),
        ({"text": "Kijk op www.winkel.nl/aanbieding"}, Hold.LINKS),
    ],
)
def test_what_looks_like_a_program_or_advertising_waits(client, create, sent, why):
    client.post(create, words() | sent)
    post = finish(client, Post.objects.get(), email=EMAIL)
    assert (post.held_for, post.is_waiting) == (why, True)
    assert ProcrastinateJob.objects.exists() == (why != Hold.HURRIED)


def test_a_program_that_fills_in_the_second_step_gets_no_mail_sent(client, create):
    post = finish(client, kept(client, create), website="x", email=EMAIL)
    assert post.held_for == Hold.HURRIED and not ProcrastinateJob.objects.exists()
    told = client.get(f"/bijdragen/{post.pk}/?geplaatst").text
    assert "Een programma lijkt dit te hebben ingevuld, misschien dat van je browser." in told
    assert "Daarom sturen we geen mail met een knop." in told and "Kijk in je mail" not in told


@WAYS
def test_twice_is_once(client, create, headers, mailbox):
    first, second = (client.post(create, words(), headers=headers) for _ in range(2))
    post = Post.objects.get()
    assert step_of(post) in (first.text or first.url) and step_of(post) in (second.text or second.url)
    for name in ("Fatima", "Fatima B."):
        finish(client, post, headers, name=name, email=EMAIL)
    assert (Post.objects.get().name, len(mailbox())) == ("Fatima", 1)
    # Who goes back and sends it once more gets to see what became of it.
    again = client.post(create, words(), headers=headers)
    assert Post.objects.count() == 1
    assert f"/bijdragen/{post.pk}/" in (again.text or again.url)


def test_the_same_words_a_minute_later_are_of_somebody_else(client, create):
    """Many people write on a computer at school: nobody is thanked by the name of another."""
    post = finish(client, kept(client, create), name="Xandra", email=EMAIL)
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(minutes=2))
    answer = client.post(create, words())
    other = Post.objects.exclude(pk=post.pk).get()
    assert answer.url.startswith(step_of(other))
    assert "Xandra" not in client.get(answer.url).text


def test_the_whole_of_a_page_that_was_open_finishes_what_was_kept(client, create, mailbox):
    post = kept(client, create)
    client.post(create, words() | somebody(email=EMAIL))
    post.refresh_from_db()
    assert (Post.objects.count(), post.name, post.email, len(mailbox())) == (1, "Fatima", EMAIL, 1)


@WAYS
def test_an_empty_field_and_a_closed_question(client, create, question, headers):
    empty = client.post(create, words("  "), headers=headers)
    assert empty.status_code == 422
    assert empty.text.count("Schrijf eerst iets in dit vak. Een paar woorden is al goed.") == 2
    factories.question()
    closed = client.post(create, words(), headers=headers)
    assert closed.status_code == 409 and f"{TEXT}</textarea>" in closed.text
    assert not Post.objects.exists()


def test_who_writes_very_much_is_slowed_at_the_first_step_alone(client, create):
    answers = [client.post(create, words(f"Tekst {number}")).status_code for number in range(12)]
    assert answers == [302] * 10 + [429] * 2
    for post in Post.objects.all():
        assert finish(client, post).finished_at


# Ceilings


@WAYS
def test_unfinished_texts_have_a_ceiling_of_their_own(client, create, headers, monkeypatch):
    monkeypatch.setattr(strangers, "MOST_WAITING", 1)
    monkeypatch.setattr(strangers, "MOST_UNFINISHED", 2)
    kept(client, create, "Eén.")
    kept(client, create, "Twee.")
    full = client.post(create, words(), headers=headers)
    assert full.status_code == 503 and f"{TEXT}</textarea>" in full.text and "Er komen nu heel veel" in full.text
    Post.objects.filter(text="Eén.").update(created_at=timezone.now() - timedelta(days=2))
    assert kept(client, create, "Drie.").is_unfinished
    assert not strangers.queue_is_full()


@WAYS
def test_a_full_queue_keeps_the_text_and_takes_it_later(client, create, headers, monkeypatch):
    post = kept(client, create)
    monkeypatch.setattr(strangers, "MOST_WAITING", 0)
    full = client.post(step_of(post), somebody(), headers=headers)
    assert full.status_code == 503 and 'value="Fatima"' in full.text and "Je bijdrage is bewaard, maar" in full.text
    monkeypatch.undo()
    assert finish(client, post, headers).is_waiting


# What moderators see


def test_it_is_in_no_queue_and_in_a_list_of_its_own(client, create, staff_client):
    post = kept(client, create)
    assert not Post.objects.for_moderator().exists() and not Post.objects.waiting().exists()
    assert queue.what_waits() == [] and today.waiting()["count"] == 0
    assert TEXT not in staff_client.get("/beheer/posts/post/?toestand=te-doen").text
    assert TEXT not in staff_client.get("/beheer/posts/post/?toestand=wacht").text
    listed = staff_client.get("/beheer/posts/post/?toestand=nog-een-stap").text
    assert TEXT in listed and "nog één stap" in listed
    assert "met «Goedkeuren» staat er ‘Iemand’" in staff_client.get(f"/beheer/posts/post/{post.pk}/change/").text
    finish(client, post)
    assert queue.what_waits() and today.waiting()["count"] == 1
    history = staff_client.get(f"/beheer/posts/post/{post.pk}/history/").text
    assert "nog zonder naam en rol" in history and "de schrijver vulde in wie die is" in history


@pytest.mark.parametrize(("days", "shown"), [(30.01, "blijven-liggen"), (29.99, "nog-een-stap")])
def test_what_was_left_for_a_month_hides_nothing_of_which_a_sender_may_come(client, create, staff_client, days, shown):
    post = kept(client, create)
    Post.objects.filter(pk=post.pk).update(created_at=timezone.now() - timedelta(days=days))
    lists = ("nog-een-stap", "blijven-liggen")
    assert [name for name in lists if TEXT in staff_client.get(f"/beheer/posts/post/?toestand={name}").text] == [shown]


@pytest.fixture
def staff_client(settings):
    settings.DEMO = True
    client = Client()
    client.force_login(factories.coordinator())
    return client


def approve(post: Post) -> moderating.Decided:
    decided = moderating.approve([post], factories.coordinator(), {post.pk: post.version})
    post.refresh_from_db()
    return decided


@WAYS
def test_a_moderator_who_is_quicker_shows_it_as_somebodys(client, create, headers):
    post = kept(client, create)
    assert approve(post).done == 1
    assert post.is_public and post.finished_at
    seen = Client().get(f"/bijdragen/{post.pk}/").text
    assert TEXT in seen and "Iemand" in seen and "None" not in seen
    late = client.post(step_of(post), somebody(email=EMAIL), headers=headers)
    page = client.get(late.headers.get("HX-Redirect") or late.url).text
    assert "Een moderator zette je bijdrage al online" in page and f"/bijdragen/{post.pk}/wijzigen/" in page
    post.refresh_from_db()
    assert (post.name, post.role, post.email) == ("Iemand", None, "")  # unread names are never public
    assert not ProcrastinateJob.objects.exists()


def test_what_was_finished_since_is_not_approved_as_it_was(client, create):
    post = kept(client, create)
    listed = Post.objects.get(pk=post.pk)
    finish(client, post)
    assert (approve(listed).done, listed.is_public) == (0, False)


@WAYS
def test_a_moderator_takes_it_away_in_between(client, create, headers):
    post = kept(client, create)
    moderating.remove([post], factories.coordinator(), "kwetsend", as_read(post))
    late = client.post(step_of(post), somebody(), headers=headers)
    assert late.status_code == 404 and "Een moderator haalde je bijdrage weg" in late.text
    post.refresh_from_db()
    assert (post.name, post.removal) == ("Iemand", Removal.MODERATOR)


# Time, and two browsers


@WAYS
def test_two_tabs_at_once(client, create, headers):
    client.get(PAGE)
    first, second = kept(client, create, "Uit het ene tabblad."), kept(client, create, "Uit het andere.")
    finish(client, second, headers, name="Bram")
    finish(client, first, headers)
    assert [(post.text, post.name) for post in Post.objects.order_by("pk")] == [
        ("Uit het ene tabblad.", "Fatima"),
        ("Uit het andere.", "Bram"),
    ]


@WAYS
def test_without_the_cookie_a_kind_page_tells_nobody_anything(client, create, headers):
    post = kept(client, create)
    del client.cookies[visitors.COOKIE.name]
    pages = [
        browser.post(path, somebody(), headers=headers)
        for browser, path in [
            (client, step_of(post)),
            (Client(), step_of(post)),
            (Client(), "/bijdragen/999/afzender/"),
        ]
    ]
    assert [page.status_code for page in pages] == [404] * 3
    assert all("We kennen dit apparaat niet meer" in page.text and TEXT not in page.text for page in pages)
    assert Client().get(step_of(post)).status_code == 404
    assert Post.objects.unfinished().get() == post  # a moderator still finds it


@WAYS
def test_a_question_that_closes_in_between_still_takes_it(client, create, headers):
    post = kept(client, create)
    factories.question()
    assert "Hoe mogen we je noemen?" in client.get(step_of(post)).text
    finish(client, post, headers)
    assert post.finished_at and post.is_waiting and post.name == "Fatima"


@WAYS
def test_who_logs_in_between_says_first_that_it_was_them(client, create, headers):
    post = kept(client, create)
    User.objects.confirmed(EMAIL)
    log_in(client, EMAIL)
    asked = client.post(step_of(post), somebody(), headers=headers)
    place = asked.headers.get("HX-Redirect") or asked.url
    assert place.startswith("/accounts/") and "afzender" in place
    post.refresh_from_db()
    assert post.is_unfinished and not post.author
    page = client.get(place).text
    assert TEXT in page
    seen = re.search(r'name="gezien" value="(\w+)"', page)[1]
    answer = client.post("/accounts/was-jij-dat/", {"next": step_of(post), "gezien": seen, "antwoord": "ja"})
    assert answer.url == step_of(post)
    assert "meteen online" in client.get(answer.url).text
    finish(client, post, headers)
    assert post.is_public and post.author.email == EMAIL
    assert ProcrastinateJob.objects.filter(task_name="posts.tasks.send_confirmation").count() == 0


def test_who_logs_out_in_between_is_another(create):
    client = logged_in()
    post = kept(client, create)
    client.logout()
    assert client.get(step_of(post)).status_code == 404
    assert Post.objects.unfinished().count() == 1


def test_a_session_that_ended_puts_nothing_in_anothers_name(create):
    client = logged_in()
    post = kept(client, create)
    other = as_visitor(Client(), post.visitor)  # the cookie is there, the session is not
    assert other.post(step_of(post), somebody(name="Mallory")).status_code == 404
    post.refresh_from_db()
    assert post.name == "Iemand"


@WAYS
def test_not_to_be_placed_after_all(client, create, headers):
    post = kept(client, create)
    client.get(step_of(post))
    assert client.post(f"/bijdragen/{post.pk}/weghalen/").status_code == 302
    assert TEXT not in client.get(PAGE).text
    late = client.post(step_of(post), somebody(), headers=headers)
    assert (late.headers.get("HX-Redirect") or late.url) == f"/bijdragen/{post.pk}/weghalen/"
    client.post(f"/bijdragen/{post.pk}/weghalen/", {"terug": "1"})
    assert finish(client, post).is_waiting
    assert post.name == "Fatima"


def test_changing_what_is_unfinished_is_finishing_it(client, create):
    post = kept(client, create)
    assert client.get(f"/bijdragen/{post.pk}/wijzigen/").url == step_of(post)


def test_no_address_claims_what_is_unfinished(client, create):
    kept(client, create)
    User.objects.confirmed(EMAIL)
    assert not Post.objects.unclaimed_under("").filter(finished_at=None).exists()
    assert confirming.asked(Post.objects.unclaimed_under(EMAIL), EMAIL, "") == []


def test_the_database_lets_nothing_unfinished_be_public_or_have_a_sender(client, create):
    post = kept(client, create)
    for change in (
        {"published_at": timezone.now()},
        {"email": EMAIL},
        {"role": factories.role()},
        {"asked_at": timezone.now()},
        {"author": User.objects.confirmed(EMAIL)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.filter(pk=post.pk).update(**change)


# Who they are


@WAYS
def test_without_a_name_it_is_somebody_and_no_place_is_shown(client, create, headers):
    werkgebied = Werkgebied.objects.create(name="Schagen")
    post = finish(client, kept(client, create), headers, name="", werkgebied=werkgebied.pk)
    assert (post.name, post.werkgebied) == ("Iemand", werkgebied)
    post.publish()
    assert "Schagen</span>" not in Client().get(f"/bijdragen/{post.pk}/").text


@WAYS
def test_a_pupil_leaves_no_name_address_or_picture_and_always_waits(client, create, headers, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    pupil = factories.role("leerling", is_pupil=True)
    sent = {"role": pupil.pk, "name": "Daan", "email": "kind@example.org", "picture": photo()}
    post = finish(client, kept(client, create), headers, **sent)
    assert (post.name, post.email, post.picture, post.held_for) == ("Een leerling", "", None, Hold.PUPIL)
    assert not ProcrastinateJob.objects.exists()
    thanks = client.get(f"/bijdragen/{post.pk}/?geplaatst").text
    assert "Fijn dat je meedoet. Wij lezen eerst mee." in thanks and "Daan" not in thanks


def test_who_needs_a_role(client, create):
    post = kept(client, create)
    answer = client.post(step_of(post), {"name": "Fatima"})
    assert answer.status_code == 422 and answer.text.count("Kies je rol.") == 2 and 'value="Fatima"' in answer.text


def photo():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return SimpleUploadedFile("foto.png", file.getvalue(), "image/png")


@WAYS
def test_a_photo_a_meeting_and_a_place_come_along_and_the_photo_survives_a_mistake(
    client, create, headers, tmp_path, settings
):
    settings.MEDIA_ROOT = tmp_path
    post = kept(client, create)
    sent = somebody(alt="Een boom", no_children="on", meeting="Team 5", meeting_size="8")
    wrong = client.post(step_of(post), sent | {"picture": photo(), "role": ""}, headers=headers)
    assert wrong.status_code == 422
    name = re.search(r'name="kept" value="(\w+)"', wrong.text)[1]
    for _ in range(2):
        client.post(step_of(post), sent | {"kept": name}, headers=headers)
    post.refresh_from_db()
    assert (post.picture.name, post.picture.alt, post.meeting, post.meeting_size) == (name, "Een boom", "Team 5", 8)


@WAYS
def test_the_talk_card_asks_for_the_meeting(client, create, headers):
    """Its fold is open, and the meeting comes first in it; who reloads the page finds it so."""
    answer = client.post(create, words(overleg="1"), headers=headers)
    step = client.get(answer.url).text if not headers else answer.text
    fold = step.partition("Foto, overleg of werkgebied erbij")
    assert re.search(r'<details class="fold" open>\s*<summary><span class="not-for-pupils">$', fold[0])
    assert 0 < fold[2].index("Schrijf je namens een overleg?") < fold[2].index('name="picture"')
    assert step.count('name="meeting"') == 1
    assert (answer.headers["HX-Replace-Url"] if headers else answer.url).endswith("?overleg")


@pytest.mark.parametrize(
    ("sent", "help_text"),
    [
        ({}, "Sneller online, en niemand ziet je adres."),
        ({"text": "Kijk op https://school.example"}, "Je krijgt een mail om te zeggen dat jij dit schreef."),
        ({"moment": "nep"}, None),
    ],
    ids=["free", "held", "hurried"],
)
def test_an_address_is_asked_for_what_it_does(client, create, sent, help_text):
    """With what is held it speeds nothing, and who seems a program is mailed nothing."""
    step = client.post(create, words() | sent, follow=True).text
    assert ('name="email"' in step) == bool(help_text)
    assert (help_text or "Hoe mogen we je noemen?") in step


# Who is known skips it


@WAYS
def test_a_device_that_remembers_asks_nothing_again(client, create, question, headers):
    finish(client, kept(client, create), remember="on")
    assert device.COOKIE.name in client.cookies
    box = client.get(PAGE).text
    assert 'Je schrijft als <b dir="auto">Fatima, ouder</b>' in box and "Begin opnieuw" in box
    answer_to = factories.post(question)
    assert "Je schrijft als" in client.get(f"/bijdragen/{answer_to.pk}/antwoord/").text
    sent = words("Nog iets.") | somebody(remember="on")
    assert "Hoe mogen we je noemen?" not in client.post(create, sent, headers=headers, follow=True).text
    assert Post.objects.get(text="Nog iets.").name == "Fatima"


def test_without_the_tick_it_is_asked_again(client, create):
    finish(client, kept(client, create))
    assert "Je schrijft als" not in client.get(PAGE).text
    assert client.post(create, words("Nog iets.")).url == step_of(Post.objects.get(text="Nog iets."))


def test_who_is_logged_in_is_asked_once_and_then_known(create):
    client = logged_in()
    assert "Je schrijft als" not in client.get(PAGE).text
    post = finish(client, kept(client, create))
    assert post.is_public
    assert 'Je schrijft als <b dir="auto">Fatima, ouder</b>' in client.get(PAGE).text
    client.logout()
    assert "Je schrijft als" not in client.get(PAGE).text
    assert "Je schrijft als" in logged_in().get(PAGE).text  # in another browser too
    assert "Je schrijft als" not in logged_in("ander@example.org").get(PAGE).text


def test_a_role_that_is_no_more_is_asked_again(client, create):
    role = factories.role("gast")
    finish(client, kept(client, create), role=role.pk, remember="on")
    Post.objects.update(role=factories.role())
    Post.objects.first().visitor.says_to_be(factories.role())
    role.delete()
    assert "Je schrijft als" not in client.get(PAGE).text


def test_the_thanks_tell_a_name_to_its_writer_alone(client, create):
    post = finish(client, kept(client, create), email=EMAIL)
    page = f"/bijdragen/{post.pk}/?geplaatst"
    assert "Dank je wel, <bdi>Fatima</bdi>!" in client.get(page).text
    post.publish()
    assert "Dank je wel!" in Client().get(page).text  # who pressed the button in the mail, on another device
    post.hold(Hold.REPORTED)
    for other in (Client(), logged_in("ander@example.org")):
        seen = other.get(page).text
        assert "Fatima" not in seen and "Dank je wel" not in seen and "example.org)" not in seen
