"""What the lists share in which moderators decide about what people sent."""

from collections.abc import Callable
from typing import ClassVar

from django import forms
from django.contrib import messages
from django.db import transaction
from django.urls import reverse

from werkplaats.backoffice import log
from werkplaats.words import number


class SureForm(forms.Form):
    """Nothing to fill in: the button is the answer."""


class Deciding:
    """For a ModelAdmin of rows with a `removal_reason`; `counted` is what one and more of them are called."""

    counted: ClassVar[str]

    class Media:
        css: ClassVar = {"all": ["css/moderation.css"]}

    def back_to_list(self, request) -> str:
        """The list as it was when the action was chosen, or when the page of one row was opened from it."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        is_list = request.path == address
        asked = request.META["QUERY_STRING"] if is_list else request.GET.get("_changelist_filters")
        return f"{address}?{asked}" if asked else address

    def each(self, request, rows: list, act: Callable, done: str) -> None:
        """Does it to each, and tells."""
        for row in rows:
            act(row)
        self.tell(request, rows, done)

    def erase_each(self, rows: list) -> list:
        """Erases each for good, from the admin's log too; returns rows of which the log may keep what was done."""
        left = [self.model(pk=row.pk, text=log.GONE) for row in rows]
        with transaction.atomic():
            for row in rows:
                row.erase()
            log.forget(self.model, [row.pk for row in left])
        return left

    def tell(self, request, rows: list, done: str) -> None:
        """Notes what is done in the history of each, and tells how many there were."""
        for row in rows:
            reason = f" Reden: {row.removal_reason}" if row.removal_reason else ""
            self.log_change(request, row, f"{done}.{reason}")
        level = messages.SUCCESS if rows else messages.WARNING
        messages.add_message(request, level, f"{done}: {number(len(rows), self.counted)}.")
