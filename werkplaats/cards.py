"""Pieces of pages that are made once and kept in each process.

A key carries the version of every row that shows in the piece, so what is kept is never out of date; it holds
no personal state and no CSRF token. The cache is bounded by its settings.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import caches


def kept(key: str, make: Callable[[], Any]) -> Any:
    """What is kept under `key`; made, and kept, when it is not there yet. `make` must not return None."""
    value = caches["cards"].get(key)
    if value is None:
        value = make()
        caches["cards"].set(key, value)
    return value
