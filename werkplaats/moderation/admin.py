"""Lists in which moderators decide about what people sent, and the list of what people reported."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.auth import get_permission_codename
from django.urls import reverse

from werkplaats.backoffice import log
from werkplaats.backoffice.asking import MOST, SureForm, answered, ask
from werkplaats.backoffice.base import EVERYWHERE, BaseAdmin, Filter
from werkplaats.backoffice.shown import Decided, DecidesAsShown, hidden
from werkplaats.words import number


class DecidingAdmin(BaseAdmin):
    """Moderators decide what is seen; nobody adds to it or changes what someone else said.

    `counted` is what one and more of the rows are called.
    """

    counted: ClassVar[str]

    def has_add_permission(self, request) -> bool:
        return False

    def has_erase_permission(self, request) -> bool:
        """Whoever may delete these rows may erase them: nobody deletes one and leaves its traces."""
        return request.user.has_perm(f"{self.opts.app_label}.{get_permission_codename('delete', self.opts)}")


class LoggingAdmin(DecidesAsShown, DecidingAdmin):
    """For rows with a `removal_reason` and a `version`, whose history is the admin's own log."""

    def back_to_list(self, request) -> str:
        """The list as it was when the action was chosen, or when the page of one row was opened from it."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        is_list = request.path == address
        query = request.META["QUERY_STRING"] if is_list else request.GET.get("_changelist_filters")
        return f"{address}?{query}" if query else address

    def each(self, request, rows: list, act: Callable, done: str) -> None:
        """Does it to each, and tells."""
        for row in rows:
            act(row)
        self.tell(request, rows, done)

    def erase_each(self, request, rows: list) -> list:
        """Erases each for good, from the log too, as it was on the page: there is no way back.

        Returns rows about which the log may keep what was done.
        """
        left = {id(row): self.model(pk=row.pk, text=log.GONE) for row in rows}

        def erase(row: Any, version: int) -> bool:
            if not self.model._default_manager.filter(pk=row.pk, version=version).exists():
                return False
            row.erase()
            log.forget(self.model, [left[id(row)].pk])
            return True

        return [left[id(row)] for row in self.decide_as_shown(request, rows, erase)]

    def tell(self, request, rows: list, done: str) -> None:
        """Logs what was done to each, and tells how many there were."""
        for row in rows:
            reason = f" Reden: {row.removal_reason}" if row.removal_reason else ""
            self.log_change(request, row, f"{done}.{reason}")
        level = messages.SUCCESS if rows else messages.WARNING
        messages.add_message(request, level, f"{done}: {number(len(rows), self.counted)}.")


class HandledFilter(Filter):
    title = "afgehandeld"
    parameter_name = "afgehandeld"
    choices_of = {
        "nee": ("nee", lambda reports: reports.waiting()),
        "ja": ("ja", lambda reports: reports.filter(handled_at__isnull=False)),
    }


class ReportsAdmin(DecidesAsShown, BaseAdmin):
    """A subclass adds `excerpt` and `link`: what a report is about, in a list and on its own page.

    It adds `let_stay(request, rows)` too: what a moderator read whole stays, or comes back, and its reports are
    settled. `asked` is the template that shows all of a `row`, a report.
    """

    counted = "melding,meldingen"
    asked: ClassVar[str]

    list_display = ["excerpt", "reason", "counts", "created_at", "handled_at", "handled_by"]
    list_filter = [HandledFilter, "reason"]
    fields = readonly_fields = ("link", "reason", "words", "counts", "created_at", "handled_at", "handled_by")
    actions = ["handle"]

    def let_stay(self, request, rows: list) -> None:
        raise NotImplementedError

    def tell_stays(self, request, decided: Decided) -> None:
        if decided.done:
            messages.success(request, "Afgehandeld.")
        self.tell_what_is_left(request, decided)

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_moderate_permission(self, request) -> bool:
        return super().has_change_permission(request)

    @admin.action(description="Afgehandeld: blijft staan …", permissions=["moderate"], location=EVERYWHERE)
    def handle(self, request, queryset):
        """Shows first what stays, with all that is reported of it: its words may be others than those that were
        reported, and every open report is settled with it.
        """
        reports = list(queryset.select_related(self.model.about)[:MOST])
        about = list({row.pk: row for row in (getattr(each, self.model.about) for each in reports)}.values())
        if answered(request, SureForm).is_valid():
            self.let_stay(request, about)
            return None
        what = "Lees wat er staat. Dat blijft staan, of komt terug als een melding het verborg. Zo is de melding klaar."
        texts = {"action": "handle", "title": "Mag dit blijven staan?", "button": "Blijft staan", "line": self.asked}
        seen = hidden(about)  # before the reports are read: one that comes between makes it old
        reports = self.model.objects.settled_with(about, chosen=reports).select_related(self.model.about)
        return ask(self, request, list(reports), SureForm(), what=what, all_shown=True, seen=seen, **texts)
