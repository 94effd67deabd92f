"""What stands on the sheets of the workbook besides the voices: for each its headings, with a width, and its rows.

Rows are tuples of what may stand in a cell; each function reads what it needs when it is asked for the first row.
"""

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from plan.exports.voices import AT_ONCE, COLOURS, NO_ROLE, ROLES, SMALL, WORDS, Pairs, live, said, told_pairs
from plan.models import Choice, Destination, Footnote, Harvest, Note, Origin, Sentence, Source, Stack
from plan.models.choices import CHOICE_FIELDS
from polls.models import Choice as PollChoice
from polls.models import Idea, Poll, StickerTally
from posts.models.holds import WITHOUT_PLACE
from werkplaats.fields import printable

COLOUR_NAMES = ("groen", "blauw", "rood")
FEW = f"minder dan {SMALL}"
type Rows = Iterator[tuple[Any, ...]]
CHOSEN = {"Wat we ermee doen": 40, "Wie besloot dat": 24, "Besloten op": 18}
STACKS = {"Opbrengst": 24, "Plaats": 7, "Stapel": 28, "Stemmen": 9, "Keer gehoord": 9, "Wat we hoorden": 80, **CHOSEN}
STACKS |= {"Zinnen van het plan": 18}
CARDS = {"Opbrengst": 24, "Stem": 8, "Stapel": 28, "Citaat": 80, **CHOSEN}
SENTENCES = {"Hoofdstuk": 28, "Zin": 8, "Tekst": 80, "Waar die vandaan komt": 26, "Versie": 8, "Bronnen": 18}
SENTENCES |= {"Vervallen op": 18}
SOURCES = {"Bron": 8, "Stapel": 28, "Stem": 8, "Zinnen van het plan": 18, "Let op": 18}
POLLS = {"Peiling": 60, "Keuze": 36, "Stemmen": 9, "Mensen": 9, "Waarvan op papier": 12}
STICKERS = {"Stickerronde": 28, "Idee": 60, **dict.fromkeys(["Groen", "Blauw", "Rood"], 9)}
STICKERS |= {**dict.fromkeys(["Groen op papier", "Blauw op papier", "Rood op papier"], 9), "Samengevoegd tot": 40}
NOTES = {"Bijeenkomst": 28, "Gehouden op": 18, "Regel": 8, "Tafel": 8, "Rol": 20, "Wat er is gezegd": 80}
NOTES |= {"Keer gezegd": 9, "Hoe gekomen": 14, "Stem": 8}
PARTICIPATION = {"Opbrengst": 24, "Rol": 24, "Werkgebied": 24, "Stemmen": 9, "Mensen online": 14}


def clean(text: str) -> str:
    """One line, as a file can hold it."""
    return " ".join(printable(text).split())


def harvest_names() -> dict[int, str]:
    found = Harvest.objects.named()
    return {harvest.pk: clean(str(harvest)) for harvest in found}


def chosen(choice: str, words: str, decided_by: str, decided_on: Any) -> tuple[Any, ...]:
    """The cells of CHOSEN."""
    return (Choice(choice).said(printable(words)) if choice else "", printable(decided_by), decided_on)


def stacks(harvest: Harvest | None) -> Rows:
    names = harvest_names()
    for stack in stacks_of(harvest):
        choice = chosen(*(getattr(stack, name) for name in CHOICE_FIELDS))
        heard = (stack.cards, stack.heard_times, printable(stack.heard))
        yield names[stack.harvest_id], stack.key, printable(stack.name), *heard, *choice, ", ".join(stack.feeds)


def stacks_of(harvest: Harvest | None) -> list[Any]:
    """The stacks of each harvest in their places, with `cards`, `heard_times`, and `feeds`: numbers of sentences."""
    found = Stack.objects.filter(harvest=harvest) if harvest else Stack.objects.all()
    lies = Destination.objects.standing().filter(stack=OuterRef("pk")).order_by().values("stack")
    counts = {"cards": Count("pk"), "heard_times": Sum(Coalesce("fragment__note__times", 1))}
    # Each in a query of its own: a join with the cards would repeat the other for every card.
    counted = {name: Coalesce(Subquery(lies.annotate(n=count).values("n")), 0) for name, count in counts.items()}
    linked = Footnote.objects.filter(source__stack=OuterRef("pk"), sentence__withdrawn_at=None)
    told = found.in_place().annotate(**counted, feeds=ArraySubquery(sentence_numbers(linked)))
    return sorted(told, key=attrgetter("harvest_id"))


