"""The page before sign-ups are cancelled: whose they are, and the mail they get."""

from django import forms
from django.template.response import TemplateResponse

from events import mails
from events.admin.feedback import to_ring
from events.models import Registration
from werkplaats.backoffice.asking import ask
from werkplaats.words import number


def ask_first(model_admin, request, people: list[Registration], form: forms.Form, *, left: int) -> TemplateResponse:
    """Names everyone. `left` is how many of the chosen cannot be cancelled any more."""
    mailed = sum(1 for each in people if each.email)
    for each in people:
        each.stands = model_admin.standing(each)  # type: ignore[attr-defined]  # for the template
    return ask(
        model_admin,
        request,
        people,
        form,
        action="cancel",
        title="Deze mensen afmelden?" if len(people) > 1 else "Deze persoon afmelden?",
        button=f"{number(len(people), model_admin.counted)} afmelden",
        irreversible=True,
        all_shown=True,
        template="events/admin/cancel.html",
        line="events/admin/cancel.html#person",
        cafes=list({each.cafe_id: each.cafe for each in people}.values()),
        left=left,
        preview=mails.preview_of_cancelling(people[0].cafe, mailed, by=request.user),
        to_ring=to_ring(people),
    )
