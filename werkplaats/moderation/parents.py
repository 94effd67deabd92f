"""What is told about a story about one child: to its writer where there is help, and when it is erased by itself."""

from typing import Any

from werkplaats.moderation.child import ChildStory
from werkplaats.privacy.models import Controller, Retention
from werkplaats.register.entries import Term


def helped() -> dict[str, Any]:
    """Who helps and who takes complaints, as the co-operation says it, and after how many `days` it is erased.

    For `templates/moderation/about_own_child.html`; `stands_still` while nothing goes.
    """
    kept = Retention.objects.all_of()[Term.CHILD]
    return {"controller": Controller.objects.load(), "days": kept.days, "stands_still": bool(kept.paused_at)}


def goes(story: ChildStory) -> dict[str, Any]:
    """When it is erased, for `templates/moderation/about_child.html`; nothing of what is about no child."""
    if not story.is_about_child:
        return {}
    kept = Retention.objects.all_of()[Term.CHILD]
    return {"erased_at": story.erased_on(kept.days or 0), "stands_still": bool(kept.paused_at)}


def days() -> int:
    return Retention.objects.days_of(Term.CHILD)
