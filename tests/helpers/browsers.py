"""Browsers of visitors who wrote something before."""

from django.test import Client

from werkplaats.people import visitors
from werkplaats.people.models import User, Visitor


def as_visitor(browser: Client, visitor: Visitor) -> Client:
    """The same browser, with the cookie of this visitor: of a person it is good with their log-in alone."""
    browser.cookies[visitors.COOKIE.name] = visitors.COOKIE.sign(
        visitors.signed(visitor.pk, visitors.key_of(visitor.user))
    )
    return browser


def browser_of(visitor: Visitor) -> Client:
    """Their browser; a person is logged in there."""
    browser = Client()
    if visitor.user:
        browser.force_login(visitor.user)
    return as_visitor(browser, visitor)


def logged_in(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def left_by(visitor: Visitor) -> Client:
    """A browser on which the session of a person is over: the cookie stayed behind."""
    return as_visitor(Client(), visitor)
