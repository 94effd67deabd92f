"""What a coordinator sets for the whole site: one row of texts, the mottos, the programme, the glossary."""

# mypy: warn-return-any=false
# What our own fields hold is Any to mypy: see werkplaats/fields.py.

from dataclasses import dataclass

import pghistory
from django.db import models
from django.templatetags.static import static
from django.urls import reverse

from werkplaats.fields import Address, Day, Line, Position, Prose
from werkplaats.people.models import Role, Werkgebied
from werkplaats.register.entries import of_the_site
from werkplaats.versions import bumps_site_version, counts_version

WORKING_DAYS = {1: "een werkdag", 2: "twee werkdagen", 3: "drie werkdagen", 4: "vier werkdagen", 5: "een week"}


class SiteManager(models.Manager["Site"]):
    def with_pictures(self) -> "models.QuerySet[Site]":
        """The one row, made by the first migration and never removed.

        Pages take `werkplaats.site.current.site_now()`, which reads only what is new.
        """
        return self.select_related("header", "logo", "drawing")

    def load(self) -> "Site":
        return self.with_pictures().get()


@pghistory.track(pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=["version"])), exclude=["version"])
class Site(models.Model):
    """The texts and settings of this installation: one row, read on every page."""

    cooperation = Line("naam van het samenwerkingsverband", max_length=120, default="ons samenwerkingsverband")
    period_start = models.PositiveSmallIntegerField("eerste jaar van het plan", default=2027)
    period_end = models.PositiveSmallIntegerField("laatste jaar van het plan", default=2031)
    intro = Prose("inleiding op de voorpagina", max_length=3000, blank=True)
    header = models.ForeignKey(
        "werkplaats.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="kopfoto"
    )
    logo = models.ForeignKey(
        "werkplaats.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="logo"
    )
    poem = Prose("gedicht naast de kopfoto", max_length=2000, blank=True)
    poem_author = Line("dichter", max_length=120, blank=True)
    drawing = models.ForeignKey(
        "werkplaats.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="tekening van de wensbeelden",
    )
    about = Prose("over deze werkplaats", max_length=12000, blank=True)
    privacy = Prose("privacyverklaring", max_length=20000, blank=True)
    accessibility = Prose("toegankelijkheidsverklaring", max_length=20000, blank=True)
    house_rules = Prose("huisregels", max_length=6000, blank=True)
    contact_email = Address("adres voor vragen", blank=True)
    contact_phone = Line("telefoon voor vragen", max_length=30, blank=True)
    security_email = Address("adres om een lek te melden", blank=True)
    reads_within = models.PositiveSmallIntegerField(
        "een moderator leest wat wacht",
        choices=[(days, f"meestal binnen {words}") for days, words in WORKING_DAYS.items()],
        default=2,
        help_text="Dit beloven we aan wie iets schrijft of meldt. «Vandaag» laat zien wat langer wacht.",
    )
    # Whoever publishes the plan says it here, for the menu of every page.
    plan_since = models.DateTimeField("het plan is te lezen sinds", null=True, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)
    lists: "Lists"  # by `werkplaats.site.current`

    in_register = of_the_site(
        "cooperation",
        "intro",
        "poem",
        "poem_author",
        "about",
        "privacy",
        "accessibility",
        "house_rules",
        "contact_email",
        "contact_phone",
        "security_email",
    )

    objects = SiteManager()

    class Meta:
        verbose_name = "instellingen en teksten"
        verbose_name_plural = "instellingen en teksten"
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_site"),
            models.CheckConstraint(
                condition=models.Q(period_start__gte=2000, period_end__gte=models.F("period_start")),
                name="period_in_order",
                violation_error_message="Het laatste jaar ligt voor het eerste.",
            ),
        ]
        triggers = [counts_version("counts_version")]

    def __str__(self) -> str:
        return "Instellingen en teksten"

    @property
    def soon(self) -> str:
        """How long something waits for a moderator, as it is promised: «meestal binnen twee werkdagen»."""
        return f"meestal binnen {WORKING_DAYS[self.reads_within]}"

    @property
    def period(self) -> str:
        return f"{self.period_start} – {self.period_end}"

    @property
    def title(self) -> str:
        return f"Denk, praat en doe mee met het Ondersteuningsplan {self.period}"


