"""The files with all that was said: asking for one, seeing how far it is, fetching it."""

from typing import Any, cast

from django import forms
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from plan.exports.document import MOST_VOICES
from plan.models import Export, Harvest
from plan.models.exports import Kind
from plan.views.rights import for_sorters
from werkplaats.privacy.models import Look, Looked
from werkplaats.web.addresses import whole_number
from werkplaats.web.htmx import redirect, respond, wants_fragment
from werkplaats.web.requests import Request

TEMPLATE = "plan/exports.html"


class AskForm(forms.Form):
    harvest = forms.ModelChoiceField(
        Harvest.objects.none(), label="Waarvan?", required=False, empty_label="Alles wat er is gezegd"
    )
    names = forms.ChoiceField(
        label="Namen",
        choices=[("nee", "Zonder namen"), ("ja", "Met de naam die mensen opgaven")],
        initial="nee",
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        said: Any = Harvest.objects.with_figures()
        cast(forms.ModelChoiceField, self.fields["harvest"]).queryset = said.filter(voices__gt=0)


def asked_for(request: Request) -> Harvest | None:
    """The harvest of the question from which somebody came here."""
    pk = whole_number(request.GET.get("vraag", ""))
    return Harvest.objects.filter(question=pk).first() if pk > 0 else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_sorters
def exports(request):
    form = AskForm(request.POST if request.method == "POST" else None, initial={"harvest": asked_for(request)})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        Export.objects.ask(asked["kind"], request.user, asked["harvest"], names=asked["names"] == "ja")
        return redirect(request, reverse("plan:exports"))
    kept = list(Export.objects.kept())
    waits, fresh = any(each.is_awaited for each in kept), wants_fragment(request)
    context = {"form": form, "exports": kept, "most": MOST_VOICES, "waits": waits, "fresh": fresh}
    return respond(request, TEMPLATE, "files", context, status=422 if form.errors else 200)


@require_safe
@for_sorters
def export(request, pk):
    """The file; no cache keeps it. When something is erased meanwhile, what comes is cut off."""
    made = get_object_or_404(Export.objects.made(), pk=pk)
    Look.note(request.user, Looked.FILE, f"opbrengst, bestand {made.pk}", made.total)
    answer = StreamingHttpResponse(made.chunks(), content_type=Kind(made.kind).content_type)
    answer["Content-Length"] = str(made.size)
    answer["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    return answer
