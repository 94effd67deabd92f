"""The rehearsal is as large as it says, belongs together, and can be begun anew by whoever comes next."""

import io
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import transaction

from plan.actions import laying, stacks, undoing, writing
from plan.actions.outcomes import Seen
from plan.models import (
    Act,
    Chapter,
    Destination,
    Footnote,
    Fragment,
    Harvest,
    Note,
    PlanStep,
    Publication,
    Sentence,
    Source,
    Stack,
    Wording,
    WordingThumb,
)
from polls.models import Sticker
from posts.models import Post, Question, Thumb
from posts.screening import hints
from werkplaats.demo.content import concept, half_sorted, rehearsal, rehearsal_heard, rehearsal_said, told
from werkplaats.demo.management.commands import loadrehearsal
from werkplaats.models import Role, User, Werkgebied


def load(*arguments: str) -> str:
    out = io.StringIO()
    call_command("loadrehearsal", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """The harvests that were compared, which a process of its own does: see tests/plan. Loading takes seconds."""
    harvests: list[Harvest] = []
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr(loadrehearsal.comparing, "compare", harvests.append)
        call_command("loaddemo", verbosity=0, stdout=io.StringIO())
        load()
        with django_db_blocker.block():
            yield harvests
        transaction.set_rollback(True)


@pytest.fixture
def loaded(loaded_once, db):
    """As `loaded_once`; what the test does to it is undone."""
    before = list(loaded_once)
    yield loaded_once
    loaded_once[:] = before


def question() -> Harvest:
    return Harvest.objects.get(question__slug="proefvraag")


def cycle() -> Harvest:
    return Harvest.objects.get(cycle__slug="als-een-kind-vastloopt")


def now() -> Harvest:
    return Harvest.objects.get(question=Question.objects.current())


def rows() -> list[int]:
    return [model.objects.count() for model in (Post, Fragment, Note, Thumb, Stack, Destination, Act, Source, User)]


def test_there_is_as_much_as_was_asked(loaded):
    found = {kind: question().fragments.exclude(**{kind: None}).count() for kind in ("post", "wensbeeld", "note")}

    assert found == {"post": 120, "wensbeeld": 40, "note": 300}
    assert question().fragments.count() == question().voices_left == 460
    assert cycle().fragments.exclude(idea=None).count() == cycle().voices_left == 9
    given = Sticker.objects.filter(idea__fragment__harvest=cycle())
    assert given.count() == sum(sum(counts) for group in rehearsal.groups for _, counts in group["ideas"])


def test_it_is_varied_and_comes_mixed(loaded):
    posts = Post.objects.filter(question__slug="proefvraag")

    assert set(posts.values_list("role", flat=True)) == set(Role.objects.values_list("pk", flat=True))
    assert set(posts.exclude(werkgebied=None).values_list("werkgebied", flat=True)) == set(
        Werkgebied.objects.values_list("pk", flat=True)
    )
    assert posts.exclude(parent=None).count() == 10
    assert posts.exclude(meeting="").count() == 2
    assert len(set(posts.values_list("text", flat=True))) == 120
    lengths = sorted(len(text) for text in posts.values_list("text", flat=True))
    assert lengths[5] < 70 and lengths[-5] > 230
    notes = Note.objects.filter(notes__cafe__slug="proefvraag")
    assert set(notes.values_list("table", flat=True)) == set(range(1, 13))
    assert notes.filter(times__in=[2, 3, 4]).count() == 50
    assert notes.filter(role=None).exists()

    about = {said["text"]: each["about"] for each in rehearsal_said.subjects for said in each["said"]}
    roots = posts.filter(parent=None).order_by("created_at")
    subjects = [about[text] for text in roots.values_list("text", flat=True)]
    assert sum(one == other for one, other in pairwise(subjects)) < 10


def test_all_of_it_was_said_while_the_question_was_open(loaded):
    asked = question().question

    for post in Post.objects.filter(question=asked):
        assert asked.opened_at < post.created_at < post.published_at < asked.closed_at
        assert post.parent is None or post.created_at > post.parent.created_at
    thumbs = Thumb.objects.filter(post__question=asked)
    assert not thumbs.exclude(created_at__lte=asked.closed_at).exists()
    assert asked.closed_at < Question.objects.current().opened_at
    assert not Thumb.objects.filter(role=None).exists() and not Sticker.objects.filter(role=None).exists()
    assert not thumbs.filter(post__role__is_pupil=True, value__lt=0).exists()


def test_no_child_is_named():
    said = [each for about in rehearsal_said.subjects for each in about["said"]]
    texts = [each["text"] for root in said for each in (root, *root.get("answers", []))]
    texts += [text for _, _, text in rehearsal.wensbeelden["said"]]
    texts += [text for group in rehearsal.groups for text, _ in group["ideas"]]
    tables = [*rehearsal_heard.tables, *half_sorted.tables]
    texts += [line[2:] for table in tables for line in table["lines"].splitlines()]

    assert len(texts) == 120 + 40 + 9 + 300 + 27
    assert [text for text in texts if hints.seen_in(text)] == []


def test_the_question_of_now_is_half_sorted_by_two(loaded):
    harvest = now()

    assert 0.4 < harvest.voices_left / harvest.fragments.count() < 0.6
    assert harvest.stacks.lying().count() == 9
    assert [stack.name for stack in harvest.stacks.in_place() if stack.is_done] == [
        "Eén vast gezicht",
        "Korte lijnen",
        "Hulp in de school",
    ]
    assert harvest.stacks.filter(heard="").exclude(choice="").exists()
    cards = Destination.objects.standing().filter(harvest=harvest)
    assert cards.filter(stack=None).count() == 2
    assert cards.exclude(stack=None).exclude(choice="").count() == 1
    assert harvest.fragments.filter(destinations=2).count() == 1
    for card in cards.exclude(quote_from=None):
        quoted = card.fragment.text[card.quote_from : card.quote_to]
        assert quoted[0].isupper() and quoted[-1] in ".?"
    assert cards.exclude(quote_from=None).count() == 5
    assert {act.by.name for act in harvest.acts.all()} == {"Coördinator", "Anouk"}
    anouk = User.objects.get(email=rehearsal.sorter["email"])

    assert anouk.is_staff and anouk.has_perm("plan.sort_voices") and not anouk.is_superuser


def test_it_comes_once(loaded):
    before, begun = rows(), set(loaded)

    told = load()

    assert rows() == before
    assert set(loaded) == begun == {question(), now()}
    assert len(loaded) == 2
    assert f"460 stemmen zonder bestemming: /beheer/werkbank/{question().pk}/" in told


def test_what_was_taken_away_stays_away(loaded):
    Question.objects.filter(slug="proefvraag").update(slug="anders")

    load("--opnieuw")

    assert not Question.objects.filter(slug="proefvraag").exists()


def sort_some(harvest: Harvest, by: User) -> None:
    """Lays, settles, joins twice, undoes, and lets the plan lean on a stack and on a voice."""
    voices = list(harvest.fragments.order_by("pk"))
    seen = {row.pk: Seen(row.version, row.source_version) for row in voices}
    one, other, third = (stacks.make(harvest.pk, name, by).made for name in ("Rust", "Stilte", "Ruimte"))
    laying.lay(harvest.pk, one, {row.pk: seen[row.pk] for row in voices[:6]}, by)
    laying.settle(harvest.pk, {row.pk: seen[row.pk] for row in voices[6:8]}, by, choice="good")
    for joined, into in ((one, other), (other, third)):
        stacks.join(harvest.pk, joined, into, dict(Stack.objects.values_list("pk", "version")), by)
    laying.lay(harvest.pk, third, {row.pk: seen[row.pk] for row in voices[8:9]}, by)
    undoing.undo(harvest.pk, by)
    sentence = writing.add_sentence(Chapter.objects.get(number=1).pk, "Elke school heeft een stille plek.", by)
    writing.link(sentence.pk, by, stack_id=third)
    writing.link(sentence.pk, by, fragment_id=voices[0].pk)


def test_who_comes_next_finds_it_unsorted(loaded):
    harvest, begun, footnotes = question(), rows(), set(Footnote.objects.values_list())
    sort_some(harvest, User.objects.get(email=rehearsal.sorter["email"]))
    line = Note.objects.filter(notes__cafe__slug="proefvraag")[0]
    Note.objects.filter(pk=line.pk).update(text="iets anders", times=7)
    sorted_version = question().version

    load("--opnieuw")

    assert rows() == begun
    assert question().voices_left == question().fragments.count() == 460
    assert not question().fragments.exclude(version=0).exists()
    assert question().version > sorted_version
    assert not Note.objects.filter(text="iets anders").exists()
    assert set(Footnote.objects.values_list()) == footnotes
    assert [sentence.shown_number for sentence in Sentence.objects.exclude(withdrawn_at=None)] == ["1.6"]
    assert now().stacks.count() == 9


def test_a_question_is_told_and_the_concept_that_leans_on_it_is_open_for_reactions(loaded):
    publication = Publication.objects.latest("number")
    assert publication.harvest.question.slug == told.question["slug"]

    public = Wording.objects.public()
    assert public.count() == Sentence.objects.count() == 20
    assert not public.filter(sources=[]).exclude(sentence__origin="law").exists()
    assert [step.name for step in PlanStep.objects.reached()] == ["Concept", "Voor reactie"]
    assert PlanStep.objects.count() == 6
    assert PlanStep.objects.takes_reactions()
    (changed,) = Wording.objects.published().filter(number=2)
    assert (changed.sentence.shown_number, changed.why) == ("1.5", "door 4 reacties")
    assert WordingThumb.objects.filter(wording__sentence=changed.sentence).count() == 22 + 4 + 9 + 14
    reactions = Post.objects.readable().filter(question__kind="plan")
    assert reactions.count() == 9
    texts = [said["text"] for said in concept.reactions]
    assert [text for text in texts if hints.seen_in(text)] == []
