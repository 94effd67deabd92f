"""Why a post waits for a moderator, and how its words went away."""

from django.db import models


class Hold(models.TextChoices):
    """Why a moderator reads a post first, besides that its writer is a stranger."""

    PUPIL = "pupil", "van een leerling"
    HINT = "hint", "misschien iets persoonlijks"
    LINKS = "links", "een link van iemand die we nog niet kennen"
    RECORD = "record", "van deze schrijver is eerder iets weggehaald"
    EDITED = "edited", "gewijzigd na goedkeuring"
    REPORTED = "reported", "door drie mensen gemeld"
    HURRIED = "hurried", "lijkt door een programma geschreven"


class Removal(models.TextChoices):
    """Why the words of a post are not shown."""

    MODERATOR = "moderator", "weggehaald door een moderator"
    WRITER = "writer", "weggehaald door de schrijver"
    REFUSED = "refused", "niet geschreven door wie het adres heeft"
    HELD = "held", "wacht op een moderator"
