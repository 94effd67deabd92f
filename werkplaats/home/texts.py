"""Plain pages of the menu and the footer: about and accessibility, with a text that coordinators edit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkplaats.site.context import site_of
from werkplaats.web.requests import Request


@require_safe
def about(request: Request) -> HttpResponse:
    """What the werkplaats is for, with all words of the field explained."""
    return text_page(request, "Over de werkplaats", site_of(request).about, "home/about.html")


@require_safe
def accessibility(request: Request) -> HttpResponse:
    return text_page(request, "Toegankelijkheid", site_of(request).accessibility)


def text_page(request: Request, title: str, text: str, template: str = "home/text.html") -> HttpResponse:
    """A page with a text in which the words of the glossary are explained."""
    context = {"title": title, "text": text, "glossary": site_of(request).lists.glossary}
    return render(request, template, context)
