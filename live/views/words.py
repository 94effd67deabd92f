"""What waits in the room, read by who leads and by who helps: shown, left for later, or taken away."""

import pghistory
from django.http import Http404, HttpRequest

from live.actions import joining, refusing, saying
from live.models import LiveCafe, Voice
from live.models.cafes import Ended
from werkplaats.models import User
from werkplaats.moderation.reasons import REMOVAL_REASONS
from werkplaats.versions import seen_in

REASONS = REMOVAL_REASONS
WITHDRAWN = "De schrijver haalde deze woorden net zelf weg. Niemand leest ze, en je hoeft niets te doen."
AGAIN = "De schrijver veranderde de tekst, of iemand anders koos al. Er is niets gedaan: lees nog eens."


def voice_in(request: HttpRequest) -> int:
    """The key of the voice that a form is about; 0, which none has, when it names none."""
    return next(iter(seen_in(request.POST)), 0)


def voice_of(live: LiveCafe, key: int) -> Voice | None:
    """One of this room; None when it is gone: in a rehearsal, or by who erased themselves. Raises Http404."""
    voice = live.voices.select_related("post", "live", "seat").filter(pk=key).first()
    if voice is None and (not key or Voice.objects.filter(pk=key).exists()):
        raise Http404
    return voice


def decide(request: HttpRequest, live: LiveCafe, by: User) -> str:
    """Does what was pressed with the words as they were read. Returns why not, if not."""
    voice = voice_of(live, voice_in(request))
    if voice is None:
        return WITHDRAWN
    version, pressed = seen_in(request.POST)[voice.pk], request.POST.get("doe", "")
    try:
        with pghistory.context(user=by.pk):
            if pressed == "goed":
                saying.show(voice, by, version)
            elif pressed == "kind":
                refusing.set_apart(voice, by, version)
            elif pressed == "buiten":
                joining.put_out(live, [voice.seat.pk] if voice.seat else [])
                saying.set_aside(voice)
            elif pressed in REASONS:
                refusing.refuse(voice, by, pressed, version)
            else:
                saying.set_aside(voice)
    except saying.Withdrawn:
        return WITHDRAWN
    except (saying.Changed, Ended):
        return AGAIN
    return ""
