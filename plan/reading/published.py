"""«Wat we hoorden» as everyone reads it: a publication with what is done with each thing that was heard."""

import datetime
import math
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Sum
from django.utils import formats, timezone
from django.utils.text import get_text_list

from plan.models import Choice, Heard, PlanStep, Publication
from plan.reading import naming
from plan.reading.heard import public_figures
from plan.reading.in_plan import Shown, sentences
from plan.reading.quoting import Quote, quotes_of
from polls.models import Idea, PaperCount, Stage, StickerTally
from werkplaats.words import day, number, short_day

MOST_QUOTES = 3
KINDS = {
    "post": "bijdrage,bijdragen",
    "wensbeeld": "wensbeeld,wensbeelden",
    "note": "regel van een bijeenkomst,regels van bijeenkomsten",
    "idea": "idee met stickers,ideeën met stickers",
    "poll": "peiling,peilingen",
}


@dataclass(frozen=True)
class Way:
    """What is done with things that were heard, in words: `tile` is one and more of them, `kicker` beside each."""

    anchor: str
    icon: str
    tile: str
    title: str
    kicker: str


WAYS = {
    Choice.PLAN: Way(
        *("voorstel", "file-text", "voorstel voor het plan,voorstellen voor het plan"),
        *("Dit zijn voorstellen voor het plan", "Voorstel voor het plan"),
    ),
    Choice.GOOD: Way(
        *("goed", "thumbs-up", "gaat goed: dat houden we,gaan goed: dat houden we"),
        *("Dit gaat goed, dit houden we", "Dit houden we"),
    ),
    Choice.TAKEN_UP: Way(
        *("opgepakt", "users", "pakt iemand al op,pakt iemand al op"), *("Dit pakt iemand al op", "Al opgepakt")
    ),
    Choice.NEXT: Way(
        *("later", "circle-arrow-right", "nemen we mee naar een volgende stap,nemen we mee naar een volgende stap"),
        *("Dit nemen we mee naar een volgende stap", "Volgende stap"),
    ),
    Choice.ANSWER: Way(
        *("antwoord", "message-circle", "kreeg een antwoord,kregen een antwoord"), *("Dit is ons antwoord", "Antwoord")
    ),
    Choice.NOT: Way(
        *("niet", "circle-slash", "doen we niet,doen we niet"), *("Dit doen we niet, en waarom", "Doen we niet")
    ),
}
IN_PLAN = Way("plan", "file-text", "staat in het plan,staan in het plan", "Dit staat in het plan", "In het plan")

WAS_PROPOSED = Way(
    *("voorstel", "file-text", "was een voorstel voor het plan,waren voorstellen voor het plan"),
    *("Dit waren voorstellen voor het plan", "Was een voorstel voor het plan"),
)
NO_SENTENCE = "Het plan is vastgesteld. Hierover kwam er geen eigen zin in."
SEE_THE_PLAN = "Het plan is vastgesteld. Daar lees je wat het werd."


def way_of(choice: str, found: "list[Shown]", *, adopted: bool) -> Way:
    """With the sentences of it that everyone reads; none can come once the plan is adopted."""
    if choice != Choice.PLAN or not adopted:
        return WAYS[Choice(choice)]
    return IN_PLAN if found else WAS_PROPOSED


@dataclass(frozen=True)
class Scored:
    """An idea with its stickers, when the round shows them: green, blue, red."""

    text: str
    link: str
    counts: tuple[int, int, int] | None

    @property
    def bars(self) -> list[dict[str, str]]:
        """For each colour that it has, where its bar begins and how wide it is, in percent; as text, for SVG."""
        bars, start = [], 0.0
        for colour, count in zip(("green", "blue", "red"), self.counts or (), strict=False):
            width = 100 * count / (sum(self.counts or ()) or 1)
            if width:
                bars.append({"colour": colour, "x": f"{start:.2f}", "width": f"{width:.2f}"})
            start += width
        return bars


