"""What the co-operation says as controller; and, to read only, what was looked at, tidied up and erased."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from werkplaats.backoffice.base import BaseAdmin, TogetherForm
from werkplaats.privacy.models import Controller, Erasure, Look, RetentionRun
from werkplaats.register.entries import Purpose

ONLY_YOU_KNOW = "Dit weet alleen het samenwerkingsverband. Wat leeg is, staat op het privacyblad als «nog invullen»."


@admin.register(Controller)
class ControllerAdmin(BaseAdmin):
    """The one row: its list leads straight to it."""

    form = TogetherForm
    fieldsets = [
        (None, {"fields": ["name", "post"], "description": ONLY_YOU_KNOW}),
        ("Functionaris gegevensbescherming", {"fields": ["officer", "officer_email", "officer_phone"]}),
        (
            "Verwerkers",
            {"fields": ["hosting", "hosting_contract", "mailing", "mailing_contract", "others", "backup_days"]},
        ),
        ("Grondslagen", {"fields": [f"basis_{purpose.name.lower()}" for purpose in Purpose]}),
        ("Beoordeling van de risico's (DPIA)", {"fields": ["dpia_on", "dpia"]}),
        ("Verhalen over één kind", {"fields": ["help_for_parents", "complaints"]}),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if Controller.objects.exists():
            return redirect("admin:werkplaats_controller_change", 1)
        return redirect("admin:werkplaats_controller_add")

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one: who wants to add another changes it."""
        if request.method != "POST" and Controller.objects.exists():
            return redirect("admin:werkplaats_controller_change", 1)
        return super().add_view(request, form_url, extra_context)


class ReadOnlyAdmin(BaseAdmin):
    """What the site writes down by itself: nobody adds to it or changes it."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Look)
class LookAdmin(ReadOnlyAdmin):
    list_display = fields = ("at", "by", "what", "about", "rows")
    list_filter = ["what"]
    list_select_related = ["by"]


@admin.register(RetentionRun)
class RetentionRunAdmin(ReadOnlyAdmin):
    list_display = fields = ("at", "term", "told")
    list_filter = ["term"]

    @admin.display(description="wat er wegging")
    def told(self, run: RetentionRun) -> str:
        return run.words or "niets"


@admin.register(Erasure)
class ErasureAdmin(ReadOnlyAdmin):
    list_display = fields = ("at", "why", "by", "told")
    list_filter = ["why"]
    list_select_related = ["by"]

    @admin.display(description="wat er wegging")
    def told(self, erasure: Erasure) -> str:
        return erasure.words or "niets"
