"""What every mail looks up: {% load mails %}."""

from typing import Any

from django import template
from django.template import Context

from werkplaats.site.models import Site

register = template.Library()


@register.simple_tag(takes_context=True)
def answers_go_to_the_site(context: Context) -> str:
    """`{% answers_go_to_the_site %}`: an answer goes to the address for questions, unless the mail says where."""
    headers: dict[str, Any] = context.get("headers") or {}
    if "Reply-To" not in headers and (address := Site.objects.load().contact_email):
        headers["Reply-To"] = address
    return ""
