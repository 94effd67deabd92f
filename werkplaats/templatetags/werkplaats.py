"""Words, dates and icons in every template."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from werkplaats import words

register = template.Library()
for each in (words.day, words.clock, words.moment, words.period, words.number):
    register.filter(each)


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "flag" %}` draws a symbol of img/icons.svg. Words beside it must say the same."""
    shape = '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>'
    return format_html(shape, static("img/icons.svg"), name)
