"""Words, dates and icons in every template."""

import re

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats import words

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
