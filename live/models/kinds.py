"""What stands on the screen, with the sentence that whoever leads says at it; and where somebody sits."""

from typing import Self

from django.db import models


class Kind(models.TextChoices):
    """A scene. `says` is the sentence of the leader until a coordinator writes another; `minutes` how long it takes."""

    says: str
    minutes: int

    def __new__(cls, value: str, says: str, minutes: int) -> Self:
        kind = str.__new__(cls, value)
        kind._value_, kind.says, kind.minutes = value, says, minutes
        return kind

    WELCOME = (
        "welkom",
        "Fijn dat jullie er zijn. Pak één telefoon per tafel en scan de code. We schrijven mee, zonder namen.",
        10,
        "Welkom",
    )
    TALK = ("tafeltijd", "Praat met elkaar over deze vraag. Ik zeg het als de tijd om is.", 8, "Tafeltijd")
    QUESTION = "vraag", "Stuur per tafel één ding in. Daarna lezen we ze samen.", 15, "De vraag"
    POLL = (
        "peiling",
        "Steek aan tafel je hand op, en laat één iemand tellen. De uitslag zien we zo samen.",
        5,
        "Peiling",
    )
    STICKERS = (
        "stickers",
        "Geef elk idee een sticker. Geef de telefoon daarna door aan wie naast je zit.",
        15,
        "Stickers",
    )
    WENSBEELDEN = "wensbeelden", "Kijk mee naar de wensbeelden. Wie herkent zich hierin?", 5, "Wensbeelden"
    BREAK = "pauze", "We pauzeren even. Neem nog een kop koffie.", 10, "Pauze"
    THANKS = (
        "dank",
        "Dank je wel. Wat hier gezegd is, gaat mee naar het plan. Je leest wat ermee gebeurt.",
        5,
        "Dank je wel",
    )


ASKING = (Kind.TALK, Kind.QUESTION)  # scenes that are about a question


class SeatKind(models.TextChoices):
    """Where somebody takes part from: a phone of a table, their own in the room, or online."""

    TABLE = "tafel", "aan tafel"
    ALONE = "alleen", "in de zaal"
    ONLINE = "online", "online"
