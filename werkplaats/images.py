"""Pictures that people send: checked, shrunk, stripped of all metadata, and stored under a random name.

Not one byte of what was sent is kept: it is decoded in a process of its own, and new WebP files are written.

    form = ...                                        # with a PictureField: its cleaned value is a Processed
    with transaction.atomic():
        stored = images.store(form.cleaned_data["picture"])
        Picture.objects.create(**stored._asdict())    # rolled back: the files go too
"""

import contextlib
import fcntl
import json
import logging
import re
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 50 * 1024 * 1024  # a phone of "50 megapixel" makes 8192 x 6144
SIZES = (640, 1600)  # pixels, long edge; addresses of stored pictures depend on them
ACCEPT = "image/jpeg,image/png,image/webp,image/heic"

# So many threads of a web worker may wait for the decoder: the others are for all that people do besides.
MOST_AT_ONCE = 2
places = threading.BoundedSemaphore(MOST_AT_ONCE)

# The decoder's bounds. A phone's photo needs 60 to 400 MB, a HEIC of 48 megapixels 460. What needs more is a HEIC of
# 10 bits or a PNG with transparency near 50 megapixels, and WebP from 30 on: no phone makes those.
MAX_MEMORY = 500 * MEGABYTE
MAX_CPU_SECONDS = 15  # the same picture takes 3; a JPEG of 10 MB can be made to take hours
MAX_SECONDS = 40

_DECODER = Path(__file__).with_name("image_decoder.py")
_FILE_NAME = re.compile(r"([0-9a-f]{32})-(?:{})\.webp".replace("{}", "|".join(map(str, SIZES))))

_REFUSALS = {
    "empty": "Dit bestand is leeg. Kies een andere foto.",
    "too_big": "Deze foto is %(megabytes)s MB. Kies er een van hooguit 10 MB.",
    "wrong_kind": "Dit bestand is geen foto die we kennen. Kies een JPEG-, PNG-, WebP- of HEIC-bestand.",
    "too_many_pixels": "Deze foto heeft meer dan 50 megapixel. Kies een kleinere.",
    "too_heavy": "Deze foto is te zwaar om te verwerken. Bewaar haar kleiner en probeer het opnieuw.",
    "busy": "Het is nu druk. Wat je schreef staat er nog: kies je foto zo nog eens.",
    "broken": "Deze foto is niet te lezen: het bestand is beschadigd. Kies een andere foto.",
}


class Processed(NamedTuple):
    """A picture that is fit to store: WebP files by size; width and height are those of the largest."""

    files: dict[int, bytes]
    width: int
    height: int


class StoredPicture(NamedTuple):
    """What a row needs to know: the random name (32 hex digits), and width and height of the largest file."""

    name: str
    width: int
    height: int


def process(upload: UploadedFile) -> Processed:
    """The picture, decoded and made anew; ValidationError with one of the codes of `_REFUSALS`.

    Waits while this machine decodes another picture; then takes 0.2 to 3 s.
    """
    if not upload.size:
        raise _refusal("empty")
    if upload.size > MAX_BYTES:
        raise _refusal("too_big", megabytes=f"{upload.size / MEGABYTE:.1f}".replace(".", ","))
    bounds = [MAX_PIXELS, MAX_MEMORY, MAX_CPU_SECONDS, *SIZES]
    with _one_at_a_time():
        upload.seek(0)
        try:
            decoder = subprocess.run(
                [sys.executable, "-I", str(_DECODER), *map(str, bounds)],
                input=upload.read(),
                capture_output=True,
                timeout=MAX_SECONDS,
                check=False,
                env={},  # no secrets next to hostile bytes
            )
        except subprocess.TimeoutExpired as error:
            raise _refusal("too_heavy") from error
    if decoder.returncode == -signal.SIGXCPU:
        raise _refusal("too_heavy")
    head, _, body = decoder.stdout.partition(b"\n")
    if decoder.returncode != 0 or not head:
        logger.warning("image decoder ended with %s: %s", decoder.returncode, decoder.stderr[-2000:])
        raise _refusal("broken")
    answer = json.loads(head)
    if code := answer.get("refused"):
        raise _refusal(code)
    files = {}
    for size, length in zip(sorted(SIZES, reverse=True), answer["lengths"], strict=True):
        files[size], body = body[:length], body[length:]
    return Processed(files, answer["width"], answer["height"])


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """All threads and all processes of this machine wait for each other here: one decoder's memory is enough."""
    with _DECODER.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _refusal(code: str, **params) -> ValidationError:
    return ValidationError(_REFUSALS[code], code=code, params=params)


