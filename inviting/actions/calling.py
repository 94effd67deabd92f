"""Making lines of who is missing, and of who could not come to a café; and forgetting lines that were deleted."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError
from django.utils import timezone

from inviting.calling import name_of, what_fits
from inviting.models import Call, CallState
from plan.missed import Gap
from plan.models import Harvest
from werkplaats.backoffice import log
from werkplaats.models import User

WITHIN = timedelta(weeks=2)  # who could not come is asked after all


def call_for(gap: Gap, harvest: Harvest | None, by: User) -> tuple[Call, bool]:
    """The line for a gap, and whether it is new. Twice is once: the database holds that one is open."""
    there = Call.objects.for_gap(harvest, gap.kind, gap.pk)
    if call := there.first():
        return call, False
    try:
        return Call.objects.call_upon(
            what_fits(gap), name_of(gap), harvest=harvest, by=by, **{f"{gap.kind}_id": gap.pk}
        ), True
    except IntegrityError:
        return there.get(), False


def ask_again(now: datetime) -> int:
    """Who was asked to a café that ended, and did not come, is to be asked within two weeks; how many lines that are.

    Each line once. Who said that they would rather not is left alone; who would join may have come: a coordinator says.
    A body that met there, as was recorded, did come. Who was never asked to it gets no line.
    """
    ended = Call.objects.filter(
        cafe__ends_at__lte=now,
        cafe__ends_at__gt=now - WITHIN,
        cafe__called_off_at=None,
        again_at=None,
        state__in=[CallState.NOT_YET, CallState.ASKED],
    )
    made = 0
    for call in ended.select_related("cafe", "body"):
        assert call.cafe  # noqa: S101, it ended
        if call.body and call.body.meetings.filter(held_on=timezone.localdate(call.cafe.starts_at)).exists():
            continue
        on = timezone.localdate(call.cafe.ends_at) + WITHIN
        rows = Call.objects.filter(pk=call.pk, again_at=None, state=call.state)
        made += rows.update(state=CallState.NOT_YET, again_at=now, on=on)
    return made


def forget(pks: Iterable[int]) -> None:
    """Of lines that were deleted: takes their history along, and what they were called in the log.

    That somebody deleted one, and when, stays. Call it after deleting, in the same transaction.
    """
    pks = list(pks)
    Call.pgh_event_model.objects.filter(pgh_obj__in=pks).delete()
    log.forget(Call, pks)
