"""Forms of the sticker rounds: a group's code, an idea, and joining and hiding for coordinators."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict

from polls.rounds.models.ideas import LONGEST
from werkplaats.fields import LineField
from werkplaats.moderation.forms import ReasonForm


class CodeForm(forms.Form):
    code = LineField(
        label="De code van je groep",
        max_length=40,
        help_text="Vijf letters. Je krijgt ze van je groep of van de begeleider.",
        error_messages={"required": "Vul de code van je groep in."},
        widget=forms.TextInput(
            attrs={"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false", "class": "code-input"}
        ),
    )


class IdeaForm(forms.Form):
    """`key` is the page's own: sending the same words twice from it counts once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = LineField(
        label="Jullie idee",
        max_length=LONGEST,
        help_text=f"Eén idee per keer, hooguit {LONGEST} tekens. Noem geen namen van kinderen.",
        error_messages={"required": "Schrijf eerst een idee op."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"initial": {"key": uuid.uuid4()}, **kwargs})

    @property
    def idea_key(self) -> uuid.UUID:
        """The same for the same words of the same page: pressed twice is once, changed is another. Valid forms only."""
        return uuid.uuid5(self.cleaned_data["key"] or uuid.uuid4(), self.cleaned_data["text"])


class WordingForm(forms.Form):
    """The one wording of ideas that are joined."""

    text = LineField(
        label="Zo staat het er samen",
        max_length=LONGEST,
        error_messages={"required": "Schrijf op hoe de ideeën samen heten."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class JoinForm(WordingForm):
    """With the ideas to join. Only ideas of the round can be chosen."""

    fields: dict[str, Any]  # of which some have choices: Field has none
    field_order = ["ideas", "text"]
    ideas = forms.TypedMultipleChoiceField(
        label="De ideeën die je kiest",
        coerce=int,
        required=False,
        error_messages={
            "invalid_choice": "Een idee dat je koos, is intussen verborgen, gewist of al samengevoegd. "
            "Kijk de lijst na, en kies opnieuw."
        },
    )

    def __init__(self, *args, ideas=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ideas"].choices = [(idea.id, idea.text) for idea in ideas]


class HideForm(ReasonForm):
    """Why an idea is hidden. The page has one for each idea; a refused one takes the focus."""

    def __init__(self, data: QueryDict | None = None, *, idea: int):
        super().__init__(data, auto_id=f"id_%s_{idea}")
        self.idea = idea
        self.fields["reason"].label = "Waarom?"
        self.fields["reason"].error_messages["required"] = "Geef een reden: de schrijver krijgt die te lezen."
        if self.errors:
            self.fields["reason"].widget.attrs["autofocus"] = True