def store(picture: Processed) -> StoredPicture:
    """Writes the files under a new random name, inside the transaction that writes the row which names them.

    The files come first, so that no committed row points to a missing file. When the transaction, or the
    savepoint it is in, is rolled back, the files go. What a killed process leaves behind is for `sweep`.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "store() needs the transaction of the row that names the files"
        )
    name = secrets.token_hex(16)
    transaction.on_commit(_KeptOnCommit(name, connection))
    for size, content in picture.files.items():
        default_storage.save(_file_name(name, size), ContentFile(content))
    return StoredPicture(name, picture.width, picture.height)


class _KeptOnCommit:
    """A commit hook whose files live and die with it: Django drops the hooks of what is rolled back."""

    def __init__(self, name, connection):
        self.name = name
        self.connection = connection
        self.committed = False

    def __call__(self):
        self.committed = True

    def __del__(self):
        # After an error of the connection nobody knows whether the commit arrived.
        if not self.committed and not self.connection.errors_occurred:
            delete(self.name)


def delete(name: str) -> None:
    """Removes the files; what is not there is no error. Call it on commit of the deletion of the row."""
    for size in SIZES:
        default_storage.delete(_file_name(name, size))


def rename(name: str) -> str:
    """Gives the files a new random name, and returns it; call it in the transaction that writes that in the row.

    The old ones go once that is committed. What is not there is no error.
    """
    files = {}
    for size in SIZES:
        with contextlib.suppress(FileNotFoundError), default_storage.open(_file_name(name, size)) as file:
            files[size] = file.read()
    new = store(Processed(files, width=0, height=0)).name  # nothing looks at how wide they are
    transaction.on_commit(lambda: delete(name))
    return new


def sweep(names_in_use: Iterable[str], older_than: timedelta = timedelta(days=1)) -> int:
    """Removes the files of pictures that no row names; the number of files. For a daily job."""
    used = set(names_in_use)
    limit = timezone.now() - older_than  # a picture is younger than its row while that is being written
    if not default_storage.exists(""):
        return 0
    swept = 0
    for file_name in default_storage.listdir("")[1]:
        match = _FILE_NAME.fullmatch(file_name)
        if match and match[1] not in used and default_storage.get_modified_time(file_name) < limit:
            default_storage.delete(file_name)
            swept += 1
    return swept


def small_width(width: int, height: int) -> int:
    """How wide the small file is, in pixels, of a picture with this large one: sizes bound the long edge."""
    return round(width * min(1, min(SIZES) / max(width, height)))


def url(name: str, size: int) -> str:
    """The address of a stored picture; `size` is one of SIZES."""
    return default_storage.url(_file_name(name, size))


def _file_name(name: str, size: int) -> str:
    return f"{name}-{size}.webp"


@require_safe
def serve(request, name: str) -> FileResponse:
    """A stored picture. Its content never changes: browsers may keep it for a year."""
    if not _FILE_NAME.fullmatch(name):
        raise Http404
    try:
        file = default_storage.open(name)
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        file,
        content_type="image/webp",
        headers={"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"},
    )


class PictureField(forms.FileField):
    """A picture in a form; the cleaned value is a Processed, ready for `store`, or None without a file."""

    widget = forms.FileInput
    default_error_messages: ClassVar = {
        "required": "Kies een foto.",
        "empty": _REFUSALS["empty"],
        "invalid": "Er is geen foto aangekomen. Probeer het opnieuw.",
        "missing": "Er is geen foto aangekomen. Probeer het opnieuw.",
    }

    def widget_attrs(self, widget):
        """With the most bytes that a picture may have: pictures.js says so before it sends more."""
        return {**super().widget_attrs(widget), "accept": ACCEPT, "data-most": MAX_BYTES}

    def clean(self, data, initial=None):
        """ValidationError with the codes of `process`, and "busy" at once when others fill the `places`."""
        upload = super().clean(data, initial)
        if not isinstance(upload, UploadedFile):
            return upload
        if not places.acquire(blocking=False):
            raise _refusal("busy")
        try:
            return process(upload)
        finally:
            places.release()