@dataclass
class Item:
    """One thing that was heard, with the answer."""

    heard: Heard
    way: Way
    sentences: list[Shown] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    ideas: list[Scored] = field(default_factory=list)
    polls: list[tuple[str, str]] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"gehoord-{self.heard.place}"

    @property
    def times(self) -> str:
        return f"{self.heard.times} keer gehoord"

    @property
    def dots(self) -> "Dots":
        return Dots(self.heard.times, a_row=30)

    @property
    def said_by(self) -> str:
        """«van 8 ouders en 6 anderen»; «vooral van ouders» where figures would tell too much.

        How often something was heard counts voices, and is of now; roles count people, and lag behind. Where they do
        not add up to it, «onder meer van 8 ouders» is all that is told.
        """
        roles = self.heard.speakers
        if not roles:
            return ""
        if roles[0][1] is None:
            return "vooral van " + get_text_list([name for name, _ in roles], "en")
        told = [f"{count} {name}" for name, count in roles]
        if sum(count for _, count in roles) + self.heard.others != self.heard.times:
            return f"onder meer van {get_text_list(told, 'en')}"
        return "van " + get_text_list(told + ([f"{self.heard.others} anderen"] if self.heard.others else []), "en")

    @property
    def answer(self) -> str:
        """What is done with it, as one sentence or more; of the plan its sentences are `sentences`."""
        heard = self.heard
        match heard.choice:
            case Choice.PLAN:
                return "" if self.sentences else self._proposed
            case Choice.GOOD:
                return "Dit gaat goed. Dat houden we zo."
            case Choice.TAKEN_UP:
                return sentence_of(f"door {heard.words}")
            case Choice.NEXT:
                return "Dit nemen we mee naar een volgende stap."
            case Choice.NOT:
                return sentence_of(f"want {heard.words}")
        return sentence_of(heard.words)

    @property
    def _proposed(self) -> str:
        """Of a proposal without a sentence; on one voice alone a sentence may lean that is not known here."""
        if self.way is not WAS_PROPOSED:
            return "Hierover schrijven we een voorstel."
        return NO_SENTENCE if isinstance(self.heard, Heard) else SEE_THE_PLAN

    @property
    def repeats(self) -> bool:
        """Whether the answer says no more than the title above it and the words beside it."""
        return self.heard.choice in (Choice.GOOD, Choice.NEXT)

    @property
    def decided(self) -> str:
        """«Besloten door het bestuur, 12 januari», of what is not done."""
        heard = self.heard
        if heard.choice != Choice.NOT or not heard.decided_on:
            return ""
        return f"Besloten door {heard.decided_by}, {short_day(heard.decided_on)}"

    @property
    def is_refused(self) -> bool:
        return bool(self.heard.choice == Choice.NOT)


@dataclass
class Group:
    way: Way
    items: list[Item]

    @property
    def tile(self) -> str:
        """The words on the tile, beside how many there are."""
        one, more = self.way.tile.split(",")
        return one if len(self.items) == 1 else more


