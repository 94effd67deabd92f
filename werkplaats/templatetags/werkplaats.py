"""Words and dates in every template."""

from django import template

from werkplaats import words

register = template.Library()
for each in (words.day, words.clock, words.moment, words.period, words.number):
    register.filter(each)
