"""One line of the list of everything whose words depend on the hour."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.helpers import factories
from werkplaats.people.models import User


@dataclass(frozen=True)
class Place:
    """Where words change with the hour, without anybody writing anything.

    `decides` are the files that look at the clock for it, `makes` makes what it is about, and `asks` reads the real
    page, mail or file. `stands` tells by moment, on the clock of Amsterdam, which of `words` are there; | parts them.
    The moments are asked one after the other in one process, so what a page keeps must change by itself.
    """

    name: str
    decides: str
    makes: Callable[[], Any]
    asks: Callable[[Any], str]
    words: str
    stands: dict[str, str]

    def found_in(self, shown: str) -> str:
        return " | ".join(each for each in self.words.split(" | ") if each in shown)


def page(path: str, browser: Client | None = None) -> str:
    return (browser or Client()).get(path, follow=True).text


def staff() -> Client:
    """The browser of a coordinator who logs in now: the clock may have gone on for months."""
    browser = Client()
    browser.force_login(User.objects.filter(is_superuser=True).first() or factories.coordinator())
    return browser


def staff_page(path: str) -> str:
    return page(path, staff())


def between(text: str, start: str, end: str) -> str:
    """The piece of a page that begins with `start`; nothing when that is not there."""
    _, found, rest = text.partition(start)
    return found and found + rest.partition(end)[0]
