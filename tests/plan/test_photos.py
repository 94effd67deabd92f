"""Photos of flip-overs: who sees them, and how long they are there."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction

from events import moments
from plan.actions import noting, photos
from plan.models import SORT, Notes, NotesPhoto
from plan.models.photos import KEPT_FOR
from tests.helpers import factories
from tests.plan import helpers
from werkplaats.avg import terms
from werkplaats.models import Picture
from werkplaats.pictures import files
from werkplaats.register.entries import Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def notes(settings, tmp_path):
    settings.DEMO = True  # no second factor
    settings.MEDIA_ROOT = tmp_path
    return noting.open_cafe(factories.cafe().pk, helpers.sorter())


def add(notes: Notes) -> NotesPhoto:
    return photos.add(notes.pk, files.Processed({640: b"klein", 1600: b"groot"}, 1600, 1200, b"deel"), helpers.sorter())


def there(photo: NotesPhoto) -> list[bool]:
    return [
        default_storage.exists(address.rpartition("/")[2]) for address in (photo.picture.small, photo.picture.large)
    ]


def test_a_photo_is_seen_with_the_right_alone(client, notes):
    address, staff = add(notes).picture.large, helpers.sorter()
    seen = []
    for who in (None, factories.user(), staff, factories.coordinator()):
        client.logout()
        if who:
            client.force_login(who)
        answer = client.get(address)
        seen.append(answer.status_code)
        assert answer["Cache-Control"] == "private, no-store"
        answer.getvalue()  # a file is closed once it is read
    staff.user_permissions.add(Permission.objects.get(content_type__app_label="plan", codename=SORT))
    client.force_login(staff)
    answer = client.get(address)
    answer.getvalue()
    assert [*seen, answer.status_code] == [404, 404, 404, 200, 200]


def test_a_key_opens_no_photo(client, notes):
    from werkplaats.pictures.showing import with_key

    assert client.get(with_key(add(notes).picture.large)).status_code == 404


def test_files_go_with_the_row_however_it_goes(notes, django_capture_on_commit_callbacks):
    ways = [
        lambda photo: photos.take_away(photo.pk),
        lambda photo: photo.picture.delete(),
        lambda photo: NotesPhoto.objects.filter(pk=photo.pk).delete(),
        lambda photo: photo.notes.delete(),
    ]
    for way in ways:
        with django_capture_on_commit_callbacks(execute=True):
            photo = add(notes)
        assert there(photo) == [True, True]
        with django_capture_on_commit_callbacks(execute=True):
            way(photo)
        assert there(photo) == [False, False]
        assert not NotesPhoto.objects.exists() and not Picture.objects.exists()
    photos.take_away(photo.pk)  # again


def test_a_photo_is_gone_after_ninety_days(notes):
    photo = add(notes)
    today = factories.timezone.localdate()
    assert photo.kept_until == today + KEPT_FOR == today + timedelta(days=90)
    for days, left in [(90, 1), (91, 0)]:
        terms.run(Term.PHOTOS, moments.days_from(factories.timezone.now(), days))
        assert NotesPhoto.objects.count() == left
    assert not Picture.objects.exists()


def test_a_photo_turns_by_quarters(notes):
    photo, turns = add(notes), []
    for _ in range(4):
        photos.turn(photo.pk)
        photo.refresh_from_db()
        turns.append(photo.turn)
    assert turns == [90, 180, 270, 0]


def test_an_evening_has_so_many_photos_and_no_more(notes, monkeypatch):
    monkeypatch.setattr(photos, "MOST_PHOTOS", 1)
    add(notes)
    with pytest.raises(ValidationError, match="Er passen 1 foto's"), transaction.atomic():
        add(notes)
    assert NotesPhoto.objects.count() == 1


def test_who_typed_from_a_photo_that_goes_still_types(notes):
    photo, anouk = add(notes), helpers.sorter()
    noting.sit_down(notes.pk, anouk, photo.pk)
    assert notes.typists.get().photo == photo
    photos.take_away(photo.pk)
    assert notes.typists.get().photo is None
