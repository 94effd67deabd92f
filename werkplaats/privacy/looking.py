"""Writing down that staff looked at what is kept of people, in their lists and at the page of one."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from werkplaats.privacy.models import Look, Looked


class LookedAtAdmin(admin.ModelAdmin):
    """An admin page of which each look leaves a `Look`, as `looked`; of a list with how many rows it showed."""

    looked: ClassVar[Looked]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        response = super().changelist_view(request, extra_context)
        if shown := getattr(response, "context_data", {}).get("cl"):
            about = self.list_looked_at(request) + (f", pagina {shown.page_num}" if shown.page_num > 1 else "")
            Look.note(request.user, self.looked, about, len(shown.result_list))
        return response

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().change_view(request, object_id, form_url, extra_context)
        if hasattr(response, "context_data"):  # the page, and not the way on after saving
            Look.note(request.user, self.looked, f"{self.opts.verbose_name} {object_id}", 1)
        return response

    def list_looked_at(self, request: HttpRequest) -> str:
        """What stands in the log of a look at the list; nothing that was searched for."""
        return str(self.opts.verbose_name_plural)
