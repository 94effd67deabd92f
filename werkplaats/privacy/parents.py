"""What the writer of a story about one child reads about help; `templates/moderation/about_own_child.html` says it."""

from typing import Any

from werkplaats.privacy.models import Controller, Retention
from werkplaats.register.entries import Term


def helped() -> dict[str, Any]:
    """Who helps and who takes complaints, as the co-operation says it, and after how many `days` it is erased."""
    return {"controller": Controller.objects.load(), "days": Retention.objects.days_of(Term.CHILD)}
