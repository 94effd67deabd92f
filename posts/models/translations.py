"""A question in another language, as people translated it."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import Q

from posts.models.languages import ASKED, TRANSLATED, Language
from werkplaats.fields import Line
from werkplaats.register.entries import of_the_site
from werkplaats.versions import bumps_site_version


@pghistory.track()
class Translation(models.Model):
    WORDS: ClassVar[tuple] = ("text", "line", "readers")  # what who answers reads of it

    question = models.ForeignKey("posts.Question", models.CASCADE, related_name="translations", verbose_name="vraag")
    lang = models.CharField("taal", max_length=3, choices=[(language.value, language.label) for language in TRANSLATED])
    text = Line(
        "de vraag",
        max_length=200,
        help_text="Laat iemand lezen voor wie dit de moedertaal is, voordat je het hier zet.",
    )
    line = Line(
        "uitleg in één regel",
        max_length=200,
        blank=True,
        help_text="In die taal. Bijvoorbeeld: «Schrijf in je eigen taal. Wij lezen alles.»",
    )
    readers = Line(
        "wie het leest",
        max_length=200,
        blank=True,
        help_text="In die taal, onder de knop en in de tweede stap. Bijvoorbeeld: "
        "«Iedereen kan straks lezen wat je schrijft. Je naam hoeft er niet bij.»",
    )

    in_register = of_the_site("text", "line", "readers")

    class Meta:
        ordering = ["lang"]
        verbose_name = "vertaling"
        verbose_name_plural = "vertalingen"
        constraints = [
            models.UniqueConstraint(
                fields=["question", "lang"],
                name="one_translation_per_language",
                violation_error_message="Deze vraag is al in deze taal vertaald.",
            ),
            models.CheckConstraint(condition=Q(lang__in=list(TRANSLATED)), name="translated_into_a_known_language"),
            models.CheckConstraint(condition=~Q(text=""), name="translation_says_something"),
        ]
        triggers = [bumps_site_version()]

    def __str__(self):
        return f"{Language(self.lang).label}: {self.text}"

    def get_absolute_url(self) -> str:
        return f"{self.question.get_absolute_url()}?{ASKED}={self.lang}"
