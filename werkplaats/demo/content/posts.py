"""What invented people say to De Eerste Vraag.

`days` is how long ago, `at` the time on that day, `thumbs` (up, down), `themes` what a coordinator made of it.
"""

from werkplaats.demo.content.site import PUPIL

THEMES = LIJNEN, SAMEN, KLAS, OP_TIJD, DELEN, WERKT = [
    "Korte lijnen",
    "Samen met ouders",
    "Hulp in de klas",
    "Op tijd erbij",
    "Kennis en geld delen",
    "Beginnen bij wat werkt",
]

PARTNER = "ketenpartner (zorg of jeugdhulp)"

CONTRIBUTIONS: list[dict] = [
    {
        "name": "Samira",
        "themes": [SAMEN, LIJNEN],
        "role": "ouder",
        "werkgebied": "Stad en Rand",
        "days": 40,
        "at": "20:14",
        "thumbs": (31, 0),
        "text": """\
Bij onze dochter was er één vaste persoon op school bij wie we terechtkonden. Ging er iets mis, dan \
belden wij haar. Ging er iets goed, dan belde zij ons. We hoefden ons verhaal niet steeds opnieuw te \
vertellen.

Dat gaf zoveel rust. Op school, maar vooral thuis.""",
        "answers": [
            {
                "name": "Hester",
                "role": "ouder",
                "werkgebied": "Rivierdorpen",
                "days": 37,
                "at": "21:32",
                "thumbs": (14, 0),
                "text": "Wat fijn voor jullie! Bij ons wisselde die persoon drie keer, en elke keer "
                "begonnen we weer bij het begin. Hebben jullie erom gevraagd, of ging het "
                "vanzelf?",
            }
        ],
    },
    {
        "name": "Annelies",
        "themes": [LIJNEN],
        "role": "intern begeleider",
        "werkgebied": "Polderland",
        "days": 38,
        "at": "16:05",
        "thumbs": (22, 1),
        "text": """\
Korte lijnen! Ik kan onze consulent gewoon bellen: heb je tien minuten? Vaak is dat genoeg. We denken \
even hardop en daarna kan ik verder met de leerkracht.

Vroeger schreef ik eerst een aanvraag van vier kantjes. Tegen de tijd dat er antwoord kwam, was de vraag \
alweer een andere.""",
    },
    {
        "name": "Tom",
        "themes": [KLAS],
        "role": "leerkracht",
        "werkgebied": "Bosrand",
        "days": 33,
        "at": "17:21",
        "thumbs": (27, 2),
        "text": """\
Vorig jaar zat er een ochtend iemand achter in mijn klas om mee te kijken. Na schooltijd dronken we \
koffie. 'Wat gaat bij deze jongen eigenlijk vanzelf?' vroeg ze. Daar had ik nog geen moment naar \
gekeken.

Aan die ene ochtend had ik meer dan aan alle formulieren bij elkaar.""",
    },
    {
        "name": "Mirjam",
        "themes": [DELEN],
        "role": "directeur",
        "werkgebied": "Rivierdorpen",
        "days": 29,
        "at": "08:47",
        "thumbs": (19, 0),
        "text": """\
Wij delen met drie scholen één gedragsspecialist. Alleen konden we dat nooit betalen. Bij ons is ze op \
dinsdag en op donderdagochtend, en iedereen weet haar te vinden.

Het mooiste hadden we niet bedacht: onze teams kennen elkaar nu. Ze bellen elkaar ook als zij er niet is.""",
    },
    {
        "name": "Wouter",
        "themes": [WERKT],
        "role": "consulent",
        "werkgebied": "Bosrand",
        "days": 26,
        "at": "12:38",
        "thumbs": (24, 1),
        "text": """\
Ik begin een gesprek het liefst met: wanneer ging het wél goed? Dan zie je schouders zakken. Bijna \
altijd is er een plek, een vak of een mens bij wie het lukt. Daar bouwen we op verder.

De zorgen komen heus nog op tafel. Maar dan kijken we er samen naar.""",
    },
    {
        "name": "Karim",
        "themes": [LIJNEN, OP_TIJD],
        "role": "medewerker van de gemeente",
        "werkgebied": "Stad en Rand",
        "days": 21,
        "at": "10:12",
        "thumbs": (28, 0),
        "text": """\
Onze jeugdhulp zit elke woensdag op school. Gewoon, in het kamertje naast de keuken. Ouders lopen \
binnen, leerkrachten ook.

Vragen die eerst maanden bleven liggen, zijn nu soms na één kop thee opgelost.""",
        "answers": [
            {
                "name": "Joke",
                "role": "intern begeleider",
                "werkgebied": "Rivierdorpen",
                "days": 19,
                "at": "15:50",
                "thumbs": (17, 0),
                "text": "Kan dit ook in kleine dorpen? Op onze school zitten zestig kinderen. Een hele "
                "dag is dan misschien te veel, maar één ochtend in de twee weken zou ons al enorm "
                "helpen.",
            }
        ],
    },
    {
        "name": "Ingrid",
        "themes": [DELEN],
        "role": "bestuurder",
        "werkgebied": "Polderland",
        "days": 17,
        "at": "13:26",
        "thumbs": (11, 3),
        "text": """\
Bij ons volgt het geld de vraag van de wijk. Eerst kreeg elke school een bedrag per leerling, en dat was \
dat. Nu kijken de scholen in een wijk samen wat er nodig is, en daar gaat het geld heen.

Dat vraagt lef, want soms krijgt de school naast je meer. Maar er blijft minder liggen, dat zie ik echt.""",
    },
    {
        "name": "Femke",
        "themes": [OP_TIJD, KLAS],
        "role": PARTNER,
        "werkgebied": "Bosrand",
        "days": 12,
        "at": "19:03",
        "thumbs": (23, 0),
        "text": """\
Ik ben logopedist. Vroeger werd ik gebeld als het vastliep, nu al als een leerkracht twijfelt. Dan kom \
ik een halfuurtje kijken en denk ik mee over wat er in de klas kan.

Veel kinderen hoeven daarna helemaal niet meer naar mij toe. Zo vroeg meedenken is leuker voor iedereen.""",
    },
    {
        "name": "Noor",
        "themes": [DELEN],
        "role": "leerkracht",
        "werkgebied": "Stad en Rand",
        "days": 9,
        "at": "16:41",
        "thumbs": (26, 1),
        "text": """\
Ik werk in het speciaal onderwijs (SO). Wij weten veel over prikkels, over rust en over duidelijk zijn. \
Die kennis komt nog te weinig buiten ons gebouw.

Laat ons vaker op pad gaan naar andere scholen. Niet om te vertellen hoe het moet, maar om samen te \
kijken. Liever reist de kennis dan het kind.""",
        "answers": [
            {
                "name": "Bart",
                "role": "directeur",
                "werkgebied": "Polderland",
                "days": 8,
                "at": "17:15",
                "thumbs": (16, 0),
                "text": "Kom je bij ons langs? De koffie staat klaar, en mijn team ook.",
            }
        ],
    },
    {
        "name": "Peter",
        "themes": [OP_TIJD, SAMEN],
        "role": "ouder",
        "werkgebied": "Polderland",
        "days": 6,
        "at": "22:08",
        "thumbs": (33, 0),
        "reported": "privacy",
        "text": """\
Eerlijk? Voor ons duurde het te lang. We hebben zeven maanden gewacht en niemand kon zeggen hoelang nog. \
Onze zoon zat in die tijd vooral thuis.

Nu zit hij op zijn plek en gaat hij fluitend naar school. De mensen waren geweldig. Het wachten niet.""",
        "answers": [
            {
                "name": "Linda",
                "role": "consulent",
                "werkgebied": "Polderland",
                "days": 5,
                "at": "22:31",
                "thumbs": (21, 0),
                "text": "Wat lang, Peter, en wat naar voor jullie allemaal. Goed dat je het opschrijft. "
                "Mag ik iets vragen? Wat had jullie in die maanden geholpen, terwijl je nog moest "
                "wachten?",
            }
        ],
    },
    {
        "name": "Esther",
        "themes": [KLAS],
        "role": "leerkracht",
        "werkgebied": "Rivierdorpen",
        "meeting": "teamoverleg van onze basisschool",
        "meeting_size": 14,
        "days": 3,
        "at": "16:30",
        "thumbs": (15, 0),
        "text": """\
We hebben de vraag in ons teamoverleg besproken. Wat bij ons verschil maakt: elke week bereiden we samen \
een les voor. Dan praten we niet alleen over de stof, maar ook over wie extra uitleg nodig heeft en wie \
juist meer wil.

In de klas scheelt dat een hoop brandjes blussen. En het is nog gezellig ook.""",
        "answers": [
            {
                "name": "Yusuf",
                "role": "leerkracht",
                "werkgebied": "Bosrand",
                "days": 2,
                "at": "20:46",
                "thumbs": (9, 0),
                "text": "Mooi! Willen jullie delen hoe je dat aanpakt? Bij ons schiet het er steeds bij "
                "in. Hoeveel tijd kost het, en wie begint?",
            }
        ],
    },
    {
        "name": "Leerling uit groep 7",
        "role": PUPIL,
        "werkgebied": "Stad en Rand",
        "days": 1,
        "at": "14:20",
        "thumbs": (12, 0),
        "text": """\
Ik mocht meepraten over mijn eigen plan. Eerst vond ik dat eng, met al die grote mensen aan tafel. Maar \
ze vroegen wat mij helpt. Een plek bij het raam en soms even een rondje lopen. Dat staat er nu in en het \
werkt.

(De juf heeft dit voor mij getypt.)""",
    },
]

# What waits for a moderator; `answers` names the contribution that the last one answers.
WAITING: list[dict] = [
    {
        "name": "Leerling uit groep 8",
        "role": PUPIL,
        "days": 1,
        "at": "14:35",
        "text": "Ik heb een maatje in groep 4 dat ik help met lezen. Zelf ben ik niet zo goed in rekenen, "
        "maar hierin wel.",
    },
    {
        "name": "Danuta",
        "role": "ouder",
        "werkgebied": "Bosrand",
        "days": 1,
        "at": "21:17",
        "text": """\
Mówię jeszcze słabo po niderlandzku. Nauczycielka używa aplikacji, która tłumaczy. Teraz rozumiem, jak \
idzie mojemu dziecku. Dziękuję!

(Ik spreek nog weinig Nederlands. De juf gebruikt een app die vertaalt. Nu begrijp ik hoe het gaat met \
mijn kind. Dank je wel!)""",
    },
    {
        "name": "Sanne",
        "role": "leerkracht",
        "werkgebied": "Polderland",
        "days": 1,
        "at": "21:55",
        "answers": "Tom",
        "text": "Zo iemand zou ik ook wel willen! Hoe heb jij dat geregeld, via je ib'er?",
    },
]
