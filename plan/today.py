"""The workbench on «Vandaag»: voices without destination, and who is missing in the question of now."""

from django.db.models import Q
from django.urls import reverse

from plan.models import SORT, Harvest
from plan.reading import missing
from posts.models.questions import QuestionKind
from werkplaats.words import number

SHOWN = 5
KINDS = (("roles", "rol"), ("places", "werkgebied"), ("silent", "overleg: nog geen bijeenkomst"))


def today(request) -> list[dict]:
    """Two blocks, for who may sort."""
    return [left(), *missed()] if request.user.has_perm(f"plan.{SORT}") else []


def left() -> dict:
    """The harvests with voices that have no destination, most first. One query."""
    waiting = [harvest for harvest in Harvest.objects.with_figures() if harvest.left]
    items = [
        {"text": str(harvest), "url": harvest.get_absolute_url(), "meta": number(harvest.left, "stem,stemmen")}
        for harvest in waiting[:SHOWN]
    ]
    left = sum(harvest.left for harvest in waiting)
    title, calm = "Stemmen zonder bestemming", "Elke stem heeft een bestemming."
    url = reverse("plan:harvests")
    return {"title": title, "part": "figures", "count": left, "url": url, "items": items, "calm": calm}


def missed() -> list[dict]:
    """From which roles, parts of the region and bodies (almost) nobody was heard. Nothing while no question is open."""
    asked = Q(question__kind=QuestionKind.ASKED, question__opened_at__isnull=False, question__closed_at=None)
    harvest = Harvest.objects.filter(asked).first()
    if harvest is None:
        return []
    found, url = missing.of_harvest(harvest), f"{reverse('plan:missing')}?over=o{harvest.pk}"
    items = [{"text": name, "url": url, "meta": meta} for kind, meta in KINDS for name in getattr(found, kind)]
    title, calm = "Van wie hoorden we nog (bijna) niets?", "Van alle kanten is er iets gezegd."
    return [{"title": title, "part": "figures", "count": len(found), "url": url, "items": items[:SHOWN], "calm": calm}]
