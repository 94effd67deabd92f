"""Pictures that people send: checked, shrunk, stripped of all metadata, and stored under a random name.

Not one byte of what was sent is kept: it is decoded in a process of its own, and new files are written.

    form = ...                                        # with a PictureField: its cleaned value is a Processed
    with transaction.atomic():
        stored = files.store(form.cleaned_data["picture"])
        Picture.objects.create(**stored._asdict())    # rolled back: the files go too
"""

import contextlib
import fcntl
import json
import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from werkplaats.pictures.files import SHARE_SIZE, SIZES, Processed

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
MAX_BYTES = 10 * MEGABYTE
MAX_PIXELS = 50 * 1024 * 1024  # a phone of "50 megapixel" makes 8192 x 6144
ACCEPT = "image/jpeg,image/png,image/webp,image/heic"

# At most this many threads of a web worker wait for the decoder; the others serve everything else.
MOST_AT_ONCE = 2
places = threading.BoundedSemaphore(MOST_AT_ONCE)

# The decoder's bounds. A phone's photo needs 60 to 400 MB, a HEIC of 48 megapixels 460. What needs more is a HEIC of
# 10 bits or a PNG with transparency near 50 megapixels, and WebP from 30 on: no phone makes those.
MAX_MEMORY = 500 * MEGABYTE
MAX_CPU_SECONDS = 15  # the same picture takes 3; a JPEG of 10 MB can be made to take hours
MAX_SECONDS = 40

_DECODER = Path(__file__).with_name("decoder.py")

REFUSALS = {
    "empty": "Dit bestand is leeg. Kies een andere foto.",
    "too_big": "Deze foto is %(megabytes)s MB. Kies er een van hooguit 10 MB.",
    "wrong_kind": "Dit bestand is geen foto die we kennen. Kies een JPEG-, PNG-, WebP- of HEIC-bestand.",
    "too_many_pixels": "Deze foto heeft meer dan 50 megapixel. Kies een kleinere.",
    "too_thin": "Deze foto is meer dan vier keer zo lang als breed: op een scherm blijft er een streep van over. "
    "Snijd haar bij, of kies een andere.",
    "see_through": "Op deze foto is niets te zien: ze is helemaal doorzichtig. Kies een andere foto.",
    "too_heavy": "Deze foto is te zwaar om te verwerken. Bewaar haar kleiner en probeer het opnieuw.",
    "busy": "Het is nu druk. Wat je schreef staat er nog: kies je foto zo nog eens.",
    "full": "We kunnen je foto nu niet bewaren: onze schijf is vol. Wat je schreef staat er nog: stuur dat alleen.",
    "broken": "Deze foto is niet te lezen: het bestand is beschadigd. Kies een andere foto.",
}


def process(upload: "UploadedFile[bytes]") -> Processed:
    """The picture, decoded and made anew; ValidationError with one of the codes of `REFUSALS`.

    Waits while this machine decodes another picture; then takes 0.2 to 3 s.
    """
    if not upload.size:
        raise refusal("empty")
    if upload.size > MAX_BYTES:
        raise refusal("too_big", megabytes=f"{upload.size / MEGABYTE:.1f}".replace(".", ","))
    bounds = [MAX_PIXELS, MAX_MEMORY, MAX_CPU_SECONDS, *SHARE_SIZE, *SIZES]
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
            raise refusal("too_heavy") from error
    if decoder.returncode == -signal.SIGXCPU:
        raise refusal("too_heavy")
    head, _, body = decoder.stdout.partition(b"\n")
    if decoder.returncode != 0 or not head:
        logger.warning("image decoder ended with %s: %s", decoder.returncode, decoder.stderr[-2000:])
        raise refusal("broken")
    answer = json.loads(head)
    if code := answer.get("refused"):
        raise refusal(code)
    files = {}
    for size, length in zip(sorted(SIZES, reverse=True), answer["lengths"], strict=True):
        files[size], body = body[:length], body[length:]
    return Processed(files, answer["width"], answer["height"], shared=body)


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """All threads and all processes of this machine wait for each other here: one decoder's memory is enough."""
    with _DECODER.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def refusal(code: str, **params: Any) -> ValidationError:
    return ValidationError(REFUSALS[code], code=code, params=params)
