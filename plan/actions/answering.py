"""«Hebben we je goed begrepen?»: what a writer answers, and what a sorter answers to a no. It changes no sentence."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from plan.actions.outcomes import Refused
from plan.models import Answer, OutcomesSeen, Told, ToldVoice
from plan.models.publications import PAUSE as REPLY_WAITS
from plan.reading.told import OwnVoice, of_reader
from werkplaats import mail
from werkplaats.models import User
from werkplaats.people import visitors

JOB = "plan.tasks.send_reply"
OVER = "De tijd om te antwoorden is voorbij."
ERASED = "Deze woorden zijn gewist."
CHANGED = "Op een ander apparaat heb je intussen iets anders geantwoord. Hieronder zie je wat er nu staat."
SAY_IT = "Schrijf in een paar woorden wat je bedoelde."
REPLY = "Schrijf eerst een antwoord."
NOT_READ = "Deze woorden staan niet meer op de site. Er is niets verstuurd."
MEANT_ANEW = "De schrijver zegt het intussen anders. Lees het nog eens, en antwoord dan."


class Said(NamedTuple):
    """What a writer answers; `meant` goes with a no alone."""

    answer: Answer
    meant: str = ""


def lock(pk: int) -> ToldVoice:
    """Read after the lock: what another did meanwhile stands in it. Raises Refused when it was erased."""
    rows = ToldVoice.objects.filter(pk=pk)
    list(rows.select_for_update(no_key=True).values_list("pk"))
    row = rows.select_related("publication", "told__user", "replied_by", "fragment").first()
    if row is None:
        raise Refused(ERASED)
    return row


def answer(pk: int, seen: int, said: Said, *, anew: bool = False) -> ToldVoice:
    """Keeps what the writer of a told voice answers, who saw version `seen` of it. The same twice is once.

    `anew`: what they answered before was about other words, so the same is another answer now.

    Raises Refused after the term, for a no without words, and when another device of theirs was first.
    """
    if said.answer == Answer.NO and not said.meant:
        raise Refused(SAY_IT)
    with transaction.atomic():
        row = lock(pk)
        if (row.answer, row.meant) == said and not anew:
            return row
        if not row.publication.takes_answers():
            raise Refused(OVER)
        if row.version != seen:
            raise Refused(CHANGED)
        row.answer, row.meant, row.answered_at = said.answer, said.meant, timezone.now()
        row.version += 1
        if said.answer == Answer.NO:  # other words wait for an answer of their own
            row.reply, row.replied_by, row.replied_at = "", None, None
        row.save()
    return row


def have_seen(told: Told, voices: Iterable[OwnVoice]) -> None:
    """Who answers on the page of their letter read what stands on it: it is not new on their other pages any more.

    Until just before what is new to them elsewhere: that stays new.
    """
    if told.user is None:
        return
    own = visitors.own(told.user)
    here = {voice.row.fragment_id for voice in voices}
    seen = OutcomesSeen.objects.filter(visitor=own).values_list("until", flat=True).first()
    news = [voice for voice in of_reader(own.pk, told.user.pk) if not voice.is_gone]
    elsewhere = [voice.news_at for voice in news if voice.row.fragment_id not in here]
    first = min((at for at in elsewhere if seen is None or at > seen), default=None)
    read = [at for at in (voice.news_at for voice in voices) if first is None or at < first]
    if read:
        OutcomesSeen.objects.look(own, max(read))


def let_be_named(pk: int, may: bool) -> ToldVoice:
    """Whether their name may stand beside words under «doen we niet», for the refusal that they were told of.

    Taking that back is never too late, and takes back all that was ever agreed for this voice.
    """
    with transaction.atomic():
        row = lock(pk)
        if may and not row.named_at and not row.publication.takes_answers():
            raise Refused(OVER)
        if not may:
            ToldVoice.objects.filter(fragment=row.fragment_id, named_at__isnull=False).update(named_at=None)
            row.named_at = None
        elif not row.named_at:
            row.named_at = timezone.now()
            row.save(update_fields=["named_at"])
    return row


def reply(pk: int, seen: int, text: str, by: User) -> ToldVoice:
    """Answers a no, of which `by` read version `seen`, and has its writer told, once: REPLY_WAITS later.

    Raises Refused without words, when another sorter was first, when the writer said something else meanwhile, and
    when what they wrote may not be read any more.
    """
    if not text:
        raise Refused(REPLY)
    with transaction.atomic():
        row = lock(pk)
        if row.replied_at:
            if row.reply == text and row.replied_by_id == by.pk:
                return row
            who = str(row.replied_by or "Iemand")
            raise Refused(f"{who} was je net voor, en schreef: «{row.reply}»")
        _check_meant(row)
        if row.version != seen:
            raise Refused(MEANT_ANEW)
        _write_back(row, text, by)
    return row


def correct(pk: int, was: str, text: str, by: User) -> ToldVoice:
    """Replies in other words than `was`, which `by` read. Its writer is told anew, but not of what did not leave yet.

    The same words again write nothing. Raises Refused without words, when another sorter wrote something else since,
    when the writer said something else meanwhile, and when what they wrote may not be read any more.
    """
    if not text:
        raise Refused(REPLY)
    with transaction.atomic():
        row = lock(pk)
        _check_meant(row)
        if not row.reply:
            raise Refused(MEANT_ANEW)
        if row.reply == text:
            return row
        if row.reply != was:
            who = str(row.replied_by or "Iemand")
            raise Refused(f"{who} was je net voor, en schreef: «{row.reply}»")
        _write_back(row, text, by)
    return row


def _check_meant(row: ToldVoice) -> None:
    """Raises Refused when its words may not be read any more, and when the no does not count any more."""
    if not row.fragment.live:
        raise Refused(NOT_READ)
    if not ToldVoice.objects.unreplaced().filter(pk=row.pk, answer=Answer.NO).exists():
        raise Refused(MEANT_ANEW)


def _write_back(row: ToldVoice, text: str, by: User) -> None:
    row.reply, row.replied_by, row.replied_at = text, by, timezone.now()
    row.save(update_fields=["reply", "replied_by", "replied_at"])
    if row.told.user:
        mail.later(JOB, to=row.told.user.email, at=row.replied_at + REPLY_WAITS, voice_id=row.pk)
