"""The evening about the schoolondersteuningsprofiel: its design cycle, what groups put up, what people thought of it.

After the second document, in our own words. The five names of the steps, and what the colours mean, are to the letter.
"""

CYCLE = {
    "slug": "schoolondersteuningsprofiel",
    "subject": "Het schoolondersteuningsprofiel (SOP)",
    "summary": "Wat laat een school zien van de hulp die ze kan geven? Dat ontwerpen we samen, stap voor stap.",
    "purpose": """\
Elke school heeft een schoolondersteuningsprofiel, kortweg SOP. Daarin staat welke hulp de school kan geven. \
Zo weten ouders, andere scholen, consulenten en besturen wat ze van een school mogen verwachten.

Een goed profiel helpt ook de school zelf. Wat doen we in elke klas? Wat doen we extra, als dat nodig is? En leg je \
de profielen van een werkgebied naast elkaar, dan zie je of we elkaar aanvullen, en wat er nog ontbreekt.""",
    "research_questions": """\
- Wat is de bedoeling van een schoolondersteuningsprofiel?
- Wat vinden we belangrijk, en wat kan eruit?
- Voor wie schrijven we het, en wie leest het echt?""",
    "definition": "Een SOP laat zien welke hulp een school nu kan geven, aan wie, en waar die ophoudt.",
    "description": "Hoe ziet die hulp eruit op een gewone dinsdag? Wie doet wat, hoe vaak, en met wie samen? Een "
    "beschrijving geeft voorbeelden. Ze maakt van een lijst een school die je voor je ziet.",
    "sounding_board": "de beleidsgroep",
    "next_text": """\
Scholen, consulenten en ouders maken samen een eerste prototype. Wat op deze avond is gezegd, gaat daarin mee. \
Daarna proberen een paar scholen het uit.

Wil jij ook meedenken? Doe mee met de kleine stickerronde op deze pagina, of kom naar een Passend Onderwijscafé.""",
}

# What each step yielded and what the sounding board said; (days ago that it was done, None: not yet).
STEPS = [
    (
        41,
        """\
We begonnen met een vraag: voor wie maken we dit eigenlijk? Aan drie tafels kwam hetzelfde naar voren. Het profiel is \
nu vooral iets voor de kast. We willen dat het een gesprek op gang brengt.""",
        "Houd de bedoeling voorop. Een mooi formulier is nog geen goed gesprek.",
    ),
    (
        41,
        """\
Drie groepen bedachten samen negen ideeën. Daarna plakte iedereen stickers. Twee ideeën leken zo op elkaar dat we ze \
samenvoegden: één profiel per werkgebied. Dat kreeg het meeste groen.""",
        "Het idee van één profiel per werkgebied past bij het nieuwe plan. Vraag nu ook de scholen die er niet waren.",
    ),
    (None, "", ""),
    (None, "", ""),
    (None, "", ""),
]

# (who, whether they took part, a note)
PERSPECTIVES = [
    ("deelnemersraad", "took-part", ""),
    ("raad van toezicht", "took-part", ""),
    ("consulenten", "invited", "krijgen een eigen ronde"),
    ("scholen", "invited", "bij het maken van het prototype"),
    ("ouders", "invited", ""),
    ("OPR", "missing", "een groot gemis: zonder de OPR is het beeld niet compleet"),
]

# The cycle in which half of the subject goes on, after the split.
DIALOGUE = {
    "slug": "inclusiever-werkgebied",
    "subject": "Het gesprek over een inclusiever werkgebied",
    "summary": "In elk werkgebied praten scholen samen over wat ze voor alle kinderen kunnen betekenen.",
    "purpose": "Een profiel op papier verandert nog niets. Daarom gaan de scholen in elk werkgebied met elkaar in "
    "gesprek, samen met het s(b)o. Wat kunnen we al? Wat leren we van elkaar? En wat doen we over een jaar anders?",
    "research_questions": "- Wanneer hoort elk kind uit de buurt erbij?\n"
    "- Wat hebben scholen daarvoor van elkaar nodig?",
    "sounding_board": "de beleidsgroep",
    "next_text": "De schoolbesturen vragen hun scholen om mee te doen. De eerste gesprekken zijn na de vakantie.",
}

