"""The commands of who leads a café. Each names the turn that they saw; twice is once.

What a command changes besides the room is locked first: its scene, then a poll or a round, and the room last.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from live.actions import opening, preparing
from live.models import Kind, LiveCafe, Scene, Voice
from live.models.cafes import LATER, Moved
from live.reading import fixed

A_MINUTE = timedelta(minutes=1)
EARLY = timedelta(hours=12)  # before the café: who begins it then presses by mistake, or wants to rehearse
TOO_LATE = "Het café is al voorbij. Beginnen kan niet meer. Wat er op papier staat, typ je over bij de aantekeningen."
TOO_EARLY = "Het café is pas {}. Beginnen kan op de dag zelf. Wil je oefenen? Doe dan de proef."


def can_begin(live: LiveCafe) -> bool:
    """Whether it is the day; a rehearsal can begin at any time."""
    now = timezone.now()
    return live.rehearses or live.cafe.starts_at <= now + EARLY and now < live.cafe.ends_at + LATER


def begin(live: LiveCafe, seen: int) -> bool:
    """Begins the café with its first scene: from then on its question is fixed. Raises Moved, as all of these do."""
    with transaction.atomic():
        live.stays()
        preparing.fix_question(live)
        first = live.scenes.order_by("position").first()
        if first:
            opening.open_scene(_locked(first))
            Scene.objects.filter(pk=first.pk, started_at=None).update(started_at=timezone.now())
        # Once: what was said since belongs to this evening.
        return live.command("begin", seen, begun_at=Coalesce("begun_at", timezone.now()), scene=first)


def go_to(live: LiveCafe, seen: int, scene: Scene, *, with_time: bool = False) -> bool:
    """Brings another scene on the screen: further, back, or any of the running order. `with_time` its minutes run."""
    with transaction.atomic():
        live.stays()
        coming = _locked(scene)
        opening.leave_scene(live.scene, coming)
        opening.open_scene(coming)
        done = live.command(f"go_to {scene.pk}", seen, scene=scene, spotlight=None, cleared_at=None)
        if done:
            Scene.objects.filter(pk=scene.pk, started_at=None).update(started_at=timezone.now())
        # A break has its time from when it begins: everyone reads until when.
        begins_a_break = coming.kind == Kind.BREAK and not coming.minutes_left
        if done and (with_time or begins_a_break):
            Scene.objects.filter(pk=scene.pk).update(ends_at=timezone.now() + A_MINUTE * scene.minutes)
        return done


def start_time(live: LiveCafe, seen: int) -> bool:
    """Gives the scene that is on its minutes, from now. Nothing goes on by itself when they are over."""
    return _with_scene(live, "start_time", seen, lambda scene: timezone.now() + A_MINUTE * scene.minutes)


def add_minute(live: LiveCafe, seen: int) -> bool:
    """One minute more; of a time that is over, one minute from now."""
    return _with_scene(
        live, "add_minute", seen, lambda scene: max(scene.ends_at or timezone.now(), timezone.now()) + A_MINUTE
    )


def _with_scene(live: LiveCafe, name: str, seen: int, ends_at: Callable[[Scene], datetime]) -> bool:
    with transaction.atomic():
        live.stays()
        scene = live.scene and _locked(live.scene)
        done = live.command(name, seen)
        if done and scene:
            Scene.objects.filter(pk=scene.pk).update(ends_at=ends_at(scene))
        return done


def reveal(live: LiveCafe, seen: int) -> bool:
    """Shows the result of a poll or of stickers to everyone at once, closes it, and fixes what a poll counted.

    Who votes at this moment is waited for; whoever comes after it reads that it is over. Of a round that was over
    already there is nothing to reveal.
    """
    with transaction.atomic():
        live.stays()
        scene = live.scene and _locked(live.scene)
        if scene and scene.has_result and not scene.shows_result:
            result = fixed.of_scene(scene)
            if not live.rehearses:
                opening.close_scene(scene)
                opening.tell_result(scene, result)
            Scene.objects.filter(pk=scene.pk).update(revealed_at=timezone.now(), result=result)
        return live.command("reveal", seen)


def _locked(scene: Scene) -> Scene:
    """Nobody votes in it until the transaction ends. Before the room, and before its poll or round.

    Raises Moved when a coordinator took it out of the running order.
    """
    rows = Scene.objects.select_for_update(of=("self",)).select_related("live__cafe", "poll", "round")
    if found := rows.filter(pk=scene.pk).first():
        return found
    raise Moved


def spotlight(live: LiveCafe, seen: int, voice: Voice | None) -> bool:
    """Makes one voice large that everyone may see and that answers the question that is on; None: all of them again."""
    scene = live.scene
    if voice is None or scene is None or scene.kind != Kind.QUESTION or live.is_alone:
        shown = None
    else:
        shown = live.voices.shown().filter(scene__question=scene.question_id, pk=voice.pk).first()
    return live.command(f"spotlight {shown.pk if shown else ''}", seen, spotlight=shown)


def clear(live: LiveCafe, seen: int, *, empty: bool = True) -> bool:
    """Empties the screen and all phones at once, or shows them again as they were."""
    now = timezone.now()
    when = {"cleared_at": now} if empty else {"cleared_at": None, "shown_again_at": now}
    return live.command(f"clear {empty}", seen, **when)


def go_alone(live: LiveCafe, seen: int, *, alone: bool) -> bool:
    """Alone nobody reads along: what people write is read afterwards, and never on the screen."""
    return live.command(f"alone {alone}", seen, alone_since=timezone.now() if alone else None, spotlight=None)


def darken(live: LiveCafe, seen: int, *, dark: bool) -> bool:
    return live.command(f"dark {dark}", seen, is_dark=dark)
