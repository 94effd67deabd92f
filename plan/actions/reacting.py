"""Reacting to the sentences of the plan: a question for each, open as long as the chain says so."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from plan.models import Plan, PlanStep, Sentence, Wording
from posts.models import Phase, Question
from posts.models.questions import QuestionKind
from werkplaats.words import excerpt

LONGEST = 200  # characters of `Question.text`
OF_PLAN = Q(kind=QuestionKind.PLAN)
# The sentence is in the plan, or it is the question of the plan as a whole.
STANDS = Q(sentence__withdrawn_at=None)
TAKES_REACTIONS = Q(opened_at__isnull=False, closed_at=None)


def keep_open() -> int:
    """Opens and closes what is asked about the sentences, as the chain says for this day. Twice is once.

    Returns how many it changed. Two queries when nothing changes.
    """
    open_now = PlanStep.objects.takes_reactions()
    if not _wrong(open_now).exists():
        return 0
    with transaction.atomic():
        Plan.locked()
        open_now = PlanStep.objects.takes_reactions()
        now, wrong = timezone.now(), _wrong(open_now)
        to_close = list(wrong.filter(TAKES_REACTIONS).values_list("pk", flat=True))
        to_open = list(wrong.exclude(TAKES_REACTIONS).values_list("pk", flat=True))
        closed = Question.objects.filter(pk__in=to_close).update(closed_at=now)
        opened = Question.objects.filter(pk__in=to_open)
        return closed + opened.update(opened_at=Coalesce("opened_at", now), closed_at=None)


def _wrong(open_now: bool):  # type: ignore[no-untyped-def]  # an annotated queryset
    """Those that are open and should not be, or the other way round."""
    asked = Question.objects.filter(OF_PLAN)
    if open_now:
        return asked.filter(STANDS & ~TAKES_REACTIONS | ~STANDS & TAKES_REACTIONS)
    return asked.filter(TAKES_REACTIONS)


def ask_about(wordings: Iterable[Wording]) -> None:
    """Has each of these sentences, in words that are public now, a question to react to. Three queries and no more.

    The wordings come with their sentence, its chapter and its question.
    """
    new, known, whole = [], [], whole_plan()
    for wording in wordings:
        asked = wording.sentence.question or _question_of(wording.sentence, whole)
        if asked.pk and asked.intro != wording.text:
            asked.reworded_at = timezone.now()
        asked.text, asked.intro = excerpt(wording.text, LONGEST), wording.text
        if asked.pk:
            known.append(asked)
        else:
            wording.sentence.question = asked
            new.append(wording.sentence)
    Question.objects.bulk_update(known, ["text", "intro", "reworded_at"])
    Question.objects.bulk_create(each.question for each in new if each.question)
    Sentence.objects.bulk_update(new, ["question"])


def whole_plan() -> Question:
    """The question of which those about the sentences are parts: what is said there is one harvest."""
    return Question.objects.get_or_create(
        kind=QuestionKind.PLAN,
        parent=None,
        defaults={
            "slug": "het-plan",
            "title": "Het plan",
            "text": "Wat vind je van het concept van het plan?",
            "page": reverse("concept:plan"),
            "phase": Phase.objects.first() or Phase.objects.create(name="nu"),
        },
    )[0]


def _question_of(sentence: Sentence, whole: Question) -> Question:
    number = sentence.shown_number
    return Question(
        kind=QuestionKind.PLAN,
        # With the key: nobody else's is called so.
        slug=f"plan-zin-{number.replace('.', '-')}-{sentence.pk}",
        title=f"Zin {number} van het plan",
        page=reverse("concept:sentence", args=[number]),
        parent=whole,
        phase=whole.phase,
    )