class Dots:
    """Bubbles, one for each time that something was heard; of very many each stands for more: `each`."""

    STEP, RADIUS, MOST = 10, 7, 200
    ROWS, LARGER = 8, 2.6  # in a wide field there are so many more in a row than there are rows, drawn larger

    def __init__(self, times: int, a_row: int = 0, *, wide: bool = False) -> None:
        self.each = next((each for each in (1, 2, 5, 10, 20, 50) if times <= each * self.MOST), 100)
        self.count = min(-(-times // self.each), self.MOST)
        self.a_row = max(12, math.isqrt(self.count * self.ROWS)) if wide else a_row
        self.scale = self.LARGER if wide else 1

    @property
    def places(self) -> list[tuple[int, int, int]]:
        """The middle of each, and its colour."""
        rows = (divmod(place, self.a_row) for place in range(self.count))
        return [(8 + column * self.STEP, 8 + row * 16, (column + row) % 5) for row, column in rows]

    @property
    def width(self) -> int:
        return 16 + (min(self.count, self.a_row) - 1) * self.STEP

    @property
    def height(self) -> int:
        return 16 * -(-self.count // self.a_row)

    @property
    def drawn(self) -> tuple[int, int]:
        """How wide and high they stand on the page at most, in CSS pixels."""
        return round(self.width * self.scale), round(self.height * self.scale)


class Page:
    """All that the page shows of a publication."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.figures = public_figures(publication)
        self.adopted = PlanStep.objects.is_adopted()

    @cached_property
    def items(self) -> list[Item]:
        """In the order of their choices, what was heard most in front; without what was erased."""
        rows = [heard for heard in self.publication.heard.all() if not heard.erased_at]
        shown = sentences(rows, adopted=self.adopted)
        items = []
        for row in rows:
            found = shown.get(row.pk, [])
            items.append(Item(row, way_of(row.choice, found, adopted=self.adopted), found))
        return items

    @property
    def groups(self) -> list[Group]:
        found: dict[str, Group] = {}
        for item in self.items:
            found.setdefault(item.way.anchor, Group(item.way, [])).items.append(item)
        # What is in the plan comes before what was to be proposed for it.
        return sorted(found.values(), key=lambda group: group.way is not IN_PLAN)

    def with_voices(self) -> "Page":
        """Puts quotes, ideas and polls with what was heard: eight queries at most, whatever there is."""
        by_key = {item.heard.pk: item for item in self.items}
        for key, found in quotes_of(self.publication, by_key).items():
            by_key[key].quotes = found[:MOST_QUOTES]
        for key, idea in ideas_of(self.publication, by_key):
            by_key[key].ideas.append(idea)
        for key, poll in polls_of(self.publication):
            if key in by_key:
                by_key[key].polls.append(poll)
        return self

    @property
    def times(self) -> int:
        return int(self.figures["times"])

    @property
    def dots(self) -> Dots:
        return Dots(self.times, wide=True)

    @property
    def kinds(self) -> str:
        """«120 bijdragen, 31 regels van bijeenkomsten en 9 ideeën met stickers»"""
        counts = self.figures["kinds"]
        return get_text_list([number(counts[kind], words) for kind, words in KINDS.items() if counts.get(kind)], "en")

    @property
    def missed(self) -> list[str]:
        """Groups, bodies and parts of the region; bodies alone where of no group enough is known."""
        missed = self.figures["missed"]
        bodies = [capitalised(name) for name in missed["bodies"]]
        if not self.knows_groups:
            return bodies
        return [capitalised(name) for name in missed["roles"]] + bodies + [f"Werkgebied {n}" for n in missed["places"]]

    @property
    def knows_groups(self) -> bool:
        """Whether any group was heard; of a few people, and of stickers, nobody can say whom they leave out."""
        return bool(self.figures["heard"])

    @property
    def asked(self) -> str:
        """«Van september tot en met december» people could say something; empty where nobody knows."""
        days = [datetime.date.fromisoformat(each) for each in self.figures["period"]]
        return between(*days) if days else ""

    @property
    def others(self) -> list[Publication]:
        """The publications of the same harvest, the newest in front."""
        return list(self.publication.harvest.publications.all())


def ideas_of(publication: Publication, by_key: dict[int, Item]) -> list[tuple[int, Scored]]:
    """Ideas with the counts of the result of their round, with those on paper. One with an answer of its own is not
    there; to what was refused, in any publication of the harvest, nothing leads.

    Four queries, one when there are none.
    """
    found = publication.voices.standing().as_heard().filter(heard__in=by_key, fragment__idea__isnull=False)
    rows = list(found.order_by("fragment").select_related("fragment__idea__round"))
    refused = naming.refused(publication, [row.fragment_id for row in rows]) if rows else set()
    lies = [(row.heard_id or 0, row.fragment.idea, row.fragment_id in refused) for row in rows]
    counts: dict[int, list[int]] = {idea.pk: [0, 0, 0] for _, idea, _ in lies if idea.round.stage == Stage.RESULT}
    if counts:
        _count(counts)
    return [
        (
            key,
            Scored(
                idea.text,
                "" if is_refused else f"{idea.round.get_absolute_url()}#idee-{idea.pk}",
                (counts[idea.pk][0], counts[idea.pk][1], counts[idea.pk][2]) if idea.pk in counts else None,
            ),
        )
        for key, idea, is_refused in lies
    ]


def _count(counts: dict[int, list[int]]) -> None:
    """As the board of the round does: of what was joined, paper counts for each that it stands for."""
    colours = {name: Sum(name) for name in ("green", "blue", "red")}
    stickers = StickerTally.objects.filter(idea__in=counts).values_list("idea").annotate(**colours)
    stands = Idea.objects.filter(pk__in=counts) | Idea.objects.filter(joined_into__in=counts, removed_at=None)
    paper = PaperCount.objects.filter(idea__in=stands).values_list("idea", "green", "blue", "red", "idea__joined_into")
    told = [*stickers, *((idea if idea in counts else into, *three) for idea, *three, into in paper)]
    for idea, *three in told:
        counts[idea] = [there + (more or 0) for there, more in zip(counts[idea], three, strict=True)]


def polls_of(publication: Publication) -> list[tuple[int, tuple[str, str]]]:
    """The question and the address of each poll, without those with an answer of their own. One query."""
    rows = publication.voices.standing().as_heard().filter(fragment__poll__isnull=False)
    return [
        (row.heard_id or 0, (row.fragment.poll.question, row.fragment.poll.get_absolute_url()))
        for row in rows.select_related("fragment__poll")
        if row.fragment.poll
    ]


def sentence_of(words: str) -> str:
    """With a capital, and an end."""
    words = words.strip()
    return capitalised(words) + ("" if words.endswith((".", "!", "?")) else ".")


def capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def between(first: datetime.date, last: datetime.date) -> str:
    """«Van september tot en met december», «In mei en juni», «In oktober», «Op maandag 23 november»."""
    year = timezone.localdate().year
    if first == last:
        return f"Op {day(first)}"
    end = formats.date_format(last, "F" if last.year == year else "F Y")
    if (first.year, first.month) == (last.year, last.month):
        return f"In {end}"
    begin = formats.date_format(first, "F" if first.year == last.year else "F Y")
    if (last.year - first.year) * 12 + last.month - first.month == 1:
        return f"In {begin} en {end}"
    return f"Van {begin} tot en met {end}"
