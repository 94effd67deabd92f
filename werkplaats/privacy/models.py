"""What the co-operation says as controller, how long is kept what, and what was looked at and erased."""

# mypy: warn-return-any=false
# What our own fields hold is Any to mypy: see werkplaats/fields.py.

from datetime import timedelta
from typing import Any

import pghistory
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from werkplaats.fields import Address, Day, Line, Prose
from werkplaats.people.models import User
from werkplaats.register.entries import Entry, Purpose, Term, of_the_site
from werkplaats.register.terms import RULES, in_words
from werkplaats.words import number

ONCE = timedelta(hours=1)
# One statement: it goes with every look.
NOTE = """
    INSERT INTO werkplaats_look (by_id, at, what, about, rows)
    SELECT %(by)s, %(now)s, %(what)s, %(about)s, %(rows)s
    WHERE %(always)s OR NOT EXISTS (
        SELECT FROM werkplaats_look
        WHERE by_id = %(by)s AND what = %(what)s AND about = %(about)s AND rows = %(rows)s AND at > %(since)s
    )
"""
# What is counted when a person is erased, in the order in which it is told: one and more of it.
ERASED = {
    "posts_gone": "bijdrage,bijdragen",
    "posts_stay": "bijdrage,bijdragen",
    "wensbeelden_gone": "wensbeeld,wensbeelden",
    "wensbeelden_stay": "wensbeeld,wensbeelden",
    "ideas_gone": "idee,ideeën",
    "ideas_stay": "idee,ideeën",
    "sign_ups": "aanmelding,aanmeldingen",
    "thumbs_taken_back": "duimpje,duimpjes",
    "thumbs_unlinked": "duimpje,duimpjes",
    "votes_taken_back": "stem,stemmen",
    "votes_unlinked": "stem,stemmen",
    "stickers_taken_back": "sticker,stickers",
    "stickers_unlinked": "sticker,stickers",
    "reports": "melding,meldingen",
    "addresses_at_posts": "keer het e-mailadres,keer het e-mailadres",
    "letters": "mail die klaarstond,mails die klaarstonden",
    "jobs": "taak die wachtte,taken die wachtten",
    "failed_mails": "mail die niet aankwam,mails die niet aankwamen",
    "told": "bericht over inbreng,berichten over inbreng",
    "consulenten": "uitnodigingspagina,uitnodigingspagina's",
    "seats": "plek in een café,plekken in een café",
    "accounts": "account,accounts",
    "sessions": "apparaat dat was ingelogd,apparaten die waren ingelogd",
    "audit": "regel in het logboek,regels in het logboek",
    "wiped": "regel van de staf,regels van de staf",
}
HELPS = "Het Ouder- en Jeugdsteunpunt denkt met je mee. Op de school van je kind weten ze hoe je het bereikt."
COMPLAINTS = "Ben je het ergens niet mee eens? Op de school van je kind vertellen ze hoe je een klacht indient."


def told(counts: dict[str, int]) -> str:
    """«14 namen, 3 adressen», of how many by what one and more of them are called."""
    return ", ".join(number(count, counted) for counted, count in counts.items())


OTHER_DAYS = "Iemand anders maakte er intussen {} van. Jij typte {}. Bewaar nog een keer als dat het moet zijn."


class ControllerManager(models.Manager["Controller"]):
    def load(self) -> "Controller":
        """The one row; an empty one, not saved, as long as nobody wrote anything."""
        return self.first() or self.model(pk=1)


