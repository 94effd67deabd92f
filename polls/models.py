"""The poll with its follow-up per choice, and the wensbeelden that people send in after "ja"."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from werkplaats.fields import Line, Moment, Prose
from werkplaats.models import Motto, Picture, Role, User, Visitor, bumps_site_version


@pghistory.track()
class Poll(models.Model):
    slug = models.SlugField("adres", max_length=60, unique=True, help_text="Staat in links en drukwerk: wijzig het liever niet.")
    question = Line("de vraag", max_length=200)
    intro = Prose("inleiding", max_length=1500, blank=True)
    repeat_votes = models.BooleanField(
        "opnieuw stemmen telt mee",
        default=False,
        help_text="Aan: iemand kan later nog eens stemmen; stemmen en mensen worden apart geteld. "
        "Uit: iemand kan zijn stem wijzigen en telt één keer.",
    )
    wensbeeld_prompt = Prose("vraag bij het insturen van een wensbeeld", max_length=600, blank=True)
    on_landing_page = models.BooleanField("op de voorpagina", default=False)
    opens_at = Moment("opent", null=True, blank=True)
    closes_at = Moment("sluit", null=True, blank=True)

    class Meta:
        verbose_name = "peiling"
        verbose_name_plural = "peilingen"
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(on_landing_page=True),
                name="one_poll_on_landing_page",
                violation_error_message="Er staat al een andere peiling op de voorpagina.",
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(opens_at__lt=models.F("closes_at")),
                name="poll_opens_before_it_closes",
                violation_error_message="De peiling sluit voordat ze opent.",
            ),
        ]
        triggers = [bumps_site_version()]

    def __str__(self):
        return self.question

    def get_absolute_url(self):
        return reverse("polls:poll", args=[self.slug])

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return (self.opens_at is None or self.opens_at <= now) and (self.closes_at is None or now < self.closes_at)

    def vote(self, visitor: Visitor, choice: "Choice", number: int) -> "Ballot":
        """Casts the visitor's vote number `number` (1 is the first): sent twice, it counts once.

        With repeat votes on, each deliberate next vote has the next number; a number that was used keeps its first
        choice, one that is too high becomes the next. With repeat votes off there is one vote, which can be changed.
        Raises ValidationError when the poll is closed.
        """
        if not self.is_open:
            raise ValidationError("Deze peiling is gesloten.", code="closed")
        with transaction.atomic():
            # The visitor's row is the lock: their own next vote waits, nobody else's.
            Visitor.objects.select_for_update().get(pk=visitor.pk)
            last = self.ballots.filter(visitor=visitor).order_by("-number").first()
            if last and self.repeat_votes and number <= last.number:
                return last
            if last and not self.repeat_votes:
                last.choice, last.voted_at = choice, timezone.now()
                last.save(update_fields=["choice", "voted_at"])
                return last
            return self.ballots.create(visitor=visitor, choice=choice, number=last.number + 1 if last else 1)


class Choice(models.Model):
    """One answer of a poll, with what people get to read after it."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="choices", verbose_name="peiling")
    text = Line("keuze", max_length=60)
    answer = Line("reactie na deze keuze", max_length=300)
    asks_wensbeeld = models.BooleanField("vraagt daarna om een wensbeeld", default=False)
    position = models.PositiveSmallIntegerField("plaats in de rij", default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "keuze"
        verbose_name_plural = "keuzes"
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "text"],
                name="one_choice_per_text",
                violation_error_message="Deze keuze staat er al.",
            ),
        ]
        triggers = [bumps_site_version()]

    def __str__(self):
        return self.text


