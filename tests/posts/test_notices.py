"""Answers that are mailed to whom they concern, and the switch that stops them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from posts.actions import answers
from posts.models.posts import Post
from posts.models.thread_notices import ThreadNotice
from tests.helpers import factories
from tests.helpers.consent import press
from tests.helpers.shown import seen
from werkplaats.mutes.models import Mute
from werkplaats.people.models import User
from werkplaats.web import programs

pytestmark = pytest.mark.django_db


@pytest.fixture
def fatima():
    return User.objects.confirmed("fatima@example.org")


@pytest.fixture
def root(fatima):
    """What Fatima wrote, with her address confirmed."""
    return factories.post(author=fatima, text="Eén vast gezicht.")


def answered(parent, **fields) -> Post:
    """An answer that has just become public."""
    post = factories.post(**{"parent": parent, "text": "Bij ons ook.", "name": "Karim", **fields})
    answers.became_public([post])
    return post


def later(minutes: int) -> None:
    """Lets time pass for what was mailed."""
    for row in ThreadNotice.objects.exclude(sent_at=None):
        ThreadNotice.objects.filter(pk=row.pk).update(sent_at=row.sent_at - timedelta(minutes=minutes))


def addressees(mails) -> list[str]:
    return [mail["To"] for mail in mails]


def test_an_answer_is_mailed_to_the_writer(root, mailbox):
    answer = answered(root)
    (mail,) = mailbox()
    assert mail["To"] == "fatima@example.org"
    assert mail["Subject"] == "Karim antwoordde op je bijdrage bij «Wat maakt ons Passend Onderwijs tot een succes?»"
    assert mail["References"] == f"<conversation-{Post.objects.filter(parent=None).get().pk}@testserver>"
    text = mail.get_body(["plain"]).get_content()
    assert "Bij ons ook." in text
    assert f"/bijdragen/{answer.pk}/#bijdrage-{answer.pk}" in text


def test_a_name_from_right_to_left_leaves_the_words_of_a_mail_in_their_order(root, mailbox):
    answered(root, name="محمد (2)", text="نعم")
    (mail,) = mailbox()
    assert mail["Subject"].startswith("\u2068محمد (2)\u2069 antwoordde op je bijdrage bij «Wat maakt")
    assert "\n\u2068محمد (2)\u2069, ouder:\n" in mail.get_body(["plain"]).get_content()


def test_a_name_in_a_subject_stands_there_as_it_was_typed(root, mailbox):
    answered(root, name="Sanne d'Hont & Bo")
    (mail,) = mailbox()
    assert mail["Subject"].startswith("Sanne d'Hont & Bo antwoordde op je bijdrage")


def test_both_who_is_answered_and_whose_contribution_it_is_hear_of_it(root, mailbox):
    karim = User.objects.confirmed("karim@example.org")
    first = answered(root, author=karim)
    mailbox()
    later(60)
    answered(first)
    assert sorted(addressees(mailbox())) == ["fatima@example.org", "karim@example.org"]


def test_ones_own_answer_a_contribution_and_a_strangers_post_mail_nobody(root, fatima, mailbox):
    answered(root, author=fatima)
    answers.became_public([factories.post(root.question)])
    answered(factories.post(root.question, email="nooit@bevestigd.example"))
    assert mailbox() == []


def test_one_mail_a_thread_an_hour_tells_of_all(root, mailbox):
    answered(root, text="Eerste.")
    answered(root, text="Tweede.")
    (mail,) = mailbox()
    assert mail["Subject"].startswith("2 nieuwe antwoorden op je bijdrage bij «")
    assert all(said in mail.get_body(["plain"]).get_content() for said in ("Eerste.", "Tweede."))
    answered(root, text="Derde.")
    (due,) = ThreadNotice.objects.values_list("due_at", flat=True)
    assert due > timezone.now() + timedelta(minutes=59)
    later(60)
    (mail,) = mailbox()
    assert "Derde." in mail.get_body(["plain"]).get_content()
    assert "Tweede." not in mail.get_body(["plain"]).get_content()


def test_what_is_gone_before_the_mail_goes_is_not_in_it(root, mailbox):
    answered(root, text="Blijft.")
    answered(root, text="Verdwijnt.").remove(factories.coordinator(), "kwetsend")
    (mail,) = mailbox()
    assert "Verdwijnt." not in mail.as_string()
    only = answered(factories.post(author=root.author))
    only.withdraw()
    assert mailbox() == []
    assert not ThreadNotice.objects.exclude(due_at=None).exists()


def test_the_ways_in_which_an_answer_becomes_public_all_tell(root, client, mailbox, settings):
    settings.DEMO = True  # no second factor for the moderator
    url = f"/bijdragen/{root.pk}/antwoord/"
    said = {"name": "Karim", "role": factories.role().pk, "moment": programs.moment(ago=10)}
    client.post(url, {**said, "text": "Wacht op een moderator."})
    assert mailbox() == []
    moderator = Client()
    moderator.force_login(factories.coordinator())
    waiting = Post.objects.waiting().get()
    data = {"action": "approve", "_selected_action": [waiting.pk], "gezien": seen([waiting])}
    moderator.post("/beheer/posts/post/", data)
    assert addressees(mailbox()) == ["fatima@example.org"]
    later(60)
    client.post(url, {**said, "text": "Met een adres.", "email": "karim@example.org"})
    (mail,) = mailbox()
    link = re.search(r"http://testserver(/bijdragen/bevestigen/\S+/)", mail.get_body(["plain"]).get_content())[1]
    press(client, link, "ja")
    assert addressees(mailbox()) == ["fatima@example.org"]
    later(60)
    client.post(url, {**said, "text": "Ingelogd."})
    assert addressees(mailbox()) == ["fatima@example.org"]


def test_a_mail_program_stops_them_with_one_click(root, fatima, mailbox):
    answered(root)
    (mail,) = mailbox()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = re.fullmatch(r"<http://testserver(/mails/\S+/)>", mail["List-Unsubscribe"])[1]
    assert url in mail.get_body(["plain"]).get_content()
    program = Client(enforce_csrf_checks=True)
    assert program.get(url).status_code == program.head(url).status_code == 200
    assert not Mute.objects.exists()
    for _ in range(2):
        answer = program.post(url, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, answer.cookies) == (200, {})
    assert [(mute.user, mute.kind) for mute in Mute.objects.all()] == [(fatima, "answers")]
    later(60)
    answered(root)
    assert mailbox() == []


def test_switched_off_between_answer_and_mail_it_does_not_go(root, fatima, mailbox):
    answered(root)
    Mute.objects.create(user=fatima, kind="answers")
    assert mailbox() == []
