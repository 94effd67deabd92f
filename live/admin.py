"""The running order of a café, its tables and who leads it, in the back office."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Max, Q
from django.forms.formsets import DELETION_FIELD_NAME
from django.urls import reverse
from django.utils.html import format_html

from live.actions import preparing
from live.models import ASKING, Leader, LiveCafe, Scene
from polls.models import Poll, Stage, StickerRound
from werkplaats.backoffice.base import BaseAdmin, RowsInline
from werkplaats.backoffice.meanwhile import TogetherForm
from werkplaats.words import period

RIGHT = "events.change_cafe"
ABOUT = ("kind", "question", "poll", "round")
WAS_ON = "Dit onderdeel was op het scherm: wat er gezegd en geteld is, hoort erbij. Het blijft dus staan."
IS_ABOUT = "Dit onderdeel was op het scherm. De zin en de minuten kun je nog wijzigen, en niet waar het over gaat."
WAS_TRIED = "Dit onderdeel is op het scherm geweest in de proef. Wis eerst de proef, dan kan het weg of anders."


class LiveCafeForm(TogetherForm):
    """Who leads may press at this moment: they too lock scenes first, and the room last."""

    def clean(self):
        list(Scene.objects.select_for_update().filter(live=self.instance.pk).order_by("position").values_list("pk"))
        list(Poll.objects.select_for_update().filter(room_cafe=self.instance.cafe_id).order_by("pk").values_list("pk"))
        return super().clean()


class SceneForm(TogetherForm):
    """What is asked may stay empty: then it is the question of the café. What was on the screen stays.

    A round that is over is offered where it stands already, and nowhere else.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        rounds = StickerRound.objects.filter(~Q(stage=Stage.RESULT) | Q(pk=self.instance.round_id))
        chosen: Any = self.fields["round"]
        chosen.queryset = rounds
        chosen.error_messages["invalid_choice"] = preparing.ROUND_IS_OVER

    def clean(self):
        cleaned = super().clean()
        goes = cleaned.get(DELETION_FIELD_NAME)
        was_on = Scene.objects.filter(pk=self.instance.pk, started_at__isnull=False)
        if (goes or not {*self.changed_data}.isdisjoint(ABOUT)) and was_on.exists():
            cleaned[DELETION_FIELD_NAME] = False  # or what is wrong with it counts for nothing
            self.add_error(None, WAS_TRIED if self.instance.live.rehearses else WAS_ON if goes else IS_ABOUT)
        asks = cleaned.get("kind") in ASKING
        if asks and not cleaned.get("question") and not self.errors:
            cleaned["question"] = self.instance.question = preparing.question_of(self.instance.live.cafe)
        return cleaned


class OfWhoMayChangeCafes:
    """Who may change cafés may change how one is led."""

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm(RIGHT)

    has_change_permission = has_delete_permission = has_view_permission


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class SceneInline(OfWhoMayChangeCafes, RowsInline):
    model = Scene
    has_add_permission = OfWhoMayChangeCafes.has_view_permission
    formfield_overrides: ClassVar = {models.TimeField: {"widget": ClockInput}}
    form = SceneForm
    fields = [("kind", "minutes", "starts_at"), "says", "question", ("poll", "round")]

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("position")


class LeaderInline(OfWhoMayChangeCafes, RowsInline):
    model = Leader
    has_add_permission = OfWhoMayChangeCafes.has_view_permission
    verbose_name_plural = "wie het ook leiden: zij zien alleen dit café"


@admin.register(LiveCafe)
class LiveCafeAdmin(OfWhoMayChangeCafes, BaseAdmin):
    list_display = ["cafe", "when", "tables", "shown_code"]
    list_select_related = ["cafe"]
    ordering = ["-cafe__starts_at"]
    form = LiveCafeForm
    fields = ["cafe", "when", "tables", "leading"]
    readonly_fields = ["cafe", "when", "leading"]
    inlines = [SceneInline, LeaderInline]

    def has_add_permission(self, request) -> bool:
        """It is made at its café: «Leid dit café»."""
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    @admin.display(description="wanneer")
    def when(self, live):
        return period(live.cafe)

    @admin.display(description="code")
    def shown_code(self, live):
        return live.shown_code

    @admin.display(description="leiden")
    def leading(self, live):
        there = "De volgorde zet je daar, bij het draaiboek."
        url = f"{reverse('live:lead', args=[live.pk])}?deel=draaiboek"
        return format_html('<a href="{}">Naar de pagina van wie leidt</a>. {}', url, there)

    def save_model(self, request, obj, form, change):
        """Only what was typed: who leads may be changing the rest."""
        if form.changed_data:
            obj.save(update_fields=form.changed_data)

    def save_formset(self, request, form, formset, change):
        """A new scene comes behind the others; a poll of the site is copied for this café."""
        live = form.instance
        last = live.scenes.aggregate(last=Max("position"))["last"] or 0
        for row in formset.save(commit=False):
            if isinstance(row, Scene):
                last += row.position is None
                row.position = row.position or last
                row.poll = preparing.own_copy(row.poll, live.cafe) if row.poll else None
            row.save()
        for row in formset.deleted_objects:
            row.delete()
        preparing.let_go(live.cafe)
        live.raise_version()
