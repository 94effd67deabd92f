"""The page between choosing an action and doing it: what it is about, what it does, and what has to be filled in."""

from django import forms
from django.contrib.admin import ActionLocation, helpers
from django.http import HttpRequest
from django.template.response import TemplateResponse

MOST = 1000  # contributions at a time: each is a field of the form, and a form has a bounded number
SHOWN = 20
SURE = "sure"


class SureForm(forms.Form):
    """Nothing to fill in: pressing the button says it."""


def is_answered(request: HttpRequest, form: type[forms.Form]) -> bool:
    """Whether this comes from the page in between, and not from the list."""
    return SURE in request.POST or any(name in request.POST for name in form.base_fields)


def ask(model_admin, request: HttpRequest, posts: list, form: forms.Form, **texts) -> TemplateResponse:
    """The page in between.

    `texts`: action (its name), title, what (it does), button, and irreversible when there is no way back.
    It names the contributions one by one, so that what came meanwhile is left alone, and goes back to where the
    action was chosen: the list with its filters, or the page of one contribution.
    """
    one = f"{ActionLocation.CHANGE_FORM.value}-action"
    action = one if one in request.POST else "action"
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "form": form,
        "posts": posts,
        "shown": posts[:SHOWN],
        "more": max(0, len(posts) - SHOWN),
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "action_field": action,
        "back": request.get_full_path(),
        **texts,
    }
    status = 422 if form.is_bound else 200
    return TemplateResponse(request, "posts/admin/ask.html", context, status=status)
