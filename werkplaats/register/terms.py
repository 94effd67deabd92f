"""How long each kind is kept, and what happens then. A coordinator may change the days of most, or pause one."""

from typing import NamedTuple

from werkplaats.register.entries import Term


class Rule(NamedTuple):
    """`days` run from what `after` says; None where something else than days decides. `then` tells what happens.

    `may_change`: a coordinator sets the days. The others follow from how the site works.
    """

    days: int | None
    after: str
    then: str
    may_change: bool = True


A_YEAR = 365
RULES = {
    Term.NAMES: Rule(
        A_YEAR,
        "nadat het plan is vastgesteld; zolang dat niet zo is drie jaar na het schrijven",
        "de naam wordt de rol, het adres gaat weg, de woorden blijven",
    ),
    Term.VOTES: Rule(
        90, "nadat de peiling, de ronde of de vraag sluit", "losgemaakt van de bezoeker; de aantallen blijven"
    ),
    Term.VISITORS: Rule(A_YEAR, "nadat iemand voor het eerst iets deed, als er niets meer van is", "gewist"),
    Term.ACCOUNTS: Rule(
        2 * A_YEAR,
        "na de laatste keer inloggen of je aanmelding bevestigen; 30 dagen tevoren krijgt iemand een mail",
        "gewist; de woorden blijven zonder naam",
    ),
    Term.WORDS: Rule(None, "tot het einde van de periode van dit plan", "gewist"),
    Term.UNPUBLISHED: Rule(90, "na het schrijven", "gewist, de foto ook"),
    Term.SIGN_UPS: Rule(None, "drie maanden na het café, of wat er bij het café staat", "gewist; de aantallen blijven"),
    Term.WISHES: Rule(None, "de nacht na het café", "gewist"),
    Term.AUDIT: Rule(2 * A_YEAR, "na de wijziging; woorden van wat gewist is gaan meteen", "gewist"),
    Term.LETTERS: Rule(14, "nadat de mail is gemaakt", "gewist"),
    Term.JOBS: Rule(30, "nadat het misging", "gewist"),
    Term.SESSIONS: Rule(14, "nadat iemand inlogde", "gewist", may_change=False),
    Term.LOGS: Rule(14, "na het verzoek", "gewist", may_change=False),
    Term.CHILD: Rule(30, "nadat een moderator het verhaal weghaalde", "gewist"),
    Term.PHOTOS: Rule(90, "na de avond", "gewist", may_change=False),
    Term.FILES: Rule(1, "nadat het bestand is gemaakt", "gewist", may_change=False),
    Term.BRIEF: Rule(None, "zolang het telt: een paar minuten tot een week", "gewist", may_change=False),
    Term.SITE: Rule(None, "zolang de site er is, of tot iemand het verandert", "overschreven", may_change=False),
}


def in_words(days: int | None) -> str:
    """«een jaar», «2 jaar», «90 dagen»; nothing when something else than days decides."""
    if not days:
        return ""
    years, rest = divmod(days, A_YEAR)
    if years and not rest:
        return "een jaar" if years == 1 else f"{years} jaar"
    return "1 dag" if days == 1 else f"{days} dagen"
