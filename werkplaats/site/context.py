"""What every template may use: the site's row and whether this is the demo."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from werkplaats.site.current import site_now
from werkplaats.site.models import Site


def site_of(request) -> Site:
    """The site with its lists, asked for once per request."""
    if not hasattr(request, "site"):
        request.site = site_now()
    return request.site


def site(request) -> dict:
    return {"site": SimpleLazyObject(lambda: site_of(request)), "demo": settings.DEMO}
