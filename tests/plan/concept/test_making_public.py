"""Making the concept public: what may, what everyone reads then, and what the database refuses."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from plan.actions import chain, concept, writing
from plan.actions.outcomes import Refused
from plan.models import Sentence, Wording
from plan.reading import changes
from posts.models import Question
from tests.plan.concept.helpers import shown
from werkplaats.models import Site

pytestmark = pytest.mark.django_db


def public() -> list[tuple[str, list[int]]]:
    found = Wording.objects.public().select_related("sentence__chapter")
    return sorted((each.sentence.shown_number, each.sources) for each in found)


def test_all_that_may_becomes_public_with_its_sources_and_a_place_to_react(plan):
    bare = writing.add_sentence(plan.classes.pk, "Nog zonder bron.", plan.by)
    assert Site.objects.get().plan_since is None
    assert plan.publish() == 4

    assert public() == [("1.1", [1]), ("1.2", [1]), ("1.3", []), ("2.1", [1])]
    assert not Wording.objects.get(sentence=bare).published_at
    asked = Question.objects.filter(kind="plan").exclude(parent=None).order_by("page")
    assert [question.page for question in asked] == [f"/plan/zin/{number}/" for number in ("1.1", "1.2", "1.3", "2.1")]
    assert asked[1].text == asked[1].intro == "Ouders horen binnen een maand hoe lang wachten duurt."
    assert asked[0].parent.page == "/plan/"
    assert Site.objects.get().plan_since


def test_pressing_twice_is_once_and_what_changed_meanwhile_is_looked_at_first(plan):
    seen = changes.read().mark
    assert concept.publish(seen) == 4
    assert concept.publish(seen) == 0

    plan.reword(plan.second, "Ouders horen binnen tien schooldagen hoe lang wachten duurt.")
    seen = changes.read().mark
    writing.link(plan.second.pk, plan.by, stack_id=plan.desk.lines.pk)
    with pytest.raises(Refused, match="veranderd sinds je keek"):
        concept.publish(seen)
    assert plan.publish() == 1
    assert shown(plan.second).sources == [1, 2]
    assert Question.objects.get(page="/plan/zin/1.2/").text.startswith("Ouders horen binnen tien schooldagen")


def test_a_public_sentence_changes_with_a_reason_or_not_at_all(plan):
    plan.publish()
    with pytest.raises(Refused, match="waarom die anders wordt"):
        writing.reword(plan.first.pk, "Elk kind praat mee.", 1, plan.by)
    writing.reword(plan.first.pk, "Elk kind praat mee.", 1, plan.by, why="door 3 reacties")
    writing.reword(plan.first.pk, "Elk kind praat mee.", 2, plan.by, why="door 4 reacties")  # the reason alone
    assert [row.wording.why for row in changes.read().rows] == ["door 4 reacties"]
    assert plan.first.wordings.count() == 2

    plan.publish()
    with pytest.raises(DatabaseError), transaction.atomic():
        Wording.objects.filter(sentence=plan.first, number=2).update(why="zomaar")


def test_what_is_written_back_is_no_change(plan):
    plan.publish()
    plan.reword(plan.first, "Anders.")
    plan.reword(plan.first, "Een kind praat mee over zijn eigen plan.")
    assert changes.read().rows == []


def test_a_sentence_without_source_has_to_wait(plan):
    plan.publish()
    writing.add_sentence(plan.classes.pk, "Nog zonder bron.", plan.by)
    (row,) = changes.read().rows
    assert row.problem == changes.NO_SOURCE
    with pytest.raises(Refused, match="Nog geen van deze zinnen"):
        plan.publish()


class TestAdopted:
    @pytest.fixture(autouse=True)
    def adopted(self, plan):
        plan.open()
        plan.take(plan.agree, plan.adopt)

    def test_sentences_stand_still(self, plan):
        with pytest.raises(Refused, match="op welke dag dit is besloten"):
            writing.reword(plan.first.pk, "Anders.", 1, plan.by, why="zomaar")
        with pytest.raises(Refused, match="deze zin blijft staan"):
            writing.withdraw(plan.first.pk)

    def test_the_database_says_so_too(self, plan):
        draft = Wording.objects.create(sentence=plan.first, number=2, text="Anders.")
        for act in (
            lambda: Wording.objects.filter(pk=draft.pk).update(published_at=timezone.now()),
            lambda: Wording.objects.create(sentence=plan.first, number=3, text="Anders.", published_at=timezone.now()),
            lambda: Sentence.objects.filter(pk=plan.first.pk).update(withdrawn_at=timezone.now()),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
        assert shown(plan.first).number == 1

    def test_what_is_decided_later_is_added_with_its_day(self, plan):
        today = timezone.localdate()
        plan.reword(plan.first, "Ook kinderen van groep 3 praten mee.", why="", decided_on=today)
        plan.publish()
        assert shown(plan.first).text == "Een kind praat mee over zijn eigen plan."
        assert Wording.objects.published().first().decided_on == today
        with pytest.raises(Refused, match="besluiten van daarna"):
            chain.take_back(plan.adopt.pk)


def test_before_it_is_adopted_nothing_has_a_day_on_which_it_was_decided(plan):
    plan.publish()
    with pytest.raises(Refused, match="nog niets besloten"):
        writing.reword(plan.first.pk, "Anders.", 1, plan.by, why="x", decided_on=timezone.localdate())
    with pytest.raises(DatabaseError), transaction.atomic():
        Wording.objects.create(
            sentence=plan.first, number=2, text="A.", published_at=timezone.now(), decided_on=timezone.localdate()
        )
