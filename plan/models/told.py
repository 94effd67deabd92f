"""Who is told what became of their words, and what they answer: «Hebben we je goed begrepen?»"""

import uuid
from datetime import date, timedelta
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import Exact
from django.utils import timezone

from events.models import Registration
from plan.models.fragments import Fragment
from plan.models.publications import Publication
from werkplaats.fields import Line, Prose
from werkplaats.models import User, Visitor
from werkplaats.people.seen import Seen
from werkplaats.register.entries import Entry, Purpose, Term, by_address, by_user, by_visitor, of_a_browser

ANSWERED_WITHIN = timedelta(weeks=2)  # a no, as the page of its writer promises
RECEIVERS = ("user", "visitor", "registration")


def _receiver(model: type[models.Model], name: str) -> models.ForeignKey:
    return models.ForeignKey(model, models.CASCADE, null=True, related_name="told", verbose_name=name, editable=False)


class Told(models.Model):
    """That somebody is told of a publication, once: a person with a proven address, else the browser that wrote.

    Or who came to a café of which lines were noted, as long as their address is kept. `key` is in the link of the
    letter; nothing says whether it was opened. `mailed_at` is when the letter was put in the queue: without it, it is
    told on the site alone.
    """

    goes_along: ClassVar = True  # see werkplaats.people.merging

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="told", verbose_name="publicatie")
    user = _receiver(User, "gebruiker")
    visitor = _receiver(Visitor, "bezoeker")
    registration = _receiver(Registration, "aanmelding")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField("sinds", default=timezone.now, editable=False)
    mailed_at = models.DateTimeField("gemaild", null=True, editable=False)

    in_register = Entry(
        what="wie verteld werd wat er met een inbreng gebeurt",
        purpose=Purpose.ANSWERING,
        term=Term.WORDS,
        personal={"user": "account", "visitor": "nummer uit je cookie", "key": "sleutel van de mail"},
        of=(by_user("user"), by_visitor("visitor"), by_address("registration__email")),
        secret=("key",),
    )

    class Meta:
        verbose_name = "bericht over inbreng"
        verbose_name_plural = "berichten over inbreng"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Exact(
                    models.Func(
                        *(f"{name}_id" for name in RECEIVERS),
                        function="num_nonnulls",
                        output_field=models.IntegerField(),
                    ),
                    1,
                ),
                name="told_to_one",
            ),
            *(models.UniqueConstraint(fields=["publication", name], name=f"told_{name}_once") for name in RECEIVERS),
        ]

    def __str__(self) -> str:
        return f"bericht {self.pk} over publicatie {self.publication_id}"

    @staticmethod
    def words_in(rows: models.QuerySet["Told"]) -> models.QuerySet["ToldVoice"]:
        """What was answered to these: who says «dat was ik» makes that theirs too."""
        return ToldVoice.objects.filter(told__in=rows).exclude(answer="", named_at=None).order_by("pk")

    def give_to(self, visitor: Visitor) -> None:
        """Its visitor turned out to be this one: who was told twice was told once, with all that they answered."""
        there = Told.objects.filter(publication=self.publication_id, visitor=visitor).first()
        if there is None:
            Told.objects.filter(pk=self.pk).update(visitor=visitor)
            return
        ToldVoice.objects.filter(told=self.pk).update(told=there)
        Told.objects.filter(pk=self.pk).delete()


class Answer(models.TextChoices):
    YES = "yes", "Ja, dat bedoelde ik"
    NO = "no", "Nee, ik bedoelde …"


def replaced() -> Exists:
    """Whether the writer answered to what they were told of the same voice later: then that answer counts."""
    return Exists(ToldVoice.objects.filter(fragment=OuterRef("fragment"), pk__gt=OuterRef("pk")).exclude(answer=""))


class ToldVoiceQuerySet(models.QuerySet["ToldVoice"]):
    def unreplaced(self) -> "ToldVoiceQuerySet":
        return self.filter(~replaced())


