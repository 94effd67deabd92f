"""The page between choosing to cancel sign-ups and doing it: whose, and the mail that they get."""

from django.contrib.admin import ActionLocation, helpers
from django.template.response import TemplateResponse

from events import mails
from events.admin.cafe_pages import TELL
from events.admin.feedback import to_ring
from events.models.registrations import Registration

ONE = f"{ActionLocation.CHANGE_FORM.value}-action"  # chosen on the page of one sign-up


def ask(model_admin, request, people: list[Registration], left: int) -> TemplateResponse:
    """It names the people one by one; `left` is how many of the chosen cannot be cancelled any more."""
    mailed = sum(1 for each in people if each.email)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Deze mensen afmelden?" if len(people) > 1 else "Deze mens afmelden?",
        "opts": model_admin.opts,
        "people": people,
        "rows": [(each, model_admin.standing(each)) for each in people],
        "cafes": list({each.cafe_id: each.cafe for each in people}.values()),
        "left": left,
        "preview": mails.preview_of_cancelling(people[0].cafe, mailed, by=request.user),
        "to_ring": to_ring(people),
        "checkbox": helpers.ACTION_CHECKBOX_NAME,
        "action_field": ONE if ONE in request.POST else "action",
        "tell": TELL,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "events/admin/cancel.html", context)
