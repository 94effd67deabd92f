"""The files of pictures: stored, found, opened and removed. Only this module knows the storage.

Any storage of Django will do (`STORAGES` in the settings). Pictures leave through our own address, `serve` in
`werkplaats.pictures.views`: a removed one is gone, and the content security policy needs no other host.
"""

import re
import secrets
import shutil
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

SPARE = 256 * 1024  # bytes that a picture leaves: others may be written at the same moment
SIZES = (640, 1600)  # pixels, long edge; addresses of stored pictures depend on them
SHARE_SIZE = (1200, 630)  # pixels: what programs that show a link make room for
_SHARED = "deel.jpg"  # how the file that they show ends
_FILE_NAME = re.compile(rf"([0-9a-f]{{32}})-(?:(?:{'|'.join(map(str, SIZES))})\.webp|{re.escape(_SHARED)})")


class Processed(NamedTuple):
    """A picture that is fit to store: WebP files by size, with width and height of the largest; a JPEG to share."""

    files: dict[int, bytes]
    width: int
    height: int
    shared: bytes


class StoredPicture(NamedTuple):
    """What a row needs to know: the random name (32 hex digits), and width and height of the largest file."""

    name: str
    width: int
    height: int


def store(picture: Processed) -> StoredPicture:
    """Writes the files under a new random name, inside the transaction that writes the row which names them.

    The files come first, so that no committed row points to a missing file. When the transaction, or its
    savepoint, is rolled back, the files go. `sweep` removes what a killed process left.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("store() needs the transaction of the row that names the files")
    name = secrets.token_hex(16)
    transaction.on_commit(_KeptOnCommit(name, connection))
    for size, content in picture.files.items():
        default_storage.save(_file_name(name, size), ContentFile(content))
    default_storage.save(_share_name(name), ContentFile(picture.shared))
    return StoredPicture(name, picture.width, picture.height)


def has_room_for(picture: Processed) -> bool:
    """Whether the disk has room for these files, and some more; other storages than a folder always have."""
    if not isinstance(default_storage, FileSystemStorage):
        return True
    folder = Path(default_storage.location)
    while not folder.exists():  # it is made when the first picture comes
        folder = folder.parent
    return shutil.disk_usage(folder).free > sum(map(len, picture.files.values())) + len(picture.shared) + SPARE


class _KeptOnCommit:
    """A commit hook whose files live and die with it: Django drops the hooks of what is rolled back."""

    def __init__(self, name: str, connection: BaseDatabaseWrapper) -> None:
        self.name = name
        self.connection = connection
        self.committed = False

    def __call__(self) -> None:
        self.committed = True

    def __del__(self) -> None:
        # After an error of the connection nobody knows whether the commit arrived.
        if not self.committed and not self.connection.errors_occurred:
            delete(self.name)


def opened(file_name: str) -> "File[bytes]":
    """A stored file, open for reading; FileNotFoundError when there is none, or the name is not of a picture."""
    if not name_of(file_name):
        raise FileNotFoundError(file_name)
    return default_storage.open(file_name)


def name_of(file_name: str) -> str | None:
    """The random name in the name of a file; None when no picture has such a file."""
    match = _FILE_NAME.fullmatch(file_name)
    return match[1] if match else None


def kind_of(file_name: str) -> str:
    """What a stored file is, for `Content-Type`."""
    return "image/jpeg" if file_name.endswith(_SHARED) else "image/webp"


def delete(name: str) -> None:
    """Removes the files; what is not there is no error. Call it on commit of the deletion of the row."""
    for file_name in (*(_file_name(name, size) for size in SIZES), _share_name(name)):
        default_storage.delete(file_name)


def sweep(names_in_use: Iterable[str], older_than: timedelta = timedelta(days=1)) -> int:
    """Removes the files of pictures that no row names; the number of files. For a daily job."""
    used = set(names_in_use)
    limit = timezone.now() - older_than  # a picture is younger than its row while that is being written
    try:
        _, file_names = default_storage.listdir("")
    except FileNotFoundError:  # a folder is made when the first picture comes
        return 0
    swept = 0
    for file_name in file_names:
        name = name_of(file_name)
        if name and name not in used and default_storage.get_modified_time(file_name) < limit:
            default_storage.delete(file_name)
            swept += 1
    return swept


class Sources(NamedTuple):
    """What an <img> needs: two addresses, the width of the small file, and width and height of the large one.

    `shared` is the address of a JPEG of `SHARE_SIZE`.
    """

    small: str
    large: str
    small_width: int
    width: int
    height: int
    alt: str
    shared: str

    @property
    def srcset(self) -> str:
        return f"{self.small} {self.small_width}w, {self.large} {self.width}w"


def sources(name: str, width: int, height: int, alt: str) -> Sources:
    """Where a stored picture is found; width and height are those of its largest file."""
    small, large = (settings.MEDIA_URL + _file_name(name, size) for size in SIZES)
    small_width = round(width * min(1, min(SIZES) / max(width, height)))  # SIZES bound the long edge
    return Sources(small, large, small_width, width, height, alt, settings.MEDIA_URL + _share_name(name))


def _file_name(name: str, size: int) -> str:
    return f"{name}-{size}.webp"


def _share_name(name: str) -> str:
    return f"{name}-{_SHARED}"
