"""What the last scene tells: what was gathered, what happens now and until when, and the next café."""

from dataclasses import dataclass, field

from django.utils import timezone

from events.models import Cafe
from live.models import LiveCafe
from live.reading import fixed
from live.reading.results import Wrote
from polls.models import Idea
from posts.models import Question
from werkplaats.words import short_day


@dataclass
class Thanks:
    """`said` is how many contributions stood on the screen; `steps` are when and what, the first one first.

    Of an evening led alone `wrote` tells who wrote, and `waits` whether there are words that are read afterwards.
    """

    said: int = 0
    wrote: Wrote = field(default_factory=Wrote)
    waits: bool = False
    ideas: int = 0
    steps: list[tuple[str, str]] = field(default_factory=list)
    next_cafe: Cafe | None = None


def thanks_of(live: LiveCafe) -> Thanks:
    """Four queries, and two more when it is led alone. What waits is not counted: who leads alone knows of it."""
    now = timezone.now()
    rounds = live.scenes.filter(round__isnull=False).values("round")
    ideas = Idea.objects.filter(round__in=rounds, removed_at=None, joined_into=None).count()
    follows = Question.objects.asked().filter(opened_at=None, planned_for__gt=now).order_by("planned_for").first()
    until = f"tot {short_day(follows.planned_for)}" if follows and follows.planned_for else "ook later"
    said, waits = live.voices.shown().count(), live.is_alone and live.voices.unread().exists()
    steps = [
        _first(said, waits=waits),
        (until, "Schrijf verder, of vraag wie er niet was."),
        ("daarna", "Je leest wat we hoorden, en wat we ermee doen."),
    ]
    ahead = Cafe.objects.public().filter(starts_at__gt=now, called_off_at=None).exclude(pk=live.cafe_id)
    return Thanks(said, fixed.wrote_in(live), waits, ideas, steps, ahead.first())


def _first(said: int, *, waits: bool) -> tuple[str, str]:
    if waits and not said:
        return "na afloop", "We lezen wat jullie schreven. Dan staat het op de site."
    rest = " De rest lezen we na afloop." if waits else ""
    return "nu al", f"Wat hier op het scherm stond, staat op de site.{rest}"
