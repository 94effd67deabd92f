"""Puts in the database when no mail of Monday goes; and for the demo who gets one."""

from django.utils import timezone

from inviting.models import Call, CallState, Consulent, FreePeriod, Monday, What
from werkplaats.demo.content import mondays
from werkplaats.invited.models import InvitationLink
from werkplaats.models import User


def load_free_periods() -> None:
    """Of the whole country, region by region: a coordinator says which is theirs."""
    Monday.objects.load()
    for fields in mondays.free_periods:
        FreePeriod.objects.get_or_create(**{"region": "", **fields})


def load_consulenten() -> None:
    """Written as they would be by now: the verbs of the models send mails."""
    for fields in mondays.consulenten:
        user = User.objects.confirmed(fields["email"])
        agreed = timezone.now() if fields["agreed"] else None
        Consulent.objects.create(user=user, name=fields["name"], link=InvitationLink.objects.create(), agreed_at=agreed)
    for name in mondays.suggestions:
        Call.objects.call_upon(What.GROUP, name, state=CallState.SUGGESTED)