ADDITION = {
    "days": 6,
    "occasion": "de vergadering van de deelnemersraad",
    "text": """\
De scholen wilden het vorige profiel graag samen maken, en dat is toen gebeurd. Zo wilden we het nu weer doen. In het \
gesprek daarover werd iets duidelijk: het gaat om twee dingen tegelijk. Daarom stellen we een splitsing voor.

Het ene is de vorm: hoe ziet het profiel eruit? Daar gaat dit traject over. Het andere is het gesprek over een \
inclusiever werkgebied, met de scholen en het s(b)o in de werkgebieden. Daar ligt nu de nadruk. De besturen helpen \
hun scholen daarbij.""",
}

EVENING = {
    "slug": "sop-avond",
    "title": "Avond over het SOP",
    "question": "Wat hoort er in een goed schoolondersteuningsprofiel?",
    "intro": """\
Na een maaltijd samen gingen drie groepen aan de slag. Elke groep schreef op wat zij belangrijk vindt voor het nieuwe \
profiel. Aan het eind gaf iedereen elk idee een sticker.""",
    "people": "deelnemersraad en raad van toezicht",
    "stage": "result",
    "present": 24,
    "days": 41,
    "at": ("17:00", "19:00"),
}

# Of each idea: its text, and how many gave it green, blue and red.
GROUPS = [
    (
        "werkgebied",
        [
            ("Maak één profiel per werkgebied in plaats van één per school.", (17, 4, 1)),
            ("Zet het aanbod van alle scholen op één kaart. Dan zie je meteen de witte vlekken.", (12, 7, 3)),
            ("Laat de kennis reizen. Het kind blijft op zijn eigen school.", (16, 6, 1)),
        ],
    ),
    (
        "community",
        [
            ("Schrijf ook op wat we nog niet kunnen of weten. Daar trekken we samen in op.", (13, 7, 2)),
            ("Begin bij de vragen die scholen zelf hebben.", (11, 10, 1)),
            ("Iedereen praat als gelijke mee, van ouder tot bestuurder.", (10, 11, 2)),
        ],
    ),
    (
        "samenhang",
        [
            (
                "Vul als scholen in een werkgebied samen één profiel, dat past bij het ondersteuningsplan.",
                (15, 6, 2),
            ),
            ("Houd wat er in het oude profiel goed was.", (8, 11, 3)),
            ("Kies eerst voor wie we schrijven. Een profiel voor iedereen leest niemand.", (9, 8, 5)),
        ],
    ),
]
# Two ideas that overlapped: (group, place in it) of each, and the wording that brings them together.
JOINED = [(0, 0), (2, 0)]
WORDING = "We maken één profiel per werkgebied, passend bij het ondersteuningsplan."
SCORERS = 23

TRY = {
    "slug": "probeer-het-zelf",
    "title": "Probeer het zelf",
    "question": "Wat maakt een profiel prettig om te lezen?",
    "intro": "Een kleine ronde om te proefplakken. Lees de ideeën en geef elk een sticker. Je hebt geen account nodig, "
    "en je kunt alles nog veranderen.",
    "people": "iedereen die dit leest",
    "red_word": "liever niet",
    "stage": "stickers",
}
TRY_GROUPS = [
    (
        "lezers",
        [
            ("Eén bladzijde is genoeg.", (9, 3, 2)),
            ("Laat ouders het eerst lezen, en verander wat zij niet snappen.", (12, 2, 0)),
        ],
    ),
    (
        "makers",
        [
            ("Vertel bij elke soort hulp een echt voorbeeld.", (10, 4, 0)),
            ("Maak er een filmpje van drie minuten bij.", (5, 5, 4)),
        ],
    ),
]
TRY_SCORERS = 14
