"""What the terms do to the plan, and to what was said on the way to it; `werkplaats.avg` runs them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from plan.models import Act, Destination, Heard, HeardVoice, Note, NotesPhoto, Stack, Told, ToldVoice, WordingThumb
from werkplaats.privacy.running import At, Work, Works
from werkplaats.register.entries import Term

NO_CHOICE: dict[str, Any] = {"choice": "", "words": "", "decided_by": "", "decided_on": None}


def once_over(rows: QuerySet[Any]) -> Any:
    """All of these, once the period of the plan is over."""
    return lambda at: rows.all() if at.is_over else rows.none()


def noted(at: At) -> QuerySet[Note]:
    return Note.objects.filter(at__lt=at.ended) if at.is_over else Note.objects.none()


def told(at: At) -> QuerySet[Told]:
    """To whom it was told, with what they answered."""
    return Told.objects.filter(at__lt=at.ended) if at.is_over else Told.objects.none()


def forget_told(pks: list[int], at: At) -> int:
    ToldVoice.objects.filter(told__in=pks).delete()
    return Told.objects.filter(pk__in=pks).delete()[0]


def forget_stacks(pks: list[int], at: At) -> int:
    """A stack stays as a number, with how often it was heard."""
    done = 0
    for stack in Stack.objects.filter(pk__in=pks).select_for_update():
        number = f"stapel {stack.pk}"[:28]
        done += Stack.objects.filter(pk=stack.pk).update(name=number, heard="", **NO_CHOICE)
    return done


def forget_heard(pks: list[int], at: At) -> int:
    rows = Heard.objects.filter(pk__in=pks, erased_at=None)
    return rows.update(heard="", erased_at=at.now, **NO_CHOICE)


def old_photos(at: At) -> QuerySet[NotesPhoto]:
    return NotesPhoto.objects.filter(kept_until__lt=timezone.localdate(at.now))


def forget_photos(pks: list[int], at: At) -> int:
    """With the files of their pictures, which a signal takes along."""
    found = list(old_photos(at).filter(pk__in=pks))
    for photo in found:
        photo.delete()
    return len(found)


STACKS = Stack.objects.exclude(heard="", choice="")
WORDS_OF_CARDS = HeardVoice.objects.exclude(words="", choice="").filter(heard__isnull=False)
ANSWERED = HeardVoice.objects.filter(heard=None)
STEPS = Act.objects.filter(before__isnull=False)
CARDS = Destination.objects.exclude(choice="").filter(stack__isnull=False)
WORKS: Works = {
    Term.VOTES: [
        Work(
            "duimpje bij een zin,duimpjes bij zinnen",
            lambda at: WordingThumb.objects.of_closed(at.cut),
            lambda pks, at: WordingThumb.objects.unlink(pks, at.cut),
        )
    ],
    Term.PHOTOS: [Work("foto van een flap,foto's van flappen", old_photos, forget_photos)],
    Term.WORDS: [
        Work("aantekening,aantekeningen", noted, lambda pks, at: Note.objects.filter(pk__in=pks).delete()[0]),
        Work("bericht over inbreng,berichten over inbreng", told, forget_told),
        Work("stapel,stapels", once_over(STACKS), forget_stacks),
        Work("zin die we hoorden,zinnen die we hoorden", once_over(Heard.objects.filter(erased_at=None)), forget_heard),
        Work(
            "eigen antwoord,eigen antwoorden",
            once_over(ANSWERED),
            lambda pks, at: HeardVoice.objects.filter(pk__in=pks).delete()[0],
        ),
        Work(
            "antwoord bij een stapel,antwoorden bij stapels",
            once_over(WORDS_OF_CARDS),
            lambda pks, at: HeardVoice.objects.filter(pk__in=pks).update(**NO_CHOICE),
        ),
        Work(
            "keuze bij een stem,keuzes bij stemmen",
            once_over(CARDS),
            lambda pks, at: Destination.objects.filter(pk__in=pks).update(**NO_CHOICE),
        ),
        Work(
            "stap van het sorteren,stappen van het sorteren",
            once_over(STEPS),
            lambda pks, at: Act.objects.filter(pk__in=pks).update(before=None),
        ),
    ],
}
