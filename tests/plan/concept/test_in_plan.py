"""That words stand in a sentence of the plan is said where everyone reads that sentence with them behind it."""

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from plan.actions import chain, concept, laying, showing, stacks, writing
from plan.models import Choice
from plan.reading import changes, published, told
from plan.reading.concept import sources_told
from plan.reading.in_plan import still_proposed
from plan.reading.publishing import preview
from posts.models import PostOutcome
from tests.helpers.kept import forget
from tests.plan import helpers, telling
from tests.plan.heard_helpers import adopt, lay, publish, sentence, version, write

pytestmark = pytest.mark.django_db
TEXT = "Elk kind een vast gezicht."
SAYS = "Dit staat in zin 1.1 van het concept"
LEADS = '<a class="more" href="/plan/zin/1.1/">Zin 1.1 van het concept'
TO_COME = "Hierover schrijven we een voorstel."


@pytest.fixture
def told_desk(desk):
    """A public sentence that leans on Korte lijnen, and Wachten that was linked to its next wording."""
    desk.faces, desk.sheds, _ = desk.voices
    lay(write(desk.lines, "Een vast gezicht."), desk.faces, desk.voices[2])
    lay(write(desk.wait, "Een fietsenhok."), desk.sheds)
    desk.sentence = sentence([desk.lines], TEXT)
    writing.link(desk.sentence.pk, desk.anouk, stack_id=desk.wait.pk)
    reword(desk, "Elk kind een vast gezicht, en een fietsenhok.", 1)
    return desk


def reword(desk, text: str, seen: int) -> None:
    writing.reword(desk.sentence.pk, text, seen, desk.anouk, why="door 2 reacties")


def make_public() -> None:
    """As a coordinator presses, and the worker does what that asks."""
    waiting().delete()
    concept.publish(changes.read().mark)
    assert work() == 1


def waiting():
    return ProcrastinateJob.objects.filter(task_name="plan.tasks.show_plan")


def work() -> int:
    """Does what waits. How many jobs that were."""
    jobs = waiting().count()
    for _ in range(jobs):
        showing.show_all()
    waiting()._raw_delete(using="default")
    return jobs


def said(voice) -> str:
    return PostOutcome.objects.get(post=voice.post_id).words


def answer(desk, heard: str) -> str:
    """What is done with it, on the page that everyone reads."""
    html = Client().get(f"{desk.question.get_absolute_url()}wat-we-hoorden/").text
    return html.partition(f"<h3>{heard}</h3>")[2].partition("</article>")[0]


def test_what_is_linked_to_the_next_wording_is_in_no_sentence_that_anybody_reads(told_desk):
    shown = {each.stack: each for _, group in preview(told_desk.harvest, None).groups for each in group}
    assert shown[told_desk.lines].sentences == ["zin 1.1 van het concept"]
    assert shown[told_desk.wait].sentences == []
    showing.show(publish(told_desk.harvest).pk)
    assert (said(told_desk.faces), said(told_desk.sheds)) == (SAYS, showing.COMMON)
    assert LEADS in answer(told_desk, "Een vast gezicht.")
    sheds = answer(told_desk, "Een fietsenhok.")
    assert TO_COME in sheds and "Voorstel voor het plan" in sheds
    assert "zin/1.1" not in sheds and TEXT not in sheds


def test_it_is_as_soon_as_that_wording_is_public(told_desk):
    showing.show(publish(told_desk.harvest).pk)
    assert LEADS not in answer(told_desk, "Een fietsenhok.")  # and the page is kept
    make_public()
    assert said(told_desk.sheds) == SAYS
    sheds = answer(told_desk, "Een fietsenhok.")
    assert LEADS in sheds and "en een fietsenhok." in sheds and TO_COME not in sheds


def test_also_what_was_linked_after_it_was_told(told_desk):
    writing.unlink(told_desk.sentence.pk, told_desk.wait.source.pk)
    showing.show(publish(told_desk.harvest).pk)
    writing.link(told_desk.sentence.pk, told_desk.anouk, stack_id=told_desk.wait.pk)
    make_public()
    assert said(told_desk.sheds) == SAYS
    assert LEADS in answer(told_desk, "Een fietsenhok.")


def test_what_the_sentence_leans_on_no_more_leaves_it_with_the_next_wording(told_desk):
    showing.show(publish(told_desk.harvest).pk)
    writing.unlink(told_desk.sentence.pk, told_desk.lines.source.pk)
    showing.show_all()
    assert said(told_desk.faces) == SAYS, "everyone reads the wording of before"
    make_public()
    assert (said(told_desk.faces), said(told_desk.sheds)) == (showing.COMMON, SAYS)
    assert LEADS not in answer(told_desk, "Een vast gezicht.")


