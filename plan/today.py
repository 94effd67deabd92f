"""What the coordinator's start page shows of the workbench: who is missing in the question of now."""

from django.db.models import F
from django.urls import reverse

from plan.models import SORT, Harvest
from plan.reading import missing

MOST = 5
KINDS = (("roles", "rol"), ("places", "werkgebied"), ("silent", "overleg: nog geen bijeenkomst"))


def today(request) -> list[dict]:
    """One block: who is (almost) missing. Nothing without a question, or without the right to sort."""
    if not request.user.has_perm(f"plan.{SORT}"):
        return []
    current = Harvest.objects.filter(question__opened_at__isnull=False, question__closed_at=None)
    harvest = current.order_by(F("pk").desc()).first()
    if harvest is None:
        return []
    found, url = missing.of_harvest(harvest), f"{reverse('plan:missing')}?over=o{harvest.pk}"
    items = [{"text": name, "url": url, "meta": meta} for kind, meta in KINDS for name in getattr(found, kind)]
    title = "Van wie hoorden we nog (bijna) niets?"
    calm = "Van alle kanten is er iets gezegd."
    return [{"title": title, "part": "figures", "count": len(found), "url": url, "items": items[:MOST], "calm": calm}]
