"""A sentence that changed since somebody reacted to it says all that changed since, not what changed last."""

import re

import pytest

from plan.models import WordingThumb
from tests.helpers import factories
from tests.helpers.browsers import browser_of
from tests.plan.concept.helpers import react, shown
from tests.plan.test_told_pages import words

pytestmark = pytest.mark.django_db
FIRST = "Een kind praat mee over zijn eigen plan."
SECOND = "Een kind praat altijd mee over zijn eigen plan."
THIRD = "Een kind praat altijd mee over zijn hele plan."
CHANGED = "«eigen» werd «hele», door 9 reacties."
SINCE = "Sindsdien: erbij kwam «altijd»; «eigen» werd «hele». Kijk je nog eens?"


@pytest.fixture
def plan(plan):
    plan.open()
    plan.visitor = factories.visitor()
    return plan


def reword(plan, *texts: str) -> None:
    for text in texts:
        plan.reword(plan.first, text)
        plan.publish()


def thumb(plan) -> None:
    WordingThumb.objects.wish(shown(plan.first).pk, plan.visitor.pk, 1)


def changed(plan) -> list[str]:
    """What the chapter and the page of the sentence say of what changed, to this visitor."""
    said = []
    for address in ("/plan/", "/plan/zin/1.1/"):
        text = browser_of(plan.visitor).get(address).text
        (part,) = re.findall(r'<div class="plan-changed">.*?</div>', text, re.DOTALL)
        said.append(words(type("Response", (), {"text": f"<main>{part}</main>"})).replace("« ", "«").replace(" »", "»"))
    return said


def test_who_gave_a_thumb_two_wordings_ago_reads_all_that_changed_since(plan):
    thumb(plan)
    reword(plan, SECOND, THIRD)
    for said in changed(plan):
        assert f"{CHANGED} Jij gaf een eerdere zin een duim. {SINCE}" in said


def test_who_reacted_two_wordings_ago_too(plan):
    react(plan.first, visitor=plan.visitor)
    reword(plan, SECOND, THIRD)
    for said in changed(plan):
        assert f"{CHANGED} Jij reageerde op een eerdere zin. {SINCE}" in said


def test_who_reacted_to_the_words_just_before_reads_what_changed_last(plan):
    reword(plan, SECOND)
    react(plan.first, visitor=plan.visitor)
    reword(plan, THIRD)
    for said in changed(plan):
        assert f"{CHANGED} Jij reageerde op de vorige zin. Kijk je nog eens?" in said


def test_a_sentence_that_reads_as_it_did_then_says_so(plan):
    thumb(plan)
    reword(plan, SECOND, FIRST)
    for said in changed(plan):
        assert "Jij gaf een eerdere zin een duim. Hij is weer zoals toen. Kijk je nog eens?" in said
