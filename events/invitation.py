"""The invitation to a café: two sheets of A4, and the short addresses that are printed on them."""

import math
from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Cafe
from werkplaats import qr, staff
from werkplaats.context import site_of
from werkplaats.models import Motto
from werkplaats.texts import as_html

NAME = "Passend Onderwijscafé"
MOST_DATES = 8
ROOMY = 22  # lines on the second sheet that still have room in large letters
AMOUNTS = ["", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
TEXT = """\
## Wat?
Dit schooljaar maken we samen een nieuw ondersteuningsplan, voor de jaren {period}. Daarin staat wat we willen \
bereiken voor kinderen die extra hulp nodig hebben, en hoe we dat doen. We beginnen niet bij nul: er staat al een \
stevige basis.

## Hoe?
In de aanloop naar het plan zijn er dit schooljaar {cafes}. Iedereen rond het kind praat daar mee: samen bouwen we \
aan nog beter passend onderwijs. Wat zijn belangrijke thema's voor de komende vier jaar? Deze keer staat één vraag \
centraal: {question}"""


@require_safe
def invitation(request, slug):
    cafe = find(request, slug)
    site, dates = site_of(request), dates_of(cafe)
    cafes = amount_of(sum(not each.called_off_at for each in dates))
    text = cafe.next_text or TEXT.format(period=site.period, cafes=cafes, question=cafe.question)
    paths = [reverse(f"events:{name}", args=[cafe.pk]) for name in ("short", "react")]
    context = {
        "cafe": cafe,
        "theme": theme(cafe),
        "text": as_html(text, heading=3),
        "is_long": len(cafe.question) > 90 or lines_of(text) > ROOMY,
        "dates": those_that_fit(dates, cafe),
        "mottos": Motto.objects.select_related("picture")[:3] if cafe.shows_mottos else [],
        "host": urlsplit(settings.SITE_URL).netloc,
        "codes": [(path.rstrip("/"), qr.svg(f"{settings.SITE_URL}{path}")) for path in paths],
    }
    return render(request, "events/invitation.html", context)


def find(request, slug: str) -> Cafe:
    """A concept is there for who makes it."""
    makes = staff.may(request, "events.view_cafe")
    return get_object_or_404(Cafe.objects.all() if makes else Cafe.objects.public(), slug=slug)


def theme(cafe: Cafe) -> str:
    """What this café is about in a few words: «De Eerste Vraag» of «Passend Onderwijscafé: De Eerste Vraag»."""
    words = cafe.title.removeprefix(NAME).lstrip(": ")
    return words[:1].upper() + words[1:] if words else "Onze vraag"


def dates_of(cafe: Cafe) -> list[Cafe]:
    """The cafés of the same school year that go on, and this one."""
    year = school_year(cafe)
    found = [each for each in Cafe.objects.public() if school_year(each) == year and not each.called_off_at]
    found = [each for each in found if each.pk != cafe.pk] + [cafe]
    return sorted(found, key=lambda each: (each.starts_at, each.pk))


def those_that_fit(dates: list[Cafe], cafe: Cafe) -> list[Cafe]:
    """All dates; when there are many, from this café on."""
    if len(dates) <= MOST_DATES:
        return dates
    return [each for each in dates if each.starts_at >= cafe.starts_at][:MOST_DATES]


def amount_of(cafes: int) -> str:
    """«één Passend Onderwijscafé», «12 Passend Onderwijscafés»"""
    words = AMOUNTS[cafes] if cafes < len(AMOUNTS) else str(cafes)
    return f"{words} {NAME}{'' if cafes == 1 else 's'}".strip()


def school_year(cafe: Cafe) -> int:
    """The year in which it began: in August."""
    date = timezone.localdate(cafe.starts_at)
    return date.year if date.month >= 8 else date.year - 1


def lines_of(text: str) -> int:
    """How many lines a text takes on the second sheet, about."""
    return sum(max(1, math.ceil(len(line) / 50)) for line in text.split("\n"))


@require_safe
def short(request, pk):
    """The address on paper: the café, at its sign-up."""
    cafe = get_object_or_404(Cafe.objects.public(), pk=pk)
    return redirect(f"{cafe.get_absolute_url()}#aanmelden")


@require_safe
def react(request, pk):
    """The address on paper for who talks along online."""
    return redirect(get_object_or_404(Cafe.objects.public().select_related("topic"), pk=pk).said_url)
