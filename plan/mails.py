"""The letters about what became of somebody's words. Nothing of another person stands in them."""

from typing import Any

from django.conf import settings
from django.db.models.functions import Now
from procrastinate import JobContext

from plan import tokens
from plan.models import Answer, Told, ToldVoice
from plan.models.publications import PAUSE
from plan.reading import guests
from plan.reading import told as reading
from werkplaats import mail
from werkplaats.models import User
from werkplaats.mutes import links
from werkplaats.mutes.models import Kind

WITH = ("publication__harvest__question", "publication__harvest__cafe", "publication__harvest__cycle")


def send_told(context: JobContext, told_id: int) -> None:
    """Nothing when it is gone, when nothing is left to tell, and to who switched these off or lost their access.

    What reads otherwise in public by now waits for the letter of its own publication; a guest, who gets one letter,
    reads in it how it is now.
    """
    told = Told.objects.select_related("user", "registration__cafe", *WITH).filter(pk=told_id).first()
    if told is None:
        return
    if told.user:
        if voices := reading.in_letter(told):
            about = {
                "name": reading.name_of(voices),
                "again": any(voice.is_again for voice in voices),
                "aloud": any(voice.is_of_group for voice in voices),
            }
            _to_user(context, told.user, told, "plan/mail/told", voices=voices, **about)
    elif told.registration and (letter := guests.letter_of(told)):
        # Nobody is greeted by a name that a stranger may have typed.
        name = told.registration.name if told.registration.is_own else ""
        _to_guest(context, told, letter=letter, name=name)


def send_reply(context: JobContext, voice_id: int) -> None:
    """Nothing when the words are gone since, or are somebody else's, or their writer says it otherwise by now.

    Nor when the reply was corrected while it waited: then a letter of its own waits. By the clock of the database, as
    the worker finds a job by it.
    """
    noes = ToldVoice.objects.unreplaced().filter(fragment__live=True, answer=Answer.NO, replied_at__lte=Now() - PAUSE)
    rows = reading.theirs(noes)
    told = ("told__user", *(f"told__{name}" for name in WITH), *reading.WITH_WORDS)
    row = rows.select_related(*told).filter(pk=voice_id).first()
    if row and row.told.user:
        name = reading.name_of([reading.OwnVoice(row)])
        _to_user(context, row.told.user, row.told, "plan/mail/reply", voice=row, name=name)


def _to_user(context: JobContext, user: User, told: Told, template: str, **data: Any) -> None:
    data |= _facts(told)
    if told.user:
        data["url"] = tokens.url_of(told, told.user)
    links.send(context, user, Kind.TOLD, template=template, data=data)


def _to_guest(context: JobContext, told: Told, **data: Any) -> None:
    """Who signed up has no account as a rule; who has one may have switched these off."""
    email = told.registration.email
    user = User.objects.reachable().filter(email=email).first()
    if user:
        _to_user(context, user, told, "plan/mail/told_guest", **data)
    elif email and not User.objects.shut_out(email):
        facts = _facts(told) | data
        mail.send(context, template="plan/mail/told_guest", to=email, data=facts, always=True)


def _facts(told: Told) -> dict[str, Any]:
    publication = told.publication
    return {
        "subject_of": str(publication.harvest),
        "until": publication.reacts_until if publication.takes_answers() else None,
        "heard_url": settings.SITE_URL + publication.get_absolute_url(),
    }
