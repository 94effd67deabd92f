"""Writing sentences of the plan, and linking them to what they lean on.

None of it changes what the public sees, but for a public sentence that is withdrawn.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plan.actions import reacting, showing
from plan.actions.outcomes import Refused
from plan.models import Chapter, Footnote, Fragment, Origin, Plan, PlanStep, Sentence, Source, Stack, Wording
from werkplaats.models import User

NO_SENTENCE = "Deze zin is er niet meer."
NO_WHY = "Deze zin is al openbaar. Schrijf in een paar woorden op waarom die anders wordt: dat staat er straks bij."
NO_DAY = "Het plan is vastgesteld: de zin blijft staan, en dit komt eronder. Vul in op welke dag dit is besloten."
EARLY = "Het plan is nog niet vastgesteld: er is nog niets besloten. Laat de dag leeg."
STANDS = "Het plan is vastgesteld: deze zin blijft staan. Een later besluit komt er met zijn dag onder."


@dataclass(frozen=True)
class Reworded:
    """`newest` is the wording that stands; `lost` whether it is another's, written since the one that was seen."""

    newest: Wording
    lost: bool = False


def add_chapter(title: str) -> Chapter:
    """A chapter behind the last one. Raises Refused without a title."""
    if not title:
        raise Refused("Geef het hoofdstuk een titel.")
    with transaction.atomic():
        Chapter.lock_plan()
        last = Chapter.objects.aggregate(last=Max("number"))["last"] or 0
        return Chapter.objects.create(number=last + 1, title=title)


def add_sentence(chapter_id: int, text: str, by: User, *, origin: str = Origin.VOICES) -> Sentence:
    """A sentence behind the last of its chapter, with a number that none had before.

    Raises Chapter.DoesNotExist, and Refused without words.
    """
    if not text:
        raise Refused("Schrijf eerst de zin op.")
    with transaction.atomic():
        chapter = Chapter.objects.select_for_update(no_key=True).get(pk=chapter_id)
        last = chapter.sentences.aggregate(last=Max("number"))["last"] or 0
        sentence = Sentence.objects.create(chapter=chapter, number=last + 1, origin=origin)
        Wording.objects.create(sentence=sentence, number=1, text=text, by=by)
        return sentence


def reword(
    sentence_id: int, text: str, seen: int, by: User, *, why: str = "", decided_on: date | None = None
) -> Reworded:
    """Another wording; the earlier ones stay. `seen` is the number of the wording that the page showed.

    `why` it is another stands beside a sentence that was public before; once the plan is adopted it is an addition,
    of the day `decided_on`. The same text again writes nothing, but for these two of what is not public yet. Raises
    Refused for a sentence that is gone, without words, and without what else is asked.
    """
    if not text:
        raise Refused("Schrijf eerst de zin op.")
    with transaction.atomic():
        sentence = _locked(sentence_id)
        newest = sentence.wordings.select_related("by").order_by("-number")[0]
        if newest.text == text and (newest.published_at or (newest.why, newest.decided_on) == (why, decided_on)):
            return Reworded(newest)
        if newest.number != seen:
            return Reworded(newest, lost=True)
        _check(sentence, why, decided_on)
        if newest.text == text:
            newest.why, newest.decided_on = why, decided_on
            newest.save(update_fields=["why", "decided_on"])
            return Reworded(newest)
        more = {"why": why, "decided_on": decided_on}
        return Reworded(Wording.objects.create(sentence=sentence, number=seen + 1, text=text, by=by, **more))


def _check(sentence: Sentence, why: str, decided_on: date | None) -> None:
    adopted = PlanStep.objects.is_adopted()
    if adopted != (decided_on is not None):
        raise Refused(NO_DAY if adopted else EARLY)
    if not (adopted or why) and sentence.wordings.exclude(published_at=None).exists():
        raise Refused(NO_WHY)


def withdraw(sentence_id: int) -> None:
    """Takes a sentence out of the plan, also for everyone who reads it; its number is not used again. Twice is once.

    Raises Refused for one that is public in a plan that was adopted.
    """
    with transaction.atomic():
        Plan.locked()
        if PlanStep.objects.is_adopted() and Wording.objects.published().filter(sentence=sentence_id).exists():
            raise Refused(STANDS)
        Sentence.objects.standing().filter(pk=sentence_id).update(withdrawn_at=timezone.now())
        reacting.keep_open()
        showing.again()


def _locked(sentence_id: int) -> Sentence:
    standing = Sentence.objects.standing().select_for_update(no_key=True)
    sentence = standing.filter(pk=sentence_id).first()
    if sentence is None:
        raise Refused(NO_SENTENCE)
    return sentence


def link(sentence_id: int, by: User, *, stack_id: int | None = None, fragment_id: int | None = None) -> Source:
    """Lets a sentence lean on a stack or a voice, which gets its number in the plan the first time. Twice is once.

    Raises Refused when the sentence, the stack or the voice is not there.
    """
    with transaction.atomic():
        sentence = _locked(sentence_id)
        source = _numbered(stack_id, fragment_id)
        Footnote.objects.get_or_create(sentence=sentence, source=source, defaults={"by": by})
        return source


def unlink(sentence_id: int, source_id: int) -> None:
    """The source keeps its number, for when it is linked again. Twice is once."""
    Footnote.objects.filter(sentence=sentence_id, source=source_id).delete()


def _numbered(stack_id: int | None, fragment_id: int | None) -> Source:
    Chapter.lock_plan()
    of = {"stack_id": stack_id} if stack_id else {"fragment_id": fragment_id or 0}
    stacks, voices = Stack.objects.lying(), Fragment.objects.filter(live=True)
    there = stacks.filter(pk=stack_id).exists() if stack_id else voices.filter(pk=of["fragment_id"]).exists()
    if not there:
        raise Refused("Deze bron is er niet meer.")
    known = Source.objects.filter(**of).first()
    last = Source.objects.aggregate(last=Max("number"))["last"] or 0
    return known or Source.objects.create(number=last + 1, **of)
