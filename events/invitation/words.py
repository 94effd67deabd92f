"""The invitation to a café: two sheets of A4, and the short addresses that are printed on them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from events.invitation import paper
from events.models.cafes import Cafe
from werkplaats.site.models import Motto
from werkplaats.site.texts import as_html
from werkplaats.words import clock

NAME = "Passend Onderwijscafé"
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


FRONT = (
    "Kom praten over passend onderwijs: ouders, leerkrachten, partners, iedereen rond het kind. "
    "Je hoeft niets voor te bereiden."
)


def text_of(cafe: Cafe, period: str, dates: list[Cafe]) -> str:
    cafes = amount_of(sum(not each.called_off_at for each in dates))
    return cafe.next_text or TEXT.format(period=period, cafes=cafes, question=cafe.question)


def front_of(cafe: Cafe, mottos: list[Motto]) -> paper.Size:
    where, words = f"{cafe.room}, en online · gratis", [motto.text for motto in mottos]
    text = cafe.front_text or FRONT
    return paper.front(text=text, where=where, when=f"{hours(cafe)} {cafe.label}", mottos=words)


def second_of(cafe: Cafe, text: str, dates: list[Cafe]) -> dict:
    """The dates that fit on the second sheet, how many do not, and the size of its type."""
    where = f"Deels in de zaal, deels online. De zaal: {cafe.room}. Je vindt alles op de site."
    told = [f"{hours(each)} {'gaat niet door' if each.called_off_at else each.label}" for each in dates]
    size, shown = paper.second(
        theme=theme(cafe), question=cafe.question, text=text, dates=told, where=where, host=host()
    )
    return {"size": size, "dates": around(cafe, dates, shown), "more": len(dates) - shown}


def around(cafe: Cafe, dates: list[Cafe], most: int) -> list[Cafe]:
    """So many dates: from this café on, and what was before it as far as there is room."""
    first = min(dates.index(cafe), len(dates) - most)
    return dates[first : first + most]


def fits_second(title: str, question: str, text: str) -> bool:
    """Whether a text of one's own has room on the second sheet, in the smallest type."""
    size = paper.SIZES[-1]
    room = paper.room_of(size, theme(Cafe(title=title)), question, host())
    return paper.story(size, as_html(text, heading=3)) <= room


def fits_front(text: str) -> bool:
    return paper.lines(text, paper.FRONTS[-1].text, paper.WIDE) <= 8


def host() -> str:
    return urlsplit(settings.SITE_URL).netloc


def hours(cafe: Cafe) -> str:
    return f"{clock(cafe.starts_at)} – {clock(cafe.ends_at)} uur"


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


def amount_of(cafes: int) -> str:
    """«één Passend Onderwijscafé», «12 Passend Onderwijscafés»"""
    words = AMOUNTS[cafes] if cafes < len(AMOUNTS) else str(cafes)
    return f"{words} {NAME}{'' if cafes == 1 else 's'}".strip()


def school_year(cafe: Cafe) -> int:
    """The year in which it began: in August."""
    date = timezone.localdate(cafe.starts_at)
    return date.year if date.month >= 8 else date.year - 1
