"""What other mails tell about cafés."""

from django import template
from django.utils import timezone

from events.mails import CAFE_HEADER
from events.models.registrations import Registration

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_ups_of(context, email: str) -> list[Registration]:
    """The sign-ups under an address for cafés to come: only for a mail to that address, as each carries its link.

    The mail says in its header which cafés these are, and goes with their sign-ups.
    """
    rows = Registration.objects.coming().filter(email=email, cafe__ends_at__gt=timezone.now())
    found = list(rows.select_related("cafe").order_by("cafe__starts_at"))
    if found:
        context["headers"][CAFE_HEADER] = ", ".join(str(each.cafe_id) for each in found)
    return found
