"""What people can say they are."""

from django.contrib import admin

from werkplaats.backoffice.base import BaseAdmin
from werkplaats.people.models import Role, Werkgebied


@admin.register(Role)
class RoleAdmin(BaseAdmin):
    list_display = fields = ("name", "plural", "is_pupil", "position")
    list_editable = ["position"]


@admin.register(Werkgebied)
class WerkgebiedAdmin(BaseAdmin):
    list_display = ["name", "position"]
    list_editable = ["position"]