class Ballot(models.Model):
    """One vote. `number` counts the votes of one visitor in one poll; the highest is what they think now."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots", verbose_name="peiling")
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="ballots", verbose_name="keuze")
    visitor = models.ForeignKey(Visitor, models.CASCADE, related_name="ballots", verbose_name="bezoeker")
    number = models.PositiveSmallIntegerField("hoeveelste stem", default=1)
    voted_at = models.DateTimeField("gestemd", default=timezone.now, editable=False)

    class Meta:
        ordering = ["-voted_at"]
        verbose_name = "stem"
        verbose_name_plural = "stemmen"
        constraints = [
            models.UniqueConstraint(fields=["poll", "visitor", "number"], name="one_ballot_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="ballot_number_from_one"),
        ]

    def __str__(self):
        return f"stem {self.number} in peiling {self.poll_id}"

    def give_to(self, visitor: Visitor) -> None:
        """Hands this vote to the visitor that its own turned out to be: as their next vote, or not at all."""
        last = Ballot.objects.filter(poll=self.poll_id, visitor=visitor).order_by("-number").first()
        if last and not self.poll.repeat_votes:
            self.delete()
            return
        self.visitor, self.number = visitor, last.number + 1 if last else 1
        self.save(update_fields=["visitor", "number"])


class WensbeeldQuerySet(models.QuerySet):
    def public(self) -> "WensbeeldQuerySet":
        return self.filter(published_at__isnull=False, removed_at__isnull=True)

    def visible_to(self, visitor_id) -> "WensbeeldQuerySet":
        """What this visitor may see: what was approved, and their own that still waits."""
        if visitor_id is None:
            return self.public()
        return self.filter(Q(published_at__isnull=False) | Q(visitor=visitor_id), removed_at__isnull=True)

    def waiting(self) -> "WensbeeldQuerySet":
        return self.filter(published_at__isnull=True, removed_at__isnull=True)


@pghistory.track()
class Wensbeeld(models.Model):
    """A motto of one's own and/or an image, shown in the gallery after approval."""

    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, related_name="wensbeelden", verbose_name="bezoeker", editable=False
    )
    text = Line("wensbeeld in woorden", max_length=140, blank=True)
    picture = models.OneToOneField(
        Picture, models.SET_NULL, null=True, blank=True, related_name="wensbeeld", verbose_name="afbeelding"
    )
    name = Line("naam", max_length=60, blank=True)
    role = models.ForeignKey(Role, models.PROTECT, null=True, blank=True, verbose_name="rol")
    motto = models.ForeignKey(
        Motto, models.SET_NULL, null=True, blank=True, related_name="wensbeelden", verbose_name="raakt aan het motto"
    )
    created_at = models.DateTimeField("ingestuurd", default=timezone.now, editable=False)
    published_at = models.DateTimeField("zichtbaar sinds", null=True, editable=False)
    published_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="goedgekeurd door"
    )
    removed_at = models.DateTimeField("weggehaald op", null=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="weggehaald door"
    )
    removal_reason = Line("reden", max_length=300, blank=True, editable=False)

    objects = WensbeeldQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "wensbeeld"
        verbose_name_plural = "wensbeelden"
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(picture__isnull=False) | Q(removed_at__isnull=False),
                name="wensbeeld_shows_something",
                violation_error_message="Schrijf een wensbeeld, of kies een afbeelding.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-created_at", "-id"],
                name="gallery_newest",
                condition=Q(published_at__isnull=False, removed_at__isnull=True),
            )
        ]

    def __str__(self):
        return self.text or f"wensbeeld {self.pk}"

    def get_absolute_url(self):
        return f"{reverse('polls:gallery')}#wensbeeld-{self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.published_at is None and self.removed_at is None

    def publish(self, by: User | None = None) -> None:
        """Shows a waiting wensbeeld in the gallery; twice is once."""
        Wensbeeld.objects.filter(pk=self.pk, published_at__isnull=True, removed_at__isnull=True).update(
            published_at=timezone.now(), published_by=by
        )
        self.refresh_from_db()

    def remove(self, by: User | None, reason: str) -> None:
        """Takes it out of the gallery, with the reason for whoever sent it."""
        if not reason.strip():
            raise ValidationError("Geef een reden: de inzender krijgt die te lezen.", code="reason")
        Wensbeeld.objects.filter(pk=self.pk, removed_at__isnull=True).update(
            removed_at=timezone.now(), removed_by=by, removal_reason=reason.strip()
        )
        self.refresh_from_db()

    def restore(self, by: User | None) -> None:
        """Puts a removed wensbeeld back as it was: shown when it had been approved, else waiting."""
        Wensbeeld.objects.filter(pk=self.pk, removed_at__isnull=False).update(
            removed_at=None, removed_by=None, removal_reason=""
        )
        self.refresh_from_db()
