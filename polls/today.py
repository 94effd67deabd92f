"""What waits for a coordinator: the wensbeelden to approve."""

from django.urls import reverse

from polls.models import Wensbeeld

SHOWN = 5


def today(request) -> list[dict]:
    """The items of "Vandaag", oldest first; nothing for who may not approve them."""
    if not request.user.has_perm("polls.change_wensbeeld"):
        return []
    waiting = Wensbeeld.objects.waiting().order_by("created_at")
    items = [
        {
            "text": str(wensbeeld),
            "url": reverse("admin:polls_wensbeeld_change", args=[wensbeeld.pk]),
            "meta": wensbeeld.created_at,
        }
        for wensbeeld in waiting[:SHOWN]
    ]
    url = f"{reverse('admin:polls_wensbeeld_changelist')}?toestand=wacht"
    return [{"title": "Wensbeelden die wachten", "count": waiting.count(), "url": url, "items": items}]
