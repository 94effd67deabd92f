"""The views of the site itself: pages that show several apps, addresses for machines, and what is said on errors."""

from werkplaats.views.errors import csrf_failure

__all__ = ["csrf_failure"]
