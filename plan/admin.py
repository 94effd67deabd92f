"""The bodies that are consulted, as coordinators keep them."""

from django.contrib import admin

from plan.models import Body
from werkplaats.backoffice.base import BaseAdmin


@admin.register(Body)
class BodyAdmin(BaseAdmin):
    list_display = ["name", "position"]
    list_editable = ["position"]
    fields = ["name", "position"]
