"""What every template may use: the site's row and whether this is the demo."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from werkplaats.models import Site


def site_of(request) -> Site:
    """The site's row, read once per request."""
    if not hasattr(request, "site"):
        request.site = Site.objects.load()
    return request.site


def site(request) -> dict:
    return {"site": SimpleLazyObject(lambda: site_of(request)), "demo": settings.DEMO}
