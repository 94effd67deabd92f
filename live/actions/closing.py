"""Closing a room a day after its café: its figures are fixed, and it is forgotten who sat where. And the way back."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from events.models import Cafe
from live.actions import leading, opening, preparing, rehearsing
from live.models import Headcount, HelperKey, LiveCafe, Scene, Seat
from live.models.cafes import OPEN_AFTER
from live.reading import fixed
from polls.models import Poll


def close_due(now: datetime) -> int:
    """Closes the rooms whose code works no more. Returns how many; twice is once."""
    over = Q(cafe__ends_at__lte=now - OPEN_AFTER) | Q(cafe__called_off_at__lte=now - OPEN_AFTER)
    due = LiveCafe.objects.filter(over, closed_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(close(pk, now) for pk in due)


def close(pk: int, now: datetime) -> bool:
    """Fixes what the room counted, and deletes its seats, keys, counts and the words of a rehearsal.

    Its own poll ends: nobody votes in it any more. Returns whether this did it.
    """
    with transaction.atomic():
        live = LiveCafe.objects.get(pk=pk)
        live.changes()
        live.refresh_from_db()
        if live.closed_at:
            return False
        for scene in live.scenes.select_related("poll").filter(poll__is_of_room=True).order_by("pk"):
            opening.close_scene(scene)
        live = LiveCafe.objects.select_for_update(of=("self",), no_key=True).get(pk=pk)
        if live.rehearses:
            rehearsing.wipe(live)
            live.refresh_from_db()
        # What was revealed was fixed then.
        for scene in live.scenes.select_related("poll").filter(poll__isnull=False, result__isnull=True):
            Scene.objects.filter(pk=scene.pk).update(result=fixed.of_scene(scene))
        counts = fixed.of_room(live)
        Headcount.objects.filter(scene__live=live).delete()
        HelperKey.objects.filter(live=live).delete()
        Seat.objects.filter(live=live).delete()
        # Of which table something came is told of no post afterwards.
        live.voices.filter(table__isnull=False).update(table=None)
        LiveCafe.objects.filter(pk=pk).update(closed_at=now, final_counts=counts, spotlight=None)
    return True


def begins_anew(cafe: Cafe) -> LiveCafe | None:
    """The room of a café as it is dated now, if it has to begin anew: it was closed, or the evening was broken off."""
    live = LiveCafe.objects.filter(cafe=cafe).first()
    if live is None or cafe.called_off_at or cafe.is_past:
        return None
    is_far = cafe.starts_at > timezone.now() + leading.EARLY
    was_broken_off = is_far and live.begun_at is not None and not live.rehearses
    return live if live.closed_at or was_broken_off else None


def reopen(cafe: Cafe) -> bool:
    """Gives a café that gets another date the room back that was closed after the old one. Twice is once.

    So it is with an evening that was broken off and comes another day. It begins anew, with its own code, or another
    when that is by now somebody else's, and asks its polls anew, also one of which nobody saw a result: what was heard
    stays where it is. Returns whether this did it.
    """
    live = begins_anew(cafe)
    if live is None:
        return False
    with transaction.atomic():
        live.changes()
        if not begins_anew(cafe):  # somebody else did it
            return False
        live.refresh_from_db()
        # Polls before the room is locked, which `close` does.
        was_asked = Q(started_at__isnull=False) | Q(poll__room_result__isnull=False)
        asked = live.scenes.filter(was_asked, poll__is_of_room=True).values("poll")
        anew = {poll.pk: preparing.copy_of(poll, cafe) for poll in Poll.objects.filter(pk__in=asked).order_by("pk")}
        Poll.objects.filter(pk__in=anew, room_result__isnull=True).update(room_cafe=None)  # nobody types its hands
        close(live.pk, timezone.now())
        for was, poll in anew.items():
            live.scenes.filter(poll=was).update(poll=poll, revealed_at=None)
        live.scenes.update(started_at=None, ends_at=None)
        # Another round may be asked, or this one opened again.
        live.scenes.filter(round__isnull=False).update(revealed_at=None)
        live.scenes.filter(revealed_at=None).update(result=None)
        code = LiveCafe.objects.free_code(live.code)
        LiveCafe.objects.filter(pk=live.pk).update(
            **rehearsing.FRESH,
            closed_at=None,
            final_counts=None,
            code=code,
            rehearsal_code="",
            last_command="",
            turn=F("turn") + 1,
        )
    return True
