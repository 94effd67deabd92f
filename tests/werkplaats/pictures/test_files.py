"""Where pictures are stored: with the transaction that names them, in any storage."""

import os
import time
from datetime import timedelta

import pytest
from django.core.files.storage import InMemoryStorage, default_storage
from django.db import connection, transaction
from django.test import override_settings

from werkplaats.pictures import files


@pytest.fixture
def media(settings, tmp_path):
    """The folder of the stored files; the result lists it."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: sorted(path.name for path in tmp_path.iterdir())


PICTURE = files.Processed({1600: b"large", 640: b"small"}, 1600, 900, b"shared")


@pytest.mark.django_db(transaction=True)
def test_files_stay_when_the_transaction_is_committed(media):
    with transaction.atomic():
        stored = files.store(PICTURE)
    assert stored._asdict() == {"name": stored.name, "width": 1600, "height": 900}
    assert media() == [f"{stored.name}-1600.webp", f"{stored.name}-640.webp", f"{stored.name}-deel.jpg"]
    assert len(stored.name) == 32
    with default_storage.open(f"{stored.name}-640.webp") as file:
        assert file.read() == b"small"
    assert files.sources(*stored, alt="").small == f"/media/{stored.name}-640.webp"
    assert files.sources(*stored, alt="").shared == f"/media/{stored.name}-deel.jpg"

    files.delete(stored.name)
    files.delete(stored.name)
    assert media() == []


@pytest.mark.django_db(transaction=True)
def test_files_go_with_the_transaction_that_is_rolled_back(media):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        files.store(PICTURE)
        assert len(media()) == 3
        raise ZeroDivisionError
    assert media() == []


@pytest.mark.django_db(transaction=True)
def test_files_go_with_the_savepoint_that_is_rolled_back(media):
    with transaction.atomic():
        kept = files.store(PICTURE)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            files.store(PICTURE)
            raise ZeroDivisionError
    assert media() == [f"{kept.name}-1600.webp", f"{kept.name}-640.webp", f"{kept.name}-deel.jpg"]


@pytest.mark.django_db(transaction=True)
def test_files_stay_when_nobody_knows_whether_the_commit_arrived(media):
    with pytest.raises(Exception, match="closed"), transaction.atomic():
        files.store(PICTURE)
        connection.connection.close()
    assert len(media()) == 3


@pytest.mark.django_db(transaction=True)
def test_storing_outside_a_transaction_is_a_mistake(media):
    with pytest.raises(transaction.TransactionManagementError):
        files.store(PICTURE)
    assert media() == []


def test_sweeping_takes_only_old_files_that_no_row_names(media, tmp_path):
    for name in ("a" * 32, "b" * 32, "c" * 32):
        (tmp_path / f"{name}-640.webp").touch()
    (tmp_path / "robots.txt").touch()
    long_ago = time.time() - 2 * 24 * 3600
    for name in (f"{'a' * 32}-640.webp", f"{'b' * 32}-640.webp", "robots.txt"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    assert files.sweep(["a" * 32]) == 1
    assert media() == [f"{'a' * 32}-640.webp", f"{'c' * 32}-640.webp", "robots.txt"]


def test_sweeping_before_there_is_a_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "none"
    assert files.sweep([]) == 0


class Bucket(InMemoryStorage):
    """A storage that is no folder: it has no root to ask for, and its own addresses are of another host."""

    def exists(self, name):
        assert name, "an empty key is an error of S3"
        return super().exists(name)

    def url(self, name):
        return f"https://bucket.example/{name}"


@pytest.mark.django_db(transaction=True)
def test_any_storage_of_django_will_do(settings):
    default = {"BACKEND": f"{__name__}.Bucket"}
    with override_settings(STORAGES={**settings.STORAGES, "default": default}):
        with transaction.atomic():
            stored = files.store(PICTURE)
        assert files.sources(*stored, alt="").large == f"/media/{stored.name}-1600.webp"
        with files.opened(f"{stored.name}-640.webp") as file:
            assert file.read() == b"small"
        assert files.sweep([stored.name], timedelta(0)) == 0
        assert files.sweep([], timedelta(0)) == 3
        with pytest.raises(FileNotFoundError):
            files.opened(f"{stored.name}-640.webp")
