"""What a coordinator sets for the whole site: name, landing texts, mottos, lists, glossary, programme."""

import datetime

COOPERATION = "Samenwerkingsverband Passend Onderwijs Waterkant"
CONTACT_EMAIL = "werkplaats@waterkant.example"
SECURITY_EMAIL = "veilig@waterkant.example"

INTRO = """\
Hoe krijgt ieder kind een fijne plek op school, met de hulp die nodig is? Dat spreken we elke vier jaar \
samen af, in ons ondersteuningsplan. Nu is het weer zover. Een mooie kans om te zien wat goed gaat, en \
om het samen nog beter te doen.

Dat kan niet zonder jou. Jij weet iets wat wij niet weten: hoe het gaat in jouw klas, bij jou thuis of \
in jouw werk. Daarom vragen we het aan iedereen: leerlingen, leerkrachten, intern begeleiders, \
directeuren, besturen, ouders, consulenten, gemeenten en ketenpartners.

We beginnen niet bij nul, want er staat al een stevige basis. Met jouw verhaal kiezen we waar we de \
komende vier jaar voor gaan. Schrijf wat je denkt, stem mee of kom praten in een café. Je hebt geen \
account nodig. Wij lezen alles."""

POEM = """\
Bellen

Een kind blaast. Zachtjes, anders knapt de bel.
Daar gaat een grote. Daar een kleine.
En eentje die nog even wacht
en dan toch loslaat.

Geen bel is als de andere.
Maar zie je wat er gebeurt
als twee bellen elkaar raken?
Ze delen één wand
en zweven samen verder.

Zo mag het ook met ons.
Je hoeft niet hetzelfde te zijn
om samen te leren leven."""
POEM_AUTHOR = "geschreven voor deze werkplaats"

# The key is the motto, to the letter.
MOTTOS = {
    "samen leren leven": {
        "explanation": "Op school leer je lezen en rekenen. En je leert er leven met anderen: wachten, "
        "delen, opkomen voor jezelf, ruimte maken. Dat leer je het best naast kinderen die "
        "anders zijn dan jij. Voor grote mensen geldt precies hetzelfde.",
        "artwork": "motto-bubbles",
        "artwork_alt": "Grote zeepbellen in zachte kleuren. Sommige raken elkaar.",
        "tint": "water",
    },
    "perspectief voor ieder kind": {
        "explanation": "Ieder kind mag groeien, op zijn eigen manier en in zijn eigen tempo. We kijken "
        "eerst naar wat een kind wél kan. Van daaruit zoeken we samen de volgende stap, "
        "het liefst dicht bij huis.",
        "artwork": "motto-hand-in-hand",
        "artwork_alt": "Kinderen wandelen hand in hand.",
        "tint": "sun",
    },
    "ik maak verschil voor ons": {
        "explanation": "Je hoeft niet op een ander te wachten. Een vraag stellen, even meekijken, een "
        "deur openzetten: iedereen kan iets doen, vandaag nog. Wat ik doe, telt voor ons "
        "allemaal.",
        "artwork": "motto-circles",
        "artwork_alt": "Veel kleine rondjes vormen samen één grote vorm.",
        "tint": "peach",
    },
}

PUPIL = "leerling"
# (name, plural)
ROLES = [
    ("ouder", "ouders"),
    (PUPIL, "leerlingen"),
    ("leerkracht", "leerkrachten"),
    ("intern begeleider", "intern begeleiders"),
    ("directeur", "directeuren"),
    ("bestuurder", "bestuurders"),
    ("consulent", "consulenten"),
    ("medewerker van de gemeente", "medewerkers van gemeenten"),
    ("ketenpartner (zorg of jeugdhulp)", "ketenpartners (zorg of jeugdhulp)"),
    ("iemand anders", "anderen"),
]

WERKGEBIEDEN = ["Bosrand", "Polderland", "Rivierdorpen", "Stad en Rand"]

GLOSSARY = {
    "AVG": "Algemene verordening gegevensbescherming: de wet die je persoonlijke gegevens beschermt.",
    "consulenten": "Mensen van het samenwerkingsverband die met ouders en scholen meedenken over hulp voor "
    "een kind.",
    "deelnemersraad": "De besturen van alle scholen die meedoen in het samenwerkingsverband.",
    "intern begeleiders": "Mensen op school die zorgen dat leerlingen de hulp krijgen die ze nodig hebben.",
    "ketenpartners": "Mensen buiten de school die meehelpen, zoals jeugdhulp, de logopedist of de jeugdarts.",
    "OPR": "Ondersteuningsplanraad: ouders en mensen van scholen. Het plan gaat pas door als zij het "
    "ermee eens zijn.",
    "PO": "Primair onderwijs: alle basisscholen.",
    "SBO": "Speciaal basisonderwijs: een basisschool met kleinere groepen en meer hulp.",
    "SO": "Speciaal onderwijs: een school voor kinderen die heel veel hulp nodig hebben.",
    "s(b)o": "Speciaal onderwijs en speciaal basisonderwijs samen.",
    "SOP": "Schoolondersteuningsprofiel: hierin schrijft een school welke hulp zij kan geven.",
    "SWV": "Samenwerkingsverband: alle scholen in onze regio, die samen zorgen voor passend onderwijs.",
    "werkgebied": "Een deel van onze regio waarin scholen nauw samenwerken.",
}


def milestones(year: int) -> list[dict]:
    """What stands on the programme beside questions and cafés, in the school year that starts in `year`."""
    return [
        {
            "date": datetime.date(year, 9, 1),
            "title": "We gaan van start",
            "text": "Een nieuw schooljaar, een nieuw plan. We kijken wat er al staat en zetten deze "
            "werkplaats open.",
        },
        {
            "date": datetime.date(year, 11, 30),
            "title": "De eerste opbrengst",
            "text": "Wat is er tot nu toe gezegd? We vertellen je wat vaak terugkomt en wat ons verraste.",
        },
        {
            "date": datetime.date(year + 1, 2, 15),
            "title": "Een concept om op te reageren",
            "text": "Van alles wat jullie inbrachten, maken we een eerste versie van het plan. "
            "Staat erin wat jij belangrijk vindt? Zeg het ons.",
        },
        {
            "date": datetime.date(year + 1, 3, 31),
            "title": "In gesprek met de gemeenten",
            "text": "In maart en april praten we met de gemeenten. Het plan voor de scholen en de plannen "
            "voor jeugdhulp moeten bij elkaar passen.",
        },
        {
            "date": datetime.date(year + 1, 4, 15),
            "title": "De OPR beslist mee",
            "text": "In de OPR zitten ouders en mensen van scholen. Het plan gaat pas door als zij het "
            "ermee eens zijn.",
        },
        {
            "date": datetime.date(year + 1, 4, 30),
            "title": "Het plan gaat naar de inspectie",
            "text": "Vóór 1 mei is het plan klaar. We sturen het naar de inspectie en zetten het hier neer.",
        },
        {
            "date": datetime.date(year + 1, 5, 31),
            "title": "Dit deden we met jouw inbreng",
            "text": "Per vraag laten we zien wat we hoorden en wat we ermee deden. En ook wat niet, en "
            "waarom.",
        },
    ]
