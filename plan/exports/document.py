"""The plan as far as it goes, as a Word document: sentences with their sources, what was heard, and the voices."""

import heapq
from collections.abc import Iterator
from fractions import Fraction
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.db.models import F
from django.utils import timezone

from plan.exports.concept import steps
from plan.exports.progress import Progress
from plan.exports.tables import chosen, clean, sentences_of, stacks_of
from plan.exports.voices import Pairs, Voice, live, told_pairs, voices, with_grounds
from plan.exports.word import Footnote, Strong, Writer, document
from plan.models import Destination, Export, Harvest, Origin, PlanStep, Source, Stack
from plan.models.chain import stages
from plan.reading.missing import of_harvest
from posts.models.thumb_kinds import KINDS as THUMBS
from werkplaats.words import day, excerpt, number

MOST_VOICES = 2000  # a document of more is for no reader; the workbook has them all
MOST_AGREED = 10
OF, NOWHERE = "van de,van de", "nog zonder bestemming,nog zonder bestemming"
HALF = Fraction(1, 2)  # of the role that likes it least
LONGEST_NOTE = 300  # characters of a voice in a footnote
TELL_EVERY = 50


def write(path: Path, export: Export) -> None:
    """Writes the file. Raises Gone, as `Progress`."""
    made = Made(export)
    with path.open("wb") as file, document(file, clean(export.about)) as word:
        made.begin(word)
        made.plan(word)
        for harvest in made.harvests:
            made.heard(word, harvest)
        made.voices(word)


class Made:
    """The parts of one document, in their order."""

    def __init__(self, export: Export) -> None:
        self.export, self.harvest = export, export.harvest
        self.told: Pairs = told_pairs(self.harvest)
        self.total = live(self.harvest).count()
        self.progress = Progress(export, min(self.total, MOST_VOICES), TELL_EVERY)
        every: Any = Harvest.objects.with_figures()
        self.harvests = [each for each in every if each.voices and (not self.harvest or each == self.harvest)]
        self.stacks: dict[int, list[Any]] = {}
        for stack in stacks_of(self.harvest):
            self.stacks.setdefault(stack.harvest_id, []).append(stack)

    def read(self, fragments: Any) -> Iterator[Voice]:
        return with_grounds(voices(fragments, names=self.export.names, told=self.told))

    def begin(self, word: Writer) -> None:
        word.paragraph(clean(self.export.about), style="Title")
        left = live(self.harvest).without_destination().count()
        word.paragraph(
            f"Stand van {day(timezone.localdate())}: {number(self.total, 'stem,stemmen')}, "
            f"waarvan {number(left, NOWHERE)}."
        )
        word.paragraph(
            "Dit document is voor wie aan het plan schrijft. Iemand kan morgen woorden wissen die er nu in staan: "
            "bewaar het niet langer dan nodig, en deel het niet verder.",
            style="About",
        )

    def plan(self, word: Writer) -> None:
        """Its steps, and the sentences by chapter, each with its sources as footnotes."""
        word.heading(1, "Het plan tot nu toe")
        steps(word, stages(list(PlanStep.objects.all()), timezone.localdate()))
        notes, chapter = self._notes(), None
        for sentence in sentences_of(self.harvest).filter(withdrawn_at=None):
            if sentence.chapter_id != chapter:
                chapter = sentence.chapter_id
                word.heading(2, clean(str(sentence.chapter)))
            sources = [notes[source] for source in sentence.leans_on if source in notes]
            word.paragraph(Strong(sentence.shown_number), f" {sentence.newest_text}", *sources)
            if sentence.origin == Origin.LAW:
                word.paragraph(f"({Origin.LAW.label.capitalize()}.)", style="About")
            elif not sources:
                word.paragraph("(Nog zonder bron.)", style="About")
        if chapter is None:
            word.paragraph("Er staan nog geen zinnen in het plan.")

    def _notes(self) -> dict[int, Footnote]:
        """By the number of a source, what its footnote says."""
        found = Source.objects.select_related("stack").order_by("number")
        alone = live().filter(source__isnull=False)
        said = {voice.number: voice for voice in voices(alone, names=self.export.names, told=self._told_anywhere())}
        return {source.number: Footnote(f"Bron {source.number}. {_source(source, said)}") for source in found}

    def _told_anywhere(self) -> Pairs:
        """A sentence of this harvest may lean on a voice of another."""
        return told_pairs() if self.harvest else self.told

    def heard(self, word: Writer, harvest: Any) -> None:
        """What was heard: for each stack its sentence, what is done with it, and quotes."""
        word.heading(1, f"Wat we hoorden: {clean(str(harvest))}")
        for stack in self.stacks.get(harvest.pk, []):
            word.heading(2, stack.name)
            word.paragraph(Strong(stack.heard or "(Nog zonder zin.)"))
            word.paragraph(_choice(stack) or "Nog geen keuze gemaakt.")
            feeds = f" Hierop steunt: {', '.join(f'zin {each}' for each in stack.feeds)}." if stack.feeds else ""
            word.paragraph(f"{stack.heard_times} keer gehoord.{feeds}", style="About")
            for voice, quote in self._quotes(stack):
                word.paragraph(f"«{quote}»", style="Quote")
                word.paragraph(voice.about, style="About")
        self._apart(word, harvest)
        self._common_ground(word, harvest)
        self._missing(word, harvest)

    def _quotes(self, stack: Stack) -> Iterator[tuple[Voice, str]]:
        """The voices that are quoted, with the words; not a marked part of words that were changed since."""
        cards = {card.fragment_id: card for card in stack.cards_on.filter(is_quote=True)}
        fragments = live().filter(pk__in=cards, harvest=stack.harvest_id).order_by("pk")
        for voice in self.read(fragments):
            card = cards[voice.number]
            if card.quote_from is None or card.source_version == voice.version:
                yield voice, voice.text[card.quote_from : card.quote_to]

    def _apart(self, word: Writer, harvest: Any) -> None:
        """What was dealt with by itself, without a stack."""
        cards = {card.fragment_id: card for card in Destination.objects.standing().filter(harvest=harvest, stack=None)}
        if not cards:
            return
        word.heading(2, "Los afgehandeld")
        for voice in self.read(live().filter(pk__in=cards).order_by("pk")):
            _voice(word, voice)
            word.paragraph(_choice(cards[voice.number]))

    def _common_ground(self, word: Writer, harvest: Any) -> None:
        """What even the role that likes it least likes, with what each role thinks of it."""
        judged = self.read(live(harvest).exclude(post=None, idea=None).order_by("pk"))
        told = ((voice.ground.common, voice) for voice in judged if voice.ground and voice.ground.common is not None)
        best = heapq.nlargest(MOST_AGREED, (each for each in told if each[0] >= HALF), key=itemgetter(0))
        if not best:
            return
        word.heading(2, "Waar de rollen het over eens zijn")
        for _, voice in best:
            _voice(word, voice)

    def _missing(self, word: Writer, harvest: Any) -> None:
        """Whom we hardly heard; never how many they are."""
        found = of_harvest(harvest)
        told = {"Rollen": found.roles, "Werkgebieden": found.places, "Waar geen overleg was": found.silent}
        if not found:
            return
        word.heading(2, "Wie we nog (bijna) niet hoorden")
        for what, names in told.items():
            if names:
                word.paragraph(f"{what}: {', '.join(names)}.")

    def voices(self, word: Writer) -> None:
        """All voices, by stack, as far as there is room."""
        word.heading(1, "Alle stemmen")
        if self.total > MOST_VOICES:
            word.paragraph(
                f"Hier staan de eerste {number(MOST_VOICES, OF)} {number(self.total, 'stem,stemmen')}. "
                "In het Excel-bestand staan ze allemaal."
            )
        left = MOST_VOICES
        for heading, fragments in self._in_order():
            is_first = True
            for voice in self.progress.counted(self.read(fragments[:left])):
                if is_first:
                    word.heading(2, heading)
                is_first = False
                _voice(word, voice)
                left -= 1
            if not left:
                return

    def _in_order(self) -> Iterator[tuple[str, Any]]:
        """Headings, each with its voices: a voice on two stacks is under both."""
        for harvest in self.harvests:
            here, of = live(harvest), clean(str(harvest))
            for stack in self.stacks.get(harvest.pk, []):
                on_it = here.filter(lies_on__stack=stack, lies_on__harvest=F("harvest"))
                yield f"{of}: stapel {stack.name}", on_it.order_by("pk")
            alone = here.filter(lies_on__stack=None, lies_on__harvest=F("harvest"), lies_on__isnull=False)
            yield f"{of}: los afgehandeld", alone.order_by("pk")
            yield f"{of}: nog zonder bestemming", here.without_destination().order_by("pk")


