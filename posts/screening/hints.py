"""Hints that a text is too personal to publish: its writer is asked about it in a friendly way, never refused.

These are patterns and no more, on purpose: they catch what people type without thinking, and a moderator reads what
is posted all the same. Each takes a time that grows with the length of the text, which the form bounds.
"""

import re

from django.utils.crypto import salted_hmac
from stdnum.nl import bsn

PHONE = re.compile(
    r"(?<![\d+])(?:"
    r"(?:(?:\+|00)31[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)[1-9](?:[\s.()-]{0,3}\d){8}"  # Dutch: nine digits after the 0
    r"|\+[1-9](?:[\s.()-]{0,3}\d){8,13}"
    r")(?!\d)"
)
# «01-02-2026 10.30» has as many digits as a phone number.
DATE = re.compile(r"\d{1,2}([-./])\d{1,2}\1\d{4}")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
NINE_DIGITS = re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){8}(?![ .-]?\d)")

SENTENCE_END = re.compile(r"[.!?…]+[\"'’”)]*\s+|\n+")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
OURS = frozenset(["mijn", "m'n", "m’n", "mn", "me", "ons", "onze"])
CHILD = re.compile(
    r"(?:klein|pleeg|stief|schoon|oud-?)?"
    r"(?:zoon(?:tje)?s?|zonen|zoontjes|dochters?|dochtertjes?|kind(?:je|jes|eren|ertjes)?|kids?|jongste|oudste"
    r"|leerlinge?n?|leerlingetjes?)"
)
# Words with a capital that name no child: languages, regions, the subject of this site.
NO_NAMES = frozenset(
    [
        *("passend", "onderwijs", "samenwerkingsverband", "nederland", "nederlands", "nederlandse"),
        *("engels", "engelse", "frans", "duits", "turks", "arabisch", "pools", "oekraïens", "fries"),
        *("friesland", "europa", "noord", "holland", "noord-holland", "kerst", "pasen"),
    ]
)
CHILD_NAMED = "de naam van een kind"
NEAR = 6  # words between «mijn zoon» and a name


def seen_in(text: str) -> list[str]:
    """What the text seems to hold, in the words that its writer reads; for nearly every text nothing."""
    seen = []
    if any(not DATE.match(found[0]) for found in PHONE.finditer(text)):
        seen.append("een telefoonnummer")
    if EMAIL.search(text):
        seen.append("een e-mailadres")
    # A hint and no more: one in eleven numbers of nine digits passes.
    if any(bsn.is_valid(found[0]) for found in NINE_DIGITS.finditer(text)):
        seen.append("een burgerservicenummer (BSN)")
    if any(names_child(sentence) for sentence in SENTENCE_END.split(text)):
        seen.append(CHILD_NAMED)
    return seen


def names_child(sentence: str) -> bool:
    """Whether «mijn zoon» stands near a word with a capital other than the first of the sentence."""
    words = WORD.findall(sentence)
    names = [place for place, word in enumerate(words) if place and looks_like_name(word)]
    for place, word in enumerate(words if names else []):
        if not CHILD.fullmatch(word.lower()):
            continue
        if place + 1 in names and word.lower().startswith("leerling"):
            return True
        if OURS.isdisjoint(before.lower() for before in words[max(0, place - 3) : place]):
            continue
        if any(abs(name - place) <= NEAR for name in names):
            return True
    return False


def looks_like_name(word: str) -> bool:
    """Whether it is a capital with small letters: ADHD and SBO are not names."""
    return word[0].isupper() and word[1:] != word[1:].upper() and word.lower() not in NO_NAMES


def consent(text: str) -> str:
    """What the button «Toch plaatsen» sends: good for exactly this text."""
    return salted_hmac("posts.hints", text, algorithm="sha256").hexdigest()
