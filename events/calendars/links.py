"""Links that add a café to somebody's calendar at Google or Outlook; nothing is fetched from there."""

from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils import timezone

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"


def google_and_outlook(cafe, location: str) -> dict[str, str]:
    """A link per calendar. The key to the sign-up stays out: it is no other company's business.

    The online link may be the `location` only on a page and in a mail for somebody with a place online: there people
    choose themselves to hand it to their calendar.
    """
    details = f"{cafe.question}\n\n{settings.SITE_URL}{cafe.get_absolute_url()}"
    google = {
        "action": "TEMPLATE",
        "text": cafe.title,
        "dates": f"{on_the_wall(cafe.starts_at)}/{on_the_wall(cafe.ends_at)}",
        "ctz": settings.TIME_ZONE,
        "location": location,
        "details": details,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": cafe.title,
        "startdt": in_utc(cafe.starts_at),
        "enddt": in_utc(cafe.ends_at),
        "location": location,
        "body": details,
    }
    return {"google": asking(GOOGLE, google), "outlook": asking(OUTLOOK, outlook)}


def asking(address: str, what: dict[str, str]) -> str:
    """With %20 for a space: Outlook shows a «+» between words as it is."""
    return f"{address}?{urlencode(what, quote_via=quote)}"


def on_the_wall(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y%m%dT%H%M%S}"


def in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
