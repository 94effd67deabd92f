"""Photos of flip-overs: put beside the notes of an evening, turned, taken away, and forgotten after their term."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from plan.models import SORT, Notes, NotesPhoto
from plan.models.photos import MOST_PHOTOS
from werkplaats.models import Picture, User
from werkplaats.pictures import files

RIGHT = f"plan.{SORT}"


def add(notes_id: int, processed: files.Processed, by: User) -> NotesPhoto:
    """Puts a photo behind those that are there. Raises ValidationError "many", and Notes.DoesNotExist."""
    with transaction.atomic():
        notes = Notes.objects.select_for_update(no_key=True).get(pk=notes_id)
        if notes.photos.count() >= MOST_PHOTOS:
            raise ValidationError(f"Er passen {MOST_PHOTOS} foto's bij één avond. Haal er eerst een weg.", code="many")
        picture = Picture.objects.create(**files.store(processed)._asdict(), right=RIGHT)
        return NotesPhoto.objects.create(notes=notes, picture=picture, by=by)


def turn(photo_id: int) -> None:
    """Shows it a quarter further, clockwise, for everyone. Each press is a quarter."""
    NotesPhoto.objects.filter(pk=photo_id).update(turn=(F("turn") + 90) % 360)


def take_away(photo_id: int) -> None:
    """Removes a photo with its files. Twice is once."""
    for photo in NotesPhoto.objects.filter(pk=photo_id):
        photo.delete()


def forget_old() -> int:
    """Removes the photos whose term is over. Returns how many."""
    over = list(NotesPhoto.objects.filter(kept_until__lt=timezone.localdate()))
    for photo in over:
        photo.delete()
    return len(over)
