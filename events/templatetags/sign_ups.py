"""What other mails tell about cafés."""

from django import template
from django.utils import timezone

from events.models import Registration

register = template.Library()


@register.simple_tag
def sign_ups_of(email: str):
    """The sign-ups under an address for cafés to come: only for a mail to that address, as each carries its link."""
    rows = Registration.objects.coming().filter(email=email, cafe__ends_at__gt=timezone.now())
    return rows.select_related("cafe").order_by("cafe__starts_at")
