"""Words and dates in every template."""

import re

from django import template

from werkplaats import words

register = template.Library()
for each in (words.day, words.clock, words.moment, words.period, words.number):
    register.filter(each)


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """`{% filter one_line %}`: what a template lays out over several lines, as a line of a mail."""
    return re.sub("[ \n]+", " ", text).strip(" ")
