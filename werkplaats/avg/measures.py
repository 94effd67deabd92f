"""What protects what is kept, and the tests that hold it: the sheet names both, and a test looks that these exist."""

from typing import NamedTuple


class Measure(NamedTuple):
    """`tests` are paths below the project's root."""

    what: str
    tests: tuple[str, ...]


MEASURES = [
    Measure("Elke kolom die iets van mensen kan bevatten, staat in dit register.", ("tests/werkplaats/register/",)),
    Measure(
        "Alleen wie mag, ziet het: elke pagina is nagelopen als wie er niet bij mag.",
        ("tests/werkplaats/test_nothing_leaks.py", "tests/werkplaats/people/test_what_a_cookie_opens.py"),
    ),
    Measure(
        "Inloggen gaat met een code die kort geldt; de staf gebruikt een tweede slot.", ("tests/werkplaats/accounts/",)
    ),
    Measure("Niemand ziet aan de site of een adres bekend is.", ("tests/prove/test_address_not_betrayed.py",)),
    Measure(
        "Woorden komen alleen online zoals de schrijver of een moderator ze zag.", ("tests/prove/test_words_stay.py",)
    ),
    Measure(
        "Foto's zijn ontdaan van verborgen gegevens, en niet te zien zolang ze wachten.",
        ("tests/werkplaats/pictures/", "tests/prove/test_pictures_private.py"),
    ),
    Measure("De site haalt niets op bij anderen.", ("tests/werkplaats/test_no_third_party.py",)),
    Measure("Links uit mails staan niet in logboeken.", ("tests/werkplaats/test_logs.py",)),
    Measure(
        "Kleine groepen zijn niet terug te rekenen, ook niet na verloop van tijd.", ("tests/plan/test_withholding.py",)
    ),
    Measure("Grenzen volgen een mens of een adres, nooit een gebouw.", ("tests/werkplaats/web/test_limits.py",)),
    Measure("Een back-up is terug te zetten.", ("tests/prove/test_back_up.py",)),
]
