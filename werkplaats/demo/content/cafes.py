"""The four Passend Onderwijscafés, on day and month of the first document, and who comes."""

import datetime

# (month, day, begins, ends)
DATES = [
    (10, 19, "19:30", "21:30"),
    (11, 24, "07:00", "09:00"),
    (1, 11, "16:30", "18:30"),
    (3, 15, "19:30", "21:30"),
]


def day(year: int, month: int, number: int) -> datetime.date:
    """The day in the school year that starts in `year`."""
    return datetime.date(year if month >= 8 else year + 1, month, number)


def school_year(today: datetime.date) -> int:
    """The year in which the first school year starts that has most of the cafés ahead, `today` included."""
    year = today.year - 1
    while 2 * sum(day(year, *date[:2]) >= today for date in DATES) <= len(DATES):
        year += 1
    return year


def cafes(year: int) -> list[dict]:
    """The fields of the four cafés; times are naive and mean the clock on the wall."""
    return [
        text
        | {
            "starts_at": datetime.datetime.combine(
                day(year, month, number), datetime.time.fromisoformat(begins)
            ),
            "ends_at": datetime.datetime.combine(day(year, month, number), datetime.time.fromisoformat(ends)),
        }
        for text, (month, number, begins, ends) in zip(TEXTS, DATES, strict=True)
    ]


TEXTS: list[dict] = [
    {
        "slug": "de-eerste-vraag",
        "topic": "de-eerste-vraag",
        "title": "Passend Onderwijscafé: De Eerste Vraag",
        "question": "Wat maakt ons Passend Onderwijs tot een succes?",
        "text": """\
In het eerste café staat De Eerste Vraag in het midden. We praten over wat er al goed gaat: in de klas, \
thuis en in het werk met elkaar. Neem één moment in gedachten waarop het lukte. Daar beginnen we mee.

Je zit aan tafel met mensen die je misschien nog niet kent: een ouder, een leerkracht, iemand van de \
gemeente. Online heb je je eigen tafel. Je hoeft niets voor te bereiden.""",
        "agenda": """\
19.00 uur: inloop met koffie en thee
19.30 uur: welkom, en waarom we dit samen doen
19.45 uur: verhalen aan tafel, in de zaal en online
20.45 uur: we leggen de verhalen naast elkaar
21.15 uur: wat nemen we mee naar het plan?
21.30 uur: einde""",
        "front_text": """\
Wat gaat er al goed? Neem één moment mee waarop het lukte: in de klas, thuis of in je werk. Daar beginnen we.""",
        "room": "Theaterzaal De Steiger, Havenkade 12, Waterdam",
        "route": """\
Met de trein: tien minuten lopen vanaf station Waterdam, langs de haven.
Met de auto: parkeren is gratis op de Havenkade na 18.00 uur.
De zaal is op de begane grond, ook met een rolstoel of kinderwagen.""",
        "late": "Kom rustig binnen door de deur naast het podium. Iemand wijst je een tafel.",
        "room_capacity": 60,
        "online_link": "https://online.example/de-eerste-vraag",
        "online_capacity": 100,
    },
    {
        "slug": "verandering-op-school",
        "title": "Passend Onderwijscafé: verandering op school",
        "label": "bij het ontbijt",
        "question": "Wat vraagt verandering van scholen?",
        "text": """\
Een café voor vroege vogels. Met warme broodjes en een vraag die veel scholen bezighoudt: als we het \
anders willen doen, wat moet er dan op school veranderen? En wat heeft een team nodig om dat vol te \
houden?

Moet je om half negen voor de klas staan? Om acht uur is er een korte pauze. Dan kun je zo weg, niemand \
kijkt ervan op.""",
        "agenda": """\
6.45 uur: inloop, het brood is warm
7.00 uur: een school vertelt wat zij anders ging doen
7.20 uur: in gesprek, in de zaal en online
8.00 uur: korte pauze, wie naar school moet kan gaan
8.10 uur: wat hebben scholen nodig?
8.50 uur: wat nemen we mee naar het plan?
9.00 uur: einde""",
        "front_text": "Vroeg op? De koffie staat klaar en het brood is warm. Om acht uur kun je door naar school.",
        "next_text": """\
## Wat?
Dit schooljaar maken we samen een nieuw ondersteuningsplan. In het eerste café vertelden jullie wat er al goed \
gaat. Nu kijken we naar scholen: als we het anders willen doen, wat vraagt dat van een team?

## Hoe?
Eén school vertelt wat zij anders ging doen, en wat er misging. Daarna praten we aan tafels, in de zaal en online:
- Wat moet er op school veranderen?
- Wat heeft een team nodig om het vol te houden?
- Wie kan daarbij helpen?

Om acht uur is er een korte pauze. Moet je voor de klas staan? Dan kun je zo weg.""",
        "room": "Schoolrestaurant De Lange Tafel, Lindelaan 5, Polderdorp",
        "route": """\
De ingang is aan het schoolplein. Er staan fietsenrekken.
Met de auto: parkeer bij het zwembad, twee minuten lopen.""",
        "late": "Loop gerust later binnen. Het brood blijft warm tot acht uur.",
        "room_capacity": 24,
        "online_link": "https://online.example/ontbijt",
        "online_capacity": 60,
    },
    {
        "slug": "samen-met-partners",
        "title": "Passend Onderwijscafé: samen met partners",
        "question": "Wat verwachten we als partners van elkaar?",
        "text": """\
Rond een kind staan vaak veel mensen: ouders, school, jeugdhulp, gemeente, jeugdarts, logopedist. \
Iedereen bedoelt het goed. Toch wachten we soms op elkaar, of doen we dingen dubbel.

In dit café zeggen we hardop wat we van elkaar verwachten. En wat de ander van ons mag verwachten. Er is \
soep.""",
        "agenda": """\
16.00 uur: inloop met soep
16.30 uur: welkom, en één verhaal van alle kanten verteld
17.00 uur: aan tafel met je partners, in de zaal en online
18.00 uur: wat spreken we af?
18.30 uur: einde""",
        "front_text": "Ouders, school, jeugdhulp, gemeente: wat verwachten we van elkaar? Schuif aan, er is soep.",
        "room": "Buurthuis Het Dok, Marktplein 3, Bosrijk",
        "route": """\
Bus 4 stopt voor de deur. Parkeren kan achter de kerk.
Het Dok heeft een drempelvrije ingang aan de zijkant.""",
        "room_capacity": 50,
        "online_link": "https://online.example/partners",
        "online_capacity": 80,
    },
    {
        "slug": "onze-themas",
        "title": "Passend Onderwijscafé: onze thema's",
        "question": "Wat zijn onze thema's voor de komende vier jaar?",
        "text": """\
Een winter lang hebben we verhalen verzameld, online en aan tafel. Nu maken we er een plan van. In dit \
café liggen alle thema's op tafel, en kiezen we samen: waar gaan we voor?

Was je er nog niet bij? Juist dan ben je welkom. Met een frisse blik zie je wat wij misschien missen.""",
        "agenda": """\
19.00 uur: inloop met koffie en thee
19.30 uur: dit hebben jullie ons verteld
20.00 uur: langs de thema's, in de zaal en online
20.45 uur: kiezen: wat hoort zeker in het plan?
21.15 uur: zo gaat het verder
21.30 uur: einde""",
        "front_text": """\
Een winter lang verzamelden we verhalen. Nu kiezen we samen waar we de komende vier jaar voor gaan.""",
        "room": "Theaterzaal De Steiger, Havenkade 12, Waterdam",
        "route": """\
Met de trein: tien minuten lopen vanaf station Waterdam, langs de haven.
Met de auto: parkeren is gratis op de Havenkade na 18.00 uur.
De zaal is op de begane grond, ook met een rolstoel of kinderwagen.""",
        "late": "Kom rustig binnen door de deur naast het podium. Iemand wijst je een tafel.",
        "room_capacity": 60,
        "online_link": "https://online.example/themas",
        "online_capacity": 100,
    },
]

