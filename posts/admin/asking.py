"""The page between choosing an action and doing it: what it is about, what it does, and what has to be filled in."""

from django import forms
from django.contrib.admin import ActionLocation, helpers
from django.http import HttpRequest
from django.template.response import TemplateResponse

from posts.models import Post, PostTheme, Question, Theme

MOST = 1000  # contributions at a time: each is a field of the form, and a form has a bounded number
SHOWN = 20
SURE = "sure"


class SureForm(forms.Form):
    """Nothing to fill in: pressing the button says it."""


class MoveForm(forms.Form):
    question = forms.ModelChoiceField(
        Question.objects.readable(),
        label="Naar welke vraag?",
        empty_label="Kies een vraag",
        error_messages={"required": "Kies een vraag.", "invalid_choice": "Kies een vraag uit de lijst."},
    )

    def __init__(self, *args, posts: list[Post], **kwargs):
        super().__init__(*args, **kwargs)
        here = {post.question_id for post in posts}
        field = self.fields["question"]
        if len(here) == 1:
            field.queryset = field.queryset.exclude(pk__in=here)
        field.label_from_instance = lambda question: f"{question.title}: {question.text}"


class ThemesForm(forms.Form):
    """What is not ticked stays as it is: contributions chosen together may have different themes."""

    give = forms.ModelMultipleChoiceField(
        Theme.objects.all(), label="Geef deze thema's", required=False, widget=forms.CheckboxSelectMultiple
    )
    take = forms.ModelMultipleChoiceField(
        Theme.objects.none(),
        label="Haal deze thema's weg",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, posts: list[Post], **kwargs):
        super().__init__(*args, **kwargs)
        given = PostTheme.objects.filter(post__in=[post.pk for post in posts])
        self.fields["take"].queryset = Theme.objects.filter(pk__in=given.values("theme"))
        if not self.fields["take"].queryset.exists():
            del self.fields["take"]

    def clean(self):
        data = super().clean()
        if not self.errors and not any(data.values()):
            raise forms.ValidationError("Kies minstens één thema.")
        return data


def is_answered(request: HttpRequest, form: type[forms.Form]) -> bool:
    """Whether this comes from the page in between, and not from the list."""
    return SURE in request.POST or any(name in request.POST for name in form.base_fields)


def ask(model_admin, request: HttpRequest, posts: list[Post], form: forms.Form, **texts) -> TemplateResponse:
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
