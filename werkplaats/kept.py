"""Pieces of pages, and rows that coordinators edit, that are made once and kept in each process.

A key or a version carries the version of every row that shows in the piece, so what is kept is never out of date; it
holds no personal state and no CSRF token.
"""

from collections.abc import Callable, Hashable
from typing import Any

from django.core.cache import caches

SHARED: dict[str, tuple[Hashable, Any]] = {}  # by name: the version, and what is kept


def kept(key: str, make: Callable[[], Any]) -> Any:
    """What is kept under `key`; made, and kept, when it is not there yet. `make` must not return None.

    Everyone gets a copy. The cache is bounded by its settings.
    """
    value = caches["cards"].get(key)
    if value is None:
        value = make()
        caches["cards"].set(key, value)
    return value


def shared[T](name: str, version: Hashable, make: Callable[[], T]) -> T:
    """What is kept under `name` in this version; made, and put in its place, when that is another or none.

    For what most requests read: all get the very same object, which nobody may change. There are as many as there
    are names, so a name stands for a row that exists; an error of `make` keeps nothing.
    """
    found = SHARED.get(name)
    if found is None or found[0] != version:
        found = SHARED[name] = version, make()
    return found[1]
