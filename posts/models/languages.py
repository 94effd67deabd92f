"""The languages of the field: in which people write, and into which a question is translated."""

import unicodedata
from typing import Self

from django.db import models
from django.utils.html import format_html
from django.utils.safestring import SafeString

LTR, RTL = "ltr", "rtl"
ASKED = "taal"  # in an address, and in the form of the box


class Language(models.TextChoices):
    """The value is what HTML calls it; each with its own name, its direction, and what it is called in Dutch.

    These are those of families at Dutch schools outside the big cities. For the few others there is OTHER, which a
    moderator chooses: nothing is translated into that.
    """

    own: str
    direction: str

    def __new__(cls, value: str, own: str = "", direction: str = LTR) -> Self:
        language = str.__new__(cls, value)
        language._value_, language.own, language.direction = value, own, direction
        return language

    DUTCH = "nl", "Nederlands", "Nederlands"
    ENGLISH = "en", "English", "Engels"
    UKRAINIAN = "uk", "Українська", "Oekraïens"
    ARABIC = "ar", "العربية", RTL, "Arabisch"
    TURKISH = "tr", "Türkçe", "Turks"
    POLISH = "pl", "Polski", "Pools"
    TIGRINYA = "ti", "ትግርኛ", "Tigrinya"
    SOMALI = "so", "Soomaali", "Somalisch"
    PERSIAN = "fa", "فارسی", RTL, "Perzisch (Farsi, Dari)"
    ROMANIAN = "ro", "Română", "Roemeens"
    BULGARIAN = "bg", "Български", "Bulgaars"
    RUSSIAN = "ru", "Русский", "Russisch"
    SPANISH = "es", "Español", "Spaans"
    FRENCH = "fr", "Français", "Frans"
    GERMAN = "de", "Deutsch", "Duits"
    OTHER = "und", "", "een andere taal"


TRANSLATED = [language for language in Language if language.own and language != Language.DUTCH]


def asked(value: str | None) -> Language:
    """The language that an address or a form asks for; Dutch when it is none of ours."""
    wanted = (value or "").lower()
    return next((language for language in TRANSLATED if language == wanted), Language.DUTCH)


def spoken(lang: str, text: str) -> SafeString:
    """The attributes of an element that holds words of a visitor.

    Who came by the Arabic page may have typed Dutch: only what has such letters is laid out from right to left.
    """
    is_rtl = Language(lang).direction == RTL and any(unicodedata.bidirectional(char) in ("R", "AL") for char in text)
    direction = RTL if is_rtl else "auto"
    if lang == Language.DUTCH:  # as the page is
        return format_html('dir="{}"', direction)
    return format_html('lang="{}" dir="{}"', lang, direction)
