"""What others said of words stays beside them when these change: then it says that it was said before."""

import pytest
from django.test import Client

from plan.actions import agreeing
from posts.models import Post, PostTally, Thumb
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.plan import helpers
from tests.plan.test_agreeing import WORDS, close
from tests.plan.test_ground import give, roles  # noqa: F401, roles is a fixture

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
ALL, SOME, ANSWERED = "gegeven vóór de wijziging", "deels vóór de wijziging", "Geschreven voordat de bijdrage hierboven"


def proven(**fields) -> Post:
    return factories.post(author=factories.user(), **fields)


def page(post: Post) -> str:
    return Client().get(f"/bijdragen/{post.pk}/").text


def press(browser: Client, post: Post, wish: str, version: int) -> str:
    answer = browser.post(f"/bijdragen/{post.pk}/duim/{wish}/", {"gezien": f"{post.pk}.{version}"}, headers=HTMX)
    assert answer.status_code == 200
    return answer.text


def now(post: Post) -> int:
    post.refresh_from_db()
    return post.version


@pytest.mark.parametrize("is_answer", [False, True])
def test_thumbs_say_that_they_were_given_before_the_text_changed(is_answer):
    post = proven(parent=proven()) if is_answer else proven()
    first, second = (browser_of(factories.visitor()) for _ in range(2))
    press(first, post, "op", now(post))
    Post.objects.get(pk=post.pk).edit(meeting="Team 7")
    assert ALL not in page(post), "the words are the same"
    post.refresh_from_db()
    post.edit(text="Heel iets anders.")
    assert ALL in page(post)
    assert SOME in press(second, post, "op", now(post))
    assert SOME in page(post)
    assert SOME not in press(first, post, "neer", now(post)), "given anew"
    assert "de wijziging" not in page(post)
    post.edit(text="En weer anders.")
    assert ALL in press(second, post, "weg", now(post))
    assert "de wijziging" not in press(first, post, "weg", now(post))
    assert "de wijziging" not in page(post)
    assert PostTally.objects.get(pk=post.pk).before == 0


def test_the_same_thumb_twice_stays_one_of_before():
    post, visitor = proven(), factories.visitor()
    browser = browser_of(visitor)
    press(browser, post, "op", now(post))
    post.edit(text="Heel iets anders.")
    assert ALL in press(browser, post, "op", now(post))
    assert ALL in page(post)


def test_agreement_is_told_of_the_words_that_people_agreed_with(roles):  # noqa: F811
    voice = helpers.voice(factories.question())
    post = voice.post
    give(post, roles["ouder"], 9)
    give(post, roles["leerkracht"], 1, 8)
    Post.objects.filter(pk=post.pk).update(author=factories.user())
    close(voice.harvest.question)
    agreeing.tell()
    assert f"Duimpje omhoog: {WORDS}." in page(post)
    post.refresh_from_db()
    post.edit(text="Extra handen zijn weggegooid geld.")
    for _ in range(2):
        assert "Duimpje omhoog" not in page(post)
        agreeing.tell()


def test_of_another_name_above_them_it_is_told_again(roles):  # noqa: F811
    voice = helpers.voice(factories.question())
    give(voice.post, roles["ouder"], 9)
    give(voice.post, roles["leerkracht"], 1, 8)
    close(voice.harvest.question)
    agreeing.tell()
    Post.objects.filter(pk=voice.post_id).update(name="Anne")
    assert "Duimpje omhoog" not in page(voice.post)
    assert agreeing.tell() == 1
    assert "Duimpje omhoog" in page(voice.post)


def test_an_answer_says_that_it_was_written_before_what_it_answers_changed():
    top = proven()
    answer, other = (proven(parent=top, text=f"Van harte eens {number}.") for number in range(2))
    below = proven(parent=answer)
    top.edit(meeting="Team 7")
    assert ANSWERED not in page(top)
    top.refresh_from_db()
    top.edit(text="Het tegendeel.")
    assert page(top).count(ANSWERED) == 2
    other.edit(text="Toch niet eens.")
    assert page(top).count(ANSWERED) == 1
    answer.refresh_from_db()
    answer.edit(text="Ook niet eens.")
    assert page(top).count(ANSWERED) == 1, "now of what stands below it"
    top.withdraw()
    below.withdraw()
    assert ANSWERED not in page(top)


def test_who_takes_a_thumb_back_and_gives_it_again_is_shown_the_words_of_now():
    post, browser = proven(), browser_of(factories.visitor())
    old = now(post)
    press(browser, post, "op", old)
    post.edit(text="Heel iets anders.")
    assert f'value="{post.pk}.{old}"' in press(browser, post, "weg", old)
    again = browser.post(f"/bijdragen/{post.pk}/duim/op/", {"gezien": f"{post.pk}.{old}"}, headers=HTMX)
    assert (again.status_code, Thumb.objects.count()) == (409, 0)
    assert "Heel iets anders." in again.text
