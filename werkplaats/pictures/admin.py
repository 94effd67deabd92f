"""Pictures in the admin: chosen, described, replaced and taken away on the page of what they belong to.

A picture that was chosen in a form with something else wrong is kept, as in the forms of the site: a browser sends a
file once. The form then holds its name.
"""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest

from werkplaats.backoffice.meanwhile import TypedForm
from werkplaats.people import visitors
from werkplaats.pictures import fields as fields_werkplaats
from werkplaats.pictures.files import Processed
from werkplaats.pictures.models import LOST, Picture
from werkplaats.web.requests import Request

DETAILS = ("alt", "credit", "focus_x", "focus_y")
WORDS = ("alt", "credit")
NO_ALT = "Schrijf wat er te zien is, voor wie de foto niet ziet."
NO_PICTURE = "Er is geen foto waar dit bij hoort. Kies er een, of maak dit veld leeg."
ANOTHER = "Iemand anders veranderde deze foto ook. Kijk welke het moet zijn, en bewaar nog een keer."


class PictureInput(forms.FileInput):
    """A file input that shows the picture that is there now, and the one that was chosen and is not saved yet."""

    template_name = "pictures/admin_input.html"
    picture: Picture | None = None
    kept: Picture | None = None

    def get_context(self, name, value, attrs):
        kept = {"kept": self.kept, "kept_name": f"{name}{KEPT}"}
        return {**super().get_context(name, value, attrs), "picture": self.picture, **kept}


KEPT = "_kept"  # after the name of the file input: the name of the picture that arrived before


def picture_form(form: type[TypedForm], names: tuple[str, ...], request: HttpRequest) -> type[TypedForm]:
    """A subclass of `form` with, for each foreign key to Picture in `names`, the fields to fill it.

    Which picture was there when the page was drawn comes along in a field that nobody sees.
    """
    fields: dict[str, forms.Field] = {}
    for name in names:
        fields[f"{name}_upload"] = fields_werkplaats.PictureField(
            label="kies een foto",
            required=False,
            widget=PictureInput,
            help_text="JPEG, PNG, WebP of HEIC, hooguit 10 MB.",
        )
        for detail in DETAILS:
            column = cast(models.Field, Picture._meta.get_field(detail))
            fields[f"{name}_{detail}"] = cast(forms.Field, column.formfield(required=False))
        fields[f"{name}_remove"] = forms.BooleanField(label="haal de foto weg", required=False)
        fields[f"{name}_was"] = forms.CharField(label="foto", required=False, widget=forms.HiddenInput)
    own = {"pictures": names, "visitor_id": getattr(request, "visitor_id", None)}
    return type(f"{form.__name__}WithPictures", (PictureForm, form), {**own, **fields})


