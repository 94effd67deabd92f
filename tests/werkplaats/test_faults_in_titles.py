"""«Fout: » comes first in the title of a page whose form was refused: a screen reader begins with it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from plan.actions import writing
from tests.helpers import factories
from tests.plan import helpers

pytestmark = pytest.mark.django_db


def title(answer) -> str:
    return " ".join(re.search(r"(?s)<title>(.*?)</title>", answer.text)[1].split())


def visitors_form(kind: str) -> tuple[str, dict]:
    question = factories.question()
    round = factories.sticker_round(stage="ideas", ideas=0)
    cafe = factories.cafe()
    post = factories.post(question)
    made = factories.registration(cafe)
    return {
        "log in": ("/accounts/login/", {"email": "x"}),
        "write": (f"/vragen/{question.slug}/bijdragen/", {"text": ""}),
        "answer": (f"/bijdragen/{post.pk}/antwoord/", {"text": ""}),
        "report": (f"/bijdragen/{post.pk}/melden/", {"reason": "geen"}),
        "wensbeeld": ("/wensbeelden/insturen/", {"text": ""}),
        "group code": (reverse("polls:join", args=[round.slug]), {"code": "zzzzz"}),
        "idea": (reverse("polls:write", args=[round.slug, round.groups.first().code]), {"text": ""}),
        "sign up": (reverse("events:register", args=[cafe.slug]), {"name": "", "email": "fout"}),
        "change a sign-up": (f"{made.get_absolute_url()}wijzigen/", {"wish": "x", "version": made.version}),
    }[kind]


KINDS = [*("log in", "write", "answer", "report", "wensbeeld", "group code", "idea", "sign up", "change a sign-up")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_of_visitors_that_was_refused(client, kind):
    path, data = visitors_form(kind)
    answer = client.post(path, data)
    assert answer.status_code < 500 and title(answer).startswith("Fout: "), (answer.status_code, title(answer))
    assert title(answer).count("Fout") == 1


@pytest.mark.parametrize("path", ["/", "/denk-praat-doe-mee/", "/accounts/login/", "/wensbeelden/insturen/", "/cafes/"])
def test_a_page_on_which_nothing_was_refused(client, path):
    factories.question()
    assert "Fout" not in title(client.get(path))


@pytest.fixture
def staff(settings) -> Client:
    settings.DEMO = True  # no second factor
    browser, user = Client(), factories.coordinator()
    user.let_sort(True)
    browser.force_login(user)
    return browser


def test_forms_of_the_back_office(staff):
    cafe, post = factories.cafe(), factories.post()
    round = factories.sticker_round()
    asked = {"action": "remove", "_selected_action": post.pk, "_asked": "1", "gezien": f"{post.pk}.{post.version}"}
    for path, data in (
        ("/beheer/posts/theme/add/", {"name": ""}),
        ("/beheer/events/cafe/add/", {"title": ""}),
        (f"/beheer/events/cafe/{cafe.pk}/bericht/", {"subject": ""}),
        ("/beheer/posts/post/", asked),
        (f"/stickerrondes/{round.slug}/bediening/samenvoegen/", {"text": ""}),
    ):
        answer = staff.post(path, data)
        assert answer.status_code < 500 and title(answer).count("Fout: ") == 1, (path, title(answer))
        assert title(answer).startswith("Fout: ")
        assert "Fout" not in title(staff.get(path, follow=True))


def test_forms_of_the_workbench(staff):
    desk = helpers.Desk()
    sentence = writing.add_sentence(writing.add_chapter("Samen").pk, "Ieder kind telt.", desk.anouk)
    for path, data in (
        (reverse("plan:add_chapter"), {"titel": ""}),
        (reverse("plan:reword", args=[sentence.pk]), {"tekst": ""}),
        (reverse("plan:step", args=[desk.harvest.pk]), {"doe": "leg"}),
        (reverse("plan:paste", args=[helpers.note(desk.harvest).notes_id]), {"text": ""}),
    ):
        answer = staff.post(path, data)
        assert answer.status_code < 500 and title(answer).startswith("Fout: "), (
            path,
            answer.status_code,
            title(answer),
        )
