"""What every template may use: the row of the site, and whether this is the demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from werkplaats.site.current import site_now
from werkplaats.site.models import Site


def site_of(request: Any) -> Site:
    """The site with its lists, asked for once per request."""
    if not hasattr(request, "site"):
        request.site = site_now()
    found: Site = request.site
    return found


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": SimpleLazyObject(lambda: site_of(request)), "demo": settings.DEMO}
