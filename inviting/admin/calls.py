"""Gerichte acties in the admin: the list, in which one press changes where a line stands, and what is known of one."""

from urllib.parse import urlencode

from django.contrib import admin
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from inviting import calling, figures
from inviting.actions.calling import forget
from inviting.models import Call, CallState
from werkplaats.backoffice.base import BaseAdmin
from werkplaats.invited.models import InvitationLink


@admin.register(Call)
class CallAdmin(BaseAdmin):
    list_display = ["who", "stand", "on", "came"]
    list_filter = ["state", "what"]
    # Without a search: what is typed there stands in the address, and so in the log of the proxy.
    deletable = True
    fieldsets = [
        (
            None,
            {
                "fields": ["what", "name", "approacher", "on", "cafe", "note"],
                "description": "Een actie is voor een functie, een groep of een overleg, en nooit voor een persoon. "
                "Zet er geen namen van mensen, e-mailadressen of telefoonnummers in.",
            },
        )
    ]

    def get_queryset(self, request):
        return (
            super().get_queryset(request).select_related("link", "harvest__question", "harvest__cafe", "harvest__cycle")
        )

    def changelist_view(self, request, extra_context=None):
        """Reads at once what all lines of the page show beside what they are."""
        response = super().changelist_view(request, extra_context)
        if (shown := getattr(response, "context_data", {}).get("cl")) is not None:
            rows = list(shown.result_list)
            calling.tell_filled(rows)
            told = figures.of_calls(rows)
            for row in rows:
                row.told, row.list_address = told.get(row.pk, []), request.GET.urlencode()
            shown.result_list = rows
        return response

    @admin.display(description="wie", ordering="name")
    def who(self, call):
        about = ", ".join(filter(None, [call.get_what_display(), call.approacher and f"door {call.approacher}"]))
        return format_html('{}<span class="call-about">{}</span>', call.name, about)

    @admin.display(description="stand", ordering="state")
    def stand(self, call):
        """Buttons of the form around the list, each with an address of its own."""
        address = f"{reverse('inviting:move', args=[call.pk])}?{_query(call)}"
        states = [each for each in CallState if each != CallState.SUGGESTED or call.state == each]
        return format_html_join(
            " ",
            '<button class="call-state" name="stand" value="{}" formaction="{}" aria-pressed="{}">{}'
            '<span class="visually-hidden">: {}</span></button>',
            (
                (each.value, address, "true" if call.state == each else "false", each.label, call.name)
                for each in states
            ),
        )

    @admin.display(description="wat ervan kwam")
    def came(self, call):
        """And the way to the page from which somebody is asked."""
        said = [f"{label}: {times}" for label, times in call.told] or [figures.FEWER]
        if call.again_at:
            said.insert(0, "kon niet op het café: vraag het alsnog")
        if call.is_for_gap:
            said.insert(0, "van hen is nu gehoord" if call.filled else "van hen hoorden we nog (bijna) niets")
        words = 'Tekst, link en kaart<span class="visually-hidden">: {}</span>'
        way = format_html(
            f'<a class="call-way" href="{{}}">{words}</a>', reverse("inviting:call", args=[call.pk]), call.name
        )
        return format_html_join(mark_safe("<br>"), "{}", ((each,) for each in [*said, way]))

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        """A new line gets a link of its own."""
        if not change:
            obj.link, obj.by = InvitationLink.objects.create(is_call=True), request.user
        super().save_model(request, obj, form, change)

    @transaction.atomic
    def delete_queryset(self, request, queryset):
        """With all that was kept of them: what is to go is often a name that stood in one."""
        pks = list(queryset.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)
        forget(pks)

    @transaction.atomic
    def delete_model(self, request, obj):
        """As several are."""
        pk = obj.pk
        super().delete_model(request, obj)
        forget([pk])

    def response_add(self, request, obj, post_url_continue=None):
        """To its page: with the text to send."""
        answer = super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(reverse("inviting:call", args=[obj.pk])) if "_save" in request.POST else answer


def _query(call) -> str:
    """Brings along which part of the list was shown."""
    return urlencode({"lijst": call.list_address})
