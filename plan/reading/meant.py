"""What writers said that they meant: «Nee, ik bedoelde …», for who sorts."""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Aggregate, BigIntegerField, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from plan.models import Answer, Harvest, HeardVoice, Stack, ToldVoice
from plan.models.publications import PAUSE
from plan.models.told import ANSWERED_WITHIN
from plan.reading.voices import Voice, voices
from werkplaats import compiled
from werkplaats.compiled import Given

SHOWN = 100
FROM = 10  # answers, or voices: fewer say nothing


@dataclass
class Meant:
    """One no, with the voice that it is about."""

    row: ToldVoice
    voice: Voice
    stack: Stack | None = None

    @property
    def mark(self) -> str:
        return f"{self.row.pk}.{self.row.version}"

    @property
    def letter_waits(self) -> bool:
        """Whether the letter about the reply did not leave yet."""
        return bool(self.row.replied_at and timezone.now() < self.row.replied_at + PAUSE)


def noes() -> QuerySet[ToldVoice]:
    """Of words that may still be read; those that wait for an answer in front, the oldest first."""
    rows = ToldVoice.objects.unreplaced().filter(answer=Answer.NO, fragment__live=True)
    return rows.order_by(F("replied_at").asc(nulls_first=True), "answered_at", "pk")


def of_harvest(harvest: Harvest) -> list[Meant]:
    """Three queries, and one for each kind of voice."""
    return drawn(list(shown(noes().filter(publication__harvest=harvest))))


def of_stack(stack: Stack) -> list[Meant]:
    """About voices that lie on this stack now. One query where nobody said so."""
    return drawn(compiled.objects(about_stack, SHOWN, stack=stack.pk))


def about_stack(most: int) -> compiled.AnyQuerySet:
    return shown(noes().filter(fragment__lies_on__stack=Given("stack", BigIntegerField())), most)


def shown(rows: QuerySet[ToldVoice], most: int = SHOWN) -> QuerySet[ToldVoice]:
    return rows.select_related("fragment", "replied_by", "publication", "told")[:most]


def drawn(found: list[ToldVoice]) -> list[Meant]:
    if not found:
        return []
    by_key = {voice.pk: voice for voice in voices([row.fragment for row in found])}
    stacks = _stacks(found)
    return [
        Meant(row, by_key[row.fragment_id], stacks.get(row.fragment_id)) for row in found if row.fragment_id in by_key
    ]


def _stacks(rows: list[ToldVoice]) -> dict[int, Stack]:
    lying = Stack.objects.lying().filter(cards_on__fragment__in=[row.fragment_id for row in rows])
    return {pk: stack for stack in lying.annotate(voice=F("cards_on__fragment")) for pk in [stack.voice]}


def waiting() -> dict[int, tuple[int, int]]:
    """By harvest how many noes wait for an answer, and how many of these too long. One query."""
    late = Count("pk", filter=Q(answered_at__lt=timezone.now() - ANSWERED_WITHIN))
    rows = ToldVoice.objects.unreplaced().filter(answer=Answer.NO, replied_at=None, fragment__live=True).order_by()
    counts = rows.values_list("publication__harvest").annotate(count=Count("pk"), late=late)
    return {harvest: (count, too_late) for harvest, count, too_late in counts}


class Figures(NamedTuple):
    """None where fewer than FROM voices, or answers, stand behind one. `voices` is of how many was told."""

    voices: int
    told: int | None  # percent of the voices that were published
    understood: int | None  # percent of the answers
    days: int | None  # from closing to telling, the median of the voices

    @property
    def tell_something(self) -> bool:
        return any(each is not None for each in self[1:])


class Median(Aggregate):
    function, template = "percentile_cont", "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def figures() -> Figures:
    """Two queries."""
    heard = HeardVoice.objects.standing().filter(fragment__poll=None)
    published = heard.aggregate(all=Count("fragment", distinct=True))["all"]
    harvest = "publication__harvest"
    closed = Coalesce(f"{harvest}__question__closed_at", f"{harvest}__cafe__ends_at")
    took = ExpressionWrapper(F("told__at") - closed, DurationField())
    found = ToldVoice.objects.filter(fragment__live=True).aggregate(
        voices=Count("fragment", distinct=True),
        yes=Count("pk", filter=Q(answer=Answer.YES)),
        answers=Count("pk", filter=~Q(answer="")),
        timed=Count(took),
        days=Median(took),
    )
    return Figures(
        found["voices"],
        _share(found["voices"], published),
        _share(found["yes"], found["answers"]),
        found["days"].days if found["timed"] >= FROM else None,
    )


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole >= FROM else None
