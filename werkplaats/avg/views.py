"""The pages about what is kept of people: for everyone, and for the privacy officer."""

from django.contrib import admin
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from werkplaats.avg import sheet
from werkplaats.backoffice.rights import with_right
from werkplaats.site.context import site_of
from werkplaats.web.requests import Request


@require_safe
def privacy(request: Request) -> HttpResponse:
    """The text of the co-operation, and below it what the register says."""
    site = site_of(request)
    context = {"title": "Privacy", "text": site.privacy, "glossary": site.lists.glossary, **sheet.for_everyone()}
    return render(request, "avg/privacy.html", context)


@require_safe
@with_right("werkplaats.view_controller")
def officer(request: Request) -> HttpResponse:
    """The sheet of the privacy officer."""
    context = {**admin.site.each_context(request), "title": "Privacy: wat we bewaren", **sheet.for_officer()}
    return render(request, "avg/sheet.html", context)