def sentence_numbers(footnotes: Any) -> Any:
    """«2.3» of the sentence of each footnote, as one column."""
    chapter, number = (Cast(f"sentence__{name}", CharField()) for name in ("chapter__number", "number"))
    in_order = footnotes.order_by("sentence__chapter__number", "sentence__number")
    return in_order.annotate(shown=Concat(chapter, Value("."), number)).values("shown")


def cards(harvest: Harvest | None) -> Rows:
    found = Destination.objects.standing().order_by("harvest", "stack", "pk")
    names = harvest_names()
    columns = ("harvest", "fragment", "stack__name", "is_quote", "quote_from", "quote_to", *CHOICE_FIELDS)
    rows = (found.filter(harvest=harvest) if harvest else found).annotate(
        text=said(WORDS, "fragment__"), same=Q(source_version=F("fragment__source_version"))
    )
    for row in rows.values(*columns, "text", "same").iterator(chunk_size=AT_ONCE):
        stack = printable(row["stack__name"] or "los afgehandeld")
        choice = chosen(*(row[name] for name in CHOICE_FIELDS))
        yield names[row["harvest"]], row["fragment"], stack, _quote(row), *choice


def _quote(row: dict[str, Any]) -> str:
    """The words of a quote. Nothing of a marked part of words that were changed since."""
    if not row["is_quote"] or row["quote_from"] is not None and not row["same"]:
        return ""
    return printable((row["text"] or "")[row["quote_from"] : row["quote_to"]])


def sentences(harvest: Harvest | None) -> Rows:
    for sentence in sentences_of(harvest):
        chapter = f"{sentence.chapter.number}. {clean(sentence.chapter.title)}"
        origin, sources = Origin(sentence.origin).label, ", ".join(f"[{number}]" for number in sentence.leans_on)
        text, withdrawn = printable(sentence.newest_text or ""), sentence.withdrawn_at
        yield chapter, sentence.shown_number, text, origin, sentence.newest_number, sources, withdrawn


def sentences_of(harvest: Harvest | None) -> Any:
    """The sentences in order, with the numbers of what they lean on; of one harvest those that lean on it."""
    found = Sentence.objects.with_newest().order_by("chapter__number", "number")
    numbers = Footnote.objects.filter(sentence=OuterRef("pk")).order_by("source__number").values("source__number")
    found = found.annotate(leans_on=ArraySubquery(numbers))
    if harvest is None:
        return found
    of_it = Q(source__stack__harvest=harvest) | Q(source__fragment__harvest=harvest)
    return found.filter(Exists(Footnote.objects.filter(of_it, sentence=OuterRef("pk"))))


def sources(harvest: Harvest | None) -> Rows:
    found = Source.objects.select_related("stack").order_by("number")
    if harvest:
        found = found.filter(Q(stack__harvest=harvest) | Q(fragment__harvest=harvest))
    linked = Footnote.objects.filter(source=OuterRef("pk"), sentence__withdrawn_at=None)
    for source in found.annotate(feeds=ArraySubquery(sentence_numbers(linked))):
        stack = printable(source.stack.name) if source.stack else ""
        yield source.number, stack, source.fragment_id, ", ".join(source.feeds), "gewist" if source.is_erased else ""


