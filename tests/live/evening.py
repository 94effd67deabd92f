"""An evening with everything that a screen can show, one scene after the other, with short words or the longest."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone

from live.actions import counting, leading
from live.models import Kind, LiveCafe, Scene
from polls.models import Choice, Colour
from tests.helpers import factories
from tests.live.helpers import again, room, seat, shown, to

KINDS = [*Kind]
SAID = {
    "Toen de juf met verlof ging, moesten we drie keer opnieuw ons verhaal vertellen. Eén vast gezicht scheelt.": 4,
    "Korte lijnen. Ik bel onze consulent, en tien minuten later kan ik verder.": 9,
    "Iemand die meekijkt in de klas helpt meer dan een formulier.": None,
    "Begin eerder. Wij wachtten een half jaar, en al die tijd zat onze zoon thuis zonder dat iemand belde. Bel dan "
    "ten minste elke week even op.": 2,
}
IDEAS = [
    "Maak één profiel per werkgebied.",
    "Zet het aanbod van alle scholen op één kaart.",
    "Laat de kennis reizen. Het kind blijft op zijn school.",
    "Schrijf ook op wat we nog niet kunnen.",
    "Begin bij de vragen die scholen zelf hebben.",
    "Iedereen praat als gelijke mee.",
    "Laat het passen bij het plan en de schoolgids.",
    "Houd vast wat al werkt.",
    "Kies eerst voor wie we schrijven.",
]
CHOICES = ["ja", "nee", "nog niet"]
WENSBEELDEN = ["Elk kind gezien", "Een plein waar iedereen op past", "Naar school om de hoek, met hulp die meekomt"]
LONG = "Wij merken dat de ondersteuning op school pas begint als er al weken niets meer ging, en dat willen we anders. "


def words(text: str, length: int) -> str:
    """The longest that a field takes, in ordinary words."""
    return (text * (length // len(text) + 1))[: length - 1].strip() + "."


def evening(*, long: bool = False, most: int = 9, letters: str = LONG) -> LiveCafe:
    """A room with people, and at most so many voices, choices, ideas and wensbeelden, at its first scene.

    `letters` are those of the longest ideas and wensbeelden.
    """
    live = room(*KINDS, title="Passend Onderwijscafé" if not long else words("Onderwijscafé ", 120))
    scenes = {scene.kind: scene for scene in live.scenes.all()}
    question, poll = scenes["vraag"].its_question, scenes["peiling"].its_poll
    said, choices, ideas, wensbeelden = [*SAID.items()], CHOICES, IDEAS, WENSBEELDEN
    if long:
        said = [(words(LONG, 280), 10)] * 4
        choices = [words(f"{number} de ondersteuning op school ", 60) for number in range(most)]
        ideas = [words(f"{number} {letters}", 200) for number in range(9)]
        wensbeelden = [words(f"{number} {letters}", 140) for number in range(6)]
        type(question).objects.filter(pk=question.pk).update(text=words(LONG, 199) + "?")
        type(poll).objects.filter(pk=poll.pk).update(question=words(LONG, 199) + "?")
    said, choices, ideas, wensbeelden = said[:most], choices[:most], ideas[:most], wensbeelden[:most]
    poll.choices.all().delete()
    made = [
        Choice.objects.create(poll=poll, text=text, answer="Dank je.", position=place)
        for place, text in enumerate(choices)
    ]
    _fill(live, scenes, made, ideas)
    for place, (text, table) in enumerate(said):
        shown(live, f"{text[:-2]}{place}." if long else text, table)
    for text in wensbeelden:
        factories.wensbeeld(text=text)
    factories.question(current=False, text="Hoe nu verder?", planned_for=timezone.now() + timedelta(days=40))
    factories.cafe()
    return again(live)


def _fill(live: LiveCafe, scenes: dict[str, Scene], choices: list[Choice], ideas: list[str]) -> None:
    """Eight of ten tables with six people that counted hands, some online, and stickers of all."""
    for table in range(1, 9):
        counting.count_hands(scenes["peiling"], seat(live, table), {choices[-1].pk: table % 3, choices[0].pk: 4})
    for number in range(17):
        seat(live, online=True)
    groups = scenes["stickers"].its_round.groups.all()
    groups.first().ideas.all().delete()
    groups.last().ideas.all().delete()
    for number, text in enumerate(ideas):
        made = factories.idea(groups[number % 2], text=text)
        for person in range(9 - number):
            factories.sticker(made, Colour.GREEN)
        for person in range(number % 3):
            factories.sticker(made, Colour.BLUE)
        factories.sticker(made, Colour.RED)


def each_scene(live: LiveCafe) -> Iterator[str]:
    """Brings one scene after the other on the screen; its name in words."""
    begun_at = live.begun_at
    LiveCafe.objects.filter(pk=live.pk).update(begun_at=None)
    yield "begin"
    LiveCafe.objects.filter(pk=live.pk).update(begun_at=begun_at)
    for kind in KINDS:
        live = to(live, kind)
        yield f"{kind}"
        yield from _further(live)
    leading.clear(again(live), again(live).turn)
    yield "leeg"


def _further(live: LiveCafe) -> Iterator[str]:
    """What else there is in a scene: its time, its result, one voice large."""
    kind = live.scene.kind
    if kind in (Kind.TALK, Kind.BREAK):
        leading.start_time(live, live.turn)
        yield f"{kind} met tijd"
        Scene.objects.filter(pk=live.scene.pk).update(ends_at=timezone.now())
        again(live).raise_version()
        yield f"{kind} over"
    elif kind == Kind.QUESTION:
        for voice in (live.voices.shown().first(), live.voices.shown().last()):
            leading.spotlight(again(live), again(live).turn, voice)
            yield f"uitgelicht {voice.number}"
        LiveCafe.objects.filter(pk=live.pk).update(alone_since=timezone.now(), spotlight=None)
        yield "alleen"
        LiveCafe.objects.filter(pk=live.pk).update(alone_since=None)
        live.voices.update(scene=None)
        again(live).raise_version()
        yield "vraag zonder bijdragen"
        live.voices.update(scene=live.scene)
    elif kind in (Kind.POLL, Kind.STICKERS):
        leading.reveal(live, live.turn)
        yield f"{kind} met uitslag"
