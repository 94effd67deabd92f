"""Words, dates and icons in every template."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from werkplaats import words
from werkplaats.web import unsent
from werkplaats.web.joining import imported

register = template.Library()
for each in (
    words.day,
    words.short_day,
    words.clock,
    words.moment,
    words.period,
    words.number,
    words.masked,
    words.excerpt,
    words.shortened,
    words.first_sign,
    words.isolated,
    words.in_letters,
    words.in_the_cafe,
):
    register.filter(each)


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """`{% filter one_line %}`: what a template lays out over several lines, as a line of a mail."""
    return re.sub("[ \n]+", " ", text).strip(" ")


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "flag" %}` draws a symbol of img/icons.svg. Words beside it must say the same."""
    return drawn(static("img/icons.svg"), name)


@cache
def drawn(file: str, name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', file, name)


@register.simple_tag(takes_context=True)
def whose(context: Any) -> SafeString:
    """`{% whose %}` in a form of the back office tells whose page it stands on: see `werkplaats.web.unsent`."""
    user = context.get("user")
    return unsent.field(user) if user else SafeString()


@register.simple_tag(takes_context=True)
def fault(context: Context) -> str:
    """`<title>{% fault %}…`: «Fout: » when a form of the page was refused, as the first thing that is read aloud of it.

    A form says that it has errors, wherever it stands in the context; what is refused otherwise is called `problem`.
    """
    found: dict[Any, Any] = context.flatten()
    # By its type: what is lazy stays so.
    forms = [value for value in found.values() if issubclass(type(value), BaseForm | BaseFormSet)]
    return "Fout: " if found.get("problem") or any(form.is_bound and form.errors for form in forms) else ""


@register.simple_tag
def scripts(name: str) -> SafeString:
    """`{% scripts "js/site.js" %}`: that script, or all that it imports where nothing was collected."""
    names = [name]
    if not getattr(staticfiles_storage, "joins", False):
        names = imported(name, source(name))
    return format_html_join("\n", '<script src="{}" defer></script>', ([static(each)] for each in names))


@register.simple_tag
def drawing(name: str, alt: str = "", **attributes: object) -> SafeString:
    """`{% drawing "logo" width=56 height=48 %}`: a drawing of ours in the page itself.

    For what stands on the first screen: as a file it would be one more request before anything is seen.
    """
    told = {"role": "img", "aria-label": alt} if alt else {"aria-hidden": "true"}
    words = format_html_join(" ", '{}="{}"', (told | attributes).items())
    return format_html('<svg {} preserveAspectRatio="xMidYMid slice" {}', words, inside(name))


@cache
def inside(name: str) -> SafeString:
    """The file after `<svg`. What it refers to by id gets its name, for more of them may stand in a page."""
    text = source(f"img/{name}.svg").partition('<svg xmlns="http://www.w3.org/2000/svg" ')[2]
    return mark_safe(re.sub(r'(\bid="|url\(#)', rf"\g<1>{name}-", text))  # noqa: S308  a file of ours


def source(name: str) -> str:
    """A static file as it stands in the code."""
    return Path(str(finders.find(name))).read_text()
