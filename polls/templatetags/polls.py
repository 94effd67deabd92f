"""A poll on a page of another app, stickers, and the names of groups: {% load polls %}."""

from django import template
from django.template.defaultfilters import capfirst
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from polls.voting.models import Poll
from polls.voting.panel import QUESTION, Panel
from werkplaats.invited import via

register = template.Library()


@register.inclusion_tag("polls/voting/placed.html", takes_context=True)
def poll_here(context, slug: str) -> dict:
    """`{% poll_here question.poll_slug %}`: the panel of the poll that stands with a question. One query."""
    request = context["request"]
    try:
        panel = Panel(Poll.objects.shown_to(request.visitor_id, slug), place=QUESTION, via=via.field(request))
    except Poll.DoesNotExist:  # taken away since the page's question was read
        panel = None
    return {"panel": panel, "request": request, "csrf_token": context.get("csrf_token")}


@register.simple_tag
def sticker(css: str) -> SafeString:
    """A sticker of a colour, which is named as `Colour.css`. Words beside it must say the same."""
    shape = '<svg class="sticker {}" aria-hidden="true"><use href="{}#sticker-{}"/></svg>'
    return format_html(shape, css, static("img/icons.svg"), css)


@register.filter
def as_group(name: str) -> str:
    """«Groep lezers»; a name that says so itself stays as it is: «Groep 1», and not «Groep groep 1»."""
    return capfirst(name) if name.lower().startswith("groep") else f"Groep {name}"
