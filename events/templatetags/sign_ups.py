"""What mails of the site tell about sign-ups: {% load sign_ups %}."""

from django import template
from django.utils import timezone

from events.mails import CAFE_HEADER
from events.models import Registration

register = template.Library()


@register.simple_tag(takes_context=True)
def sign_ups_of(context, email: str) -> list[Registration]:
    """The sign-ups under an address for cafés to come. Only for a mail to that address, as each carries its link.

    The header of the mail says which cafés these are, so that it can be found when their sign-ups are wiped.
    """
    rows = Registration.objects.coming().filter(email=email, cafe__ends_at__gt=timezone.now())
    found = list(rows.select_related("cafe").order_by("cafe__starts_at"))
    if found:
        context["headers"][CAFE_HEADER] = ", ".join(str(each.cafe_id) for each in found)
    return found
