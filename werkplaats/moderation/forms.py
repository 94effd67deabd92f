"""The form with which somebody asks a moderator to look: `includes/reasons.html` shows it, a button for each reason."""

from django import forms
from django.core.exceptions import ValidationError

from werkplaats.fields import LineField
from werkplaats.moderation.models import BaseReport


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label="Wat is er aan de hand?",
        error_messages={
            "required": "Kies wat er aan de hand is.",
            "invalid_choice": "Kies wat er aan de hand is.",
        },
    )

    def __init__(self, *args, picture: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = BaseReport.Reason.about(picture)


class RemovalForm(forms.Form):
    """Why a moderator takes a post away: one of the fixed reasons, own words, or both."""

    REASONS = (
        "Er staat een naam of iets persoonlijks in.",
        "De bijdrage is kwetsend voor iemand.",
        "De bijdrage gaat niet over de vraag.",
        "De bijdrage is reclame.",
    )
    OTHER = "anders"
    reason = forms.ChoiceField(
        label="Reden",
        required=False,
        choices=[*((reason, reason) for reason in REASONS), (OTHER, "Iets anders, namelijk:")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Kies een reden uit de lijst."},
    )
    words = LineField(
        label="In je eigen woorden",
        required=False,
        max_length=200,
        help_text="De schrijver krijgt dit te lezen, ook bij een vaste reden.",
    )

    def clean(self):
        said = [self.cleaned_data.get("reason"), self.cleaned_data.get("words")]
        whole = " ".join(part for part in said if part and part != self.OTHER)
        if not whole and not self.errors:
            raise ValidationError("Kies een reden, of schrijf er een: de schrijver krijgt die te lezen.")
        self.cleaned_data["whole"] = whole
        return self.cleaned_data
