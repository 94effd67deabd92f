"""Pages that hold a text which coordinators edit: about, privacy, accessibility."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkplaats.site.context import site_of
from werkplaats.web.requests import Request


@require_safe
def about(request: Request) -> HttpResponse:
    """What the werkplaats is for, with all words of the field explained."""
    site = site_of(request)
    return render(request, "home/about.html", {"text": site.about, "glossary": site.lists.glossary})


@require_safe
def privacy(request: Request) -> HttpResponse:
    return text_page(request, "Privacy", "privacy")


@require_safe
def accessibility(request: Request) -> HttpResponse:
    return text_page(request, "Toegankelijkheid", "accessibility")


def text_page(request: Request, title: str, field: str) -> HttpResponse:
    """A page with one text of the site, in which the words of the glossary are explained."""
    site = site_of(request)
    context = {"title": title, "text": getattr(site, field), "glossary": site.lists.glossary}
    return render(request, "home/text.html", context)
