"""Why a file is not read, in a sentence for who sent it."""

MEGABYTE = 1024 * 1024


class Unreadable(Exception):
    """The text is a Dutch sentence. Nothing was kept of the file."""


EMPTY = "In dit bestand staan geen regels."
KINDS = "Stuur een bestand uit Excel (.xlsx), Word (.docx), of een .csv of .txt."
OLD = (
    "Dit is een bestand van een oude Word of Excel (.doc, .xls), of er zit een wachtwoord op. Open het, en bewaar het "
    "zonder wachtwoord als .docx of .xlsx."
)
OTHER = f"Dit soort bestand kunnen we niet lezen. {KINDS}"
BROKEN = "Dit bestand is beschadigd: we kunnen het niet openen. Bewaar het opnieuw, en stuur het nog eens."
TOO_BIG = "Dit bestand is groter dan {megabytes} MB. Haal er plaatjes uit, of knip het in tweeën."
SWOLLEN = "Dit bestand is uitgepakt veel groter dan het lijkt. Plak de regels in het vak, of stuur ze als .txt."
TOO_MANY = "In dit bestand staan meer dan {most} regels. Knip het in tweeën."
NO_TEXT = "We kunnen de letters in dit bestand niet lezen. Bewaar het als UTF-8, of stuur een .xlsx of .docx."
