"""The texts, pictures and dates of the site."""

from django.contrib import admin
from django.shortcuts import redirect

from werkplaats.backoffice.base import BaseAdmin
from werkplaats.backoffice.renaming import AsksBeforeRenamingInUse
from werkplaats.pictures.admin import PictureFormMixin
from werkplaats.site.models import GlossaryTerm, Milestone, Motto, Site

HOW_TO_WRITE = "Een lege regel begint een alinea, «## » een kopje, «- » een punt van een lijst."


@admin.register(Site)
class SiteAdmin(PictureFormMixin, BaseAdmin):
    """The one row: its list leads straight to it."""

    pictures = ("header", "logo", "drawing")
    fieldsets = [
        (None, {"fields": ["cooperation", ("period_start", "period_end")]}),
        ("Contact", {"fields": ["contact_email", "contact_phone", "security_email"]}),
        ("Lezen voor wie meedoet", {"fields": ["reads_within"]}),
        ("Voorpagina", {"fields": ["intro", "poem", "poem_author"], "description": HOW_TO_WRITE}),
        ("Teksten", {"fields": ["about", "house_rules", "privacy", "accessibility"], "description": HOW_TO_WRITE}),
    ]

    def changelist_view(self, request, extra_context=None):
        return redirect("admin:werkplaats_site_change", 1)

    def has_add_permission(self, request) -> bool:
        return False


@admin.register(Motto)
class MottoAdmin(AsksBeforeRenamingInUse, PictureFormMixin, BaseAdmin):
    named = "text"
    otherwise = "Is het een ander motto? Maak dan een nieuw: dit blijft bij wie het koos."
    list_display = ["text", "tint", "position"]
    list_editable = ["position"]
    deletable = True


@admin.register(Milestone)
class MilestoneAdmin(BaseAdmin):
    fields = [("date", "end"), "whole_month", "title", "label", "text"]
    list_display = ["date", "end", "title", "whole_month"]
    list_display_links = ["title"]
    ordering = ["date"]
    deletable = True


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(BaseAdmin):
    list_display = ["term", "meaning"]
    search_fields = ["term", "meaning"]
    deletable = True