def _voice(word: Writer, voice: Voice) -> None:
    word.paragraph(voice.text or "(Een afbeelding zonder woorden.)", style="Voice")
    if voice.rendering:
        word.paragraph(f"In het Nederlands: {voice.rendering}", style="Voice")
    told = [f"stem {voice.number}", voice.kind, voice.about, *_said_so(voice), voice.agreed]
    word.paragraph(" · ".join(filter(None, told)), style="About")


def _said_so(voice: Voice) -> list[str]:
    """The thumbs or stickers of a voice and its day, in words."""
    told = [
        f"{number(count, 'duimpje,duimpjes')} {kind.label}"
        for kind, count in zip(THUMBS, voice.thumbs, strict=False)
        if count
    ]
    if any(voice.colours):
        green, blue, red = voice.colours
        told.append(f"groen {green}, blauw {blue}, rood {red}")
    return [*told, day(voice.day)] if voice.day else told


def _choice(chosen_: Any) -> str:
    """«Doen we niet, want … (deelnemersraad, maandag 2 november)»"""
    choice, by, on = chosen(chosen_.choice, chosen_.words, chosen_.decided_by, chosen_.decided_on)
    decided = f" ({by}, {day(on)})" if on else ""
    return f"{choice[:1].upper()}{choice[1:]}{decided}" if choice else ""


def _source(source: Source, said: dict[int, Voice]) -> str:
    if source.is_erased:
        return "Deze stem is gewist."
    if source.stack:
        heard = f": {source.stack.heard}" if source.stack.heard else ""
        return clean(f"Stapel {source.stack.name}{heard}")
    voice = said.get(source.fragment_id or 0)
    if voice is None:
        return "Deze stem is nu niet te lezen."
    return f"{excerpt(voice.text, LONGEST_NOTE)} ({voice.about or voice.kind})"
