"""Handing rows over to a visitor who may be writing on another device at this very moment."""

from collections.abc import Callable

from django.db import IntegrityError, OperationalError, transaction

ATTEMPTS = 3


def until_it_fits(hand_over: Callable[[], None]) -> None:
    """Calls it until no write of the same moment is in the way: the next time, it sees what that wrote.

    The locks of an attempt go with its savepoint.
    """
    for left in reversed(range(ATTEMPTS)):
        try:
            with transaction.atomic():
                return hand_over()
        except (IntegrityError, OperationalError):
            if not left:
                raise
