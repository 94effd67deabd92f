"""What people can say they are."""

from django.contrib import admin

from werkplaats.backoffice.base import BaseAdmin
from werkplaats.backoffice.renaming import AsksBeforeRenamingInUse
from werkplaats.people.models import Role, Werkgebied


@admin.register(Role)
class RoleAdmin(AsksBeforeRenamingInUse, BaseAdmin):
    otherwise = "Is het een andere rol? Maak dan een nieuwe: deze blijft bij wie haar koos."
    list_display = fields = ("name", "plural", "is_pupil", "is_rest", "position")
    list_editable = ["position"]


@admin.register(Werkgebied)
class WerkgebiedAdmin(AsksBeforeRenamingInUse, BaseAdmin):
    otherwise = "Is het een ander gebied? Maak dan een nieuw werkgebied: dit blijft bij wie het koos."
    list_display = ["name", "position"]
    list_editable = ["position"]
