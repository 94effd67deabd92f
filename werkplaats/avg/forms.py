"""What a coordinator changes of a term."""

from django import forms

from werkplaats.fields import LineField

PAUSE_TOLD = "Bijvoorbeeld: «er loopt een onderzoek van de inspectie». Dit staat in het register."


class DaysForm(forms.Form):
    days = forms.IntegerField(
        label="Dagen",
        min_value=1,
        max_value=3650,
        error_messages={
            "required": "Vul een aantal dagen in.",
            "invalid": "Vul een aantal dagen in, in cijfers.",
            "min_value": "Vul een aantal dagen in tussen 1 en 3650.",
            "max_value": "Vul een aantal dagen in tussen 1 en 3650.",
        },
    )
    was = forms.IntegerField(required=False)  # what the page showed


class PauseForm(forms.Form):
    why = LineField(
        label="Waarom het stopt",
        max_length=300,
        help_text=PAUSE_TOLD,
        error_messages={"required": "Zeg waarom het gepauzeerd is."},
    )
