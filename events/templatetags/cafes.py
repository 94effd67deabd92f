"""What pages of a sign-up draw: {% load cafes %}."""

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from events import tokens
from werkplaats import qr

register = template.Library()


@register.simple_tag
def entry_code(registration) -> SafeString:
    """The QR code that this person shows at the door; it opens a page for staff only."""
    path = reverse("events:check_in", args=[registration.cafe.slug, tokens.entry_token(registration)])
    return qr.svg(f"{settings.SITE_URL}{path}")
