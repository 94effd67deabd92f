"""Forms that ask for a reason: to report something, to remove it."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError

from werkplaats.fields import LineField, UncutLineField
from werkplaats.moderation.reasons import LONGEST, REMOVAL_REASONS, ReportReason


class ReportForm(forms.Form):
    """Asks a moderator to look. `moderation/report.html` shows a button for each reason."""

    reason = forms.ChoiceField(
        label="Wat is er aan de hand?",
        error_messages={"required": "Kies wat er aan de hand is.", "invalid_choice": "Kies wat er aan de hand is."},
    )

    def __init__(self, *args, picture: bool, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["reason"]).choices = ReportReason.about(picture)


class ReasonForm(forms.Form):
    """Why something is removed, in the moderator's own words."""

    reason = UncutLineField(
        label="Reden", max_length=LONGEST, help_text="Wie het stuurde, leest deze reden. Anderen zien niets meer."
    )


class RemovalForm(forms.Form):
    """Why a contribution is removed: one of the fixed reasons, own words, or both."""

    OTHER = "anders"
    reason = forms.ChoiceField(
        label="Reden",
        required=False,
        choices=[*((reason, reason) for reason in REMOVAL_REASONS), (OTHER, "Iets anders, namelijk:")],
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
