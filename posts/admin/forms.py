from typing import cast

from django import forms

from posts.forms import Hinting
from posts.models import Language, Post, PostTheme, Question, Theme
from werkplaats.fields import ProseField

LONGEST = Post._meta.get_field("rendering").max_length


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


class RenderingForm(Hinting, forms.Form):
    """In which language a post is, and what it says in Dutch.

    What a writer refused is not written again unless they asked; the name of a child in another language is in Dutch
    for the first time, so it is looked for here.
    """

    words_of = ("rendering",)

    lang = forms.ChoiceField(label="In welke taal is dit geschreven?", choices=Language)
    rendering = ProseField(
        label="In het Nederlands",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8, "class": "vLargeTextField"}),
        help_text="Dit staat op de site onder de bijdrage: «In het Nederlands, door een moderator». Schrijf wat de "
        "schrijver zegt, niet meer en niet minder. Leeg: er staat geen vertaling bij.",
    )
    again = forms.BooleanField(label="De schrijver wilde geen vertaling, en vraagt er nu toch om.", required=False)
    klopt = forms.BooleanField(label="Dit mag zo online: ik heb het nagekeken.", required=False)

    def __init__(self, *args, post: Post, **kwargs):
        # What was withdrawn is not filled in: saving the language would show it beside words that it is not of.
        initial = {"lang": post.lang, "rendering": post.shown_rendering}
        super().__init__(*args, **{"initial": initial, "use_required_attribute": False, **kwargs})
        if not post.rendering_refused_at:
            del self.fields["again"]
        if not self.is_bound:
            del self.fields["klopt"]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("rendering"):
            if data.get("lang") == Language.DUTCH:
                self.add_error("lang", "Kies eerst de taal. Is de bijdrage in het Nederlands? Maak dan het vak leeg.")
            if "again" in self.fields and not data["again"]:
                self.add_error("again", "De schrijver wilde geen vertaling. Vraagt die er zelf om? Zet dan een vinkje.")
        if self.asks_first():
            self.fields["klopt"].widget.attrs["value"] = self.consent
            hints = " en ".join(self.hints)
            self.add_error("rendering", f"Hier staat misschien {hints}. Iedereen kan het lezen: kijk het na.")
        elif not self.hints:
            del self.fields["klopt"]
        return data
