"""Browsers of visitors who wrote something before."""

from django.test import Client

from werkplaats.people import visitors
from werkplaats.people.models import Visitor


def as_visitor(browser: Client, visitor: Visitor) -> Client:
    """The same browser, with the cookie of this visitor."""
    browser.cookies[visitors.COOKIE.name] = visitors.COOKIE.sign(visitor.pk.hex)
    return browser


def browser_of(visitor: Visitor) -> Client:
    return as_visitor(Client(), visitor)
