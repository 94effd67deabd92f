"""What is asked about before it is published, and what is not."""

import time

import pytest

from posts.screening.hints import consent, seen_in

PHONE, EMAIL, BSN, CHILD = (
    ["een telefoonnummer"],
    ["een e-mailadres"],
    ["een burgerservicenummer (BSN)"],
    ["de naam van een kind"],
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Bel me op 0612345678.", PHONE),
        ("Bel me: 06-12 34 56 78", PHONE),
        ("06 - 1234 5678", PHONE),
        ("(072) 123 45 67", PHONE),
        ("0226-123456", PHONE),
        ("+31 6 12345678", PHONE),
        ("+31 (0)6 1234 5678", PHONE),
        ("0031612345678", PHONE),
        ("+32 470 12 34 56", PHONE),
        ("op 01-02-2026 10.30 uur", []),
        ("van 2022 tot 2026, met 1200 leerlingen op 14 scholen", []),
        ("06 komt vaak voor", []),
        ("bestelnummer 061234567890123", []),
        ("mail naar anna.de.boer@school.nl", EMAIL),
        ("ANNA@SCHOOL.NL", EMAIL),
        ("@school is leuk, om 9.30@thuis", []),
        ("BSN 111222333", BSN),
        ("bsn: 1234.56.782", BSN),
        ("123 456 782", BSN),
        ("nummer 123456789", []),  # nine digits that fail the test
        ("000000000", []),
        ("1234567820", []),  # ten digits
        ("Mijn zoon Daan heeft een vast gezicht nodig.", CHILD),
        ("Het gaat goed met mijn dochter, Noor.", CHILD),
        ("Op school zei mijn zoon van acht dat Sem hem plaagt", CHILD),
        ("Onze kleinkinderen Fleur en Bo", CHILD),
        ("m’n pleegzoon heet Émile", CHILD),
        ("MIJN ZOON Daan", CHILD),
        ("Ik sprak leerling Noor daarover.", CHILD),
        ("mijn jongste dochter heet Anne-Fleur", CHILD),
        ("Mijn leerlingen Jan en Piet", CHILD),
        ("Mijn zoon heeft ADHD en zit op het SBO.", []),
        ("Mijn zoon is blij. Daar gaat het om.", []),
        ("Voor mijn dochter is Nederlands lastig.", []),
        ("Mijn kind krijgt Passend Onderwijs.", []),
        ("Daan is mijn zoon.", []),  # a capital that begins a sentence says nothing
        ("Elke leerling heeft een naam. Wij kennen ze.", []),
        ("De leerlingen van de Willibrordschool", []),
        ("Korte lijnen met de consulent helpen ons team.", []),
        ("", []),
        ("Bel 0612345678 of mail a@b.nl over mijn zoon Daan, 111222333", PHONE + EMAIL + BSN + CHILD),
    ],
)
def test_what_is_seen(text, seen):
    assert seen_in(text) == seen


@pytest.mark.parametrize(
    "text", ["0" * 4000, "a" * 4000, "a." * 2000, "0-" * 2000, "+1" * 2000, "@" * 4000, "mijn zoon " * 400 + "Daan"]
)
def test_no_text_takes_long(text):
    started = time.process_time()
    seen_in(text)
    assert time.process_time() - started < 0.2


def test_consent_is_for_one_text():
    assert consent("a") == consent("a") != consent("b")
