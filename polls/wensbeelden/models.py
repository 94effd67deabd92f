"""Wensbeelden that people send in, and reports about them."""

import uuid
from dataclasses import replace
from datetime import datetime

import pghistory
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from werkplaats.fields import Line
from werkplaats.models import Motto, Picture, Role, User, Visitor
from werkplaats.moderation import calling
from werkplaats.moderation.child import ABOUT_CHILD, ChildStory
from werkplaats.moderation.models import PUBLIC, WAITING, BaseReport
from werkplaats.moderation.reasons import ABOUT_A_CHILD
from werkplaats.moderation.standing import took_part
from werkplaats.people import visitors
from werkplaats.pictures.showing import shows_picture
from werkplaats.privacy import erased
from werkplaats.register.entries import Entry, Purpose, Term, by_visitor
from werkplaats.versions import raises_version, state_of
from werkplaats.web import limits
from werkplaats.web.limits import TooMuch

ABOUT_ONE_CHILD = "over-een-kind"  # in the address of the list in which they alone stand
MOST_WAITING = 2000  # a moderator looks at perhaps a hundred an hour


class Doubt(models.TextChoices):
    """What a moderator knows of a sender besides what was sent in; all of it waits."""

    HURRIED = "hurried", "lijkt door een programma gestuurd"
    LINKS = "links", "een link van iemand die we nog niet kennen"


class WensbeeldQuerySet(models.QuerySet["Wensbeeld"]):
    def public(self) -> "WensbeeldQuerySet":
        return self.filter(PUBLIC)

    def visible_to(self, visitor_id) -> "WensbeeldQuerySet":
        """Those that this visitor may see: approved ones, and all of their own."""
        if visitor_id is None:
            return self.public()
        return self.filter(PUBLIC | Q(visitor=visitor_id) & ~ABOUT_CHILD)

    def owned_by(self, visitor_id, user=None) -> "WensbeeldQuerySet":
        """What this browser sent in, whatever became of it; nobody logs in to send one."""
        return self.filter(visitor=visitor_id) if visitor_id else self.none()

    def not_taken_away(self) -> "WensbeeldQuerySet":
        """Those whose picture their sender may still see."""
        return self.filter(removed_at__isnull=True)

    def waiting(self) -> "WensbeeldQuerySet":
        return self.filter(WAITING)

    def about_child(self) -> "WensbeeldQuerySet":
        """Those about one child, which wait to be erased: in no list but their own."""
        return self.filter(ABOUT_CHILD)

    def is_full(self) -> bool:
        """Whether as many wait as moderators can be asked to look at."""
        return self.waiting().order_by()[:MOST_WAITING].count() >= MOST_WAITING

    def reported(self) -> "WensbeeldQuerySet":
        """Those with a report that no moderator has looked at yet."""
        return self.filter(Exists(WensbeeldReport.objects.waiting().filter(wensbeeld=OuterRef("pk"))))