@pghistory.track()
class Controller(models.Model):
    """What only the co-operation knows: who is the controller, who the privacy officer, with whom is a contract.

    What is blank shows as «nog invullen»; nothing is invented.
    """

    name = Line("verwerkingsverantwoordelijke", max_length=120, blank=True)
    post = Prose("postadres", max_length=400, blank=True)
    officer = Line("functionaris gegevensbescherming", max_length=120, blank=True)
    officer_email = Address("e-mailadres van de functionaris", blank=True)
    officer_phone = Line("telefoon van de functionaris", max_length=30, blank=True)
    hosting = Line("wie de server verzorgt", max_length=200, blank=True)
    hosting_contract = Line("verwerkersovereenkomst met de hosting", max_length=200, blank=True)
    mailing = Line("wie de mail verzendt", max_length=200, blank=True)
    mailing_contract = Line("verwerkersovereenkomst voor de mail", max_length=200, blank=True)
    others = Prose("andere verwerkers en hun overeenkomsten", max_length=2000, blank=True)
    backup_days = models.PositiveSmallIntegerField("zoveel dagen blijft een back-up bestaan", default=14)
    dpia = Prose("beoordeling van de risico's (DPIA)", max_length=20000, blank=True)
    dpia_on = Day("beoordeeld op", null=True, blank=True)
    basis_participation = Line(f"grondslag: {Purpose.PARTICIPATION.label}", max_length=300, blank=True)
    basis_cafes = Line(f"grondslag: {Purpose.CAFES.label}", max_length=300, blank=True)
    basis_answering = Line(f"grondslag: {Purpose.ANSWERING.label}", max_length=300, blank=True)
    basis_accounts = Line(f"grondslag: {Purpose.ACCOUNTS.label}", max_length=300, blank=True)
    basis_moderating = Line(f"grondslag: {Purpose.MODERATING.label}", max_length=300, blank=True)
    basis_keeping = Line(f"grondslag: {Purpose.KEEPING.label}", max_length=300, blank=True)
    help_for_parents = Prose("waar een ouder hulp vindt", max_length=1000, blank=True)
    complaints = Prose("hoe een ouder een klacht indient", max_length=1000, blank=True)

    in_register = of_the_site(
        *("name", "post", "officer", "officer_email", "officer_phone", "hosting", "hosting_contract", "mailing"),
        *("mailing_contract", "others", "dpia", "help_for_parents", "complaints"),
        *(f"basis_{purpose.name.lower()}" for purpose in Purpose),
    )

    objects = ControllerManager()

    class Meta:
        verbose_name = "privacygegevens"
        verbose_name_plural = "privacygegevens"
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="one_controller")]

    def __str__(self) -> str:
        return "Privacygegevens"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """There is one, whoever adds it."""
        self.pk = 1
        super().save(*args, **kwargs)

    @property
    def helps(self) -> str:
        """The way to who thinks along with a parent, as the co-operation says it, else as it is everywhere."""
        return self.help_for_parents or HELPS

    @property
    def takes_complaints(self) -> str:
        return self.complaints or COMPLAINTS

    def basis_of(self, purpose: Purpose) -> str:
        """The legal basis, in the words of the co-operation; empty as long as nobody wrote it."""
        found: str = getattr(self, f"basis_{purpose.name.lower()}")
        return found


class RetentionQuerySet(models.QuerySet["Retention"]):
    def all_of(self) -> dict[Term, "Retention"]:
        """Of every term, also of those that nobody changed (these are not saved); one query."""
        changed = {row.term: row for row in self}
        return {term: changed.get(term) or self.model(term=term, days=RULES[term].days) for term in Term}

    def days_of(self, term: Term) -> int:
        """Of a term that runs by days: as a coordinator chose, else as it is by itself."""
        days = self.filter(term=term).values_list("days", flat=True).first() or RULES[term].days
        if days is None:
            raise ValueError(f"{term} does not run by days")
        return days


@pghistory.track()
class Retention(models.Model):
    """How long one kind is kept, where a coordinator chose that or paused it: a legal hold says why."""

    term = models.CharField("wat", max_length=20, choices=Term, unique=True)
    days = models.PositiveIntegerField("dagen", null=True, blank=True)
    paused_at = models.DateTimeField("gepauzeerd sinds", null=True, editable=False)
    paused_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="gepauzeerd door"
    )
    paused_why = Line("waarom gepauzeerd", max_length=300, blank=True)

    in_register = of_the_site("paused_why", staff=("paused_by",))

    objects = RetentionQuerySet.as_manager()

    class Meta:
        verbose_name = "bewaartermijn"
        verbose_name_plural = "bewaartermijnen"
        constraints = [
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__range=(1, 3650)),
                name="days_plausible",
                violation_error_message="Vul een aantal dagen in tussen 1 en 3650.",
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None) | ~Q(paused_why=""),
                name="pause_says_why",
                violation_error_message="Zeg waarom het gepauzeerd is.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_term_display()

    @property
    def how_long(self) -> str:
        """«een jaar nadat het plan is vastgesteld», «de nacht na het café»."""
        return f"{in_words(self.days)} {RULES[Term(self.term)].after}".strip()

    def pause(self, by: User, why: str) -> bool:
        """Nothing of this kind goes until it goes on, for a reason; twice is once. Returns whether this did it."""
        self.as_changed()
        paused = {"paused_at": timezone.now(), "paused_by": by, "paused_why": why}
        return bool(type(self).objects.filter(term=self.term, paused_at=None).update(**paused))

    def go_on(self) -> None:
        type(self).objects.filter(term=self.term).update(paused_at=None, paused_by=None, paused_why="")

    def keep_for(self, days: int, *, instead_of: int | None = None) -> None:
        """Raises ValidationError for a number of days that is no term, and when it is not `instead_of` what it is."""
        self.as_changed()
        with transaction.atomic():
            changed = type(self).objects.select_for_update().get(term=self.term)
            if instead_of not in (None, changed.days) and days != changed.days:
                raise ValidationError(OTHER_DAYS.format(changed.days, days), code="other")
            changed.days = days
            changed.full_clean()
            changed.save(update_fields=["days"])

    def as_changed(self) -> "Retention":
        """The saved row, made for a term that nobody changed before."""
        return type(self).objects.get_or_create(term=self.term, defaults={"days": RULES[Term(self.term)].days})[0]


