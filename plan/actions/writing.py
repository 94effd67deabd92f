"""Writing sentences of the plan, and linking them to what they lean on. None of it changes what the public sees."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from plan.actions.outcomes import Refused
from plan.models import Chapter, Footnote, Fragment, Origin, Sentence, Source, Stack, Wording
from werkplaats.models import User

NO_SENTENCE = "Deze zin is er niet meer."


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


def reword(sentence_id: int, text: str, seen: int, by: User) -> Reworded:
    """Another wording; the earlier ones stay. `seen` is the number of the wording that the page showed.

    The same text again writes nothing. Raises Refused for a sentence that is gone, and without words.
    """
    if not text:
        raise Refused("Schrijf eerst de zin op.")
    with transaction.atomic():
        sentence = _locked(sentence_id)
        newest = sentence.wordings.select_related("by").order_by("-number")[0]
        if newest.text == text:
            return Reworded(newest)
        if newest.number != seen:
            return Reworded(newest, lost=True)
        return Reworded(Wording.objects.create(sentence=sentence, number=seen + 1, text=text, by=by))


def withdraw(sentence_id: int) -> None:
    """Takes a sentence out of the plan; its number is not used again. Twice is once."""
    Sentence.objects.standing().filter(pk=sentence_id).update(withdrawn_at=timezone.now())


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
