"""What phones in the room send: a code, a seat, words, hands that were counted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from live.models import LiveCafe, SeatKind
from live.models.seats import MOST_PEOPLE
from live.models.voices import LONGEST
from polls.models import Choice, Poll
from werkplaats.fields import LineField, ProseField

NO_SEAT = "Kies waar je zit: aan een tafel, alleen in de zaal, of online."
HOW_MANY = f"Vul in met hoeveel mensen jullie zijn: 1 tot en met {MOST_PEOPLE}."
WHOLE = f"Vul een getal in, van 0 tot en met {MOST_PEOPLE}."


class CodeForm(forms.Form):
    code = LineField(
        label="Code",
        max_length=40,
        help_text="Vier letters. Ze staan op het scherm.",
        error_messages={"required": "Vul de vier letters in die op het scherm staan."},
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "off",
                "spellcheck": "false",
                "class": "room-code",
                "size": 4,
            }
        ),
    )


class SeatForm(forms.Form):
    """`plek` is the number of a table, or a kind of seat without one; `people` counts at a table alone."""

    plek = forms.CharField(error_messages={"required": NO_SEAT})
    people = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], HOW_MANY),
    )

    def __init__(self, *args: Any, live: LiveCafe, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tables = [str(number) for number in range(1, live.tables + 1)]

    def clean_plek(self) -> str:
        plek: str = self.cleaned_data["plek"]
        if plek not in (*self.tables, SeatKind.ALONE, SeatKind.ONLINE):
            raise ValidationError(NO_SEAT)
        return plek

    def clean(self) -> None:
        if self.cleaned_data.get("plek") in self.tables and not self.cleaned_data.get("people") and not self.errors:
            self.add_error("people", HOW_MANY)

    @property
    def seat(self) -> dict[str, Any]:
        """What `live.actions.joining.sit` takes. Of a valid form."""
        plek = self.cleaned_data["plek"]
        if plek in self.tables:
            return {"kind": SeatKind.TABLE.value, "table": int(plek), "people": self.cleaned_data["people"]}
        return {"kind": plek}


class SayForm(forms.Form):
    text = ProseField(
        label="Jullie antwoord",
        max_length=LONGEST,
        error_messages={"required": "Schrijf eerst iets op."},
        widget=forms.Textarea(attrs={"rows": 4, "data-most": LONGEST, "maxlength": False}),
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label


class HandsForm(forms.Form):
    """How many people at a table chose what: a field for each choice, none is nobody. `words` marks what they read."""

    def __init__(
        self, data: QueryDict | None = None, *, poll: Poll, choices: list[Choice], counted: dict[int, int]
    ) -> None:
        super().__init__(data)
        self.words = poll.mark_with(choices)
        for choice in choices:
            self.fields[f"keuze-{choice.pk}"] = forms.IntegerField(
                label=choice.text,
                required=False,
                min_value=0,
                max_value=MOST_PEOPLE,
                initial=counted.get(choice.pk, 0),
                error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], WHOLE),
            )

    @property
    def hands(self) -> dict[int, int]:
        """By the key of a choice. Of a valid form."""
        return {int(name.removeprefix("keuze-")): count or 0 for name, count in self.cleaned_data.items()}