def polls(harvest: Harvest | None) -> Rows:
    """The votes as they stand now: of each choice, and how many people's first it was; of a room what it saw.

    With hands that were counted on paper, which stand apart too; empty where nobody counted any.
    """
    found = Poll.objects.filter(fragment__live=True)
    choices: Any = PollChoice.objects.filter(poll__in=found.filter(fragment__harvest=harvest) if harvest else found)
    counts = {"votes": "tallies__votes", "people": "tallies__first_votes"}
    counted = choices.annotate(**{name: Coalesce(Sum(column), 0) for name, column in counts.items()})
    counted = counted.annotate(hands=F("on_paper__people"))
    for choice in counted.select_related("poll").order_by("poll", "position", "pk"):
        told = choice.poll.room_chose(choice.pk, choice.hands)
        votes, people = (choice.votes, choice.people) if told is None else (told, told)
        yield printable(choice.poll.question), printable(choice.text), votes, people, choice.hands


def stickers(harvest: Harvest | None) -> Rows:
    """The ideas of each round, the greenest first; what was counted on paper stands apart, as in the result."""
    found: Any = Idea.objects.filter(removed_at=None).select_related("round", "joined_into", "on_paper")
    if harvest:
        found = found.filter(Q(fragment__harvest=harvest) | Q(joined_into__fragment__harvest=harvest))
    given = StickerTally.objects.filter(idea=OuterRef("pk")).order_by().values("idea")
    counts = {f"n_{colour}": Coalesce(Subquery(given.annotate(n=Sum(colour)).values("n")), 0) for colour in COLOURS}
    for idea in found.annotate(**counts).order_by("round", "-n_green", "n_red", "-n_blue", "pk"):
        joined = printable(idea.joined_into.text) if idea.joined_into else ""
        colours = (getattr(idea, f"n_{colour}") for colour in COLOURS)
        counted = getattr(idea, "on_paper", None)
        paper = (getattr(counted, colour, None) for colour in COLOURS)
        yield printable(idea.round.title), printable(idea.text), *colours, *paper, joined


def notes(harvest: Harvest | None) -> Rows:
    found = Note.objects.filter(fragment__live=True).order_by("notes", "number")
    found = found.filter(fragment__harvest=harvest) if harvest else found
    for note in found.select_related("notes__cafe", "role", "fragment").iterator(chunk_size=AT_ONCE):
        of = note.notes
        held_on = of.held_on or (of.cafe and timezone.localdate(of.cafe.starts_at))
        where = (clean(str(of)), held_on, note.number, note.table)
        role, how = printable(note.role.name) if note.role else "", note.get_on_behalf_display() or ""
        yield *where, role, printable(note.text), note.times, how, note.fragment.pk


def participation(harvest: Harvest | None) -> Rows:
    """For each harvest how much came from each role, and from its werkgebieden with enough.

    How many people that were is told from SMALL on. There is no total: what is left out would be what is missing in it.
    """
    names, told = harvest_names(), told_pairs(harvest)
    who = Coalesce("post__visitor", "wensbeeld__visitor", "idea__visitor")
    by_role = live(harvest).exclude(poll__isnull=False).annotate(role=said(ROLES))
    counted = by_role.values("harvest", "role").annotate(n=Count("pk"), people=Count(who, distinct=True))
    areas = _areas(harvest, told)
    for row in counted.order_by("harvest", F("role").asc(nulls_last=True)):
        role, of = row["role"], names[row["harvest"]]
        people = row["people"] if row["people"] >= SMALL else FEW if row["people"] else ""
        yield of, printable(role or NO_ROLE), "", row["n"], people
        for area, n in areas.get((row["harvest"], role), ()):
            yield of, printable(role or NO_ROLE), area, n, ""


def _areas(harvest: Harvest | None, told: Pairs) -> dict[tuple[int, str | None], list[tuple[str, int]]]:
    placed = live(harvest).filter(post__werkgebied__isnull=False).exclude(post__name__in=WITHOUT_PLACE)
    columns = ("harvest", "post__role", "post__role__name", "post__werkgebied", "post__werkgebied__name")
    found: dict[tuple[int, str | None], list[tuple[str, int]]] = {}
    for of, role, name, area, area_name, n in placed.values_list(*columns).annotate(n=Count("pk")).order_by(*columns):
        if (of, role, area) in told:
            found.setdefault((of, name), []).append((printable(area_name), n))
    return found
