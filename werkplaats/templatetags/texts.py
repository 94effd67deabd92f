"""Texts of coordinators in templates: {% load texts %}."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString

from werkplaats.linking import linked
from werkplaats.pictures.models import Picture
from werkplaats.pictures.showing import with_key
from werkplaats.site.models import GlossaryTerm
from werkplaats.site.texts import as_html
from werkplaats.words import moment

register = template.Library()


@register.filter
def prose(text: str, glossary: Iterable[GlossaryTerm] = ()) -> SafeString:
    """`{{ site.about|prose:glossary }}`: paragraphs, headings, lists and links, with the glossary's words explained."""
    return as_html(text, glossary)


@register.filter
def links(text: str) -> SafeString:
    """`{{ mailing.text|links|linebreaks }}`: text in which addresses are links."""
    return linked(text)


@register.filter
def focal(picture: Picture) -> str:
    """The classes that keep a picture's focal point in sight, in steps of 10 %: style attributes are not allowed."""
    steps = [("fx", round(picture.focus_x, -1)), ("fy", round(picture.focus_y, -1))]
    return " ".join(["focal", *(f"{name}-{step}" for name, step in steps if step != 50)])


@register.filter
def waiting(picture: Picture) -> str:
    """The address of a picture that is not shown to everyone yet, for whoever reads this page."""
    return with_key(picture.small)


@register.filter
def in_words(meta: Any) -> Any:
    """A moment as people write it; anything else as it is."""
    return moment(meta) if isinstance(meta, datetime) else meta