class PictureForm(TypedForm):
    pictures: tuple[str, ...] = ()
    visitor_id: Any = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.pictures:
            picture = getattr(self.instance, name)
            self.fields[f"{name}_was"].label = self.instance._meta.get_field(name).verbose_name
            self.fields[f"{name}_upload"].widget.picture = picture
            self.fields[f"{name}_upload"].show_hidden_initial = False
            for detail, value in self.of(name, picture).items():
                self.initial[detail] = value

    def of(self, name: str, picture: Picture | None) -> dict[str, Any]:
        """What the form shows of a picture."""
        details = {f"{name}_{detail}": getattr(picture or Picture(), detail) for detail in DETAILS}
        return details | {f"{name}_was": picture.name if picture else ""}

    def besides(self, row):
        shown = super().besides(row)
        for name in self.pictures:
            shown |= self.of(name, getattr(row, name))
        return shown

    def as_read(self, name, value):
        if name.removesuffix("_was") in self.pictures:
            return "een andere foto" if value else "geen foto"
        return super().as_read(name, value)

    def clean(self):
        """The picture is the new file, or the one that arrived before."""
        super().clean()
        for name in self.pictures:
            self.find_kept(name)
            self.check_picture(name)
            if f"{name}_was" in self.shown_now and (self.chosen(name) or self.cleaned_data.get(f"{name}_remove")):
                self.add_error(f"{name}_upload", ANOTHER)
        return self.cleaned_data

    def chosen(self, name: str) -> Processed | Picture | None:
        found: Processed | Picture | None = self.cleaned_data.get(f"{name}_upload")
        return found or self.fields[f"{name}_upload"].widget.kept

    def find_kept(self, name: str) -> None:
        upload = f"{name}_upload"
        sent = self.data.get(self.add_prefix(upload) + KEPT, "")
        if not sent or self.cleaned_data.get(upload) or self.cleaned_data.get(f"{name}_remove"):
            return
        kept = Picture.objects.kept().sent_as(sent, self.visitor_id)
        self.fields[upload].widget.kept = kept
        if kept is None and not self.has_error(upload):
            self.add_error(upload, LOST)

    def check_picture(self, name: str) -> None:
        """Words belong to a picture, and a picture has words for who does not see it."""
        data, alt = self.cleaned_data, f"{name}_alt"
        there = getattr(self.instance, name) and not data.get(f"{name}_remove")
        if self.chosen(name) or (there and alt in self.changed_data):
            if not data.get(alt) and not self.has_error(alt):
                self.add_error(alt, NO_ALT)
        elif not there and not data.get(f"{name}_remove") and not self.has_error(f"{name}_upload"):
            for word in WORDS:
                if data.get(f"{name}_{word}"):
                    self.add_error(f"{name}_{word}", NO_PICTURE)

    def keep_pictures(self, request: HttpRequest) -> dict[str, str]:
        """Keeps what was chosen for the form that comes back; returns the fields that name it."""
        for name in self.pictures:
            field = self.fields[f"{name}_upload"]
            if isinstance(picture := self.cleaned_data.get(f"{name}_upload"), Processed):
                try:
                    field.widget.kept = Picture.objects.keep(picture, visitors.writing(cast(Request, request)))
                except ValidationError as lost:
                    self.add_error(f"{name}_upload", lost)
        widgets = {name: self.fields[f"{name}_upload"].widget.kept for name in self.pictures}
        return {f"{self.add_prefix(name)}_upload{KEPT}": kept.name for name, kept in widgets.items() if kept}

    def save_pictures(self) -> list[Picture]:
        """Puts the pictures on the instance, which is not saved yet; returns those that nothing shows any more."""
        gone = []
        for name in self.pictures:
            old = getattr(self.instance, name)
            details = {detail: self.cleaned_data[f"{name}_{detail}"] for detail in DETAILS}
            details = {detail: value for detail, value in details.items() if value is not None}
            if chosen := self.chosen(name):
                new = Picture.objects.use(chosen, details["alt"])
                Picture.objects.filter(pk=new.pk).update(**details, shown=True)
                setattr(self.instance, name, new)
            elif self.cleaned_data[f"{name}_remove"]:
                setattr(self.instance, name, None)
            elif old:
                typed = [detail for detail in details if f"{name}_{detail}" in self.changed_data]
                for detail in typed:
                    setattr(old, detail, details[detail])
                old.save(update_fields=typed)
            if old and getattr(self.instance, name) != old:
                gone.append(old)
        return gone


class PictureFormMixin(admin.ModelAdmin):
    """For a ModelAdmin: `pictures` names the foreign keys to Picture that are filled on its page."""

    pictures: tuple[str, ...] = ("picture",)

    def get_form(self, request, obj=None, change=False, **kwargs):
        own = picture_form(cast(type[TypedForm], self.form), self.pictures, request)
        return super().get_form(request, obj, change=change, **{"form": own, **kwargs})

    def get_exclude(self, request, obj=None):
        return [*(super().get_exclude(request, obj) or []), *self.pictures]

    def get_fieldsets(self, request, obj=None):
        """The page's own fields, then a part for each picture."""
        own = super().get_fieldsets(request, obj) if self.fieldsets else [(None, {"fields": self.get_own_fields()})]
        parts = [*DETAILS, "remove", "was"] if self.has_change_permission(request, obj) else []
        return [
            *own,
            *(
                (
                    self.model._meta.get_field(name).verbose_name.capitalize(),
                    {"fields": [f"{name}_{part}" for part in ("upload", *parts)]},
                )
                for name in self.pictures
            ),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """A form that comes back holds what was chosen in it."""
        form = context["adminform"].form
        if request.method == "POST" and form.is_bound:
            form.keep_pictures(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_own_fields(self):
        return self.fields or [
            field.name
            for field in self.opts.get_fields()
            if field.concrete and field.editable and not field.auto_created and field.name not in self.pictures
        ]

    def save_model(self, request, obj, form, change):
        gone = form.save_pictures()
        super().save_model(request, obj, form, change)
        for picture in gone:
            picture.delete()
