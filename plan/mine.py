"""The part of plan on the page of one's own: what became of what somebody wrote."""

from typing import Any

from django.urls import reverse

from plan.models import OutcomesSeen
from plan.reading import told as reading


def read(request: Any) -> dict[str, Any]:
    """The context of plan/told/mine.html: one query, for who was told something at most five."""
    voices = reading.of_reader(request.visitor_id, request.user.pk)
    if not voices:
        return {"told": []}
    seen = OutcomesSeen.objects.filter(visitor=request.visitor_id).values_list("until", flat=True).first()
    for voice in voices:
        voice.is_new = not voice.is_gone and (seen is None or voice.news_at > seen)
    new = [voice.news_at for voice in voices if voice.is_new]
    return {
        "told": voices,
        "told_new": len(new),
        "told_until": max(new).isoformat() if new else "",
        "told_action": reverse("told:own_answer"),
    }
