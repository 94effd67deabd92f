"""Words, dates and icons in every template."""

import re
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from werkplaats import words
from werkplaats.web.joining import imported

register = template.Library()
for each in (words.day, words.clock, words.moment, words.period, words.number, words.masked):
    register.filter(each)


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """`{% filter one_line %}`: what a template lays out over several lines, as a line of a mail."""
    return re.sub("[ \n]+", " ", text).strip(" ")


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "flag" %}` draws a symbol of img/icons.svg. Words beside it must say the same."""
    shape = '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>'
    return format_html(shape, static("img/icons.svg"), name)


@register.simple_tag
def scripts(name: str) -> SafeString:
    """`{% scripts "js/site.js" %}`: that script, or all that it imports where nothing was collected."""
    names = [name]
    if not getattr(staticfiles_storage, "joins", False):
        names = imported(name, Path(finders.find(name)).read_text())
    return format_html_join("\n", '<script src="{}" defer></script>', ([static(each)] for each in names))
