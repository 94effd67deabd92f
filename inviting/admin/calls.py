"""The list of gerichte acties in the back office."""

from django.contrib import admin

from inviting.models import Call
from werkplaats.backoffice.base import BaseAdmin


@admin.register(Call)
class CallAdmin(BaseAdmin):
    list_display = ["name", "what", "approacher", "on", "state"]
    list_filter = ["state", "what"]
    fields = ["what", "name", "approacher", "on", "state", "note"]
