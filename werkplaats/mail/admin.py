"""Mails that never arrived, for coordinators to read."""

from django.contrib import admin
from django.http import HttpRequest

from werkplaats.backoffice.base import BaseAdmin
from werkplaats.mail.models import FailedMail, FailedMailQuerySet


@admin.register(FailedMail)
class FailedMailAdmin(BaseAdmin):
    """Nobody adds or changes one; they go by themselves after a month."""

    list_display = ["at", "why", "task", "reason"]
    fields = readonly_fields = ("at", "why", "task", "ids", "reason")

    def get_queryset(self, request: HttpRequest) -> FailedMailQuerySet:
        return FailedMail.objects.missed()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: FailedMail | None = None) -> bool:
        return False
