"""What is said of functions and groups holds nothing by which one reaches a person: nor where somebody lives."""

import re
import unicodedata

from django.core.exceptions import ValidationError

from werkplaats.fields import NameField, held_in

HOME = "Hier past geen postcode of huisnummer. Noem alleen de functie, de groep of de plaats."
# «9951 AB», «9951ab»; and «9951 ab» unless it is a year or a number with a short word: «in 2026 en», «1000 km».
# After a year a kind of school is none: «2027 VO».
_SHORT = "al|bv|cm|de|dd|en|er|ff|ha|id|ik|in|is|je|ib|kg|km|me|mm|nu|of|om|op|po|so|te|tm|uu|vo|we|ze|zo"
_POSTCODE = re.compile(
    r"(?<![\w.-])(?!20[2-4]\d ?(?:BO|HO|IB|MO|MT|OU|PO|SO|VO)\b)[1-9]\d{3}(?: ?(?!SA|SD|SS)[A-Z]{2}|[a-z]{2})(?!\w)"
    rf"|(?<![\w.-])(?!19|20)[1-9]\d{{3}} (?!(?:{_SHORT})\b)[a-z]{{2}}(?!\w)"
)
# «Dorpsweg 3», «Kerkstraat, 12a», «Lange Weg 4», «Kerkstr. 5»; not «Kerkstraat 2026», nor a «Leerplein 3».
_ROADS = "straat|weg|laan|plein|dijk|kade|singel|gracht|steeg|dreef|plantsoen|pad|hof"
_STREET = re.compile(
    rf"\b(?:\w{{2,}}(?:{_ROADS}|str\.?)(?<!leerplein)|(?-i:[A-Z])\w+ (?:{_ROADS}))"
    r",?\s+(?:nr\.?\s*|nummer\s+)?(?!20[2-4]\d\b)\d{1,4}(?!\d)",
    re.IGNORECASE,
)
# «jan [at] school [dot] nl», «piet at school punt nl».
_SPELT = re.compile(
    r"[\[({<]\s*(?:at|apenstaart\w*|dot|punt)\s*[\])}>]|\bapenstaart|\b(?:dot|punt)\s+(?:nl|com|net|org|eu|be|frl|nu)\b",
    re.IGNORECASE,
)


def without_addresses(text: str) -> None:
    """A validator: raises ValidationError when it holds how to reach one, also spelt out, or where one lives."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if held := held_in(text) or ("address" if _SPELT.search(plain) else ""):
        raise ValidationError(NameField.default_error_messages[held], code=held)
    if _POSTCODE.search(plain) or _STREET.search(plain):
        raise ValidationError(HOME, code="home")
