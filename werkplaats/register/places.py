"""What is kept outside the tables: files, caches, logs, back-ups, and what stands on somebody's own device."""

from typing import NamedTuple

from werkplaats.register.entries import Purpose, Term


class Place(NamedTuple):
    """`holds` names, by what they are called in the settings or the code, the places of which this speaks."""

    what: str
    purpose: Purpose
    term: Term
    then: str
    holds: tuple[str, ...]


BACKUPS = "BACKUP_DIR"  # how long these are kept the co-operation says
PLACES = [
    Place(
        "bestanden van foto's en tekeningen, zonder verborgen gegevens",
        Purpose.PARTICIPATION,
        Term.WORDS,
        "gewist, samen met de regel in de database",
        ("STORAGES.default", "MEDIA_ROOT"),
    ),
    Place(
        "hoe vaak er codes zijn gevraagd, als code waaruit geen adres te lezen is",
        Purpose.MODERATING,
        Term.BRIEF,
        "gewist na een dag",
        ("CACHES.default",),
    ),
    Place(
        "stukjes van pagina's die iedereen mag zien, in het geheugen",
        Purpose.KEEPING,
        Term.BRIEF,
        "weg bij elke verandering, en als de site opnieuw begint",
        ("CACHES.cards",),
    ),
    Place(
        "logbestanden van de server: wat misging, en bij de webserver het adres van het apparaat",
        Purpose.KEEPING,
        Term.LOGS,
        "gewist; een link uit een mail staat er nooit in",
        ("LOGGING",),
    ),
    Place(
        "het logbestand van de database: wat misging, zonder de waarden die erbij hoorden",
        Purpose.KEEPING,
        Term.LOGS,
        "gewist",
        ("DATABASES.default",),
    ),
    Place(
        "back-ups van de database en de foto's",
        Purpose.KEEPING,
        Term.LOGS,
        "gewist; wie intussen is gewist, wordt na het terugzetten opnieuw gewist",
        (BACKUPS,),
    ),
    Place(
        "mails van de oefensite, op de laptop waarop die draait",
        Purpose.KEEPING,
        Term.BRIEF,
        "weg zodra de map weg is; in het echt is deze plek er niet",
        ("MAIL_DIR",),
    ),
]


class OnDevice(NamedTuple):
    """A cookie: what is in it, and for how long. `name` is as in the code, without the prefix of https."""

    name: str
    what: str
    until: str


COOKIES = [
    OnDevice(
        "bezoeker",
        "een willekeurig nummer, pas als je zelf iets doet; zo weten we welke bijdrage of stem van jou is",
        "een jaar",
    ),
    OnDevice("naam", "je naam, je rol en je werkgebied, als je daar een vinkje voor zet", "een jaar"),
    OnDevice("kijkrol", "dat we vroegen in welke rol je meekijkt; je rol staat er niet in", "een jaar"),
    OnDevice("persoon", "wie er nu op een gedeeld toestel aan de beurt is in een stickerronde", "twaalf uur"),
    OnDevice("aangemeld", "voor welk café je je net aanmeldde, en niet wie je bent", "een uur"),
    OnDevice("zaalhulp", "dat je meeleest bij een café; niet wie je bent", "een week"),
    OnDevice("sessie", "dat je bent ingelogd", "twee weken, of tot je uitlogt"),
    OnDevice("csrf", "dat een formulier echt van jou komt", "een jaar"),
]
