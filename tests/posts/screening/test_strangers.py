"""Programs and strangers with links: taken, never public by themselves, and nobody behind the same IP suffers."""

import re

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from posts.models.holds import Hold
from posts.models.posts import Post
from posts.models.questions import Question
from posts.screening import strangers
from tests.helpers import factories
from tests.helpers.clock import Clock
from tests.helpers.shown import to_change
from werkplaats.people.models import User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
MAIL = "ouder@example.org"


@pytest.fixture
def create():
    return f"/vragen/{factories.question().slug}/bijdragen/"


def form(**fields) -> dict:
    sent = {"text": "Korte lijnen.", "name": "Fatima", "role": factories.role().pk, "email": MAIL}
    return sent | {"moment": programs.moment(ago=10)} | fields


@pytest.mark.parametrize(
    "fields",
    [
        {"website": "https://winkel.example"},
        {"moment": ""},
        {"moment": "9999:xyz"},
        {"moment": "\ud800"},
        {"moment": "a\x00b"},
        {"moment": "9" * 100_000},
        {"moment": programs.signer.sign("geen getal")},
    ],
)
@pytest.mark.parametrize("known", [False, True], ids=["stranger", "confirmed"])
def test_what_a_program_sends_is_taken_and_never_public_by_itself(client, create, fields, known):
    if known:
        client.force_login(User.objects.confirmed(MAIL))
    body = "&".join(f"{name}={quoted(value)}" for name, value in form(**fields).items())
    arrived = client.post(create, body, content_type="application/x-www-form-urlencoded", follow=True)
    post = Post.objects.get()
    assert (post.held_for, post.asked_at, post.is_waiting) == (Hold.HURRIED, None, True)
    assert not ProcrastinateJob.objects.exists()
    assert "Wacht op goedkeuring: een programma lijkt dit te hebben ingevuld" in arrived.text
    assert "Kijk in je mail" not in arrived.text and "Daarom sturen we geen mail met een knop." in arrived.text
    assert not post.confirm(User.objects.confirmed(MAIL))
    assert not Post.objects.get().published_at


def quoted(value) -> str:
    from urllib.parse import quote

    return quote(str(value), errors="surrogatepass")


@pytest.mark.parametrize(("ago", "held_for"), [(0, "hurried"), (1.5, "hurried"), (3, ""), (30 * 24 * 3600, "")])
def test_nobody_writes_in_two_seconds_but_a_form_may_be_open_for_days(client, create, ago, held_for, monkeypatch):
    Clock(monkeypatch)
    client.post(create, form(moment=programs.moment(ago=ago)))
    assert Post.objects.get().held_for == held_for
    assert ProcrastinateJob.objects.exists() == (not held_for)


def test_every_box_has_a_moment_of_its_own_and_a_trap_that_nobody_sees(client, create, monkeypatch):
    Clock(monkeypatch)
    parent = factories.post()
    for url in ("/denk-praat-doe-mee/", "/", f"/bijdragen/{parent.pk}/antwoord/"):
        html = client.get(url).text
        assert programs.age(re.search(r'name="moment" value="([^"]+)"', html)[1]) < 2
        trap = re.search(r"<p[^>]*><label>[^<]*<input name=\"website\"[^>]*>", html)[0]
        assert 'class="beside" aria-hidden="true"' in trap
        assert 'tabindex="-1" autocomplete="off"' in trap


def test_a_form_that_comes_back_keeps_its_moment(client, create):
    """Else who mends a mistake within two seconds would be taken for a program."""
    moment = programs.moment(ago=60)
    assert f'value="{moment}"' in client.post(create, form(text="", moment=moment)).text
    assert 'value="nep"' not in client.post(create, form(text="", moment="nep")).text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_who_writes_very_much_is_slowed_kindly(client, create, headers):
    answers = [client.post(create, form(text=f"Tekst {number}"), headers=headers) for number in range(15)]
    assert [answer.status_code for answer in answers] == [answers[0].status_code] * 10 + [429] * 5
    assert "Je schrijft snel! Wacht een paar minuten" in answers[-1].text
    assert "Tekst 14</textarea>" in answers[-1].text
    assert Post.objects.count() == 10
    # What is there already may be sent again: that is a double click.
    again = client.post(create, form(text="Tekst 3"), headers=headers)
    assert again.status_code == answers[0].status_code
    # Someone else at the same school notices nothing of it.
    assert Client().post(create, form(text="Van een ander")).status_code == 302


def test_a_change_counts_too(client, create):
    client.post(create, form())
    post = Post.objects.get()
    statuses = []
    for number in range(12):
        post.refresh_from_db()
        sent = to_change(post, text=f"Tekst {number}")
        statuses.append(client.post(f"/bijdragen/{post.pk}/wijzigen/", sent).status_code)
    assert statuses == [302] * 9 + [429] * 3