# Until the coordinator of a real installation fills them in.
ROOM_UNKNOWN = "De zaal en het adres volgen nog"

# How many invented people come to each café: (in the room, waiting for the room, online).
REGISTRATIONS = {
    "de-eerste-vraag": (47, 0, 22),
    "verandering-op-school": (24, 2, 13),
    "samen-met-partners": (21, 0, 8),
    "onze-themas": (7, 0, 3),
}

# One in so many brings somebody along, where there is room, or asks for something.
COMPANY, WISHES = 9, 7
WISH_TEXTS = ["Ik eet vegetarisch.", "Graag een plek vooraan: ik hoor niet goed.", "Ik kom met een rolstoel."]

GUESTS = [
    "Aisha",
    "Anouk",
    "Bas",
    "Berend",
    "Carmen",
    "Chantal",
    "Dirk",
    "Elif",
    "Emma",
    "Erik",
    "Fatma",
    "Frank",
    "Gijs",
    "Greet",
    "Hanna",
    "Hugo",
    "Ibrahim",
    "Iris",
    "Jasper",
    "Joyce",
    "Kees",
    "Kim",
    "Lars",
    "Leila",
    "Lotte",
    "Maaike",
    "Malik",
    "Mark",
    "Mees",
    "Mila",
    "Naima",
    "Niels",
    "Nina",
    "Olaf",
    "Omar",
    "Patricia",
    "Paul",
    "Rick",
    "Roos",
    "Ruben",
    "Sacha",
    "Selma",
    "Sjoerd",
    "Soraya",
    "Stijn",
    "Tess",
    "Tim",
    "Vera",
    "Willem",
    "Yara",
    "Zeynep",
]
GUEST_ROLES = [
    "leerkracht",
    "ouder",
    "intern begeleider",
    "leerkracht",
    "directeur",
    "ouder",
    "consulent",
    "ketenpartner (zorg of jeugdhulp)",
    "leerkracht",
    "medewerker van de gemeente",
    "bestuurder",
    "iemand anders",
]
