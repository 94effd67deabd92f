"""What is told about a story about one child: to its writer where there is help, and when it is erased by itself."""

from datetime import datetime
from typing import Any, Protocol

from werkplaats.privacy.models import Controller, Retention
from werkplaats.register.entries import Term


class Story(Protocol):
    """What may be about one child: see `werkplaats.moderation.child`."""

    @property
    def is_about_child(self) -> bool: ...
    def erased_on(self, days: int) -> datetime: ...


def helped() -> dict[str, Any]:
    """Who helps and who takes complaints, as the co-operation says it, and after how many `days` it is erased.

    For `templates/moderation/about_own_child.html`; `stands_still` while nothing goes.
    """
    kept = Retention.objects.all_of()[Term.CHILD]
    return {"controller": Controller.objects.load(), "days": kept.days, "stands_still": bool(kept.paused_at)}


def goes(story: Story) -> dict[str, Any]:
    """When it is erased, for `templates/moderation/about_child.html`; nothing of what is about no child."""
    if not story.is_about_child:
        return {}
    kept = Retention.objects.all_of()[Term.CHILD]
    return {"erased_at": story.erased_on(kept.days or 0), "stands_still": bool(kept.paused_at)}


def days() -> int:
    return Retention.objects.days_of(Term.CHILD)
