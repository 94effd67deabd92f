"""What a writer presses beside one of their voices, on the page of the letter and on the page of one's own."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.shortcuts import redirect, render

from plan.actions import answering
from plan.actions.answering import Said
from plan.actions.outcomes import Refused
from plan.models import Answer
from plan.reading.told import OwnVoice, name_of
from plan.views import forms
from werkplaats.versions import mark_in
from werkplaats.web.addresses import row_key

PAGE = "plan/told/page.html"
KEPT = 302  # the status of what `take` answers when it kept something
MOST = 300  # characters of what somebody meant
CHANGED = "Wat we ermee doen, is intussen gewijzigd. Hierboven zie je hoe het nu is."
NOT_THERE = "Dit staat hier niet meer. Er is niets bewaard."


def take(request, read: Callable[[], list[OwnVoice]], back: str, **context: Any):
    """Keeps the answer and leads `back` to that voice; else the page as it is by then, with what was typed and why not.

    Words may be erased, or turn out to be another's, while somebody presses: `read` is asked for the voices each time.
    """
    named = request.POST.get("stem")
    try:
        row = find(read(), named).row
        with transaction.atomic():
            answering.lock(row.pk)
            voice = find(read(), named)
            ACTS.get(request.POST.get("doe", ""), nothing)(voice, request.POST)
    except Refused as refused:
        return show(request, read(), status=409, problem=str(refused), about=named, typed=request.POST, **context)
    return redirect(f"{back}#inbreng-{voice.name}")


def find(voices: list[OwnVoice], named: str | None) -> OwnVoice:
    """Raises Refused when it is not there for this reader."""
    voice = next((each for each in voices if each.name == named and not each.is_gone), None)
    if voice is None:
        raise Refused(NOT_THERE)
    return voice


def show(request, voices: list[OwnVoice], *, status: int = 200, **context: Any):
    """`about` is the name of the voice that a problem is about; without one that may be read it stands on top."""
    known = {voice.name: voice for voice in voices if not voice.is_gone}
    lost = _lost(known.get(context.get("about", "")), context.get("typed", {}))
    context |= {"voices": voices, "name": name_of(voices), "known": known, "lost": lost}
    return render(request, PAGE, context, status=status)


def _lost(voice: OwnVoice | None, typed: Any) -> str:
    """What was typed, where the page has no box any more that holds it."""
    meant: str = typed.get("bedoelde", "")
    return "" if voice and voice.takes_answers else meant


def yes(voice: OwnVoice, post: Any) -> None:
    say(voice, post, Said(Answer.YES))


def no(voice: OwnVoice, post: Any) -> None:
    say(voice, post, Said(Answer.NO, forms.line(post, "bedoelde", MOST)))


def say(voice: OwnVoice, post: Any, said: Said) -> None:
    agree_on(voice, post)
    # The same yes again is one to other words when a sentence reads otherwise since.
    answering.answer(voice.row.pk, seen(post), said, anew=voice.is_earlier)


def agree_on(voice: OwnVoice, post: Any) -> None:
    """Also on an old page only to what is public and stood there. Raises Refused when that reads otherwise by now."""
    if voice.is_changed or mark_in(post) != voice.mark:
        raise Refused(CHANGED)


def name(voice: OwnVoice, post: Any) -> None:
    if not voice.may_be_named:
        raise Refused(NOT_THERE)
    agree_on(voice, post)
    answering.let_be_named(voice.row.pk, True)


def leave_out_name(voice: OwnVoice, post: Any) -> None:
    answering.let_be_named(voice.row.pk, False)


def nothing(voice: OwnVoice, post: Any) -> None:
    raise Refused("Kies «Ja» of «Nee».")


def seen(post: Any) -> int:
    return row_key(post.get("gezien"))


ACTS: dict[str, Callable[[OwnVoice, Any], None]] = {"ja": yes, "nee": no, "naam": name, "zondernaam": leave_out_name}
