"""The page of a café with a room: now, to come in by; afterwards, what was heard. See `events.around`."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from events.around import Page
from events.models import Cafe
from live.actions import closing
from live.models import ASKING, LiveCafe, Scene
from live.reading import after, fixed
from polls.models import Stage
from posts.models import Question
from werkplaats.kept import shared
from werkplaats.models import Site

__all__ = ["is_on", "keeps", "moved", "moves", "page_of", "way_in"]

DATES = {"starts_at", "ends_at", "called_off_at"}


def page_of(cafe: Cafe, site: Site) -> Page | None:
    live = prepared(cafe)
    if live is None or (live.closed_at and not cafe.is_past):
        return None
    if live.goes_on:
        return Page("live/around/now.html", shared(f"cafe-room:{live.pk}", live.version, lambda: now(live)))
    if live.rehearses or live.begun_at is None and not typed_in().filter(live=live).exists():
        return None
    return Page("live/around/after.html", after.read(live, site))


def typed_in() -> QuerySet[Scene]:
    """The scenes of which something was typed from paper, and is known: of an evening that nobody began here too."""
    stickers = Q(round__stage=Stage.RESULT, round__ideas__on_paper__isnull=False)
    return Scene.objects.filter(Q(poll__room_result__isnull=False) | stickers)


def way_in(cafe: Cafe) -> str:
    live = prepared(cafe)
    return reverse("live:phone", args=[live.code.lower()]) if live and live.goes_on else ""


def is_on(cafe: Cafe) -> bool:
    live = LiveCafe.objects.filter(cafe=cafe, begun_at__isnull=False).select_related("cafe", "scene").first()
    return live is not None and live.goes_on and not live.rehearses and live.seats.exists()


def keeps(cafe: Cafe) -> bool:
    heard = Q(begun_at__isnull=False) | Exists(typed_in().filter(live=OuterRef("pk")))
    return LiveCafe.objects.filter(heard, cafe=cafe, rehearsing_since=None).exists()


def moves(sender: type[Cafe], instance: Cafe, update_fields: Any, **kwargs: Any) -> None:
    """Locks what comes before a room that will begin anew (`pre_save`): writing its café raises its version."""
    if instance.pk and is_about_dates(update_fields) and (live := closing.begins_anew(instance)):
        live.changes()


def moved(sender: type[Cafe], instance: Cafe, created: bool, update_fields: Any, **kwargs: Any) -> None:
    """A café that was over or called off and gets another date has its room again (`post_save`)."""
    if not created and is_about_dates(update_fields):
        closing.reopen(instance)


def is_about_dates(update_fields: Any) -> bool:
    """Whether a café is saved with its dates; without a list of fields it is saved whole."""
    return update_fields is None or bool({*update_fields} & DATES)


def prepared(cafe: Cafe) -> LiveCafe | None:
    """The room of a café, once there is something to show in it. One query."""
    rooms = LiveCafe.objects.filter(cafe=cafe, scenes__isnull=False).select_related("cafe", "scene")
    return rooms.order_by("scenes__position").first()


def now(live: LiveCafe) -> dict[str, Any]:
    """What it is about at this moment, who is there, and what comes yet. Kept per version of the room.

    Of a rehearsal that somebody forgot nothing shows, nor of a screen that is empty.
    """
    is_on = live.begun_at and not live.rehearses and not live.cleared_at
    scenes = list(live.scenes.select_related("question", "poll", "round"))
    asked = next((each.question for each in scenes if each.question), None)
    scene = next((each for each in scenes if is_on and each.pk == live.scene_id), None)
    here = scene.position if scene else 0
    clock = timezone.localtime().time()
    ahead = [each for each in scenes if each.position > here and each.starts_at and each.starts_at >= clock]
    return {
        "live": live,
        "scene": scene,
        "asked": (scene and scene.question) or asked,
        "words": words_of(scene) or (asked.text if asked else live.cafe.question),
        "is_about": scene is not None and scene.kind in ASKING,
        "present": fixed.present_in(live) if is_on else None,
        "ahead": ahead,
        "phone": reverse("live:phone", args=[live.code.lower()]),
    }


def words_of(scene: Scene | None) -> str:
    """What a scene asks; empty of one that asks nothing."""
    if scene is None:
        return ""
    subject = scene.question or scene.poll or scene.round
    return subject.text if isinstance(subject, Question) else subject.question if subject else ""
