"""The two A4 sheets of the invitation: all that stands on them, and whether a text of one's own fits."""

from django.conf import settings
from django.urls import reverse

from events.invitation import font_sizes, words
from events.models import Cafe
from werkplaats import qr
from werkplaats.models import Motto
from werkplaats.site.texts import as_html


def sheets(cafe: Cafe, period: str) -> dict:
    """What templates/events/invitation.html draws; `period` are the years of the plan."""
    mottos = list(Motto.objects.select_related("picture")[:3]) if cafe.shows_mottos else []
    dates = words.dates_of(cafe)
    text = as_html(words.second_text(cafe, period, dates), heading=3)
    paths = [reverse(f"events:{name}", args=[cafe.pk]) for name in ("short", "react")]
    size, shown = size_of_second(cafe, text, dates)
    return {
        "cafe": cafe,
        # Also before sign-up opens, and as a concept.
        "invites": cafe.is_open or cafe.is_ahead and (cafe.opens_later or cafe.published_at is None),
        # Its code leads to the page of the café, and while it goes on to where one takes part.
        "leads": not cafe.called_off_at and not cafe.is_past,
        "theme": words.theme(cafe),
        "front_text": words.front_text(cafe),
        "front": size_of_front(cafe, mottos),
        "mottos": mottos,
        "text": text,
        "size": size,
        "talk": words.TALK,
        "where": words.where(cafe),
        "dates": around(cafe, dates, shown),
        "more": len(dates) - shown,
        "host": words.host(),
        "codes": [(path.rstrip("/"), qr.svg(f"{settings.SITE_URL}{path}")) for path in paths],
    }


def fits_front(text: str) -> bool:
    return font_sizes.lines(text, font_sizes.FRONTS[-1].text, font_sizes.WIDE) <= 8


def fits_second(title: str, question: str, text: str) -> bool:
    """Whether this text has room on the second sheet, in the smallest type."""
    size = font_sizes.SIZES[-1]
    room = font_sizes.room_of(size, words.theme(Cafe(title=title)), question, words.host())
    return font_sizes.story(size, as_html(text, heading=3)) <= room


def size_of_front(cafe: Cafe, mottos: list[Motto]) -> font_sizes.Size:
    return font_sizes.front(
        text=words.front_text(cafe),
        where=f"{cafe.room}, en online · gratis",
        when=f"{words.hours(cafe)} {cafe.label}",
        mottos=[motto.text for motto in mottos],
    )


def size_of_second(cafe: Cafe, text: str, dates: list[Cafe]) -> tuple[font_sizes.Size, int]:
    """The size of its type, and how many of the dates fit."""
    return font_sizes.second(
        theme=words.theme(cafe),
        question=cafe.question,
        text=text,
        dates=[f"{words.hours(each)} {'gaat niet door' if each.called_off_at else each.label}" for each in dates],
        beside=[words.TALK, words.where(cafe)],
        host=words.host(),
    )


def around(cafe: Cafe, dates: list[Cafe], most: int) -> list[Cafe]:
    """So many dates: from this café on, and those before it as far as there is room."""
    first = min(dates.index(cafe), len(dates) - most)
    return dates[first : first + most]
