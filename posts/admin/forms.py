from typing import cast

from django import forms

from posts.models import Post, PostTheme, Question, Theme


class QuestionField(forms.ModelChoiceField):
    def label_from_instance(self, question: Question) -> str:
        return f"{question.title}: {question.text}"


class MoveForm(forms.Form):
    question = QuestionField(
        Question.objects.readable(),
        label="Naar welke vraag?",
        empty_label="Kies een vraag",
        error_messages={"required": "Kies een vraag.", "invalid_choice": "Kies een vraag uit de lijst."},
    )

    def __init__(self, *args, posts: list[Post], **kwargs):
        super().__init__(*args, **kwargs)
        here = {post.question_id for post in posts}
        if len(here) == 1:
            others = Question.objects.readable().exclude(pk__in=here)
            cast(QuestionField, self.fields["question"]).queryset = others


class ThemesForm(forms.Form):
    """What is not ticked stays as it is: contributions chosen together may have different themes."""

    give = forms.ModelMultipleChoiceField(
        Theme.objects.all(), label="Geef deze thema's", required=False, widget=forms.CheckboxSelectMultiple
    )
    take = forms.ModelMultipleChoiceField(
        Theme.objects.none(), label="Haal deze thema's weg", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, posts: list[Post], **kwargs):
        super().__init__(*args, **kwargs)
        given = PostTheme.objects.filter(post__in=[post.pk for post in posts])
        themes = Theme.objects.filter(pk__in=given.values("theme"))
        cast(forms.ModelMultipleChoiceField, self.fields["take"]).queryset = themes
        if not themes.exists():
            del self.fields["take"]

    def clean(self):
        data = super().clean()
        if not self.errors and not any(self.cleaned_data.values()):
            raise forms.ValidationError("Kies minstens één thema.")
        return data