@pghistory.track(exclude=["key"])
class Wensbeeld(ChildStory):
    """A motto of one's own and/or an image, shown in the gallery after approval."""

    reads_reason = "de inzender"

    # Pressing the button twice sends the same key twice.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

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
        Motto, models.SET_NULL, null=True, blank=True, related_name="wensbeelden", verbose_name="motto"
    )
    created_at = models.DateTimeField("ingestuurd", default=timezone.now, editable=False)
    doubt = models.CharField("let op", max_length=10, choices=Doubt, blank=True, editable=False)
    unnamed_at = models.DateTimeField("zonder naam", null=True, editable=False)
    version = models.PositiveBigIntegerField(default=1, editable=False)  # of what the sender said and showed

    in_register = Entry(
        what="wensbeelden",
        purpose=Purpose.PARTICIPATION,
        term=Term.WORDS,
        personal={"text": "wensbeeld", "name": "naam", "visitor": "nummer uit je cookie"},
        of=(by_visitor("visitor"),),
        sooner={"name": Term.NAMES},
        some={Term.UNPUBLISHED: "wat nooit online kwam", Term.CHILD: "een verhaal over één kind"},
        staff=("removed_by", "published_by"),
        plain=("key", "removal_reason", "kept_why"),
        children=True,
        unsaid=("kept_why", "kept_until", "doubt"),
    )

    objects = WensbeeldQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = "wensbeeld"
        verbose_name_plural = "wensbeelden"
        constraints = [
            *ChildStory.CHILD_RULES,
            models.CheckConstraint(
                condition=~Q(text="") | Q(picture__isnull=False) | Q(removed_at__isnull=False),
                name="wensbeeld_shows_something",
                violation_error_message="Schrijf een wensbeeld, of kies een afbeelding.",
            ),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="gallery_newest", condition=PUBLIC)]
        triggers = [
            raises_version("text", "name", "role_id", "picture_id", but_for="unnamed_at"),
            shows_picture("NEW.published_at IS NOT NULL AND NEW.removed_at IS NULL"),
        ]

    def __str__(self):
        if self.is_about_child:
            return f"wensbeeld {self.pk} over één kind"
        return self.text or f"wensbeeld {self.pk}"

    def get_absolute_url(self):
        return reverse("polls:wensbeeld", args=[self.pk])

    @staticmethod
    def shows_somebody(before: datetime) -> Q:
        """A moderator looked at it."""
        return PUBLIC

    @property
    def shown_state(self) -> int:
        """Another number, too, when a coordinator describes its picture anew: that becomes public with it."""
        return state_of(super().shown_state, self.picture.alt if self.picture else "")

    @classmethod
    def send_in(cls, visitor: Visitor, key: uuid.UUID, *, picture=None, alt: str = "", **words) -> "Wensbeeld":
        """Stores what someone sends in; it waits for approval. The same key twice is one wensbeeld.

        `picture` is what `Picture.objects.use` takes; `words` are text, name, role, motto and doubt. Raises TooMuch
        when the visitor sent in many others a moment ago, and ValidationError when a picture that was kept is gone, or
        stands in another wensbeeld.
        """
        try:
            with transaction.atomic():
                visitor = visitors.locked(visitor)
                if sent := cls.objects.filter(key=key).first():
                    return sent
                if limits.beyond({"send_wensbeeld": visitor.pk.hex}):
                    raise TooMuch
                if picture is not None:
                    words["picture"] = Picture.objects.use(picture, alt)
                if words.get("role"):
                    visitor.says_to_be(words["role"])
                return cls.objects.create(visitor=visitor, key=key, **words)
        except (IntegrityError, ValidationError):
            sent = cls.objects.filter(key=key).first()
            if sent is None:
                raise
            return sent

    def report(self, visitor: Visitor, reason: str, words: str = "", *, hurried: bool = False) -> None:
        """Asks a moderator to look at it; asking twice is asking once. Of a child moderators hear at once.

        It stays: a moderator saw it before it was shown, and nobody changes what was sent in.
        """
        said = {"reason": reason, "words": words, "counts": not hurried and took_part(visitor)}
        with transaction.atomic():
            report, is_new = WensbeeldReport.objects.get_or_create(wensbeeld=self, visitor=visitor, defaults=said)
            if is_new and reason in ABOUT_A_CHILD and not hurried:
                calling.call_at_once(report)

    def erase(self) -> None:
        """Takes it away for good, files and history too: for its sender, whose it is, or by a moderator who must."""
        with transaction.atomic():
            pk = self.pk
            self._delete_with_history()
            if self.picture_id:
                Picture.objects.filter(pk=self.picture_id).delete()
            erased.note(erased.What.WENSBEELD, [pk])

    def publish(self, by: User | None = None, version: int | None = None) -> bool:
        """Shows it in the gallery, or lets it stay there; twice is once.

        `version` is what the moderator read: another one is left as it is. Returns whether it is shown by this.
        """
        return self._decide(by, Q(removed_at__isnull=True) & as_read(version), **self.publication_by(by))

    def let_stay(self, by: User | None, version: int) -> bool:
        """Settles what was reported, and changes nothing else. `version` as for `publish`."""
        with transaction.atomic():
            is_same = type(self).objects.select_for_update(of=("self",)).filter(as_read(version), pk=self.pk).exists()
            if is_same:
                self.reports.settle(by)
        return is_same

    def remove(self, by: User | None, reason: str) -> None:
        """Takes it out of the gallery, with the reason for whoever sent it."""
        self._decide(by, Q(removed_at__isnull=True), **self.removal_by(by, reason))

    def restore(self, by: User | None, version: int | None = None) -> bool:
        """Puts a removed wensbeeld back as it was: shown when it had been approved, else waiting. No child's story.

        `version` as for `publish`.
        """
        return self._decide(by, Q(removed_at__isnull=False) & ~ABOUT_CHILD & as_read(version), **self.PUT_BACK)


def as_read(version: int | None) -> Q:
    """The condition that a row still has the version that was read, if one is named."""
    return Q() if version is None else Q(version=version)


class WensbeeldReport(BaseReport):
    """Someone asks a moderator to look at a wensbeeld. It stays: a moderator approved it before it showed."""

    about, once, one = "wensbeeld", ("wensbeeld",), "een wensbeeld"
    counted = "gemeld wensbeeld,gemelde wensbeelden"

    wensbeeld = models.ForeignKey(
        Wensbeeld, models.CASCADE, related_name="reports", verbose_name="wensbeeld", editable=False
    )

    in_register = replace(BaseReport.in_register, what="meldingen over wensbeelden")

    class Meta(BaseReport.Meta):
        verbose_name = "melding over een wensbeeld"
        verbose_name_plural = "meldingen over wensbeelden"
        constraints = [
            models.UniqueConstraint(fields=["wensbeeld", "visitor"], name="one_wensbeeld_report_per_visitor")
        ]

    def __str__(self):
        return f"melding over wensbeeld {self.wensbeeld_id}"
