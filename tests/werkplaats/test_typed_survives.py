"""A form that lost what it is about, whoever took that away, gives back what was typed and says what happened."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from plan.actions import noting, stacks, writing
from plan.models import Stack
from polls.rounds.models.ideas import Idea
from posts.models.posts import Post
from posts.models.questions import Question
from posts.models.themes import Theme
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.helpers.shown import to_change
from tests.plan import helpers
from tests.plan.concept.helpers import Written
from tests.posts.helpers import helper, link_of
from werkplaats.people.models import User
from werkplaats.site.models import Motto
from werkplaats.web import programs

pytestmark = pytest.mark.django_db
TYPED = "Een vast gezicht, en tijd om te luisteren."
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


class Lost(NamedTuple):
    """Who sends what where, after its object went; what `told` them so. `typed`: what comes back.

    `beside`: htmx puts the answer beside the field, which stays as it is.
    """

    browser: Client
    url: str
    data: dict
    told: str
    typed: str = TYPED
    beside: bool = False


def words(**fields) -> dict:
    return {"text": TYPED, "moment": programs.moment(ago=10), **fields}


def written(**fields) -> tuple[Post, Client]:
    visitor = factories.visitor()
    return factories.post(visitor=visitor, published=False, **fields), browser_of(visitor)


def answer_to_what_a_moderator_removed() -> Lost:
    post = factories.post()
    post.remove(None, "kwetsend")
    return Lost(Client(), f"/bijdragen/{post.pk}/antwoord/", words(), "weggehaald terwijl je typte")


def answer_to_what_its_writer_took_back() -> Lost:
    visitor = factories.visitor()
    post = factories.post(visitor=visitor)
    browser_of(visitor).post(f"/bijdragen/{post.pk}/weghalen/")
    return Lost(Client(), f"/bijdragen/{post.pk}/antwoord/", words(), "weggehaald terwijl je typte")


def answer_under_a_question_that_closed() -> Lost:
    post = factories.post()
    factories.question()
    return Lost(Client(), f"/bijdragen/{post.pk}/antwoord/", words(), "gesloten")


def change_of_what_a_moderator_removed() -> Lost:
    post, browser = written()
    data = to_change(post, text=TYPED)
    post.remove(None, "kwetsend")
    return Lost(browser, f"/bijdragen/{post.pk}/wijzigen/", data, "weggehaald terwijl je typte")


def change_after_taking_it_back_in_another_tab() -> Lost:
    post, browser = written()
    data = to_change(post, text=TYPED)
    browser.post(f"/bijdragen/{post.pk}/weghalen/")
    return Lost(browser, f"/bijdragen/{post.pk}/wijzigen/", data, "Je bijdrage was al weggehaald")


def change_an_hour_after_taking_it_back() -> Lost:
    lost = change_after_taking_it_back_in_another_tab()
    Post.objects.update(removed_at=timezone.now() - timedelta(hours=3))
    return lost


def contribution_to_a_question_that_closed() -> Lost:
    question = factories.question()
    factories.question()
    return Lost(Client(), f"/vragen/{question.slug}/bijdragen/", words(), "sloot terwijl je schreef")


def contribution_to_a_question_that_went() -> Lost:
    question = factories.question()
    Question.objects.filter(pk=question.pk).delete()
    return Lost(Client(), f"/vragen/{question.slug}/bijdragen/", words(), "weggehaald terwijl je typte")


def reaction_to_a_sentence_that_was_withdrawn() -> Lost:
    plan = Written()
    plan.open()
    plan.first.refresh_from_db()
    slug = plan.first.question.slug
    writing.withdraw(plan.first.pk)
    plan.publish()
    return Lost(Client(), f"/vragen/{slug}/bijdragen/", words(), "Reageren sloot terwijl je schreef")


def reaction_after_the_last_day() -> Lost:
    plan = Written()
    plan.open()
    plan.first.refresh_from_db()
    plan.take(plan.agree)
    return Lost(
        Client(), f"/vragen/{plan.first.question.slug}/bijdragen/", words(), "Reageren sloot terwijl je schreef"
    )


def change_of_what_turned_out_to_be_of_who_has_the_address() -> Lost:
    post, browser = written(email="noor@example.org", asked_at=timezone.now())
    data = to_change(post, text=TYPED)
    Post.objects.filter(pk=post.pk).update(
        author=User.objects.confirmed("noor@example.org"), published_at=timezone.now()
    )
    return Lost(browser, f"/bijdragen/{post.pk}/wijzigen/", data, "Log even in")


def wensbeeld_of_which_the_motto_went() -> Lost:
    motto = Motto.objects.create(text="samen leren leven")
    motto.delete()
    data = {"text": TYPED, "motto": motto.pk or 99, "moment": programs.moment(ago=10)}
    return Lost(Client(), "/wensbeelden/insturen/", data, "Er gaat nog iets niet goed")


def second_step(**fields) -> dict:
    return {"name": "Fatima", "role": factories.role().pk, "meeting": TYPED, "meeting_size": "12", **fields}


def kept_text() -> tuple[Post, Client]:
    factories.question()
    browser = Client()
    browser.post(f"/vragen/{Question.objects.get().slug}/bijdragen/", words(text="Rust in de klas."))
    return Post.objects.get(text="Rust in de klas."), browser


def second_step_of_what_a_moderator_removed() -> Lost:
    post, browser = kept_text()
    post.remove(None, "kwetsend")
    return Lost(browser, f"/bijdragen/{post.pk}/afzender/", second_step(), "Een moderator haalde je bijdrage weg")


def second_step_of_what_a_moderator_placed() -> Lost:
    post, browser = kept_text()
    post.publish(factories.coordinator())
    return Lost(browser, f"/bijdragen/{post.pk}/afzender/", second_step(), "Deze stap is al gedaan")


def second_step_of_what_was_taken_back() -> Lost:
    post, browser = kept_text()
    browser.post(f"/bijdragen/{post.pk}/weghalen/")
    return Lost(browser, f"/bijdragen/{post.pk}/afzender/", second_step(), "Deze stap is al gedaan")


def report_of_what_went_meanwhile() -> Lost:
    post = factories.post(text="Daan zit in groep 5.")
    post.remove(None, "kwetsend")
    data = {"reason": "child", "words": "Daan", "moment": programs.moment(ago=10)}
    return Lost(Client(), f"/bijdragen/{post.pk}/melden/", data, "weggehaald terwijl je typte", "Daan")


def report_of_a_wensbeeld_that_went() -> Lost:
    wens = factories.wensbeeld(text="Daan zit in groep 5.")
    wens.remove(None, "een naam")
    data = {"reason": "child", "words": "Daan", "moment": programs.moment(ago=10)}
    return Lost(Client(), f"{wens.get_absolute_url()}melden/", data, "weggehaald terwijl je typte", "Daan")


def idea_of_a_round_that_went_on() -> Lost:
    group = factories.sticker_round(stage="stickers", ideas=0).groups.first()
    url = reverse("polls:write", args=[group.round.slug, group.code])
    return Lost(Client(), url, words(), "", TYPED)


def idea_of_a_group_that_went() -> Lost:
    group = factories.sticker_round(stage="ideas", ideas=0).groups.first()
    group.delete()
    return Lost(
        Client(), reverse("polls:write", args=[group.round.slug, group.code]), words(), "weggehaald terwijl je typte"
    )


def own_idea() -> tuple[Idea, Client]:
    visitor = factories.visitor()
    group = factories.sticker_round(stage="ideas", ideas=0).groups.first()
    return factories.idea(group, visitor=visitor), browser_of(visitor)


def change_of_an_idea_that_was_hidden() -> Lost:
    idea, browser = own_idea()
    data = words(gezien=f"{idea.pk}.{idea.version}")
    idea.hide(None, "dubbel")
    return Lost(browser, reverse("polls:idea", args=[idea.round.slug, idea.pk]), data, "")


def change_of_an_idea_that_was_erased() -> Lost:
    idea, browser = own_idea()
    url = reverse("polls:idea", args=[idea.round.slug, idea.pk])
    idea.erase()
    return Lost(browser, url, words(), "weggehaald terwijl je typte")


def staff() -> Client:
    browser = Client()
    browser.force_login(factories.coordinator())
    return browser


def reason_to_hide_an_idea_that_another_hid() -> Lost:
    idea, _ = own_idea()
    idea.hide(factories.coordinator(), "dubbel")
    url = f"/stickerrondes/{idea.round.slug}/bediening/verbergen/{idea.pk}/"
    return Lost(staff(), url, {"reason": TYPED}, "Iemand anders verborg dit idee net")


def reason_to_hide_an_idea_that_went() -> Lost:
    idea, _ = own_idea()
    url = f"/stickerrondes/{idea.round.slug}/bediening/verbergen/{idea.pk}/"
    idea.erase()
    return Lost(staff(), url, {"reason": TYPED}, "weggehaald terwijl je typte")


def sign_up_data(**fields) -> dict:
    return {
        "wish": "room",
        "name": "Noor",
        "email": "noor@example.org",
        "wishes": TYPED,
        "question": "Welk lokaal?",
        **fields,
    }


def sign_up_for_a_cafe_that_is_called_off() -> Lost:
    cafe = factories.cafe()
    cafe.call_off(by=None)
    return Lost(Client(), reverse("events:register", args=[cafe.slug]), sign_up_data(), "")


def sign_up_for_a_cafe_that_began() -> Lost:
    cafe = factories.cafe(starts_at=timezone.now() - timedelta(minutes=5))
    return Lost(Client(), reverse("events:register", args=[cafe.slug]), sign_up_data(), "")


def sign_up_for_a_cafe_that_is_a_concept_again() -> Lost:
    cafe = factories.cafe()
    type(cafe).objects.filter(pk=cafe.pk).update(published_at=None)
    return Lost(Client(), reverse("events:register", args=[cafe.slug]), sign_up_data(), "weggehaald terwijl je typte")


def change_of_a_sign_up_that_was_erased() -> Lost:
    made = factories.registration(factories.cafe())
    url = f"{made.get_absolute_url()}wijzigen/"
    made.delete()
    return Lost(Client(), url, sign_up_data(), "Deze link werkt niet")


def change_of_a_sign_up_for_a_cafe_that_is_called_off() -> Lost:
    made = factories.registration(factories.cafe())
    data = sign_up_data(version=str(made.version))
    made.cafe.call_off(by=None)
    return Lost(Client(), f"{made.get_absolute_url()}wijzigen/", data, "Dit café gaat niet door")


def change_of_a_sign_up_that_was_cancelled() -> Lost:
    made = factories.registration(factories.cafe())
    data = sign_up_data(version=str(made.version))
    made.cancel()
    return Lost(Client(), f"{made.get_absolute_url()}wijzigen/", data, "Je bent afgemeld")


def change_of_a_sign_up_of_who_was_shut_out() -> Lost:
    made = factories.registration(factories.cafe(), email="sanne@example.org")
    factories.user(email="sanne@example.org", is_active=False)
    return Lost(Client(), f"{made.get_absolute_url()}wijzigen/", sign_up_data(), "Deze link werkt niet meer")


def helpers_reason_for_what_is_decided() -> Lost:
    post, url = factories.post(published=False), link_of(helper())
    data = {"bijdrage": post.pk, "gezien": f"{post.pk}.{post.version}.0", "reason": "anders", "words": TYPED}
    post.publish(factories.coordinator())
    factories.post(published=False)
    return Lost(Client(), url, data, "Over die bijdrage is al besloten")


def helpers_reason_by_an_old_link() -> Lost:
    post, url = factories.post(published=False), link_of(helper())
    factories.post(published=False)
    with_link = {"bijdrage": post.pk, "reason": "anders", "words": TYPED}
    return Lost(Client(), url.replace(url[-5:], "abcd/"), with_link, "Deze link werkt niet meer")


def sorter() -> Client:
    browser, user = Client(), helpers.sorter()
    user.let_sort(True)
    browser.force_login(user)
    return browser


def sentence_that_was_withdrawn() -> Lost:
    found = writing.add_sentence(writing.add_chapter("Samen").pk, "Ieder kind telt.", helpers.sorter())
    writing.withdraw(found.pk)
    return Lost(sorter(), reverse("plan:reword", args=[found.pk]), {"tekst": TYPED}, "weggehaald terwijl je typte")


def sentence_of_a_chapter_that_went() -> Lost:
    return Lost(sorter(), reverse("plan:add_sentence"), {"hoofdstuk": 9, "tekst": TYPED}, "Kies het hoofdstuk")


def heard_of_a_stack_that_went() -> Lost:
    desk = helpers.Desk()
    url = reverse("plan:hear", args=[desk.harvest.pk, desk.wait.pk])
    Stack.objects.filter(pk=desk.wait.pk).delete()
    return Lost(sorter(), url, {"hoorden": TYPED}, "weggehaald terwijl je typte")


def heard_of_a_stack_that_was_joined() -> Lost:
    desk = helpers.Desk()
    desk.lay(desk.voices[0])
    url = reverse("plan:hear", args=[desk.harvest.pk, desk.wait.pk])
    seen = {each.pk: Stack.objects.get(pk=each.pk).version for each in (desk.wait, desk.lines)}
    stacks.join(desk.harvest.pk, desk.wait.pk, desk.lines.pk, seen, desk.joris)
    return Lost(sorter(), url, {"hoorden": TYPED, "gezien": "1"}, "samengevoegd met", beside=True)


def sentence_on_a_stack_that_went() -> Lost:
    desk = helpers.Desk()
    chapter = writing.add_chapter("Samen")
    url = reverse("plan:link", args=[desk.harvest.pk, desk.wait.pk])
    Stack.objects.filter(pk=desk.wait.pk).delete()
    return Lost(sorter(), url, {"tekst": TYPED, "hoofdstuk": chapter.pk}, "weggehaald terwijl je typte")


def note_that_was_struck() -> Lost:
    note = helpers.note(helpers.Desk().harvest)
    url = reverse("plan:correct", args=[note.notes_id, note.number])
    noting.strike(note.pk)
    return Lost(sorter(), url, {"text": TYPED, "gezien": "1"}, "weggehaald terwijl je typte")


def line_of_an_evening_that_went() -> Lost:
    note = helpers.note(helpers.Desk().harvest)
    url = reverse("plan:lines", args=[note.notes_id])
    note.notes.delete()
    return Lost(sorter(), url, {"key": str(uuid.uuid4()), "regel": TYPED}, "weggehaald terwijl je typte")


def many_lines_of_an_evening_that_went() -> Lost:
    note = helpers.note(helpers.Desk().harvest)
    url = reverse("plan:paste", args=[note.notes_id])
    note.notes.delete()
    return Lost(sorter(), url, {"text": TYPED}, "weggehaald terwijl je typte")


def row_of_the_back_office_that_went() -> Lost:
    theme = Theme.objects.create(name="Rust")
    url = reverse("admin:posts_theme_change", args=[theme.pk])
    theme.delete()
    return Lost(staff(), url, {"name": TYPED, "position": "0"}, "weggehaald terwijl je typte")


def reason_for_what_another_removed() -> Lost:
    post = factories.post()
    data = {"action": "remove", "_selected_action": post.pk, "_asked": "1", "reason": "anders", "words": TYPED}
    data |= {"gezien": f"{post.pk}.{post.version}"}
    post.remove(factories.coordinator(), "kwetsend")
    return Lost(staff(), reverse("admin:posts_post_changelist"), data, "een ander was je voor")


def reason_for_what_its_writer_changed() -> Lost:
    post = factories.post()
    data = {"action": "remove", "_selected_action": post.pk, "_asked": "1", "reason": "anders", "words": TYPED}
    data |= {"gezien": f"{post.pk}.{post.version}"}
    Post.objects.filter(pk=post.pk).update(text="Iets anders.")
    return Lost(staff(), reverse("admin:posts_post_changelist"), data, "is intussen gewijzigd: lees die opnieuw")


def reason_for_a_wensbeeld_that_another_removed() -> Lost:
    wens = factories.wensbeeld()
    wens.remove(factories.coordinator(), "een naam")
    data = {"action": "remove", "_selected_action": wens.pk, "_asked": "1", "reason": TYPED}
    return Lost(staff(), reverse("admin:polls_wensbeeld_changelist"), data, "een ander was je voor")


SCENES = [
    value for name, value in list(globals().items()) if getattr(value, "__annotations__", {}).get("return") is Lost
]


@pytest.mark.parametrize("scene", SCENES, ids=[scene.__name__ for scene in SCENES])
def test_what_was_typed_comes_back(scene: Callable[[], Lost], settings):
    settings.DEMO = True  # no second factor
    lost = scene()
    answer = lost.browser.post(lost.url, lost.data, headers={"Origin": "http://testserver"}, follow=True)
    assert lost.typed in answer.text and lost.told in answer.text, (answer.status_code, answer.text)


@pytest.mark.parametrize("scene", SCENES, ids=[scene.__name__ for scene in SCENES])
def test_with_htmx_it_stays_or_comes_back(scene: Callable[[], Lost], settings):
    settings.DEMO = True
    lost = scene()
    answer = lost.browser.post(lost.url, lost.data, headers={"Origin": "http://testserver", **HTMX})
    stays = lost.beside or answer.headers.get("HX-Reswap") == "afterbegin"
    if not stays and (to := answer.headers.get("HX-Redirect") or answer.headers.get("Location")):
        answer = lost.browser.get(to)
    assert stays or lost.typed in answer.text, (answer.status_code, answer.headers, answer.text)
