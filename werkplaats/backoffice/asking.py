"""The page between choosing an action and doing it: what it does, to which rows, and what has to be filled in."""

from django import forms
from django.contrib.admin import ActionLocation, helpers
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.safestring import SafeString

from werkplaats.backoffice.shown import ShownAdmin, hidden, hidden_as_seen
from werkplaats.web.typed import typed_in

MOST = 1000  # rows at a time: each is a field of the form, and a form has a bounded number
SHOWN = 20
ASKED = "_asked"  # the page in between sends it along
FOR_GOOD = "Echt wissen: dit kan niet ongedaan worden gemaakt"
ON_ONE_PAGE = f"{ActionLocation.CHANGE_FORM.value}-action"


class SureForm(forms.Form):
    """Nothing to fill in: pressing the button is the answer."""


def answered(request: HttpRequest, form: type[forms.Form], **options) -> forms.Form:
    """The form with what was filled in on the page in between; unbound when the action was only just chosen."""
    is_answer = ASKED in request.POST or any(name in request.POST for name in form.base_fields)
    return form(request.POST if is_answer else None, **options)


def ask(model_admin, request: HttpRequest, rows: list, form: forms.Form, **texts) -> TemplateResponse:
    """The page in between.

    `texts`: the name of the `action`, `title`, `what` it does, `button`; and where they apply `irreversible` when
    there is no way back, `line`, a template that shows a `row`, `first_look` when the rows are read before the form
    is filled in, `all_shown` when each of them is, the `look` of their list, and a `template` that extends this page.

    The page names the rows one by one, so that what came meanwhile is left alone, each with a version: that of this
    page when the rows are read on it, else that of the page on which they were chosen. It leads `back` to where the
    action was chosen: the list with its filters, or the page of one row. `model_admin.counted` says what one and
    more of the rows are called.
    """
    here = request.get_full_path()
    back = texts.get("back", here)
    most = None if texts.get("all_shown") else SHOWN
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "counted": model_admin.counted,
        "form": form,
        "rows": rows,
        "shown": rows[:most],
        "more": len(rows[most:]) if most else 0,
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "action_field": ON_ONE_PAGE if ON_ONE_PAGE in request.POST and back == here else "action",
        "back": back,
        "asked": ASKED,
        "typed": [] if rows else typed_in(request),
        "seen": seen_field(request, rows, texts.get("all_shown")) if isinstance(model_admin, ShownAdmin) else "",
        **texts,
    }
    template = texts.get("template", "backoffice/ask.html")
    return TemplateResponse(request, template, context, status=422 if form.is_bound else 200)


def seen_field(request: HttpRequest, rows: list, all_shown: bool | None) -> SafeString:
    return hidden(rows) if all_shown else hidden_as_seen(request.POST, {row.pk for row in rows})
