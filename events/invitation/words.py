"""What the invitation to a café says, and which dates it names."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from events.models import Cafe
from events.places import Seat
from werkplaats.words import clock

NAME = "Passend Onderwijscafé"
AMOUNTS = ["", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"]
FRONT = (
    "Kom praten over passend onderwijs: ouders, leerkrachten, partners, iedereen rond het kind. "
    "Je hoeft niets voor te bereiden."
)
SECOND = """\
## Wat?
Dit schooljaar maken we samen een nieuw ondersteuningsplan, voor de jaren {period}. Daarin staat wat we willen \
bereiken voor kinderen die extra hulp nodig hebben, en hoe we dat doen. We beginnen niet bij nul: er staat al een \
stevige basis.

## Hoe?
In de aanloop naar het plan zijn er dit schooljaar {cafes}. Iedereen rond het kind praat daar mee: samen bouwen we \
aan nog beter passend onderwijs. Wat zijn belangrijke thema's voor de komende vier jaar? Deze keer staat één vraag \
centraal: {question}"""
TALK = (
    "Heb je zelf ideeën of oplossingen? Vertel het in een café, of geef je reactie online. Je hebt geen account nodig."
)


def front_text(cafe: Cafe) -> str:
    return cafe.front_text or FRONT


def second_text(cafe: Cafe, period: str, dates: list[Cafe]) -> str:
    cafes = amount_of(sum(not each.called_off_at for each in dates))
    return cafe.next_text or SECOND.format(period=period, cafes=cafes, question=cafe.question)


def theme(cafe: Cafe) -> str:
    """What this café is about in a few words: «De Eerste Vraag» of «Passend Onderwijscafé: De Eerste Vraag»."""
    words = cafe.title.removeprefix(NAME).lstrip(": ")
    return words[:1].upper() + words[1:] if words else "Onze vraag"


def where(cafe: Cafe) -> str:
    if Seat.ROOM not in cafe.kinds:
        return "Online. Je vindt alles op de site."
    both = "Deels in de zaal, deels online. " if Seat.ONLINE in cafe.kinds else ""
    return f"{both}De zaal: {cafe.room}. Je vindt alles op de site."


def hours(cafe: Cafe) -> str:
    return f"{clock(cafe.starts_at)} – {clock(cafe.ends_at)} uur"


def host() -> str:
    return urlsplit(settings.SITE_URL).netloc


def dates_of(cafe: Cafe) -> list[Cafe]:
    """This café and those of the same school year that are not called off."""
    year = school_year(cafe)
    found = [each for each in Cafe.objects.public() if school_year(each) == year and not each.called_off_at]
    found = [each for each in found if each.pk != cafe.pk] + [cafe]
    return sorted(found, key=lambda each: (each.starts_at, each.pk))


def school_year(cafe: Cafe) -> int:
    """The year in which it began, in August."""
    date = timezone.localdate(cafe.starts_at)
    return date.year if date.month >= 8 else date.year - 1


def amount_of(cafes: int) -> str:
    """«één Passend Onderwijscafé», «12 Passend Onderwijscafés»"""
    words = AMOUNTS[cafes] if cafes < len(AMOUNTS) else str(cafes)
    return f"{words} {NAME}{'' if cafes == 1 else 's'}".strip()