class RetentionRunQuerySet(models.QuerySet["RetentionRun"]):
    def last_of_each(self) -> dict[Term, "RetentionRun"]:
        """The last run of each term that ran; one query."""
        return {Term(run.term): run for run in self.order_by("term", "-at", "-pk").distinct("term")}


class RetentionRun(models.Model):
    """That a term did its work: how many of what went. `counts` has numbers by what one and more are called.

    `foreseen` is what the next run will do, of what there was then.
    """

    term = models.CharField("wat", max_length=20, choices=Term)
    at = models.DateTimeField("wanneer", default=timezone.now)
    counts = models.JSONField("aantallen", default=dict)
    foreseen = models.JSONField("wat de volgende keer gaat", default=dict)

    in_register = of_the_site("counts", "foreseen")

    objects = RetentionRunQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "opruiming"
        verbose_name_plural = "opruimingen"
        indexes = [models.Index(fields=["term", "-at"], name="runs_of_term")]

    def __str__(self) -> str:
        return f"{self.get_term_display()}: {self.at:%d-%m-%Y}"

    @property
    def words(self) -> str:
        """«14 namen, 3 adressen»; empty when nothing went."""
        return told(self.counts)


class Looked(models.TextChoices):
    """What staff looked at, or took along."""

    SIGN_UPS = "aanmeldingen", "aanmeldingen van een café"
    PERSON = "persoon", "de pagina van een persoon"
    THEIRS = "inzage", "wat we van een persoon bewaren"
    FILE = "bestand", "een bestand met gegevens"


class Look(models.Model):
    """That somebody of the staff looked at what is kept of people: who, when, at what, of how many.

    `about` names the rows without a name or an address of whom they are about, such as «café 3».
    """

    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="wie")
    at = models.DateTimeField("wanneer", default=timezone.now)
    what = models.CharField("wat", max_length=20, choices=Looked)
    about = models.CharField("waarvan", max_length=100)
    rows = models.PositiveIntegerField("hoeveel", default=0)

    in_register = Entry(
        what="wie van de staf in gegevens van mensen keek",
        purpose=Purpose.KEEPING,
        term=Term.AUDIT,
        personal={"by": "account"},
        plain=("about",),
        only_staff=True,
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "inzage door de staf"
        verbose_name_plural = "inzage door de staf"
        indexes = [models.Index(fields=["-at"], name="looks_newest")]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.about}"

    @classmethod
    def note(cls, by: Any, what: Looked, about: str, rows: int) -> None:
        """Writes down that `by` looked; within the hour the same look is one, as long as it shows as many. `about`
        holds nothing of a person.

        Of a file every one is written down: each can go on by itself.
        """
        now = timezone.now()
        said = {"by": by.pk, "what": what, "about": about, "rows": rows, "now": now, "since": now - ONCE}
        with connection.cursor() as cursor:
            cursor.execute(NOTE, {**said, "always": what == Looked.FILE})


class Why(models.TextChoices):
    """Why a person was erased."""

    THEMSELVES = "zelf", "op verzoek, door henzelf"
    STAFF = "staf", "op verzoek, door de staf"
    TERM = "termijn", "omdat de termijn van het account voorbij was"


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def asked_for(self) -> "ErasureQuerySet":
        """At somebody's request, and not since a term was over."""
        return self.exclude(why=Why.TERM)


class Erasure(models.Model):
    """That a person was erased: when, why, and how many rows of each kind. Nothing tells who it was.

    `elsewhere` are numbers of rows of others, by table, that named the person when it happened: somebody of the staff
    has to look at these, and `looked_at` says that they did.
    """

    at = models.DateTimeField("wanneer", default=timezone.now)
    why = models.CharField("waarom", max_length=10, choices=Why)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name="door wie van de staf")
    counts = models.JSONField("aantallen", default=dict)
    elsewhere = models.JSONField("staat ook nog bij", default=dict)
    looked_at = models.DateTimeField("nagekeken", null=True)

    in_register = of_the_site("counts", "elsewhere", staff=("by",))

    objects = ErasureQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "wissen van een persoon"
        verbose_name_plural = "wissen van personen"

    def __str__(self) -> str:
        return f"gewist op {self.at:%d-%m-%Y}"

    @property
    def words(self) -> str:
        """«2 bijdragen, 1 account»; empty when nothing went."""
        return told({words: self.counts[key] for key, words in ERASED.items() if self.counts.get(key)})
