"""The seven steps of trying out the evening before; five tick themselves when they really happened."""

from typing import NamedTuple

from live.models import Kind, LiveCafe, Scene
from werkplaats.words import clock, number

FURTHEST = "Loop naar de achterste stoel: kun je het lezen?"


class Step(NamedTuple):
    """`told` is what is known of it, empty as long as it did not happen; `link` names its button, if it has one.

    A step that `counts` ticks itself.
    """

    name: str
    title: str
    how: str
    told: str = ""
    counts: bool = True


def steps(live: LiveCafe) -> list[Step]:
    """What happened since the rehearsal began. Three queries; none before it."""
    since = live.rehearsing_since
    if since is None:
        return STEPS
    seen = live.screen_seen_at
    phones = live.seats.count()
    said = live.voices.filter(post=None, shown_at__isnull=False).exists()
    counted = live.scenes.filter(revealed_at__gte=since, headcounts__people__gt=0).exists()
    again = live.shown_again_at
    told = {
        "screen": f"Gezien om {clock(seen)} uur. {FURTHEST}" if seen and seen >= since else "",
        "phone": f"{number(phones, 'telefoon doet,telefoons doen')} mee." if phones else "",
        "words": "Je zin stond op het scherm." if said else "",
        "poll": "Geteld en getoond." if counted else "",
        "empty": f"Leeg geweest, en weer getoond om {clock(again)} uur." if again and again >= since else "",
    }
    return [step._replace(told=told.get(step.name, "")) for step in STEPS]


def over_before(live: LiveCafe) -> list[Scene]:
    """The scenes whose round is over already: on the evening nobody sticks there. One query."""
    of_rounds = live.scenes.filter(kind=Kind.STICKERS).select_related("round")
    return [scene for scene in of_rounds if scene.was_over]


STEPS = [
    Step("screen", "Zet het scherm op de beamer", "Open het scherm op de laptop die aan de beamer zit."),
    Step("phone", "Doe mee met je telefoon", "Scan de code op het scherm, of typ hem over."),
    Step(
        "words",
        "Stuur een zin in, en keur hem goed",
        "Ga naar «De vraag». Typ op je telefoon wat je wilt. Keur het goed bij «Wacht». Staat het op het scherm?",
    ),
    Step("poll", "Tel een peiling, en toon de uitslag", "Drie handen is genoeg."),
    Step("empty", "Maak het scherm leeg, en toon het weer", "Dan weet je vinger waar die knop zit."),
    Step(
        "wifi",
        "Zet de wifi van de laptop even uit",
        "Het scherm blijft staan, en haalt alles in als hij weer aan is. Probeer ook je hotspot.",
        counts=False,
    ),
    Step(
        "paper",
        "Print het noodpakket",
        "Dia's, tafelbladen en turflijsten. Dan gaat de avond door, ook zonder internet.",
        counts=False,
    ),
]
