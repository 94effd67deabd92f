"""The part of a form with which a visitor sends a picture along: the file, what is on it, and a promise.

A form that is built on it calls `check_picture()` last in its `clean`.
"""

from django import forms

from werkplaats.fields import LineField
from werkplaats.images import PictureField

CHOOSE_AGAIN = "Kies je foto of tekening opnieuw: een bestand kunnen we niet vasthouden."
NOT_FOR_PUPILS = "Als leerling stuur je alleen woorden: zo blijf je veilig."


class PictureForm(forms.Form):
    """`picture` is a werkplaats.images.Processed, or None; a form with a field `role` takes none of a pupil."""

    picture = PictureField(
        label="Een foto of tekening",
        required=False,
        help_text="JPEG, PNG, WebP of HEIC, hooguit 10 MB. Ben je leerling? Stuur dan alleen woorden.",
    )
    alt = LineField(
        label="Wat zie je?",
        max_length=300,
        required=False,
        help_text="Nodig bij een foto of tekening: zo weet ook wie niet ziet wat erop staat.",
    )
    no_children = forms.BooleanField(label="Op deze foto staan geen herkenbare kinderen", required=False)

    def check_picture(self) -> None:
        """Asks for what belongs to a picture, and says so when the file has to be chosen again."""
        data = self.cleaned_data
        if data.get("picture") and getattr(data.get("role"), "is_pupil", False):
            self.add_error("picture", NOT_FOR_PUPILS)
        elif data.get("picture"):
            if not data.get("alt") and not self.has_error("alt"):
                self.add_error("alt", "Vertel in een paar woorden wat er op je foto of tekening staat.")
            if not data.get("no_children"):
                self.add_error("no_children", "Zet een vinkje als er geen kinderen herkenbaar op staan.")
        if self.errors:
            self.ask_picture_again()

    def ask_picture_again(self) -> None:
        """For when a form with a file goes back to its sender: a browser does not keep that."""
        if self.files.get("picture") and not self.has_error("picture"):
            self.add_error("picture", CHOOSE_AGAIN)
