"""Pieces of pages, and rows that coordinators edit, made once and kept in each process.

A key or a version carries the version of every row that shows in the piece, so nothing kept is ever out of date.
Pieces hold no personal state and no CSRF token.
"""

import hashlib
from collections.abc import Callable, Hashable
from typing import Any, Protocol

from django.core.cache import caches
from django.utils import timezone

SHARED: dict[str, tuple[Hashable, Any]] = {}  # by name: the version, and what is kept


class Versioned(Protocol):
    version: int


def kept[T](site: Versioned, name: str, *versions: object, make: Callable[[], T]) -> T:
    """What `make` returned for these versions of `name`, a template or the name of a list; never None.

    Everyone gets a copy. The cache is bounded by its settings.
    """
    key = key_of(site, name, *versions)
    value: T | None = caches["cards"].get(key)
    if value is None:
        value = make()
        caches["cards"].set(key, value)
    return value


def key_of(site: Versioned, name: str, *versions: object) -> str:
    """The key of a piece: its template or name, and everything in which pieces differ, such as ids and versions.

    The version of the site stands for what coordinators edit. Dates leave out the current year, so the year is there.
    """
    told = repr((name, site.version, timezone.localdate().year, *versions))
    return hashlib.sha256(told.encode()).hexdigest()


def shared[T](name: str, version: Hashable, make: Callable[[], T]) -> T:
    """What is kept under `name` in this version; made and put there when it holds another version or nothing.

    For what most requests read: all get the very same object, which nobody may change. Every name takes room for
    good, so use names of rows that exist. When `make` raises, nothing is kept.
    """
    found = SHARED.get(name)
    if found is None or found[0] != version:
        found = SHARED[name] = version, make()
    value: T = found[1]
    return value
