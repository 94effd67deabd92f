"""Limits that follow a person or the address being mailed, never the building: a school is one IP address.

The rates stand in settings.ACCOUNT_RATE_LIMITS, beside those of allauth, whose counter this uses; it is in the
database's cache, which all workers share.
"""

from allauth.core import ratelimit


def allows(request, action: str, key: str) -> bool:
    """Counts one more `action` for `key` and tells whether that is still within its rate."""
    return ratelimit.consume(request, action=action, key=key)
