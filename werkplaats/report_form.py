"""The form with which somebody asks a moderator to look: `includes/reasons.html` shows it, a button for each reason."""

from django import forms

from werkplaats.models.reports import BaseReport


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
