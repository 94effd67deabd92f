"""What erasing a person does to the plan, and where others wrote down who it was: for `werkplaats.avg`."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Case, F, Model, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat, Length
from django.urls import reverse
from django.utils import timezone

from plan.models import (
    Act,
    Destination,
    Export,
    Heard,
    HeardVoice,
    Note,
    PlanStep,
    Stack,
    Told,
    ToldVoice,
    Wording,
    WordingThumb,
)
from plan.models.choices import ASK_WORDS
from polls.models import Idea, StickerRound, Wensbeeld
from posts.models import Post, Question
from werkplaats.privacy.person import Person
from werkplaats.privacy.traces import Traces, stands_in

ERASED = "(gewist)"
NOTHING: Mapping[str, list[int]] = {}


class Place(NamedTuple):
    """A table in which somebody else may have written who it was, with the columns of words.

    `goes` tells what `wipe` does to a row; empty where somebody has to look, and do it on the page of the row itself.
    `page` gives the name and the arguments of its address.
    """

    model: type[Model]
    kind: str
    columns: tuple[str, ...]
    goes: str
    page: Callable[[Any], tuple[str, *tuple[int, ...]]]


class Found(NamedTuple):
    """A row that names somebody, maybe: what it is of, what it says, where it is, and what a tick erases of it."""

    label: str
    row: Any
    kind: str
    said: str
    url: str
    goes: str


PLACES = (
    Place(Note, "aantekening", ("text",), "de hele regel", lambda row: ("plan:evening", row.notes_id)),
    Place(
        Stack,
        "stapel op de werkbank",
        ("name", "heard", "words"),
        "naam en zin van de stapel; de stemmen blijven erin liggen",
        lambda row: ("plan:stack", row.harvest_id, row.pk),
    ),
    Place(Destination, "antwoord op één stem", ("words",), "de woorden", lambda row: ("plan:desk", row.harvest_id)),
    Place(
        Heard,
        "Wat we hoorden, online",
        ("heard", "words"),
        "de hele zin met het antwoord, ook online en voor alle anderen die het zeiden",
        lambda row: ("plan:stack", row.publication.harvest_id, row.stack_id),
    ),
    Place(
        HeardVoice,
        "antwoord aan één schrijver",
        ("words",),
        "de woorden",
        lambda row: ("plan:desk", row.publication.harvest_id),
    ),
    Place(
        ToldVoice,
        "wat een ander terugschreef",
        ("reply",),
        "de woorden",
        lambda row: ("plan:desk", row.publication.harvest_id),
    ),
    Place(
        Wording,
        "zin van het plan",
        ("text", "why"),
        "waarom de zin anders werd; de zin zelf schrijf je op zijn pagina anders",
        lambda row: ("plan:sentence", row.sentence_id),
    ),
    Place(
        Post,
        "bijdrage van een ander",
        ("text", "rendering", "removal_reason", "kept_why"),
        "",
        lambda row: ("admin:posts_post_change", row.pk),
    ),
    Place(Question, "vraag", ("title", "text", "intro"), "", lambda row: ("admin:posts_question_change", row.pk)),
    Place(Wensbeeld, "wensbeeld van een ander", ("text",), "", lambda row: ("admin:polls_wensbeeld_change", row.pk)),
    Place(Idea, "idee van een ander", ("text",), "", lambda row: ("admin:polls_idea_change", row.pk)),
    Place(
        StickerRound,
        "stickerronde",
        ("title", "question", "intro"),
        "",
        lambda row: ("admin:polls_stickerround_change", row.pk),
    ),
)
WIPED = tuple(place for place in PLACES if place.goes)


def erase(person: Person, traces: Traces) -> Counter[str]:
    """Erases a person here; call it in the transaction that does, before the account and the visitors go."""
    told, _ = Told.objects.filter(person.whose(Told.in_register.of)).delete()
    forget_steps(traces)
    if traces.words:
        Export.objects.drop()  # they hold it too
    # As thumbs on contributions: while people may react they are taken back.
    open_still = Q() if PlanStep.objects.takes_reactions() else Q(pk__in=[])
    return Counter(told=told, **WordingThumb.objects.take_back(person.visitors, open_still))


def forget_steps(traces: Traces) -> None:
    """Steps of the desk keep what stood there before, to be undone: not who it was."""
    before = Act.objects.filter(before__isnull=False).annotate(said=Cast("before", TextField()))
    before.filter(traces.certainly_within("said")).update(before=None)


def counted(person: Person) -> Counter[str]:
    """What there is now, for the page that asks first."""
    return Counter(thumbs=WordingThumb.objects.filter(visitor__in=person.visitors).count())


def elsewhere(
    traces: Traces, own: Mapping[str, list[int]] = NOTHING, places: Iterable[Place] = PLACES
) -> dict[str, list[int]]:
    """Which rows of others name them, or say it in their very words: ids by table. `own` are rows of themselves."""
    named = {place: said_in(place, traces, own) for place in places}
    telling = traces.without_common(text for rows in named.values() for text in rows.values())
    found = {}
    for place, rows in named.items():
        ids = {pk for pk, text in rows.items() if any(stands_in(text, each) for each in telling.needles)}
        # Of a contribution the same words are those of who wrote it.
        found[place.model._meta.label] = sorted({*ids, *(in_their_words(place, traces) if place.goes else [])})
    return {label: ids for label, ids in found.items() if ids}


def said_in(place: Place, traces: Traces, own: Mapping[str, list[int]]) -> dict[int, str]:
    """The rows that name them, with what these say."""
    named = Q(*(traces.within(column) for column in place.columns), _connector=Q.OR)
    others = ~Q(pk__in=own.get(place.model._meta.label, []))
    rows: QuerySet[Any] = place.model._default_manager.filter(named, others).order_by("pk")
    return {pk: "\n".join(said) for pk, *said in rows.values_list("pk", *place.columns)[: traces.MOST]}


def in_their_words(place: Place, traces: Traces) -> Iterable[int]:
    """Rows of which all of a column stands in what they wrote."""
    if not traces.all_words:
        return []
    rows: QuerySet[Any] = place.model._default_manager.annotate(theirs=Value(traces.all_words, TextField()))
    quoted = [Q(theirs__icontains=F(column)) & Q(**{f"{column}_length__gte": traces.QUOTE}) for column in place.columns]
    rows = rows.annotate(**{f"{column}_length": Length(column) for column in place.columns})
    return rows.filter(Q(*quoted, _connector=Q.OR)).values_list("pk", flat=True)[: traces.MOST]


def read(found: dict[str, list[int]]) -> list[Found]:
    """The rows that were found and are still there."""
    shown = []
    for place in PLACES:
        label = place.model._meta.label
        rows: QuerySet[Any] = place.model._default_manager.filter(pk__in=found.get(label, []))
        if place.model in (Heard, HeardVoice, ToldVoice):
            rows = rows.select_related("publication")
        for row in rows.order_by("pk"):
            said = " · ".join(words for column in place.columns if (words := getattr(row, column)))
            if said.strip(" ·") not in ("", ERASED):
                page, *args = place.page(row)
                shown.append(Found(label, row, place.kind, said, reverse(page, args=args), place.goes))
    return shown


def wipe(label: str, ids: Iterable[int]) -> int:
    """Erases what these rows say: of an evening the line, of the rest the words. Returns how many."""
    model: Any = next(place.model for place in WIPED if place.model._meta.label == label)
    rows = model._default_manager.filter(pk__in=ids)
    count: int = rows.count()
    Export.objects.drop()
    if model is Note:
        rows.delete()
    elif model is Wording:
        rows.exclude(why="").update(why="")
    elif model is ToldVoice:
        rows.exclude(reply="").update(reply=ERASED)
    elif model is Heard:
        # What was public changes in one way.
        keep = Case(When(choice__in=ASK_WORDS, then=Value(ERASED)), default=Value(""))
        rows.filter(erased_at=None).update(heard="", words=keep, erased_at=timezone.now())
    else:
        if model is Stack:
            Act.objects.filter(stack__in=ids).update(before=None)  # nor can it be undone to what it was
            rows.update(heard="", name=Concat(Value("gewist "), Cast("pk", TextField())))
        # A choice that needs words keeps a mark in their place.
        rows.filter(choice__in=ASK_WORDS).update(words=ERASED)
    return count


def told_ids(person: Person) -> list[int]:
    """The keys of what they are told."""
    return list(Told.objects.filter(person.whose(Told.in_register.of)).values_list("pk", flat=True))
