"""What a café's own poll and its round take from people: votes only while their scene is on, stickers from then on.

Call these in a transaction, before the room is locked.
"""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from live.models import Kind, Scene
from live.models.cafes import LATER
from polls.models import Poll, Stage


def open_scene(scene: Scene) -> None:
    """Lets people vote or stick. What was revealed stays closed, also of a poll that is asked twice."""
    if scene.live.rehearses or scene.revealed_at:
        return
    if scene.kind == Kind.POLL:
        if not Scene.objects.filter(poll=scene.poll_id, revealed_at__isnull=False).exists():
            until = max(scene.live.cafe.ends_at, timezone.now()) + LATER
            # Whoever votes again in the room thinks otherwise now, and counts once.
            free = Poll.objects.filter(pk=scene.its_poll.pk, unlinked_at=None)
            free.update(opens_at=None, closes_at=until, repeat_votes=False)
    elif scene.kind == Kind.STICKERS and scene.its_round.stage == Stage.IDEAS:
        scene.its_round.move_to(Stage.STICKERS)


def leave_scene(left: Scene | None, to: Scene) -> None:
    """Another scene comes on: until this one is back nobody votes in its poll."""
    if left and left.kind == Kind.POLL and left.poll_id != to.poll_id and not to.live.rehearses:
        close_poll(left)


def close_scene(scene: Scene) -> None:
    """Ends it for good."""
    if scene.kind == Kind.POLL:
        close_poll(scene)
    elif scene.kind == Kind.STICKERS and scene.its_round.stage != Stage.RESULT:
        scene.its_round.move_to(Stage.RESULT)


def tell_result(scene: Scene, result: dict[str, Any] | None) -> None:
    """The result that the room sees is that of its own poll everywhere: `result` is that of `fixed.of_scene`."""
    if result and scene.its_poll.is_of_room:
        told = {str(choice): room + online for choice, room, online in result["chosen"]}
        Poll.objects.filter(pk=scene.its_poll.pk).update(room_result=told)


def close_poll(scene: Scene) -> None:
    now = timezone.now()
    begun = Q(opens_at=None) | Q(opens_at__lt=now)
    open_still = Q(closes_at=None) | Q(closes_at__gt=now)
    Poll.objects.filter(begun, open_still, pk=scene.its_poll.pk).update(closes_at=now)
