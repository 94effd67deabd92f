"""The poll, what people get to read after each choice, and the wensbeelden of invented people."""

from werkplaats.demo.content.site import PUPIL

POLL = {
    "slug": "wensbeeld",
    "question": "Heb jij een wensbeeld voor Passend Onderwijs?",
    "intro": "Doe je ogen even dicht. Hoe ziet het eruit als Passend Onderwijs helemaal lukt? Zie je iets "
    "voor je, groot of klein? Stem mee. Je mag later nog eens stemmen.",
    "repeat_votes": True,
    "wensbeeld_prompt": "Stel: over vier jaar krijgen we een prijs. Wat zie je?\n\n"
    "Schrijf het in één zin, of stuur een foto of een tekening.",
}

# (choice, what people read after it, whether a wensbeeld is asked for)
CHOICES = [
    ("ja", "Mooi! Laat je het ons zien? Een paar woorden of een beeld is genoeg.", True),
    ("nee", "Toch bedankt dat je meedenkt", False),
    ("nog niet", "Probeer het later nog een keer", False),
]

# How many of the invented visitors voted what, and how many of «nog niet» came back later with «ja».
FIRST_VOTES = {"ja": 58, "nee": 9, "nog niet": 29}
CAME_BACK = 12

# A poll that a coordinator placed with the question of now, and how many chose what.
WITH_QUESTION = {
    "slug": "waar-eerst",
    "question": "Waar moet het het eerst beter?",
    "intro": "Eén tik is genoeg. Je kunt je keuze later nog wijzigen.",
    "results_shown": "voted",
}
FIRST_THINGS = {
    "Hulp in de klas zelf": 19,
    "Samen optrekken met ouders": 14,
    "Korte lijnen met zorg en gemeente": 11,
}
THANKS = "Dank je wel! Vertel je ook hoe dat er bij jou uitziet?"

# (width and height in pixels, what one sees); the files lie in the folder `pictures`.
PICTURES = {
    "tekening": (
        1600,
        640,
        "Een getekend landschap met een school, een boom, een speeltuin, een prijsbeker en zwaaiende kinderen.",
    ),
    "speeltuin": (
        960,
        720,
        "Een tekening van een speeltuin. Drie kinderen steken samen een grote gouden beker omhoog.",
    ),
    "water": (
        720,
        900,
        "Een tekening van een beek. Ze stroomt langs bomen en kinderen naar een kleine school.",
    ),
}

WENSBEELDEN: list[dict] = [
    {
        "text": "Elk kind wordt gezien. Elk talent krijgt de ruimte.",
        "name": "Aisha",
        "role": "leerkracht",
        "motto": "perspectief voor ieder kind",
        "days": 31,
        "at": "20:41",
    },
    {
        "text": "Gewoon naar school om de hoek, samen met de kinderen uit je straat.",
        "name": "Jeroen",
        "role": "ouder",
        "motto": "samen leren leven",
        "days": 24,
        "at": "21:06",
    },
    {
        "text": "We krijgen de prijs niet in een deftige zaal, maar in een speeltuin. De kinderen reiken "
        "hem uit.",
        "picture": "speeltuin",
        "name": "Marijke",
        "role": "directeur",
        "motto": "samen leren leven",
        "days": 18,
        "at": "12:15",
    },
    {
        "text": "Hulp die stroomt als water: ze komt vanzelf waar ze nodig is.",
        "picture": "water",
        "name": "Daan",
        "role": "consulent",
        "motto": "perspectief voor ieder kind",
        "days": 11,
        "at": "16:52",
    },
    {
        "text": "Alles begint met verwondering. Eerst kijken en vragen, dan pas een plan.",
        "reported": "off-topic",
        "name": "Fleur",
        "role": "intern begeleider",
        "motto": "ik maak verschil voor ons",
        "days": 5,
        "at": "17:30",
    },
    {
        "text": "Trots op hoe we het doen: elke dag een beetje beter, en nooit alleen.",
        "name": "Rachid",
        "role": "ketenpartner (zorg of jeugdhulp)",
        "motto": "ik maak verschil voor ons",
        "days": 2,
        "at": "19:24",
    },
]

WAITING: list[dict] = [
    {
        "text": "Geen wachtlijst, maar een welkomstlijst.",
        "name": "Ilse",
        "role": "ouder",
        "motto": "ik maak verschil voor ons",
        "days": 1,
        "at": "20:58",
    },
    {
        "text": "Een school waar altijd iemand naast je komt zitten.",
        "name": "Groep 6",
        "role": PUPIL,
        "motto": "samen leren leven",
        "days": 1,
        "at": "11:40",
    },
]
