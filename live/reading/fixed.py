"""The figures of a room that stay when it is closed: what its tables counted, without who sat where."""

from typing import Any

from django.db.models import F

from live.models import LiveCafe, Scene
from live.reading import results
from live.reading.results import Chosen, PollResult, Present, Wrote


def of_scene(scene: Scene) -> dict[str, Any] | None:
    """What stays of a scene, for `Scene.result`; None of one without figures of its own.

    Of stickers the round itself keeps them. Words of choices stay where they are.
    """
    if scene.poll_id is None:
        return None
    result = results.poll_result(scene)
    chosen = [[option.pk, option.room, option.online] for option in result.options]
    return {"chosen": chosen, "tables": result.tables, "hands": result.hands}


def of_room(live: LiveCafe) -> dict[str, Any]:
    """What stays of who was there, for `LiveCafe.final_counts`; of an evening led alone also of who wrote."""
    present = results.present_in(live)
    counts = {"room": present.room, "tables": present.tables, "online": present.online}
    return {**counts, "wrote": list(results.wrote_in(live.voices.all()))} if live.is_alone else counts


def poll_result(scene: Scene) -> PollResult:
    """The result of a poll as it was when it was shown, or as it is now. A choice that is gone has no line.

    With the hands that were typed from paper. Of one that was never shown they are all there is.
    """
    poll = scene.its_poll
    if not scene.is_revealed and poll.room_result is not None:
        kept: dict[str, Any] = {"chosen": [], "tables": 0, "hands": 0}
    elif scene.result is None:
        return results.poll_result(scene)
    else:
        kept = scene.result
    shown = {pk: (room, online) for pk, room, online in kept["chosen"]}
    result = PollResult([], kept["tables"], kept["hands"])
    for choice in poll.choices.annotate(hands=F("on_paper__people")):
        room, online = shown.get(choice.pk, (0, 0))
        paper = choice.hands or 0
        result.options.append(Chosen(choice.pk, choice.text, room + paper, online))
        result.paper += paper
    return result


def present_in(live: LiveCafe) -> Present:
    """Who was there when it closed, or is there now."""
    counts = live.final_counts
    return Present(counts["room"], counts["tables"], counts["online"]) if counts else results.present_in(live)


def wrote_in(live: LiveCafe) -> Wrote:
    """Who wrote on an evening that was led alone, as it was when it closed, or is now; of another one nobody."""
    if not live.is_alone:
        return Wrote()
    return Wrote(*live.final_counts["wrote"]) if live.final_counts else results.wrote_in(live.voices.all())