def test_adopted_without_them_it_does_not_stand_in_the_plan(told_desk):
    showing.show(publish(told_desk.harvest).pk)
    adopt()
    showing.show_all()
    assert (said(told_desk.faces), said(told_desk.sheds)) == ("Dit staat in zin 1.1 van het plan", showing.COMMON)
    said_of_it = answer(told_desk, "Een fietsenhok.")
    assert "Was een voorstel voor het plan" in said_of_it and "Hierover kwam er geen eigen zin in." in said_of_it
    assert TO_COME not in answer(told_desk, "Een fietsenhok.")


@pytest.mark.parametrize("alone", [False, True])
def test_nor_is_its_writer_told_of_one_to_come(told_desk, alone):
    writer = telling.person("bram@example.org")
    his = telling.voice_of(writer, told_desk.question)
    if alone:
        laying.settle(told_desk.harvest.pk, helpers.seen(his), told_desk.anouk, choice=Choice.PLAN)
    else:
        lay(told_desk.wait, his)
    telling.publish_and_tell(told_desk)
    adopt()
    (voice,) = told.of_reader(None, writer.pk)
    (outcome,) = voice.outcomes
    assert outcome.answer.way.kicker == "Was een voorstel voor het plan"
    assert outcome.answer.answer == (published.SEE_THE_PLAN if alone else published.NO_SENTENCE)
    assert outcome.said.startswith("dit was een voorstel. Het plan is vastgesteld.")


def test_what_is_in_no_sentence_yet_is_known_before_adoption(told_desk):
    assert still_proposed() == []
    publish(told_desk.harvest)
    assert still_proposed() == ["Een fietsenhok."]
    concept.publish(changes.read().mark)
    assert still_proposed() == []


def test_a_refusal_is_nobodys_source(told_desk):
    publish(told_desk.harvest)
    number = told_desk.lines.source.number
    assert sources_told()[number].heard == "Een vast gezicht."
    write(told_desk.lines, "Een vast gezicht.", Choice.NOT)
    publish(told_desk.harvest, changed="Toch niet.")
    assert number not in sources_told()
    page = Client().get("/plan/").text
    assert TEXT in page and "Van wie komt dit?" not in page


def test_its_writer_is_told_no_more_than_everyone_reads(desk):
    writer = telling.person("bram@example.org")
    his = telling.voice_of(writer, desk.question)
    made = sentence([desk.lines], TEXT)
    writing.link(made.pk, desk.anouk, stack_id=desk.wait.pk)
    telling.lay(desk, *desk.voices)
    telling.lay(desk, his, on=desk.wait)
    telling.finish(desk.lines, desk.anouk)
    telling.finish(desk.wait, desk.anouk, heard="Een fietsenhok.")
    telling.publish_and_tell(desk)
    (voice,) = told.in_letter(telling.told_of(his).told)
    (outcome,) = voice.outcomes
    assert (outcome.answer.sentences, outcome.answer.answer) == ([], TO_COME)
    writing.reword(made.pk, "Elk kind een vast gezicht, en een fietsenhok.", 1, desk.anouk, why="door 2 reacties")
    make_public()
    (outcome,) = told.in_letter(telling.told_of(his).told)[0].outcomes
    assert [each.name for each in outcome.answer.sentences] == ["zin 1.1 van het concept"]


def test_a_stack_that_was_joined_brings_its_sentence_along_from_the_next_time_on(desk):
    lay(write(desk.lines, "Een vast gezicht."), desk.voices[0], desk.voices[2])
    lay(write(desk.wait, "Een fietsenhok."), desk.voices[1])
    sentence([desk.lines], TEXT)
    publish(desk.harvest)
    seen = {stack.pk: version(stack) for stack in (desk.lines, desk.wait)}
    stacks.join(desk.harvest.pk, desk.lines.pk, desk.wait.pk, seen, desk.anouk)
    assert LEADS in answer(desk, "Een vast gezicht.")
    assert LEADS not in answer(desk, "Een fietsenhok.")
    assert [each.heard for each in sources_told().values()] == ["Een vast gezicht."]
    publish(desk.harvest, changed="Samengevoegd.")
    forget()
    assert LEADS in answer(desk, "Een fietsenhok.")
    assert [each.heard for each in sources_told().values()] == ["Een fietsenhok."]


def test_what_stands_beside_contributions_moves_with_the_plan(plan):
    assert (plan.publish(), work()) == (4, 1)
    assert (plan.publish(), work()) == (0, 0)
    writing.withdraw(plan.third.pk)
    assert work() == 1
    writing.withdraw(plan.third.pk)
    assert work() == 0, "twice is once"
    plan.take(plan.concept, plan.react, plan.agree)
    assert work() == 0
    plan.take(plan.adopt)
    assert work() == 1
    chain.take_back(plan.adopt.pk)
    assert work() == 1


def test_a_withdrawn_sentence_is_nowhere_at_once(told_desk):
    showing.show(publish(told_desk.harvest).pk)
    assert LEADS in answer(told_desk, "Een vast gezicht.")
    writing.withdraw(told_desk.sentence.pk)
    assert work() == 1
    assert said(told_desk.faces) == showing.COMMON
    assert LEADS not in answer(told_desk, "Een vast gezicht.")
