"""A program of its own that turns a picture into WebP files; `werkplaats.images` starts it for each picture.

Decoders are large C libraries that read what strangers send. A crash, a bomb or an endless loop ends this
process and no web worker: the kernel bounds its memory and time, and takes all memory back at the end.

    image_decoder.py MAX_PIXELS MAX_MEMORY MAX_SECONDS SIZE... < picture

Writes a line of JSON and then the WebP files, largest first: {"width", "height", "lengths"} (pixels of the
largest, bytes of each), or only {"refused": code}, with "megapixels" when too many. It starts in 0.1 s
because it imports no Django.
"""

import contextlib
import io
import json
import re
import resource
import sys
import warnings

import pillow_heif
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError
from PIL.Image import Resampling, Transpose

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 80
MAX_SCANS = 100  # a progressive JPEG has about ten

_MARKER = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])", re.DOTALL)
_START_OF_SCAN, _END_OF_IMAGE = b"\xda", b"\xd9"
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}


class Refused(Exception):
    """The picture is not accepted; `answer` says why."""

    def __init__(self, code: str, **details):
        self.answer = {"refused": code, **details}


def main(max_pixels: int, max_memory: int, max_seconds: int, *sizes: int) -> None:
    """Answers for the picture on standard input. Memory in bytes, time of the processor in seconds."""
    resource.setrlimit(resource.RLIMIT_CPU, (max_seconds, max_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the picture
    if sys.platform == "linux":  # macOS knows this limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    # An embedded thumbnail may show what was cut out of the picture, and nobody would have approved that.
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    Image.MAX_IMAGE_PIXELS = max_pixels
    warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # head() is stricter than the warning
    files = []
    try:
        files, answer = convert(sys.stdin.buffer.read(), max_pixels, sizes)
    except Refused as refused:
        answer = refused.answer
    except MemoryError:
        answer = {"refused": "too_heavy"}
    except Exception:  # whatever a decoder thinks of hostile bytes
        answer = {"refused": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(files))


def convert(data: bytes, max_pixels: int, sizes: tuple[int, ...]) -> tuple[list[bytes], dict]:
    """WebP files without any metadata whose long edges are at most `sizes`, largest first, and the answer."""
    image = srgb(upright(shrunk(head(data, max_pixels), max(sizes))))
    width, height = image.size
    files = []
    for size in sorted(sizes, reverse=True):
        image.thumbnail((size, size), Resampling.LANCZOS)
        file = io.BytesIO()
        image.save(file, "WEBP", quality=QUALITY)
        files.append(file.getvalue())
    return files, {"width": width, "height": height, "lengths": [len(file) for file in files]}


def head(data: bytes, max_pixels: int) -> Image.Image:
    """The picture with its head read and nothing decoded yet, of an allowed kind and size."""
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Refused("wrong_kind") from error
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels", megapixels=2 * max_pixels // 1_000_000) from error
    pixels = image.width * image.height
    if pixels > max_pixels:
        raise Refused("too_many_pixels", megapixels=pixels // 1_000_000)
    if data.startswith(b"\xff\xd8") and has_too_many_scans(data):
        raise Refused("broken")
    return image


def has_too_many_scans(jpeg: bytes) -> bool:
    """Each scan of a progressive JPEG takes 75 bytes and a pass over all pixels: 10 MB of them take hours."""
    position, scans = 2, 0
    while (marker := _MARKER.search(jpeg, position)) and marker[1] != _END_OF_IMAGE:
        position = marker.end() + int.from_bytes(jpeg[marker.end() : marker.end() + 2])
        scans += marker[1] == _START_OF_SCAN
        if scans > MAX_SCANS:
            return True
    return False


def shrunk(image: Image.Image, size: int) -> Image.Image:
    """Decoded, no larger than needed where the format can do that; in mode L, RGB, RGBA or CMYK."""
    scale = size / max(image.size)
    image.draft(None, tuple(max(1, int(edge * scale)) for edge in image.size))
    image.load()
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    elif image.has_transparency_data:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
    elif image.mode not in ("L", "RGB", "CMYK"):
        image = image.convert("RGB")
    image.thumbnail((size, size), Resampling.LANCZOS)
    return image


def upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held. (ImageOps.exif_transpose writes EXIF too, and fails where it is odd.)"""
    orientation = None
    with contextlib.suppress(Exception):  # unreadable EXIF is no reason to refuse a picture
        orientation = image.getexif().get(ExifTags.Base.Orientation)
    return image.transpose(_TURNS[orientation]) if orientation in _TURNS else image


def srgb(image: Image.Image) -> Image.Image:
    """In the colours that every screen assumes; RGBA only where something is transparent."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError, KeyError):
        # Without a usable profile the colours are taken as sRGB, as browsers do.
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        image = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode=mode)
    image = image.convert(mode)
    if mode == "RGBA" and image.getchannel("A").getextrema()[0] == 255:
        image = image.convert("RGB")
    return image


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
