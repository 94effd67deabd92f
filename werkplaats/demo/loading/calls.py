"""Gerichte acties of the demo, and what came of inviting so far."""

import datetime
from typing import Any

from django.utils import timezone

from inviting.models import Call
from werkplaats.demo.content import calls
from werkplaats.invited.models import Act, Kind, LinkFigure, month_of


def load(now: datetime.datetime) -> None:
    today = timezone.localdate(now)
    for given in calls.calls:
        fields: dict[str, Any] = {**given}
        told = fields.pop("told", {})
        if "on" in fields:
            fields["on"] = today + datetime.timedelta(days=fields["on"])
        call = Call.objects.call_upon(**fields)
        for act, counted in told.items():
            show(today, Kind.CALL, act, counted, link=call.link)
    for act, counted in ((Act.SENT, 31), (Act.FINISHED, 24)):
        show(today, Kind.NONE, act, counted)


def show(today: datetime.date, kind: Kind, act: str, counted: int, **fields: Any) -> None:
    LinkFigure.objects.create(month=month_of(today), kind=kind, act=act, counted=counted, told=counted, **fields)
