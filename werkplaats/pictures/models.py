"""A picture that went through the pipeline of `werkplaats.pictures.pipeline`; the files hang on its random name."""

import re
import uuid
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone

from werkplaats.fields import Line
from werkplaats.people.models import Visitor
from werkplaats.pictures import files
from werkplaats.register.entries import Entry, Purpose, Term, by_user, by_visitor

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]
KEPT_FOR = timedelta(days=1)
MOST_KEPT_EACH = 3  # of one visitor: somebody has a few forms open at most
MOST_KEPT = 1000  # of all together: some 500 MB
LOST = "We hebben je foto of tekening niet meer. Kies hem opnieuw."
NAME = re.compile(r"[0-9a-f]{32}")


class PictureQuerySet(models.QuerySet["Picture"]):
    """Pictures of forms that are being filled in are *kept*: shown to their sender, and not used yet."""

    def kept(self) -> "PictureQuerySet":
        return self.filter(kept_since__isnull=False)

    def by_file(self, file_name: str) -> "Picture | None":
        """The picture that this file is of; None when there is none."""
        name = files.name_of(file_name)
        return self.filter(name=name).first() if name else None

    def sent_as(self, name: str, visitor_id: uuid.UUID | None) -> "Picture | None":
        """The picture with this name that this visitor sent before its form; it may have been used meanwhile."""
        if visitor_id is None or not NAME.fullmatch(name):
            return None
        return self.filter(name=name, visitor=visitor_id).first()

    def keep(self, picture: files.Processed, visitor: Visitor) -> "Picture":
        """Stores a picture until its form is right.

        When one visitor has too many, their oldest goes. A full store refuses nobody: see `make_room`. Raises
        ValidationError when the visitor was erased meanwhile.
        """
        with transaction.atomic():
            # Without this lock forty at once would not count each other.
            if not Visitor.objects.select_for_update(no_key=True).filter(pk=visitor.pk).first():
                raise ValidationError(LOST, code="lost")
            own = self.kept().filter(visitor=visitor).order_by("-kept_since", "-pk")
            self.filter(pk__in=list(own.values_list("pk", flat=True)[MOST_KEPT_EACH - 1 :])).delete()
            self.make_room()
            stored = files.store(picture)._asdict()
            return self.create(visitor=visitor, kept_since=timezone.now(), **stored)

    def make_room(self) -> None:
        """Keeps the store within MOST_KEPT: first goes what visitors keep besides their newest, then the oldest.

        Whoever fills the store with many browsers takes away what others left lying, never what they send now.
        """
        surplus = self.kept().count() - MOST_KEPT + 1
        if surplus <= 0:
            return
        newer = self.kept().filter(visitor=models.OuterRef("visitor"), pk__gt=models.OuterRef("pk"))
        waits_longest = self.kept().annotate(is_newest=~models.Exists(newer)).order_by("is_newest", "kept_since", "pk")
        self.filter(pk__in=list(waits_longest.values_list("pk", flat=True)[:surplus])).delete()

    def use(self, picture: "files.Processed | Picture", alt: str) -> "Picture":
        """The row of a picture for what shows it from now on; call it in the transaction that writes that.

        Raises ValidationError when a kept one is not there any more, or is used already.
        """
        if isinstance(picture, files.Processed):
            return self.create(alt=alt, **files.store(picture)._asdict())
        if not self.kept().filter(pk=picture.pk).update(kept_since=None, alt=alt):
            raise ValidationError(LOST, code="lost")
        picture.refresh_from_db()
        return picture

    def forget(self, name: str, visitor_id: uuid.UUID | None) -> None:
        """Removes a kept picture of this visitor, files and all; what is used stays."""
        picture = self.kept().sent_as(name, visitor_id)
        if picture:
            picture.delete()

    def forget_old(self) -> None:
        """Removes the pictures of forms that were never sent."""
        self.kept().filter(kept_since__lt=timezone.now() - KEPT_FOR).delete()


class Picture(models.Model):
    name = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField("breedte", editable=False)
    height = models.PositiveIntegerField("hoogte", editable=False)
    alt = Line("wat zie je?", max_length=300, blank=True, help_text="Voor wie de foto niet ziet.")
    credit = Line("maker", max_length=120, blank=True)
    focus_x = models.PositiveSmallIntegerField("belangrijkste punt, van links (%)", default=50, validators=PERCENT)
    focus_y = models.PositiveSmallIntegerField("belangrijkste punt, van boven (%)", default=50, validators=PERCENT)
    created_at = models.DateTimeField(auto_now_add=True)
    # The sender, when it was sent before its form; and since when it is kept, as long as nothing uses it.
    visitor = models.ForeignKey(
        Visitor, models.SET_NULL, null=True, editable=False, related_name="pictures", verbose_name="bezoeker"
    )
    kept_since = models.DateTimeField("bewaard sinds", null=True, editable=False)
    # Everyone may see it. Triggers keep it for what visitors send: see `shows_picture`.
    shown = models.BooleanField("zichtbaar", default=False, editable=False)
    # As long as it is not shown, the permission with which staff may see it; without one all of them may.
    right = models.CharField(max_length=60, blank=True, editable=False)

    goes_along = True  # with the words that it belongs to: see werkplaats.people.merging

    in_register = Entry(
        what="foto's en tekeningen, met hun bestanden",
        purpose=Purpose.PARTICIPATION,
        term=Term.WORDS,
        personal={
            "name": "naam van het bestand",
            "alt": "wat je erop ziet",
            "credit": "van wie de foto is",
            "right": "of je hem mocht geven",
            "visitor": "nummer uit je cookie",
        },
        of=(
            by_visitor("visitor", unless="post__author"),
            by_user("post__author"),
            by_visitor("post__visitor", unless="post__author"),
            by_visitor("wensbeeld__visitor"),
        ),
        sooner={"visitor": Term.BRIEF},
        some={Term.UNPUBLISHED: "bij wat nooit online kwam"},
        children=True,
    )

    objects = PictureQuerySet.as_manager()

    class Meta:
        verbose_name = "afbeelding"
        verbose_name_plural = "afbeeldingen"
        indexes = [
            models.Index(fields=["kept_since"], name="pictures_kept", condition=models.Q(kept_since__isnull=False))
        ]

    def __str__(self) -> str:
        return self.alt or f"afbeelding {self.pk}"

    @property
    def sources(self) -> files.Sources:
        return files.sources(self.name, self.width, self.height, self.alt)

    @property
    def small(self) -> str:
        """The address of the file for small screens."""
        return self.sources.small

    @property
    def large(self) -> str:
        """The address of the file that is `width` pixels wide."""
        return self.sources.large


@receiver(post_delete, sender=Picture)
def take_files_along(sender: type[Picture], instance: Picture, **kwargs: Any) -> None:
    """Removes the files of a deleted row once that is committed, however it was deleted."""
    transaction.on_commit(lambda: files.delete(instance.name))
