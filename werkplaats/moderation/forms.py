"""Forms that ask for a reason: to report something, to remove it."""

import re
import unicodedata
from typing import cast

from django import forms
from django.core.exceptions import ValidationError

from werkplaats.fields import LineField
from werkplaats.moderation.reasons import LONGEST, MOST_WORDS, REMOVAL_REASONS, ReportReason

WHICH_WORDS = "Schrijf op welke woorden je bedoelt: de naam, of waaraan je het kind herkent."
NOT_THERE = "Deze woorden vinden we er niet in. Neem ze over zoals ze er staan."
FEWEST_LETTERS = 2
KEPT_LONGER = "De termijn begint vandaag opnieuw. Daarna wordt het gewist, ook uit de geschiedenis."
# They stand in every text and point to nobody: else anyone could hide anything with them.
COMMON = frozenset(
    [
        *("de", "het", "een", "en", "of", "van", "in", "is", "dat", "dit", "die", "te", "op", "aan", "met", "voor"),
        *("zijn", "niet", "er", "om", "ook", "als", "maar", "bij", "dan", "nog", "naar", "heeft", "heb", "hebben"),
        *("hij", "zij", "ze", "hem", "haar", "wij", "we", "wie", "wat", "ik", "je", "jij", "jullie", "mij", "mijn"),
        *("ons", "onze", "uit", "over", "door", "wel", "zo", "kan", "wordt", "was", "al", "geen", "meer", "veel"),
        *("kind", "kinderen", "leerling", "leerlingen", "school", "onderwijs", "passend", "ouders"),
    ]
)


class ReportForm(forms.Form):
    """Asks a moderator to look. `moderation/report.html` shows a button for each reason.

    What is about a child hides at once, so whoever says that also says which words are: they stand in `said`, all that
    people read of what is reported, and are not all of the kind that stands in every text.
    """

    reason = forms.ChoiceField(
        label="Wat is er aan de hand?",
        error_messages={"required": "Kies wat er aan de hand is.", "invalid_choice": "Kies wat er aan de hand is."},
    )
    words = LineField(
        label="Welke woorden?",
        max_length=MOST_WORDS,
        required=False,
        help_text="Neem over wat er staat: de naam, of een paar woorden. Alleen een moderator leest dit.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    use_required_attribute = False

    def __init__(self, *args, picture: bool, said: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.said, self.choices = said, ReportReason.about(picture)
        cast(forms.ChoiceField, self.fields["reason"]).choices = self.choices

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """The reasons that take one press."""
        return [choice for choice in self.choices if choice[0] != ReportReason.ONE_CHILD]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        if data.get("reason") != ReportReason.ONE_CHILD:
            self.errors.pop("words", None)
            return data | {"words": ""}
        typed = plain(data.get("words", ""))
        points = any(word not in COMMON for word in typed.split())
        if (len(typed) < FEWEST_LETTERS or not points) and not self.has_error("words"):
            self.add_error("words", WHICH_WORDS)
        elif typed and f" {typed} " not in f" {plain(self.said)} ":
            self.add_error("words", NOT_THERE)
        return data


def plain(text: str) -> str:
    """Its words in small letters without accents: typing them over on a phone gives no more than that."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))


class ReasonForm(forms.Form):
    """Why something is removed, in the moderator's own words."""

    reason = LineField(
        label="Reden", max_length=LONGEST, help_text="Wie het stuurde, leest deze reden. Anderen zien niets meer."
    )


class KeepForm(forms.Form):
    """Why a story about one child is not erased yet."""

    reason = LineField(
        label="Waarom", max_length=LONGEST, help_text="De reden staat in de geschiedenis. Noem het kind niet."
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
