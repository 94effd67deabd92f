"""No field cuts what is pasted into it: it says what fits, and what is too long comes back whole."""

import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.forms.renderers import get_default_renderer
from django.urls import get_resolver

from werkplaats.fields import LineField

get_resolver().url_patterns  # noqa: B018  imports the views with their forms


def kinds(of: type) -> set[type]:
    return {of}.union(*(kinds(each) for each in of.__subclasses__()))


def drawn(field: forms.Field) -> str:
    return field.widget.render("x", None, renderer=get_default_renderer())


def test_no_form_cuts_not_even_those_of_libraries():
    fields = [field for each in kinds(forms.BaseForm) for field in getattr(each, "base_fields", {}).values()]
    limited = [field for field in fields if getattr(field, "max_length", None) and not field.widget.is_hidden]
    assert len(limited) > 60
    shown = [drawn(field) for field in limited]
    assert not [each for each in shown if "maxlength" in each]
    assert [each for each in shown if "<textarea" in each] and all("data-most=" in each for each in shown)


@pytest.mark.django_db
def test_no_field_of_the_back_office_cuts():
    models = [
        model
        for model in admin.site._registry
        if model._meta.app_label in {"werkplaats", "posts", "polls", "events", "plan", "inviting", "live"}
    ]
    fields = [field.formfield() for model in models for field in model._meta.fields if field.editable]
    shown = [drawn(field) for field in fields if field is not None]
    assert len(shown) > 100 and not [each for each in shown if "maxlength" in each]


@pytest.mark.parametrize(
    "place", ["templates", "static/js", *(each.label for each in apps.get_app_configs() if "." not in each.name)]
)
def test_no_template_and_no_script_of_ours_cuts(place):
    files = [path for kind in ("*.html", "*.js", "*.py") for path in Path(settings.BASE_DIR, place).rglob(kind)]
    said = {path.name for path in files if re.search(r"maxlength\s*=|\.maxLength", path.read_text())}
    assert said == set()


def test_what_is_too_long_comes_back_with_figures_and_whole():
    class Asking(forms.Form):
        alt = LineField(max_length=300)

    form = Asking({"alt": "x" * 350})
    assert form.errors["alt"] == ["Maak je tekst korter: nu 350 tekens, er passen er 300."]
    assert f'value="{"x" * 350}"' in str(form["alt"]) and 'data-most="300"' in str(form["alt"])
