"""The questions to the field, by phase: De Eerste Vraag, the two that come next, and the ideas for later."""

import datetime

NOW, ONE_YEAR, TWO_YEARS, FOUR_YEARS = PHASES = ["nu", "over 1 jaar", "over 2 jaar", "over 4 jaar"]

FIRST_QUESTION = {
    "slug": "de-eerste-vraag",
    "title": "De Eerste Vraag",
    "text": "Wat maakt ons Passend Onderwijs tot een succes?",
    "phase": NOW,
    "intro": """\
We werken al een paar jaar met drie motto's: samen leren leven, perspectief voor ieder kind en ik maak \
verschil voor ons. Op veel plekken kun je zien dat ze werken. In een klas, aan een keukentafel, in een \
gesprek dat net op tijd kwam. Van die momenten willen we leren.

Vertel over een moment waarop het lukte. Wat hielp een kind, jou of je team toen echt vooruit? Een paar \
zinnen zijn genoeg. Schrijf voor jezelf, of bespreek de vraag in een overleg en deel hier wat eruit \
kwam.

Praat je liever? Kom dan naar een Passend Onderwijscafé, in de zaal of online.""",
    "invitation": """\
Het samenwerkingsverband maakt een nieuw plan voor passend onderwijs, en begint met luisteren. De eerste vraag is:

Wat maakt ons Passend Onderwijs tot een succes?

Jij hebt daar ervaring mee. Wil je die delen? Een paar zinnen zijn genoeg, je hebt geen account nodig en je mag in je \
eigen taal schrijven. Lees ook wat anderen schreven: misschien wil je op iemand antwoorden.""",
    "promise": "Gaat er bij jou juist iets mis? Ook dat willen we weten. We beginnen met wat werkt, en "
    "daarna is er alle ruimte voor verbeteringen. Daar gaan de volgende vragen over.",
}


def planned(year: int) -> list[dict]:
    """The questions that come next, in the school year that starts in `year`."""
    return [
        {
            "slug": "de-tweede-vraag",
            "title": "De Tweede Vraag",
            "text": "Welke stap zetten we het komende jaar, zodat het over twee jaar echt beter gaat?",
            "phase": ONE_YEAR,
            "planned_for": datetime.datetime(year, 12, 1, 9),
            "intro": "Je las wat er al goed gaat. Nu kijken we één of twee jaar vooruit. Waar loop jij "
            "tegenaan, en wat zou al snel verschil maken? Denk aan iets waar we maandag mee "
            "kunnen beginnen.",
            "promise": "Een klein idee is ook een goed idee. Heb je een grote wens? Bewaar hem nog even: "
            "daarna kijken we vier jaar vooruit.",
        },
        {
            "slug": "de-derde-vraag",
            "title": "De Derde Vraag",
            "text": "Waar zijn we over vier jaar samen trots op?",
            "phase": FOUR_YEARS,
            "planned_for": datetime.datetime(year + 1, 1, 11, 9),
            "intro": "Doe alsof het vier jaar later is. Je loopt een school binnen en je denkt: ja, dit "
            "bedoelden we. Wat zie je? Wie zijn erbij? En wat hebben we daarvoor gedaan?",
            "promise": "Met de antwoorden kiezen we de thema's van het plan. In het concept zie je terug wat "
            "jullie schreven, en daar kun je weer op reageren.",
        },
    ]


# Concepts for the coordinator: (phase, title, question). From the walk to the future in the first document, where
# «Moet het anders?» has the three that follow it as its parts.
WHOLE, PARTS = "Moet het anders?", ["Een omslag op school", "Hoe regelen we het?", "Van ons allemaal"]
IDEAS = [
    (NOW, "Geld en taken", "Wat doet het samenwerkingsverband voor jou, en waar gaat het geld naartoe?"),
    (NOW, "Een sterk werkgebied", "Wanneer werkt de samenwerking in een werkgebied echt goed?"),
    (NOW, "Samen aan zet", "Hoe voelen we ons allemaal verantwoordelijk voor ieder kind?"),
    (NOW, "Wat zit in de weg?", "Wat houdt ons tegen om kinderen op tijd te helpen?"),
    (NOW, "Partners", "Hoe is het voor ketenpartners om mee te doen, en wat verwachten we van elkaar?"),
    (NOW, "Waarom samen?", "Wat maakt dat jij met anderen samenwerkt?"),
    (ONE_YEAR, "De drie motto's", "Passen de drie motto's bij jou? Wat spreekt je aan en wat niet?"),
    (ONE_YEAR, "Jouw motto", "Wat doe jij om de drie motto's waar te maken?"),
    (ONE_YEAR, "Zelfde beeld", "Bedoelen we allemaal hetzelfde als we ‘passend onderwijs’ zeggen?"),
    (ONE_YEAR, "Gaan we ervoor?", "Wat heb jij nodig om er echt voor te gaan?"),
    (ONE_YEAR, "Zorgen", "Waar maak jij je zorgen over als we dingen anders gaan doen?"),
    (ONE_YEAR, "Verwachtingen", "Wat verwacht je van jezelf, van een ander en van de hulp die er is?"),
    (TWO_YEARS, "Wat breng jij mee?", "Wat kun jij goed, en hoe voegen we dat samen met wat anderen kunnen?"),
    (TWO_YEARS, "Proberen", "Hoe leren we om iets nieuws te proberen, ook als het een keer mislukt?"),
    (TWO_YEARS, "Goed boven veel", "Hoe kiezen we voor goede hulp in plaats van steeds meer hulp?"),
    (TWO_YEARS, "Verschillen", "Hoe laten we merken dat verschillen tussen kinderen iets moois zijn?"),
    (FOUR_YEARS, "Moet het anders?", "Is er een omslag nodig, en hoe ziet die eruit?"),
    (
        FOUR_YEARS,
        "Een omslag op school",
        "Wat vraagt zo'n omslag van scholen, en wat hebben ze daarbij nodig?",
    ),
    (FOUR_YEARS, "Hoe regelen we het?", "Hoe kunnen we ons werk zo regelen dat die omslag lukt?"),
    (FOUR_YEARS, "Van ons allemaal", "Hoe zorgen we dat het plan van ons allemaal is, en blijft?"),
]
