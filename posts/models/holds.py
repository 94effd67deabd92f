"""Why a post waits for a moderator, and how its words went away."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from posts.models.languages import Language
from werkplaats.people.models import A_PUPIL

WAITS = "Wacht op goedkeuring: "
# Who gave no name, and pupils, who are asked none.
SOMEBODY = "Iemand"
# A place gives somebody away who left out their name, and a child: no list, filter or count tells it of these.
WITHOUT_PLACE = (SOMEBODY, A_PUPIL)
TELLS_PLACE = ~Q(name__in=WITHOUT_PLACE)
# SOON stands for the term that a coordinator sets: `Site.soon`.
SOON = "{soon}."
FIRST = f"Een moderator leest je bijdrage eerst, {SOON}"
READ_FIRST = f"{WAITS}een moderator leest je bijdrage eerst, {SOON}"

READ_AGAIN = (
    f"Een moderator leest dit na, {SOON} Tot die tijd ziet niemand anders je tekst. Vaak komt die gewoon terug."
)


class Hold(models.TextChoices):
    """Why a moderator reads a post first, besides that its writer is a stranger.

    Each with what the writer reads about it (`told`), unless that is READ_FIRST, and what moderators read (`label`).
    """

    told: str

    def __new__(cls, value: str, told: str = READ_FIRST) -> Self:
        hold = str.__new__(cls, value)
        hold._value_, hold.told = value, told
        return hold

    PUPIL = (
        "pupil",
        "Wacht op goedkeuring: een moderator leest eerst mee, zoals bij alle leerlingen.",
        "van een leerling",
    )
    HINT = (
        "hint",
        f"Wacht op goedkeuring: misschien staat er iets persoonlijks in. {FIRST}",
        "misschien iets persoonlijks",
    )
    LINKS = (
        "links",
        f"Wacht op goedkeuring: er staat een link in, en we kennen je nog niet. {FIRST}",
        "een link van iemand die we nog niet kennen",
    )
    RECORD = (
        "record",
        (
            "Wacht op goedkeuring: een moderator haalde eerder iets van je weg. "
            f"Daarom leest een moderator deze bijdrage eerst, {SOON}"
        ),
        "van deze schrijver is eerder iets weggehaald",
    )
    EDITED = (
        "edited",
        (
            "Wacht op goedkeuring: je veranderde je tekst nadat een moderator hem had gelezen. "
            f"Een moderator leest de nieuwe tekst, {SOON}"
        ),
        "gewijzigd na goedkeuring",
    )
    REPORTED = ("reported", READ_AGAIN, "door drie mensen gemeld")
    CHILD = "child", READ_AGAIN, "gemeld: noemt of gaat over één kind"
    ROOM = "room", READ_AGAIN, "in het café van het scherm gehaald"
    DENIED = "denied", READ_AGAIN, "wie het e-mailadres heeft, schreef dit niet"
    HURRIED = (
        "hurried",
        (
            "Wacht op goedkeuring: een programma lijkt dit te hebben ingevuld, misschien dat van je browser. "
            f"Daarom sturen we geen mail met een knop. {FIRST}"
        ),
        "lijkt door een programma geschreven",
    )


def told(held_for: str, is_pupil: bool, soon: str) -> str:
    """What the writer of a post that waits for a moderator reads about it; `soon` is `Site.soon`."""
    why = held_for or (Hold.PUPIL if is_pupil else "")
    return (Hold(why).told if why else READ_FIRST).format(soon=soon)


def why_it_waits(held_for: str, is_pupil: bool, soon: str) -> str:
    """As `told`, where something else says already that it waits."""
    why = told(held_for, is_pupil, soon).removeprefix(WAITS)
    return why[0].upper() + why[1:]


class Removal(models.TextChoices):
    """Why the words of a post are not shown."""

    MODERATOR = "moderator", "weggehaald door een moderator"
    WRITER = "writer", "weggehaald door de schrijver"
    REFUSED = "refused", "niet geschreven door wie het adres heeft"
    HELD = "held", "wacht op een moderator"
    CHILD = "child", "weggehaald: gaat over één kind"


HELD = Q(removal=Removal.HELD)
# Only its text was sent: name and role are still to come.
UNFINISHED = Q(finished_at__isnull=True)
NOT_TAKEN_AWAY = Q(removed_at__isnull=True) | HELD
NO_PICTURE: dict[str, Any] = {"picture": None, "picture_shown_at": None}
# What erasing leaves of words, picture and writer, in the row and in its history.
ERASED: dict[str, Any] = {"text": "", "name": "", "meeting": "", "meeting_size": None}
ERASED |= {"visitor": None, "author": None, "picture": None, "role": None, "werkgebied": None}
ERASED |= {"lang": Language.DUTCH, "rendering": "", "rendered_at": None}
ERASED |= {"child_at": None, "kept_until": None, "kept_why": ""}
ERASED_ROW = ERASED | {"email": "", "picture_shown_at": None, "held_for": ""}  # what history does not hold
