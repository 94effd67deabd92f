"""The workbench on «Vandaag»: what was never told, what has no destination, who is missing, what writers say."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from plan.models import SORT, Fragment, Harvest, HeardVoice, Publication
from plan.reading import meant as answers
from plan.reading import missing, receivers
from posts.models.questions import QuestionKind
from werkplaats.words import number

SHOWN = 5
REMINDS_AFTER = timedelta(days=30)
KINDS = (("roles", "rol"), ("places", "werkgebied"), ("silent", "overleg: nog geen bijeenkomst"))


def today(request) -> list[dict]:
    """For who may sort."""
    may_sort = request.user.has_perm(f"plan.{SORT}")
    return [*meant(), *stopped(), *untold(), left(), *missed(), *told()] if may_sort else []


def untold() -> list[dict]:
    """What was said a month ago and never told: of questions that are closed and cafés that were held. Two queries.

    It is a reminder for who sorts, and nobody else reads how many there are.
    """
    before = timezone.now() - REMINDS_AFTER
    over = Q(question__closed_at__lt=before) | Q(cafe__ends_at__lt=before, cafe__called_off_at=None)
    told = HeardVoice.objects.filter(fragment=OuterRef("pk"), publication__harvest=OuterRef("harvest"))
    live = Fragment.objects.filter(~Exists(told), live=True, harvest__in=Harvest.objects.filter(over))
    counts = live.order_by().values("harvest").annotate(left=Count("pk")).order_by("-left", "harvest")
    found = {row["harvest"]: row["left"] for row in counts}
    harvests = Harvest.objects.named().in_bulk(found)
    if not found:
        return []
    items = [
        {
            "text": str(harvests[pk]),
            "url": harvests[pk].get_absolute_url(),
            "meta": f"over {number(count, 'stem,stemmen')} is nog niets gezegd",
        }
        for pk, count in found.items()
    ]
    title, url = f"Over {number(sum(found.values()), 'stem,stemmen')} is nog niets gezegd", reverse("plan:harvests")
    return [{"title": title, "count": len(found), "url": url, "items": items[:SHOWN]}]


def stopped() -> list[dict]:
    """What is public of which the letters were stopped, as long as somebody would be told if it is published again.

    Three queries, one when nothing was stopped.
    """
    last = Publication.objects.order_by("harvest", "-number").distinct("harvest").values("pk")
    silent = Publication.objects.filter(pk__in=last, stopped_at__isnull=False).order_by("stopped_at")
    rows = list(silent.select_related("harvest__question", "harvest__cafe", "harvest__cycle"))
    waiting = receivers.still_to_tell([row.pk for row in rows]) if rows else set()
    found = [row.harvest for row in rows if row.harvest_id in waiting]
    if not found:
        return []
    items = [
        {
            "text": str(harvest),
            "url": reverse("plan:publish", args=[harvest.pk]),
            "meta": "de mails zijn tegengehouden: verstuur ze alsnog",
        }
        for harvest in found
    ]
    return [{"title": "Openbaar, en niet verteld", "count": len(found), "url": items[0]["url"], "items": items[:SHOWN]}]


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


def meant() -> list[dict]:
    """«Nee, ik bedoelde …» without an answer yet; nothing as long as nobody says so. Two queries."""
    waiting = answers.waiting()
    if not waiting:
        return []
    named = Harvest.objects.named().filter(pk__in=waiting).order_by("pk")
    items = [
        {"text": str(harvest), "url": reverse("plan:meant", args=[harvest.pk]), "meta": late(*waiting[harvest.pk])}
        for harvest in named
    ]
    count = sum(number for number, _ in waiting.values())
    title, calm = "Zo was het niet bedoeld", "Iedereen die zei het anders te bedoelen, kreeg antwoord."
    return [{"title": title, "count": count, "url": items[0]["url"], "items": items[:SHOWN], "calm": calm}]


def late(count: int, too_late: int) -> str:
    waits = number(count, "antwoord gevraagd,antwoorden gevraagd")
    return f"{waits}, {too_late} te laat" if too_late else f"{waits}, binnen twee weken beloofd"


def told() -> list[dict]:
    """Three figures, each from ten voices or answers on. Two queries."""
    found = answers.figures()
    if not found.tell_something:
        return []
    figures = [
        ("Stemmen waarvan de schrijver hoorde wat ermee gebeurde", found.told, "%"),
        ("Antwoorden «ja, dat bedoelde ik»", found.understood, "%"),
        ("Tussen sluiten en vertellen, meestal", found.days, " dagen"),
    ]
    items = [
        {"text": text, "url": reverse("plan:harvests"), "meta": f"{value}{unit}"}
        for text, value, unit in figures
        if value is not None
    ]
    title = "Vertellen wat ermee gebeurde"
    block = {"title": title, "part": "figures", "count": found.voices, "url": reverse("plan:harvests")}
    return [{**block, "items": items, "calm": ""}]
