"""What waits for a coordinator: the wensbeelden to approve, and those that people reported."""

from django.db.models import QuerySet
from django.urls import reverse

from polls.models import Wensbeeld

SHOWN = 5


def today(request) -> list[dict]:
    """The items of "Vandaag", oldest first; nothing for who may not approve them."""
    if not request.user.has_perm("polls.change_wensbeeld"):
        return []
    return [
        block("Wensbeelden die wachten", "wacht", Wensbeeld.objects.waiting()),
        block("Gemelde wensbeelden", "gemeld", Wensbeeld.objects.reported()),
    ]


def block(title: str, state: str, wensbeelden: QuerySet) -> dict:
    items = [
        {
            "text": str(wensbeeld),
            "url": reverse("admin:polls_wensbeeld_change", args=[wensbeeld.pk]),
            "meta": wensbeeld.created_at,
        }
        for wensbeeld in wensbeelden.order_by("created_at")[:SHOWN]
    ]
    url = f"{reverse('admin:polls_wensbeeld_changelist')}?toestand={state}"
    return {"title": title, "count": wensbeelden.count(), "url": url, "items": items}
