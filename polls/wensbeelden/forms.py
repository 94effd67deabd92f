"""The form with which someone sends in a wensbeeld."""

import hashlib
import uuid
from typing import Any

from django import forms

from werkplaats.fields import LineField
from werkplaats.models import Motto, Role
from werkplaats.people.models import A_PUPIL
from werkplaats.pictures.files import SIZES, Processed
from werkplaats.pictures.forms import PictureForm
from werkplaats.site.models import Lists


class WensbeeldForm(PictureForm):
    """Words and/or a picture. `key` is the page's own: sending the same thing twice from it counts once."""

    fields: dict[str, Any]  # of which some have choices: Field has none
    field_order = ["key", "text", "picture", "alt", "no_children", "name", "role", "motto"]
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = LineField(
        label="Jouw wensbeeld in woorden",
        max_length=140,
        required=False,
        help_text="Eén zin is genoeg: hooguit 140 tekens. Je mag in je eigen taal schrijven.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    name = LineField(
        label="Je naam", max_length=60, required=False, help_text="Staat bij je wensbeeld. Een voornaam is genoeg."
    )
    role = forms.ModelChoiceField(
        Role.objects.all(), label="Je rol", required=False, help_text="Zo zien we wie er meedenken."
    )
    motto = forms.ModelChoiceField(Motto.objects.all(), label="Het motto dat erbij past", required=False)

    def __init__(self, *args, lists: Lists, mottos: list[Motto], **kwargs):
        super().__init__(*args, initial={"key": uuid.uuid4()}, **kwargs)
        self.fields["role"].choices = [("", "Kies je rol"), *((role.pk, role.name) for role in lists.roles)]
        self.fields["motto"].choices = [("", "Geen van de drie"), *((motto.pk, motto.text) for motto in mottos)]

    def clean(self):
        data = super().clean()
        nothing_sent = not data.get("text") and not data.get("picture")
        if nothing_sent and not self.has_error("text") and not self.has_error("picture"):
            self.add_error("text", "Schrijf je wensbeeld op, of kies een foto of tekening.")
        self.check_picture()
        if data.get("role") and data["role"].is_pupil:
            data["name"] = A_PUPIL
        return data

    @property
    def words(self) -> str:
        """All words that others will read. Valid forms only."""
        return "\n".join(self.cleaned_data[name] for name in ("text", "name", "alt"))

    def wensbeeld(self) -> dict:
        """The arguments of `Wensbeeld.send_in`. Valid forms only."""
        words = {name: self.cleaned_data[name] for name in ("text", "name", "role", "motto")}
        return {**words, "key": self._key(), "picture": self.cleaned_data["picture"], "alt": self.cleaned_data["alt"]}

    def _key(self) -> uuid.UUID:
        """The same for the same content of the same page: pressed twice is once, changed is another."""
        data = self.cleaned_data
        page = data["key"] or uuid.uuid4()
        content = hashlib.sha256(repr([page, data["text"], data["name"], data["alt"]]).encode())
        if isinstance(data["picture"], Processed):
            content.update(data["picture"].files[max(SIZES)])
        elif data["picture"]:
            content.update(data["picture"].name.encode())
        return uuid.UUID(bytes=content.digest()[:16])
