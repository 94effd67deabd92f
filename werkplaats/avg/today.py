"""What goes by itself, as a block of «Vandaag»: what the next run does, what is paused, and what the last one did."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from werkplaats.avg import terms
from werkplaats.models import Retention, RetentionRun


def today(request: HttpRequest) -> list[dict[str, Any]]:
    """One block, in two queries: what goes was counted in the night, when the term ran last."""
    if not request.user.has_perm("werkplaats.view_retention"):
        return []
    url, kept, last = reverse("avg:retention"), Retention.objects.all_of(), RetentionRun.objects.last_of_each()
    weekday = date_format(timezone.localtime(terms.next_run(timezone.now())), "l")
    goes = [
        {"text": f"Dit verdwijnt {weekday}: {told}", "url": url, "meta": ""}
        for term in terms.RUN
        if not kept[term].paused_at and term in last and (told := terms.told(last[term].foreseen))
    ]
    paused = [
        {"text": f"Gepauzeerd: {row.get_term_display()}", "url": url, "meta": row.paused_why}
        for row in kept.values()
        if row.paused_at
    ]
    block = {"title": "Wat vanzelf verdwijnt", "part": "runs", "count": len(paused) or None, "url": url}
    return [{**block, "items": [*paused, *goes], "calm": calm(last)}]


def calm(last: dict[Any, RetentionRun]) -> str:
    """What stands there when nothing goes and nothing is paused."""
    if not last:
        return "Het opruimen liep nog niet. Dat gebeurt elke nacht."
    at = max(run.at for run in last.values())
    return f"Komende nacht verdwijnt er niets. De laatste keer was {date_format(timezone.localtime(at), 'l j F')}."
