"""The themes that coordinators sort contributions into: their list, and merging two that mean the same."""

from typing import cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ActionLocation
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.html import format_html

from posts.actions import themes as merging
from posts.models import Theme, ThemeMerge
from werkplaats.backoffice.asking import MOST, answered, ask
from werkplaats.backoffice.base import BaseAdmin
from werkplaats.backoffice.renaming import AsksBeforeRenamingInUse

MERGED = 'Samengevoegd tot «{}». <a href="{}">Maak het ongedaan</a> als het toch niet klopt.'


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Theme.objects.none(), label="Welk thema blijft?", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Theme]", self.fields["into"]).queryset = Theme.objects.filter(
            pk__in=[theme.pk for theme in themes]
        )


@admin.register(Theme)
class ThemeAdmin(AsksBeforeRenamingInUse, BaseAdmin):
    """Deleting a theme takes it off the contributions that had it; they stay."""

    otherwise = "Is het een ander thema? Maak dan een nieuw: dit blijft bij de bijdragen die het hebben."
    deletable = True
    list_display = ["name", "position", "used"]
    list_editable = ["position"]
    search_fields = ["name"]
    counted = "thema,thema's"
    actions = ["merge"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(times=Count("posts", filter=Q(posts__erased_at=None)))

    @admin.display(description="bij hoeveel bijdragen", ordering=F("times"))
    def used(self, theme):
        return theme.times

    @admin.action(description="Voeg samen …", permissions=["change"], location=ActionLocation.CHANGE_LIST)
    def merge(self, request, queryset):
        themes = list(queryset.order_by("pk")[:MOST])
        if len(themes) < 2:
            self.message_user(request, "Vink minstens twee thema's aan om samen te voegen.", messages.WARNING)
            return None
        form = answered(request, MergeForm, themes=themes)
        if form.is_valid():
            return self._merge(request, themes, form.cleaned_data["into"])
        what = "De bijdragen houden hun thema, onder de naam die blijft. Je kunt het ongedaan maken."
        texts = {"action": "merge", "title": "Voeg thema's samen", "button": "Voeg samen"}
        return ask(self, request, themes, form, what=what, **texts)

    def _merge(self, request, themes, into) -> None:
        try:
            merging.merge(themes, into, request.user)
        except ValidationError as error:
            self.message_user(request, error.messages[0], messages.ERROR)
            return
        undo = reverse("admin:posts_thememerge_changelist")
        self.message_user(request, format_html(MERGED, into, undo), messages.SUCCESS)


@admin.register(ThemeMerge)
class ThemeMergeAdmin(BaseAdmin):
    """Merges that were done, to undo them."""

    list_display = ["__str__", "at", "by", "count", "undone_at"]
    list_display_links = None
    list_select_related = ["into", "by"]
    actions = ["undo"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        """Nothing is typed here; who may change themes may undo."""
        return obj is None and request.user.has_perm("posts.change_theme")

    has_view_permission = has_change_permission
    has_module_permission = has_change_permission

    @admin.display(description="bijdragen")
    def count(self, merge):
        return len(merge.had)

    @admin.action(description="Maak ongedaan", permissions=["view"])
    def undo(self, request, queryset):
        """The last merge first: what it took from another comes back before that other does."""
        for merge in queryset.order_by("-pk"):
            try:
                if merging.undo(merge):
                    self.message_user(request, f"Het thema «{merge.name}» is terug.", messages.SUCCESS)
            except ValidationError as error:
                self.message_user(request, error.messages[0], messages.ERROR)
