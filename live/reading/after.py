"""What was heard in a room, for the page of its café afterwards: figures, voices, results, and what comes next."""

from typing import Any, NamedTuple

from django.db.models import F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from live.models import LiveCafe, Scene
from live.reading import fixed
from live.reading.results import PollResult
from polls.models import Stage, StickerRound
from posts.models import Post
from posts.models.thumb_kinds import UP
from werkplaats.models import Site

MOST_VOICES = 3  # with most thumbs; alone nobody gave one, and then the first
MOST_IDEAS = 2
MOST_DATES = 2


class Poll(NamedTuple):
    scene: Scene
    result: PollResult


class Stickers(NamedTuple):
    round: StickerRound
    ideas: list[Any]  # the first of the ranking
    many: int


def read(live: LiveCafe, site: Site) -> dict[str, Any]:
    """Four queries, and more for each poll and round of which the result is known."""
    scenes = list(live.scenes.select_related("question", "poll", "round"))
    said = heard_in(live)
    question = next((scene.question for scene in scenes if scene.question), None)
    if live.begun_at is None:
        question = live.cafe.topic or question
    # What was typed from paper makes a result known that was never on a screen.
    polls = [scene for scene in scenes if scene.poll and (scene.is_revealed or scene.poll.room_result is not None)]
    rounds = [scene for scene in scenes if scene.round and _is_known(live, scene)]
    today = timezone.localdate()
    return {
        "live": live,
        "question": question,
        "present": fixed.present_in(live),
        "many": said.count(),
        "wrote": fixed.wrote_in(live),
        "waits": live.is_alone and live.voices.unread().exists(),
        "voices": list(said.order_by("-up", "pk")[:MOST_VOICES]),  # type: ignore[misc]  # annotated below
        "polls": [Poll(scene, fixed.poll_result(scene)) for scene in polls],
        "stickers": [stickers_of(scene) for scene in rounds],
        "dates": [each for each in site.lists.milestones if each.date > today][:MOST_DATES],
    }


def _is_known(live: LiveCafe, scene: Scene) -> bool:
    """Whether the result of a round is told: the room saw it, or nobody began here and the site shows it."""
    saw = scene.is_revealed or (scene.was_over and scene.started_at is not None)
    return saw or (live.begun_at is None and scene.its_round.stage == Stage.RESULT)


def heard_in(live: LiveCafe) -> QuerySet[Post, Any]:
    """What everyone may read of what was said that evening, each with its thumbs (`up`)."""
    # Django would take the key, a number, for a place in a list.
    counted = Func("tally__thumbs", Value(str(UP.value)), function="jsonb_extract_path_text", output_field=TextField())
    thumbs = Coalesce(Cast(counted, IntegerField()), 0)
    theirs = Post.objects.readable().filter(voice_in_room__in=live.voices.of_evening())
    return theirs.annotate(up=thumbs, kind_of_seat=F("voice_in_room__kind"))


def stickers_of(scene: Scene) -> Stickers:
    board = StickerRound.objects.board(scene.its_round.slug)
    return Stickers(board.round, board.ranking[:MOST_IDEAS], len(board.ranking))
