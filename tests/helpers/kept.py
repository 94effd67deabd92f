"""What a process keeps of pages, for tests of how many queries a page takes cold."""

from django.core.cache import caches

from werkplaats.kept import SHARED


def forget() -> None:
    """As in a process that has just started."""
    caches["cards"].clear()
    SHARED.clear()
