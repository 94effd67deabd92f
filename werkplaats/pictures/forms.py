"""The part of a form with which a visitor sends a picture along: the file, what is on it, and a promise.

A form that is built on it calls `check_picture()` last in its `clean`. A view that shows the form again
calls `keep_picture(request)`. The page shows it with `includes/picture.html`.
"""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from werkplaats.fields import LineField
from werkplaats.people import visitors
from werkplaats.people.models import Visitor
from werkplaats.pictures.fields import PictureField
from werkplaats.pictures.files import Processed
from werkplaats.pictures.models import LOST, Picture
from werkplaats.web import limits
from werkplaats.web.requests import Request

CHOOSE_AGAIN = "Kies je foto of tekening opnieuw: we kunnen hem nu niet voor je vasthouden."
NOT_FOR_PUPILS = "Als leerling stuur je alleen woorden: zo blijf je veilig. Je foto is weg."


def status_of(form: forms.Form, refused: int = 422) -> int:
    """The status with which a form goes back: 507 when only the room for its picture was missing."""
    return 507 if form.has_error("picture", "full") else refused


def sends_too_many(visitor: Visitor) -> bool:
    """Counts one more picture that this visitor sends before its form; tells whether a person would send so many."""
    return bool(limits.beyond({"keep_picture": visitor.pk.hex}))


class PictureForm(forms.Form):
    """`picture` is a `files.Processed`, a kept Picture, or None; a form with a `role` takes none from a pupil.

    Besides its fields the page may send `kept`, the name of a picture that arrived before, and `take_away`.
    """

    picture = PictureField(
        label="Een foto of tekening",
        required=False,
        help_text="JPEG, PNG, WebP of HEIC, hooguit 10 MB. Ben je leerling? Stuur dan alleen woorden.",
    )
    alt = LineField(
        label="Wat zie je?", max_length=300, required=False, help_text="Zo weet ook wie niet ziet wat erop staat."
    )
    no_children = forms.BooleanField(label="Op deze foto staan geen herkenbare kinderen", required=False)

    def __init__(self, *args: Any, visitor_id: uuid.UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visitor_id = visitor_id
        self.kept: Picture | None = None

    def clean(self) -> dict[str, Any]:
        """Without a new file, the picture is the one that arrived before."""
        super().clean()
        data = self.cleaned_data
        name = self.data.get("kept", "") if "picture" in self.fields else ""
        if name and "take_away" in self.data:
            Picture.objects.forget(name, self.visitor_id)
        elif name and not data.get("picture"):
            self.kept = Picture.objects.sent_as(name, self.visitor_id)
            if not self.kept:
                self.add_error("picture", LOST)
            elif not self.has_error("picture"):
                data["picture"] = self.kept
        return data

    def check_picture(self) -> None:
        """Asks for what belongs to a picture."""
        data = self.cleaned_data
        if data.get("picture") and getattr(data.get("role"), "is_pupil", False):
            self.add_error("picture", NOT_FOR_PUPILS)
            self.forget_picture()
        elif data.get("picture"):
            if not data.get("alt") and not self.has_error("alt"):
                self.add_error("alt", "Vertel in een paar woorden wat er op je foto of tekening staat.")
            if not data.get("no_children"):
                self.add_error("no_children", "Zet een vinkje als er geen kinderen herkenbaar op staan.")

    def forget_picture(self) -> None:
        """Removes the picture that arrived before."""
        if self.kept:
            Picture.objects.forget(self.kept.name, self.visitor_id)
        self.kept = None

    def keep_picture(self, request: Request) -> None:
        """Call it when the form is shown again: a browser does not keep a file, so we do."""
        picture = self.cleaned_data.get("picture")
        if isinstance(picture, Processed):
            visitor = visitors.writing(request)
            if sends_too_many(visitor):
                self.add_error("picture", CHOOSE_AGAIN)
                return
            try:
                self.kept = Picture.objects.keep(picture, visitor)
            except ValidationError as lost:
                self.add_error("picture", lost)
