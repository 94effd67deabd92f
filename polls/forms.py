"""The form with which someone sends in a wensbeeld."""

import hashlib
import uuid

from django import forms

from werkplaats.fields import LineField
from werkplaats.images import SIZES, PictureField
from werkplaats.models import Lists, Motto, Role

CHOOSE_AGAIN = "Kies je foto of tekening opnieuw: een bestand kunnen we niet vasthouden."


class WensbeeldForm(forms.Form):
    """Words and/or a picture. `key` is the page's own: sending the same thing twice from it counts once."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = LineField(
        label="Jouw wensbeeld in woorden",
        max_length=140,
        required=False,
        help_text="Eén zin is genoeg: hooguit 140 tekens. Je mag in je eigen taal schrijven.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
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
    name = LineField(
        label="Je naam",
        max_length=60,
        required=False,
        help_text="Staat bij je wensbeeld. Een voornaam is genoeg.",
    )
    role = forms.ModelChoiceField(
        Role.objects.all(),
        label="Je rol",
        required=False,
        help_text="Zo zien we wie er meedenken.",
    )
    motto = forms.ModelChoiceField(Motto.objects.all(), label="Het motto dat erbij past", required=False)

    def __init__(self, *args, lists: Lists, mottos: list[tuple[int, str]], **kwargs):
        super().__init__(*args, initial={"key": uuid.uuid4()}, **kwargs)
        # Browsers silently cut off what is pasted; our message keeps it and tells the figures.
        self.fields["text"].widget.attrs.pop("maxlength", None)
        self.fields["role"].choices = [("", "Kies je rol"), *((role.pk, role.name) for role in lists.roles)]
        self.fields["motto"].choices = [("", "Geen van de drie"), *mottos]

    def clean(self):
        data = super().clean()
        picture = data.get("picture")
        if picture:
            self._check_picture(data)
        elif not data.get("text") and not self.has_error("text") and not self.has_error("picture"):
            self.add_error("text", "Schrijf je wensbeeld op, of kies een foto of tekening.")
        if self.errors and self.files.get("picture") and not self.has_error("picture"):
            self.add_error("picture", CHOOSE_AGAIN)
        return data

    def _check_picture(self, data) -> None:
        role = data.get("role")
        if role and role.is_pupil:
            self.add_error("picture", "Als leerling stuur je alleen woorden: zo blijf je veilig.")
            return
        if not data.get("alt") and not self.has_error("alt"):
            self.add_error("alt", "Vertel in een paar woorden wat er op je foto of tekening staat.")
        if not data.get("no_children"):
            self.add_error("no_children", "Zet een vinkje als er geen kinderen herkenbaar op staan.")

    def wensbeeld(self) -> dict:
        """What `Wensbeeld.send_in` asks for. Valid forms only."""
        words = {name: self.cleaned_data[name] for name in ("text", "name", "role", "motto")}
        return {
            **words,
            "key": self._key(),
            "picture": self.cleaned_data["picture"],
            "alt": self.cleaned_data["alt"],
        }

    def _key(self) -> uuid.UUID:
        """The same for the same content of the same page: pressed twice is once, changed is another."""
        data = self.cleaned_data
        page = data["key"] or uuid.uuid4()
        content = hashlib.sha256(repr([page, data["text"], data["name"], data["alt"]]).encode())
        if data["picture"]:
            content.update(data["picture"].files[max(SIZES)])
        return uuid.UUID(bytes=content.digest()[:16])
