"""What a writer presses beside one of their voices, on the page of the letter and on the page of one's own."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import redirect, render

from plan.actions import answering
from plan.actions.answering import Said
from plan.actions.outcomes import Refused
from plan.models import Answer
from plan.reading.told import OwnVoice
from plan.views import forms
from posts.models.holds import WITHOUT_PLACE
from werkplaats.web.addresses import row_key

PAGE = "plan/told/page.html"
MOST = 300  # characters of what somebody meant
NOT_THERE = "Dit staat hier niet meer. Er is niets bewaard."


def take(request, voices: list[OwnVoice], back: str, **context: Any):
    """Keeps the answer and leads `back` to that voice; else the page again, with what was typed and why not."""
    named = request.POST.get("stem")
    voice = next((each for each in voices if each.name == named and not each.is_gone), None)
    try:
        if voice is None:
            raise Refused(NOT_THERE)
        ACTS.get(request.POST.get("doe", ""), nothing)(voice, request.POST)
    except Refused as refused:
        return show(request, voices, status=409, problem=str(refused), about=named, typed=request.POST, **context)
    return redirect(f"{back}#inbreng-{voice.name}")


def show(request, voices: list[OwnVoice], *, status: int = 200, **context: Any):
    """`about` is the name of the voice that a problem is about; without one of these it stands on top."""
    if context.get("problem"):
        for voice in voices:
            voice.row.refresh_from_db(fields=["answer", "meant", "version", "reply", "replied_at", "named_at"])
    context |= {"voices": voices, "name": name_of(voices), "known": {voice.name for voice in voices}}
    return render(request, PAGE, context, status=status)


def name_of(voices: list[OwnVoice]) -> str:
    """What they called themselves, when that is one name."""
    names = {getattr(voice.said, "name", "") for voice in voices if not voice.is_gone} - {""}
    name = next(iter(names), "")
    return name if len(names) == 1 and name not in WITHOUT_PLACE else ""


def yes(voice: OwnVoice, post: Any) -> None:
    answering.answer(voice.row.pk, seen(post), Said(Answer.YES))


def no(voice: OwnVoice, post: Any) -> None:
    answering.answer(voice.row.pk, seen(post), Said(Answer.NO, forms.line(post, "bedoelde", MOST)))


def name(voice: OwnVoice, post: Any) -> None:
    if not voice.may_be_named:
        raise Refused(NOT_THERE)
    answering.let_be_named(voice.row.pk, True)


def leave_out_name(voice: OwnVoice, post: Any) -> None:
    answering.let_be_named(voice.row.pk, False)


def nothing(voice: OwnVoice, post: Any) -> None:
    raise Refused("Kies «Ja» of «Nee».")


def seen(post: Any) -> int:
    return row_key(post.get("gezien"))


ACTS: dict[str, Callable[[OwnVoice, Any], None]] = {"ja": yes, "nee": no, "naam": name, "zondernaam": leave_out_name}
