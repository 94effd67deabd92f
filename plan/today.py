"""The work on the workbench, for «Vandaag»: voices without destination."""

from django.urls import reverse

from plan.models import SORT, Harvest
from werkplaats.words import number

SHOWN = 5


def today(request) -> list[dict]:
    """One block, for who may sort: the harvests with voices that have no destination, most first. One query."""
    if not request.user.has_perm(f"plan.{SORT}"):
        return []
    waiting = [harvest for harvest in Harvest.objects.with_figures() if harvest.left]
    items = [
        {"text": str(harvest), "url": harvest.get_absolute_url(), "meta": number(harvest.left, "stem,stemmen")}
        for harvest in waiting[:SHOWN]
    ]
    left = sum(harvest.left for harvest in waiting)
    title, calm = "Stemmen zonder bestemming", "Elke stem heeft een bestemming."
    url = reverse("plan:harvests")
    return [{"title": title, "part": "figures", "count": left, "url": url, "items": items, "calm": calm}]
