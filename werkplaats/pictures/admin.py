"""Pictures in the admin: chosen, described, replaced and taken away on the page of what they belong to."""

from typing import cast

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.models import ModelForm

from werkplaats.pictures import fields as fields_werkplaats
from werkplaats.pictures import files
from werkplaats.pictures.models import Picture

DETAILS = ("alt", "credit", "focus_x", "focus_y")


class PictureInput(forms.FileInput):
    """A file input that shows the picture that is there now."""

    template_name = "pictures/admin_input.html"
    picture: Picture | None = None

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), "picture": self.picture}


def picture_form(form: type[ModelForm], names: tuple[str, ...]) -> type[ModelForm]:
    """A subclass of `form` with, for each foreign key to Picture in `names`, the fields to fill it."""
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
    return type(f"{form.__name__}WithPictures", (PictureForm, form), {"pictures": names, **fields})


class PictureForm(ModelForm):
    pictures: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.pictures:
            picture = getattr(self.instance, name)
            self.fields[f"{name}_upload"].widget.picture = picture
            for detail in DETAILS:
                self.fields[f"{name}_{detail}"].initial = getattr(picture or Picture(), detail)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        for name in self.pictures:
            if cleaned.get(f"{name}_upload") and not cleaned.get(f"{name}_alt"):
                self.add_error(f"{name}_alt", "Schrijf wat er te zien is, voor wie de foto niet ziet.")
        return cleaned

    def save_pictures(self) -> list[Picture]:
        """Puts the pictures on the instance, which is not saved yet; returns those that nothing shows any more."""
        gone = []
        for name in self.pictures:
            old = getattr(self.instance, name)
            upload = self.cleaned_data[f"{name}_upload"]
            details = {detail: self.cleaned_data[f"{name}_{detail}"] for detail in DETAILS}
            details = {detail: value for detail, value in details.items() if value is not None}
            if upload:
                new = Picture.objects.create(**files.store(upload)._asdict(), **details, shown=True)
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
        return super().get_form(
            request, obj, change=change, **{"form": picture_form(self.form, self.pictures), **kwargs}
        )

    def get_exclude(self, request, obj=None):
        return [*(super().get_exclude(request, obj) or []), *self.pictures]

    def get_fieldsets(self, request, obj=None):
        """The page's own fields, then a part for each picture."""
        own = super().get_fieldsets(request, obj) if self.fieldsets else [(None, {"fields": self.get_own_fields()})]
        parts = [*DETAILS, "remove"] if self.has_change_permission(request, obj) else []
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
