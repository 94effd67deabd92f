"""Writing the public plan as pages: the preview with its button, the reason of a change, and the steps of the chain."""

import pytest
from django.urls import reverse
from django.utils import timezone

from plan.actions import writing
from plan.models import PlanStep, Wording
from tests.helpers import factories
from tests.plan.concept.helpers import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, settings):
    settings.DEMO = True  # no second factor
    user = factories.coordinator()
    user.let_sort(True)
    client.force_login(user)
    return client


def page(name: str, *args) -> str:
    return reverse(f"plan:{name}", args=args)


def press(staff, **sent):
    answer = staff.get(page("make_public"))
    (mark,) = {each.split('"')[0] for each in answer.text.split('name="woorden" value="')[1:]} or {""}
    return staff.post(page("make_public"), {"woorden": mark, **sent})


def test_the_preview_tells_what_becomes_public_and_the_button_does_it(staff, plan):
    bare = plan.first
    bare.footnotes.all().delete()
    text = staff.get(page("make_public")).text
    assert "3 zinnen worden openbaar; wat nog niet kan, blijft hier liggen" in text
    assert "Deze zin heeft nog geen bron." in text
    assert press(staff)["Location"] == "/plan/"
    assert Wording.objects.public().count() == 3
    assert "Maak openbaar<" not in staff.get(page("make_public")).text  # what is left cannot be


def test_what_changed_since_it_was_shown_is_shown_again(staff, plan):
    answer = staff.post(page("make_public"), {"woorden": "0" * 12})
    assert answer.status_code == 409
    assert "Er is iets veranderd sinds je keek." in answer.text
    assert not Wording.objects.public().exists()


def test_opening_it_changes_nothing_and_it_is_for_who_may_sort(staff, plan, client):
    staff.get(page("make_public"))
    assert not Wording.objects.public().exists()
    client.logout()
    assert client.get(page("make_public")).status_code == 302
    client.force_login(factories.user(is_staff=True))
    assert client.post(page("make_public"), {}).status_code == 403


def test_a_change_of_a_public_sentence_asks_why_and_keeps_what_was_typed(staff, plan):
    plan.publish()
    sent = {"tekst": "Elk kind praat mee over zijn eigen plan.", "gezien": "1"}
    answer = staff.post(page("reword", plan.first.pk), sent)
    assert answer.status_code == 409
    assert "waarom die anders wordt" in answer.text
    assert sent["tekst"] in answer.text
    staff.post(page("reword", plan.first.pk), {**sent, "waarom": "door 3 reacties"})
    text = staff.get(page("make_public")).text
    assert "«Een» wordt «Elk»" in text
    assert "door 3 reacties" in text
    assert "iedereen leest nog versie 1" in staff.get(page("sentences")).text
    assert 'value="door 3 reacties"' in staff.get(page("sentence", plan.first.pk)).text


def test_after_it_was_adopted_nothing_is_offered_that_is_refused(staff, plan):
    plan.open()
    away, concept = "Haal deze zin uit het plan", "Openbaar maken als concept"
    assert away in staff.get(reverse("plan:sentence", args=[plan.first.pk])).text
    assert concept in staff.get(reverse("plan:sentences")).text
    plan.take(plan.agree, plan.adopt)
    page = staff.get(reverse("plan:sentence", args=[plan.first.pk])).text
    assert away not in page and "kan niet meer uit het plan: het plan is vastgesteld" in page
    listed = staff.get(reverse("plan:sentences")).text
    assert concept not in listed and "Aanvullingen openbaar maken" in listed and "Het plan is vastgesteld." in listed
    more = writing.add_sentence(plan.first.chapter_id, "Nog niet openbaar.", plan.by)
    assert away in staff.get(reverse("plan:sentence", args=[more.pk])).text, "what nobody reads yet may go"


def test_after_it_was_adopted_a_day_is_asked_and_nothing_is_withdrawn(staff, plan):
    plan.open()
    plan.take(plan.agree, plan.adopt)
    sent = {"tekst": "Ook in groep 3.", "gezien": "1"}
    for day, words in (("", "op welke dag dit is besloten"), ("gisteren", "Vul de dag in")):
        answer = staff.post(page("reword", plan.first.pk), {**sent, "besluit_op": day})
        assert words in answer.text
        assert "Ook in groep 3." in answer.text
    staff.post(page("reword", plan.first.pk), {**sent, "besluit_op": str(timezone.localdate())})
    assert "Aanvulling, besloten op" in staff.get(page("make_public")).text
    assert "deze zin blijft staan" in staff.post(page("withdraw", plan.first.pk)).text
    press(staff)
    assert shown(plan.first).number == 1


def take(staff, step: PlanStep, action: str = "reach", **more):
    sent = {"action": action, "_selected_action": [step.pk], "index": 0, **more}
    return staff.post(reverse("admin:plan_planstep_changelist"), sent, follow=True)


def test_a_step_is_taken_after_a_page_that_asks(staff, plan):
    plan.publish()
    asked = take(staff, plan.concept)
    assert "Is deze stap bereikt?" in asked.text
    assert not PlanStep.objects.reached().exists()
    assert "«concept» is bereikt" in take(staff, plan.concept, _asked="1").text
    assert "Iedereen kan vanaf nu bij elke zin" in take(staff, plan.react).text
    assert "Eerst komt «voor reactie»" in take(staff, plan.agree, _asked="1").text
    take(staff, plan.react, _asked="1")
    assert PlanStep.objects.takes_reactions()
    assert "Reageren op het concept kan dan niet meer." in take(staff, plan.react, "take_back").text
    take(staff, plan.react, "take_back", _asked="1")
    assert not PlanStep.objects.takes_reactions()
    assert (
        "Kies één stap."
        in staff.post(
            reverse("admin:plan_planstep_changelist"),
            {"action": "reach", "_selected_action": [plan.concept.pk, plan.react.pk], "index": 0},
            follow=True,
        ).text
    )


def test_what_was_taken_stays_in_front_and_is_not_deleted(staff, plan):
    plan.publish()
    plan.take(plan.concept)
    change = reverse("admin:plan_planstep_change", args=[plan.agree.pk])
    assert "Er is al een latere stap bereikt." not in staff.get(change).text
    PlanStep.objects.filter(pk=plan.concept.pk).update(position=1)
    sent = {"name": "instemming", "position": 0, "does": "agree"}
    assert "Er is al een latere stap bereikt." in staff.post(change, sent).text
    assert staff.get(reverse("admin:plan_planstep_delete", args=[plan.concept.pk])).status_code == 403
    assert staff.get(reverse("admin:plan_planstep_delete", args=[plan.adopt.pk])).status_code == 200
    assert "delete_selected" not in staff.get(reverse("admin:plan_planstep_changelist")).text


def test_the_plan_is_one_row_to_edit(staff, plan):
    answer = staff.get(reverse("admin:plan_plan_changelist"), follow=True)
    assert "inleiding" in answer.text.lower()
    assert staff.get(reverse("admin:plan_plan_add")).status_code == 403
