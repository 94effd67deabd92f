"""The figures of a room that stay when it is closed: what its tables counted, without who sat where."""

from typing import Any

from live.models import LiveCafe, Scene
from live.reading import results
from live.reading.results import Chosen, PollResult, Present


def of_scene(scene: Scene) -> dict[str, Any] | None:
    """What stays of a scene, for `Scene.result`; None of one without figures of its own.

    Of stickers the round itself keeps them. Words of choices stay where they are.
    """
    if scene.poll_id is None:
        return None
    result = results.poll_result(scene)
    chosen = [[option.pk, option.room, option.online] for option in result.options]
    return {"chosen": chosen, "tables": result.tables, "hands": result.hands}


def of_room(live: LiveCafe) -> dict[str, int]:
    """What stays of who was there, for `LiveCafe.final_counts`."""
    present = results.present_in(live)
    return {"room": present.room, "tables": present.tables, "online": present.online}


def poll_result(scene: Scene) -> PollResult:
    """The result of a poll as it was when the room closed, or as it is now. A choice that is gone has no line."""
    if scene.result is None:
        return results.poll_result(scene)
    words = dict(scene.its_poll.choices.values_list("pk", "text"))
    options = [Chosen(pk, words[pk], room, online) for pk, room, online in scene.result["chosen"] if pk in words]
    return PollResult(options, scene.result["tables"], scene.result["hands"])


def present_in(live: LiveCafe) -> Present:
    """Who was there when it closed, or is there now."""
    return Present(**live.final_counts) if live.final_counts else results.present_in(live)
