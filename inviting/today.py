"""Inviting on «Vandaag»: mails of Monday that did not leave, whom to ask today, whom we miss, holidays to fill in."""

from datetime import timedelta

from django.db.models import Count
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone

from inviting import calling, figures
from inviting.models import Call, CallState, FreePeriod, Monday, MondayMail
from werkplaats.words import day, number

SHOWN = 5
AHEAD = timedelta(weeks=8)  # so long before the last known holiday it is time for the next


def today(request) -> list[dict]:
    """For who may change it."""
    found: list[dict] = []
    if request.user.has_perm("inviting.view_monday"):
        found += [*dropped(), *holidays()]
    if request.user.has_perm("inviting.view_call"):
        found += [*calling.due(), *suggested(), *came()]
    return found


def dropped() -> list[dict]:
    """The mails of the last week that could not leave before noon."""
    counts = MondayMail.objects.dropped().values("day").annotate(count=Count("pk")).order_by("-day")
    url = reverse("admin:inviting_monday_changelist")
    items = [
        {
            "text": f"{day(row['day'])}: {number(row['count'], 'mail ging,mails gingen')} niet uit",
            "url": url,
            "meta": "de mailserver nam ze niet aan voor 12.00 uur",
        }
        for row in counts
    ]
    title = "Maandagmail die niet vertrok"
    return [{"title": title, "count": len(items), "url": url, "items": items}] if items else []


def suggested() -> list[dict]:
    """What consulenten answered to «Welke groep of welk overleg missen we nog?»."""
    calls = Call.objects.filter(state=CallState.SUGGESTED).order_by("-pk")
    url = f"{reverse('admin:inviting_call_changelist')}?state__exact={CallState.SUGGESTED}"
    items = [
        {"text": call.name, "url": reverse("admin:inviting_call_change", args=[call.pk]), "meta": "voorstel"}
        for call in calls[:SHOWN]
    ]
    title = "Wie we nog missen, volgens consulenten"
    return [{"title": title, "count": calls.count(), "url": url, "items": items}] if items else []


def came() -> list[dict]:
    """What may be told of inviting this month, or in the last one in which something was counted. One query."""
    months = figures.by_month()
    if not months:
        return []
    url, last = reverse("inviting:figures"), months[0]
    items = [
        {"text": row.name.capitalize(), "url": url, "meta": f"verstuurd {row.figures[0]} → afgemaakt {row.figures[1]}"}
        for row in last.rows
        if row.tells
    ]
    if last.public != figures.FEWER:
        items.append({"text": "De hele site", "url": url, "meta": f"openbaar {last.public}"})
    items = items or [{"text": "Alle cijfers", "url": url, "meta": f"overal {figures.FEWER}"}]
    title = f"Wat er in {date(last.month, 'F')} van uitnodigen kwam"
    return [{"title": title, "part": "figures", "count": None, "url": url, "items": items}]


def holidays() -> list[dict]:
    """When the mail goes, and the holidays that are known end soon, or there are none."""
    if not Monday.objects.filter(is_on=True).exists():
        return []
    last = FreePeriod.objects.known_until()
    if last and last > timezone.localdate() + AHEAD:
        return []
    until = f"De vakanties zijn ingevuld tot en met {day(last)}" if last else "Er zijn nog geen vakanties ingevuld"
    url = reverse("admin:inviting_freeperiod_changelist")
    items = [{"text": until, "url": url, "meta": "in een vakantie gaat de maandagmail niet uit"}]
    return [{"title": "Vul de schoolvakanties aan", "count": len(items), "url": url, "items": items}]
