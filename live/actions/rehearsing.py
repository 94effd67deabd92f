"""Trying out the evening before: with a code of its own, and nothing that is left of it afterwards."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from live.models import Headcount, HelperKey, LiveCafe, Scene, Seat
from werkplaats.models import Visitor
from werkplaats.people.merging import held_by

LONGEST = timedelta(hours=12)  # a rehearsal that nobody ended
BEFORE = timedelta(minutes=60)  # of the café: from then on the code is that of the evening
TOO_LATE = "Het café begint zo. Oefenen kan niet meer."
HAS_BEGUN = "Dit café is al begonnen. Oefenen kan niet meer."
WAS_HELD = "Dit café is geweest. Oefenen kan niet meer."
FRESH = {
    "scene": None,
    "spotlight": None,
    "begun_at": None,
    "cleared_at": None,
    "alone_since": None,
    "screen_seen_at": None,
    "shown_again_at": None,
}


def why_not(live: LiveCafe) -> str:
    """Why no rehearsal can begin, in words; empty when one can, or goes on."""
    if live.rehearses:
        return ""
    if live.closed_at or live.cafe.is_past and not live.goes_on:
        return WAS_HELD
    if live.begun_at:
        return HAS_BEGUN
    return TOO_LATE if live.cafe.starts_at - BEFORE <= timezone.now() else ""


def start(live: LiveCafe) -> LiveCafe:
    """Begins a rehearsal; twice is once. Raises ValidationError when the café has begun, or is about to."""
    with transaction.atomic():
        live.changes()
        live = LiveCafe.objects.select_for_update(of=("self",), no_key=True).select_related("cafe").get(pk=live.pk)
        if live.rehearses:
            return live
        if reason := why_not(live):
            raise ValidationError(reason)
        LiveCafe.objects.filter(pk=live.pk).update(
            **FRESH,
            rehearsing_since=timezone.now(),
            # The next one has the same: a phone that was left open at the last one guesses no code.
            rehearsal_code=live.rehearsal_code or LiveCafe.objects.free_code(),
            last_command="",
            turn=live.turn + 1,
        )
        live.refresh_from_db()
    return live


def wipe(live: LiveCafe) -> bool:
    """Ends a rehearsal and erases all of it: words, seats, counts, keys. The running order is as it was before.

    Its version and turn go on, so that every page that still shows it is an old one. Returns whether this did it.
    """
    with transaction.atomic():
        live.changes()
        live = LiveCafe.objects.select_for_update(of=("self",), no_key=True).get(pk=live.pk)
        since = live.rehearsing_since
        if since is None:
            return False
        visitors = list(live.seats.order_by("pk").values_list("visitor", flat=True))
        LiveCafe.objects.filter(pk=live.pk).update(**FRESH, rehearsing_since=None, last_command="", turn=live.turn + 1)
        live.voices.filter(post=None).delete()
        Headcount.objects.filter(scene__live=live).delete()
        HelperKey.objects.filter(live=live, made_at__gte=since).delete()
        Seat.objects.filter(live=live).delete()
        Scene.objects.filter(live=live).update(started_at=None, ends_at=None, revealed_at=None, result=None)
        _forget(visitors, since)
    return True


def wipe_due(now: datetime) -> int:
    """Ends rehearsals that somebody forgot: long ago, or of a café that is about to begin. Returns how many."""
    due = Q(rehearsing_since__lte=now - LONGEST) | Q(cafe__starts_at__lte=now + BEFORE)
    forgotten = LiveCafe.objects.filter(due, rehearsing_since__isnull=False).order_by("pk")
    return sum(wipe(live) for live in forgotten)


def _forget(visitors: list, since: datetime) -> None:
    """Browsers that came for the rehearsal alone."""
    for visitor in Visitor.objects.filter(pk__in=visitors, created_at__gte=since, user=None).order_by("pk"):
        if not held_by(visitor):
            visitor.delete()
