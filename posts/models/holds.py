"""Why a post waits for a moderator, and how its words went away."""

from django.db import models


class Hold(models.TextChoices):
    """Why a moderator reads a post first, besides that its writer is a stranger. The labels are for moderators."""

    PUPIL = "pupil", "van een leerling"
    HINT = "hint", "misschien iets persoonlijks"
    LINKS = "links", "een link van iemand die we nog niet kennen"
    RECORD = "record", "van deze schrijver is eerder iets weggehaald"
    EDITED = "edited", "gewijzigd na goedkeuring"
    REPORTED = "reported", "door drie mensen gemeld"
    HURRIED = "hurried", "lijkt door een programma geschreven"


READ_FIRST = "Wacht op goedkeuring: een moderator leest je bijdrage eerst, meestal binnen twee werkdagen."
# What the writer reads about it.
TOLD = {
    Hold.PUPIL: "Wacht op goedkeuring: een moderator leest eerst mee, zoals bij alle leerlingen.",
    Hold.HINT: "Wacht op goedkeuring: misschien staat er iets persoonlijks in. "
    "Een moderator leest je bijdrage eerst, meestal binnen twee werkdagen.",
    Hold.LINKS: "Wacht op goedkeuring: er staat een link in, en we kennen je nog niet. "
    "Een moderator leest je bijdrage eerst, meestal binnen twee werkdagen.",
    Hold.RECORD: "Wacht op goedkeuring: een moderator haalde eerder iets van je weg. "
    "Daarom leest een moderator deze bijdrage eerst, meestal binnen twee werkdagen.",
    Hold.EDITED: "Wacht op goedkeuring: je veranderde je tekst nadat een moderator hem had gelezen. "
    "Een moderator leest de nieuwe tekst, meestal binnen twee werkdagen.",
    Hold.REPORTED: "Wacht op een moderator: een paar mensen vroegen om hiernaar te kijken. "
    "Tot die tijd ziet niemand anders je tekst. Vaak komt hij gewoon terug.",
    Hold.HURRIED: READ_FIRST,
}


class Removal(models.TextChoices):
    """Why the words of a post are not shown."""

    MODERATOR = "moderator", "weggehaald door een moderator"
    WRITER = "writer", "weggehaald door de schrijver"
    REFUSED = "refused", "niet geschreven door wie het adres heeft"
    HELD = "held", "wacht op een moderator"
