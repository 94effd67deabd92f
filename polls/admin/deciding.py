"""What the lists share in which moderators decide about what people sent."""

from collections.abc import Callable
from typing import ClassVar

from django.contrib import messages

from werkplaats.templatetags.werkplaats import number


class Deciding:
    """For a ModelAdmin of rows with a `removal_reason`; `counted` is what one and more of them are called."""

    counted: ClassVar[str]

    def each(self, request, rows: list, act: Callable, done: str) -> None:
        """Does it to each, and tells."""
        for row in rows:
            act(row)
        self.tell(request, rows, done)

    def tell(self, request, rows: list, done: str) -> None:
        """Notes what is done in the history of each, and tells how many there were."""
        for row in rows:
            reason = f" Reden: {row.removal_reason}" if row.removal_reason else ""
            self.log_change(request, row, f"{done}.{reason}")
        level = messages.SUCCESS if rows else messages.WARNING
        messages.add_message(request, level, f"{done}: {number(len(rows), self.counted)}.")