class ToldVoice(models.Model):
    """One voice of theirs in what they are told, and what they say of it; it changes no sentence by itself.

    `reply` is what a sorter answered to a no, and is told too. `named_at`: their name may stand beside words under
    «doen we niet», for the refusal that this publication told them of (`plan.reading.naming`).
    """

    told = models.ForeignKey(Told, models.CASCADE, related_name="voices", verbose_name="bericht")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="+", verbose_name="publicatie")
    # Deleting the fragment deletes it, by a trigger.
    fragment = models.ForeignKey(Fragment, models.DO_NOTHING, related_name="told_as", verbose_name="stem")
    answer = models.CharField("antwoord", max_length=3, choices=Answer, blank=True)
    meant = Line("wat ik bedoelde", max_length=300, blank=True)
    answered_at = models.DateTimeField("beantwoord", null=True, editable=False)
    named_at = models.DateTimeField("naam mag erbij sinds", null=True, editable=False)
    reply = Prose("antwoord aan de schrijver", max_length=1000, blank=True)
    replied_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="beantwoord door"
    )
    replied_at = models.DateTimeField("teruggeschreven", null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)  # of what they answered

    in_register = Entry(
        what="wat iemand antwoordde op het antwoord",
        purpose=Purpose.ANSWERING,
        term=Term.WORDS,
        personal={"meant": "wat je bedoelde", "reply": "ons antwoord"},
        of=(by_user("told__user"), by_visitor("told__visitor"), by_address("told__registration__email")),
        staff=("replied_by",),
    )

    objects = ToldVoiceQuerySet.as_manager()

    class Meta:
        verbose_name = "antwoord op «Hebben we je goed begrepen?»"
        verbose_name_plural = "antwoorden op «Hebben we je goed begrepen?»"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["publication", "fragment"], name="voice_told_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, meant="")
                | Q(answer=Answer.YES, answered_at__isnull=False, meant="")
                | Q(answer=Answer.NO, answered_at__isnull=False) & ~Q(meant=""),
                name="no_says_what_was_meant",
                violation_error_message="Schrijf in een paar woorden wat je bedoelde.",
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None) | ~Q(reply="") & Q(replied_at__isnull=False),
                name="reply_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["answered_at"], name="noes_to_answer", condition=Q(answer=Answer.NO, replied_at=None))
        ]
        triggers = [
            # A name that comes or goes shows on a page that is kept.
            pgtrigger.Trigger(
                name="name_shows",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("named_at"),
                condition=pgtrigger.Q(old__named_at__df=pgtrigger.F("new__named_at")),
                func="UPDATE werkplaats_site SET version = version + 1; RETURN NULL;",
            )
        ]

    def __str__(self) -> str:
        return f"stem {self.fragment_id} in bericht {self.told_id}"

    @property
    def text(self) -> str:
        """What its writer said of it, in one text."""
        said = {Answer.YES: "Ja, dat bedoelde ik.", Answer.NO: f"Nee, ik bedoelde: {self.meant}"}
        named = "Mijn naam mag erbij staan." if self.named_at else ""
        return "\n".join(filter(None, (said.get(Answer(self.answer)) if self.answer else "", named)))

    @property
    def reply_by(self) -> date | None:
        """The last day on which a no is promised to be answered."""
        return timezone.localdate(self.answered_at + ANSWERED_WITHIN) if self.answered_at else None

    @property
    def is_late(self) -> bool:
        """Whether a no waits longer for its answer than was promised."""
        return bool(
            self.replied_at is None and self.answered_at and self.answered_at < timezone.now() - ANSWERED_WITHIN
        )


class OutcomesSeen(Seen):
    """What was told, or answered to a no, after this moment is new to this visitor."""

    in_register = of_a_browser("wat iemand al zag van het antwoord", Purpose.ANSWERING, Term.VISITORS)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"uitkomsten gezien tot {self.until}"
