"""The two mails to a consulent: the one that asks, and that of Monday."""

import datetime
from collections.abc import Callable

from django.utils import timezone

from inviting.models import Consulent, Monday, MondayMail
from tests.events import mailing
from tests.helpers import factories
from tests.werkplaats.mail.scenes.contributions import question
from tests.werkplaats.mail.scenes.typed import NAMES, QUESTION, WORDS, Told, World, address
from werkplaats import mail
from werkplaats.models import User
from werkplaats.words import excerpt


def asked(world: World) -> Told:
    to = address()
    Consulent.objects.invite(User.objects.unconfirmed(to), next(NAMES))
    return {"to": to}


def monday(before: int = 0) -> Callable[[World], Told]:
    """Of somebody who got it so often before; now is a time at which it may go."""

    def make(world: World) -> Told:
        where, user = question(), User.objects.confirmed(address())
        where.make_current()
        factories.post(where, text=WORDS, name=next(NAMES))
        made = Consulent.objects.invite(user, next(NAMES))
        made.agree()
        mailing.forget()
        Consulent.objects.filter(pk=made.pk).update(mondays=before)
        go_now()
        row = MondayMail.objects.create(consulent=made, day=timezone.localdate())
        mail.later("inviting.tasks.send_monday", to=user.email, monday_mail_id=row.pk)
        return {"to": user.email, "start": excerpt(QUESTION, 60)}

    return make


def go_now() -> None:
    Monday.objects.load()
    Monday.objects.update(is_on=True, weekday=timezone.localdate().weekday(), at=datetime.time(0))
