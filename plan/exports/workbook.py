"""Everything as a workbook: a sheet for each kind of thing, written row after row."""

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.utils import timezone

from plan.exports import tables
from plan.exports.progress import Progress
from plan.exports.voices import SMALL, Voice, live, told_pairs, voices, with_grounds
from plan.models import Export, Harvest
from posts.models.thumb_kinds import KINDS as THUMBS
from werkplaats.spreadsheets import Column, facts, streamed, table
from werkplaats.words import moment

TELL_EVERY = 1000  # voices


def write(path: Path, export: Export) -> None:
    """Writes the file. Raises Gone, as `Progress`."""
    found, harvest = live(export.harvest), export.harvest
    total = found.count()
    progress, told = Progress(export, total, TELL_EVERY), told_pairs(harvest)
    with streamed(path) as book:
        book.set_properties({"title": tables.clean(export.about), "author": "De digitale werkplaats"})
        facts(book, "Over dit bestand", _about(export, total))
        said = voices(found.order_by("harvest", "pk"), names=export.names, told=told)
        table(book, "Stemmen", _voice_columns(export.names), progress.counted(with_grounds(said)))
        for name, columns, rows in _sheets(harvest):
            table(book, name, columns, rows)


def _about(export: Export, total: int) -> Iterator[tuple[str, Any]]:
    yield "wat", export.about
    yield "stand van", moment(timezone.now())
    yield "stemmen die iedereen nu mag lezen", total
    yield "daarvan zonder bestemming", live(export.harvest).without_destination().count()
    yield "namen", "zoals mensen ze opgaven" if export.names else "staan er niet in"
    yield "e-mailadressen", "staan er nooit in"
    yield "wat ontbreekt", "wat wacht op een moderator, wat is weggehaald en wat is gewist"
    yield (
        "werkgebied",
        f"staat er alleen bij als bij dezelfde vraag minstens {SMALL} mensen van dezelfde rol daarvandaan schreven",
    )
    yield "bewaren", "iemand kan morgen iets wissen: bewaar dit bestand niet langer dan nodig"


def _voice_columns(names: bool) -> list[Column]:
    """Of rows that are a Voice."""
    of = tables.harvest_names()
    return [
        Column("Stem", 8, lambda voice: voice.number),
        Column("Opbrengst", 24, lambda voice: of.get(voice.harvest, "")),
        Column("Soort", 12, lambda voice: voice.kind),
        Column("Antwoord op", 9, lambda voice: voice.answer_to),
        Column("Wat er is gezegd", 80, lambda voice: voice.text),
        Column("Taal", 14, lambda voice: voice.language),
        Column("In het Nederlands", 60, lambda voice: voice.rendering),
        *([Column("Naam", 18, lambda voice: voice.name)] if names else []),
        Column("Rol", 20, lambda voice: voice.role),
        Column("Werkgebied", 18, lambda voice: voice.werkgebied),
        Column("Overleg of bijeenkomst", 24, lambda voice: voice.meeting),
        Column("Aantal mensen", 9, lambda voice: voice.people),
        Column("Tafel", 7, lambda voice: voice.table),
        Column("Keer gezegd", 8, lambda voice: voice.times),
        Column("Hoe gekomen", 14, lambda voice: voice.on_behalf),
        Column("Thema's", 28, lambda voice: voice.themes),
        *(Column(kind.label.capitalize(), 9, _place_in("thumbs", place)) for place, kind in enumerate(THUMBS)),
        *(Column(name.capitalize(), 9, _place_in("colours", place)) for place, name in enumerate(tables.COLOUR_NAMES)),
        Column("Wat de rollen ervan vinden", 40, lambda voice: voice.agreed),
        Column("Stapels", 36, lambda voice: ", ".join(voice.stacks)),
        Column("Bestemmingen", 9, lambda voice: voice.destinations),
        Column("Wanneer", 18, lambda voice: voice.day),
    ]


def _place_in(counts: str, place: int) -> Callable[[Voice], int | None]:
    def value(voice: Voice) -> int | None:
        found = getattr(voice, counts)
        return found[place] if found else None

    return value


def _sheets(harvest: Harvest | None) -> Iterator[tuple[str, list[Column], Iterable[tuple[Any, ...]]]]:
    """The sheets behind the voices: name, columns, rows; a query or a few for each, when it is its turn."""
    for name, headings, rows in (
        ("Stapels", tables.STACKS, tables.stacks),
        ("Bestemmingen", tables.CARDS, tables.cards),
        ("Zinnen van het plan", tables.SENTENCES, tables.sentences),
        ("Bronnen", tables.SOURCES, tables.sources),
        ("Peilingen", tables.POLLS, tables.polls),
        ("Stickers", tables.STICKERS, tables.stickers),
        ("Aantekeningen", tables.NOTES, tables.notes),
        ("Deelname", tables.PARTICIPATION, tables.participation),
    ):
        columns = [Column(heading, width, itemgetter(place)) for place, (heading, width) in enumerate(headings.items())]
        yield name, columns, rows(harvest)