class Tint(models.TextChoices):
    WATER = "water", "zeepblauw"
    SUN = "sun", "zongeel"
    PEACH = "peach", "perzik"


@pghistory.track()
class Motto(models.Model):
    class Artwork(models.TextChoices):
        BUBBLES = "motto-bubbles", "grote bellen"
        HAND_IN_HAND = "motto-hand-in-hand", "kinderen hand in hand"
        CIRCLES = "motto-circles", "veel kleine rondjes, één vorm"

    text = Line("motto", max_length=80, unique=True)
    explanation = Prose("uitleg", max_length=600, blank=True)
    picture = models.ForeignKey(
        "werkplaats.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="foto"
    )
    artwork = models.CharField("tekening zolang er geen foto is", max_length=40, choices=Artwork)
    artwork_alt = Line("wat zie je op de tekening?", max_length=300)
    tint = models.CharField("kleur", max_length=10, choices=Tint, default=Tint.WATER)
    position = Position()

    in_register = of_the_site("text", "explanation", "artwork_alt")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "motto"
        verbose_name_plural = "motto's"
        triggers = [bumps_site_version()]

    def __str__(self) -> str:
        return self.text

    @property
    def image(self) -> str:
        """The address of the photo, or else of the drawing that the site ships."""
        return self.picture.large if self.picture else static(f"img/{self.artwork}.svg")

    @property
    def alt(self) -> str:
        return self.picture.alt if self.picture else self.artwork_alt


class Milestone(models.Model):
    """Something on the programme line that is neither a question nor a café."""

    date = Day("datum")
    end = Day("tot en met", null=True, blank=True, help_text="Leeg: het duurt één dag, of die ene maand.")
    whole_month = models.BooleanField("alleen de maand tonen", default=True)
    title = Line("titel", max_length=120)
    label = Line(
        "kort, voor in de tijdlijn",
        max_length=30,
        blank=True,
        help_text="Twee of drie korte woorden, zoals «Lees het concept». Leeg: de titel.",
    )
    text = Prose("toelichting", max_length=600, blank=True)

    in_register = of_the_site("title", "label", "text")

    class Meta:
        ordering = ["date", "pk"]
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("date")),
                name="milestone_in_order",
                violation_error_message="De laatste dag ligt voor de eerste.",
            )
        ]
        triggers = [bumps_site_version()]

    def __str__(self) -> str:
        return self.title


class GlossaryTerm(models.Model):
    """An abbreviation of the field and what it means, shown where it stands in a text."""

    term = Line("afkorting of woord", max_length=40, unique=True)
    meaning = Line("betekenis", max_length=300)

    in_register = of_the_site("term", "meaning")

    class Meta:
        ordering = ["term"]
        verbose_name = "begrip"
        verbose_name_plural = "begrippenlijst"
        triggers = [bumps_site_version()]

    def __str__(self) -> str:
        return self.term


class HeardPage(models.Model):
    """That what was heard of a question, café or design cycle stands on a page of its own: «Wat we hoorden».

    A trigger of who publishes it keeps this row (`plan.models.publications`). So pages of these, which know nothing of
    that, can lead to it: `kind` is also the name of the address, heard:question for one, and `key` that of the row.
    """

    kind = models.CharField(max_length=8)
    key = models.PositiveBigIntegerField()
    since = models.DateTimeField()
    changed_at = models.DateTimeField()  # the same, or when it was corrected last

    in_register = of_the_site("kind")

    class Meta:
        verbose_name = "bladzijde wat we hoorden"
        verbose_name_plural = "bladzijden wat we hoorden"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="one_heard_page")]
        triggers = [bumps_site_version()]

    def __str__(self) -> str:
        return f"wat we hoorden: {self.kind} {self.key}"


@dataclass(frozen=True)
class Lists:
    """The short lists that coordinators edit and most pages show; and what was heard of what, by kind and key."""

    roles: list[Role]
    werkgebieden: list[Werkgebied]
    milestones: list[Milestone]
    glossary: list[GlossaryTerm]
    heard: dict[tuple[str, int], HeardPage]

    def heard_url(self, kind: str, key: int | None, slug: str) -> str:
        """Where it stands what was heard of this question, café or design cycle; empty while nothing is published."""
        return reverse(f"heard:{kind}", args=[slug]) if key and (kind, key) in self.heard else ""
