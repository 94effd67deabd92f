from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkplaats.site.context import site_of


@require_safe
def about(request) -> HttpResponse:
    """What the werkplaats is for, with all words of the field explained."""
    glossary = site_of(request).lists.glossary
    return render(request, "home/about.html", {"text": request.site.about, "glossary": glossary})


@require_safe
def privacy(request) -> HttpResponse:
    return text_page(request, "Privacy", site_of(request).privacy)


@require_safe
def accessibility(request) -> HttpResponse:
    return text_page(request, "Toegankelijkheid", site_of(request).accessibility)


def text_page(request, title: str, text: str) -> HttpResponse:
    glossary = request.site.lists.glossary
    return render(request, "home/text.html", {"title": title, "text": text, "glossary": glossary})
