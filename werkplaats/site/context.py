"""What every template may use: the row of the site, whether this is the demo, and a mark of who is logged in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
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
    lazy = {"site": SimpleLazyObject(lambda: site_of(request)), "who": SimpleLazyObject(lambda: who(request))}
    return {**lazy, "demo": settings.DEMO}


def who(request: HttpRequest) -> str:
    """Tells one user from another, and from nobody: for what the device keeps of whoever types."""
    if not request.user.is_authenticated:
        return ""
    return salted_hmac("werkplaats.site.who", str(request.user.pk), algorithm="sha256").hexdigest()[:16]