def test_a_coordinator_who_types_in_what_a_room_wrote_is_not_slowed(client, create, settings):
    settings.DEMO = True
    client.force_login(factories.coordinator())
    pupil = factories.role("leerling", is_pupil=True)
    cards = [{"text": f"Van kaart {number}", "meeting": "Ouderavond", "meeting_size": 24} for number in range(14)]
    cards += [{"text": f"Van een kind {number}", "role": pupil.pk} for number in range(14)]
    assert [client.post(create, form(**card)).status_code for card in cards] == [302] * 28
    steps = [client.post(create, {"text": f"Los {each}", "moment": programs.moment(ago=9)}) for each in range(14)]
    assert [answer.status_code for answer in steps] == [302] * 14
    post = Post.objects.get(text="Van kaart 3")
    for number in range(12):
        post.refresh_from_db()
        sent = to_change(post, text=f"Kaart {number}", meeting="Ouderavond", meeting_size=24)
        assert client.post(f"/bijdragen/{post.pk}/wijzigen/", sent).status_code == 302


def test_whose_access_ended_is_slowed_as_anybody(client, create):
    staff = factories.coordinator()
    client.force_login(staff)
    User.objects.filter(pk=staff.pk).update(is_staff=False)
    statuses = [client.post(create, form(text=f"Tekst {number}")).status_code for number in range(12)]
    assert statuses == [302] * 10 + [429] * 2


def test_a_table_at_a_meeting_has_more_room_and_not_without_end(client, create, settings):
    most, _ = settings.WRITE_RATE_LIMITS["write_meeting"][0]
    meeting = {"meeting": "Ouderavond", "meeting_size": 24}
    cards = [client.post(create, form(text=f"Van kaart {each}", email="", **meeting)) for each in range(most + 1)]
    assert [answer.status_code for answer in cards] == [302] * most + [429]


def test_the_first_step_of_a_meeting_has_that_room_too(client, create):
    sent = {"overleg": "1", "moment": programs.moment(ago=9)}
    answers = [client.post(f"{create}?overleg", sent | {"text": f"Van kaart {each}"}) for each in range(12)]
    assert [answer.status_code for answer in answers] == [302] * 12


def test_a_full_queue_takes_nothing_more_of_strangers(client, create, monkeypatch):
    monkeypatch.setattr(strangers, "MOST_WAITING", 3)
    for number in range(3):
        assert Client().post(create, form(text=f"Tekst {number}")).status_code == 302
    answer = client.post(create, form(text="Nog een"))
    assert answer.status_code == 503
    assert "Nog een</textarea>" in answer.text
    assert '<a href="/accounts/login/?next=/denk-praat-doe-mee/">Log in met een code</a>' in answer.text
    assert Post.objects.count() == 3
    client.force_login(User.objects.confirmed(MAIL))
    assert client.post(create, form(text="Nog een")).status_code == 302
    assert Post.objects.filter(text="Nog een").get().is_public


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("kijk op https://voorbeeld.example/pad", True),
        ("HTTP://VOORBEELD.EXAMPLE", True),
        ("www.winkel.example", True),
        ("koop op winkel.shop", True),
        ("winkel.horse/aanbieding", True),
        ("Kom naar voorbeeld.nl!", True),
        ("En dan.Niet waar", False),
        ("om 9.30 uur, groep 5/6, en/of thuis", False),
        ("één op één... dat helpt", False),
        ("a." * 2000, False),
    ],
)
def test_a_link_of_a_stranger_is_read_first(client, create, text, is_link):
    assert programs.has_link(text) == is_link
    client.post(create, form(text=text))
    assert Post.objects.get().held_for == (Hold.LINKS if is_link else "")


@pytest.mark.parametrize("field", ["name", "meeting"])
def test_a_link_in_a_name_is_refused_and_nothing_is_lost(client, create, field):
    sent = form(meeting="Team", meeting_size="3") | {field: "koop nu: winkel.nl"}
    answer = client.post(create, sent)
    assert answer.status_code == 422
    assert "geen webadres" in answer.text and "koop nu: winkel.nl" in answer.text
    assert not Post.objects.exists()


def test_a_link_of_a_confirmed_writer_does_not_wait(client, create):
    client.force_login(User.objects.confirmed(MAIL))
    client.post(create, form(text="Lees https://voorbeeld.example"))
    assert Post.objects.get(text__startswith="Lees").is_public


def test_of_whom_something_was_removed_the_next_waits(client, create):
    user = User.objects.confirmed(MAIL)
    factories.post(Question.objects.get(), author=user).remove(by=None, reason="Er stond een naam in.")
    client.force_login(user)
    page = client.post(create, form(), follow=True).text
    assert Post.objects.get(text="Korte lijnen.").held_for == Hold.RECORD
    assert "een moderator haalde eerder iets van je weg" in page
