"""The field of a form that takes a picture."""

from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from werkplaats.pictures.files import has_room_for
from werkplaats.pictures.pipeline import ACCEPT, MAX_BYTES, REFUSALS, places, process, refusal


class PictureField(forms.FileField):
    """A picture in a form; the cleaned value is a Processed, ready for `store`, or None without a file."""

    widget = forms.FileInput
    default_error_messages: ClassVar = {
        "required": "Kies een foto.",
        "empty": REFUSALS["empty"],
        "invalid": "Er is geen foto aangekomen. Probeer het opnieuw.",
        "missing": "Er is geen foto aangekomen. Probeer het opnieuw.",
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """With the most bytes that a picture may have: pictures.js says so before it sends more."""
        return {**super().widget_attrs(widget), "accept": ACCEPT, "data-most": MAX_BYTES}

    def clean(self, data: Any, initial: Any = None) -> Any:
        """ValidationError with a code of `REFUSALS`, "busy" at once when others fill the `places`."""
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        if not places.acquire(blocking=False):
            raise refusal("busy")
        try:
            picture = process(upload)
        finally:
            places.release()
        if not has_room_for(picture):
            raise refusal("full")
        return picture
