"""The two mails to a consulent: the one that asks, and the one of Monday."""

from django.conf import settings
from django.utils import timezone
from procrastinate import JobContext

from inviting import reading, tokens
from inviting.models import Consulent, Monday, MondayMail
from posts import talk
from posts.models import Question
from werkplaats import mail
from werkplaats.invited.models import Kind
from werkplaats.models import Site
from werkplaats.mutes import links
from werkplaats.mutes.models import Kind as Mail


def ask(context: JobContext, consulent: Consulent) -> None:
    """Asks whether they want the mail of Monday; the page that it leads to has the button that says yes."""
    data = {
        "consulent": consulent,
        "monday": Monday.objects.load(),
        "url": tokens.url_of(consulent),
        "contact_email": Site.objects.load().contact_email,
    }
    mail.send(context, template="inviting/mail/ask", to=consulent.user.email, data=data)


def send_monday(context: JobContext, row: MondayMail, question: Question) -> bool:
    """The mail of this Monday; returns whether it went: not to who switched these off."""
    consulent, monday = row.consulent, Monday.objects.load()
    voice = talk.striking(question, chosen=row.voice)
    text = reading.text_of(consulent, Kind.PLAIN, question, monday)
    data = {
        "consulent": consulent,
        "question": question,
        "voice": voice,
        "voice_url": settings.SITE_URL + voice.place if voice else "",
        "missed": reading.whom_we_miss(question),
        "text": text,
        "url": tokens.url_of(consulent),
        "brought": reading.brought(timezone.localdate()),
    }
    return links.send(context, consulent.user, Mail.MONDAYS, template="inviting/mail/monday", data=data)
