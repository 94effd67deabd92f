"""What somebody sent while their log-in was over, offered in the form itself, and not saved yet."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse

from werkplaats.web import unsent

GONE = "Dit is intussen weggehaald"


class OffersUnsent(admin.ModelAdmin):
    """Draws a form that was kept by `werkplaats.web.unsent` as it was sent, with what is wrong with it by now."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "GET" and (kept := unsent.form_of(request)):
            request.kept_form = kept  # type: ignore[attr-defined]  # for what is called below
            with transaction.atomic():  # forms lock the row that they are about
                return super().changeform_view(request, object_id, form_url, extra_context)
        answer = super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and answer.status_code == 302:
            unsent.forget(request, request.path)
        return answer

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        """Another took the row away while somebody typed: what they typed is there until they took it over."""
        sent = request.POST if request.method == "POST" else kept_in(request)
        if sent is None or not (typed := self.typed_in(request, sent)):
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]  # not in the stubs
        context = {**self.admin_site.each_context(request), "opts": opts, "typed": typed, "title": GONE}
        context["is_kept"] = request.method != "POST"
        return TemplateResponse(request, "backoffice/gone.html", context, status=404)

    def typed_in(self, request: HttpRequest, sent: QueryDict) -> list[tuple[str, str]]:
        """The words of a form, each with the label of its field."""
        labels = {name: str(field.label) for name, field in self.get_form(request).base_fields.items()}
        shown = {name.removeprefix("initial-") for name in sent if name.startswith("initial-")}
        typed = [(name, str(sent[name])) for name in sent if name in shown or name in labels]
        words = [(name, value) for name, value in typed if " " in value.strip()]
        return [(labels.get(name, "Wat je typte"), value) for name, value in words]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form, kept = super().get_form(request, obj, change=change, **kwargs), kept_in(request)
        return form if kept is None else offered(form, kept)

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        options, kept = super().get_formset_kwargs(request, obj, inline, prefix), kept_in(request)
        return options if kept is None else options | {"data": kept.copy()}

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Says that it was not saved yet, and what another changed since the page was drawn."""
        formsets = [each.formset for each in context["inline_admin_formsets"]]
        context |= {
            "kept_form": (kept := kept_in(request)) is not None,
            "kept_files": kept is not None and unsent.FILES in kept,
            "told": told_of(context["adminform"].form, formsets),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)


def kept_in(request: HttpRequest) -> QueryDict | None:
    return getattr(request, "kept_form", None)


def offered(form: Any, kept: QueryDict) -> Any:
    """The form, filled in with what was kept."""

    class Offered(form):
        def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
            super().__init__(data or kept, *args, **kwargs)

    return Offered


def told_of(form: Any, formsets: list[Any]) -> list[str]:
    """What another changed meanwhile in the row of this form and in those inside it."""
    told = list(getattr(form, "told", ()))
    for formset in formsets:
        for each in formset.forms:
            told += [f"{each.instance}, {line}" for line in getattr(each, "told", ())]
    return told
