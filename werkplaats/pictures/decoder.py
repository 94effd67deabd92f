"""A program of its own that turns a picture into files of ours; `werkplaats.pictures.pipeline` starts it each time.

Decoders are large C libraries that read what strangers send. A crash, a bomb or an endless loop ends this
process and no web worker: the kernel bounds its memory and time, and takes all memory back at the end.

    decoder.py MAX_PIXELS MAX_MEMORY MAX_SECONDS SHARE_WIDTH SHARE_HEIGHT SIZE... < picture

Writes a line of JSON, the WebP files, largest first, and a JPEG to share: {"width", "height", "lengths"} (pixels of
the largest, bytes of each WebP), or only {"refused": code}. It imports no Django, to start in 0.1 s.
"""

import contextlib
import io
import json
import resource
import sys
import warnings
from typing import Any

import pillow_heif
from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL.Image import Resampling, Transpose

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 80
MOST_BESIDE = 4  # times as long as it is wide, or as wide as it is high: beyond that it is a strip on every screen
OPAQUE = 255
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}

# An embedded thumbnail may show what was cut out of the picture, and nobody would have approved that.
pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


class Refused(Exception):
    """The picture is not accepted; the argument is the code of the answer."""


def main(max_pixels: int, max_memory: int, max_seconds: int, width: int, height: int, *sizes: int) -> None:
    """Answers for the picture on standard input. Memory in bytes, time of the processor in seconds."""
    resource.setrlimit(resource.RLIMIT_CPU, (max_seconds, max_seconds + 1))  # SIGXCPU, then SIGKILL
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the picture
    if sys.platform == "linux":  # macOS knows this limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (max_memory, max_memory))
    answer, files = answered(sys.stdin.buffer.read(), max_pixels, (width, height), sizes)
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + b"".join(files))


type Answer = tuple[dict[str, Any], list[bytes]]


def answered(data: bytes, max_pixels: int, share: tuple[int, int], sizes: tuple[int, ...]) -> Answer:
    """The answer, and the files that belong to it; never an exception."""
    try:
        return converted(data, max_pixels, share, sizes)
    except Refused as refused:
        return {"refused": str(refused)}, []
    except MemoryError:
        return {"refused": "too_heavy"}, []
    except Exception:  # noqa: BLE001 - whatever a decoder makes of hostile bytes
        return {"refused": "broken"}, []


def converted(data: bytes, max_pixels: int, share: tuple[int, int], sizes: tuple[int, ...]) -> Answer:
    """The answer, and files without any metadata: WebP with long edges of at most `sizes`, a JPEG of size `share`."""
    image = on_white(srgb(upright(shrunk(head(data, max_pixels), max(sizes)))))
    shared = as_jpeg(image, share)
    width, height = image.size
    files = []
    for size in sorted(sizes, reverse=True):
        image.thumbnail((size, size), Resampling.LANCZOS)
        file = io.BytesIO()
        image.save(file, "WEBP", quality=QUALITY)
        files.append(file.getvalue())
    return {"width": width, "height": height, "lengths": [len(file) for file in files]}, [*files, shared]


def head(data: bytes, max_pixels: int) -> Image.Image:
    """The picture with its head read and nothing decoded yet, of an allowed kind and size."""
    Image.MAX_IMAGE_PIXELS = max_pixels
    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            image = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Refused("wrong_kind") from error
    except Image.DecompressionBombError as error:
        raise Refused("too_many_pixels") from error
    if image.width * image.height > max_pixels:
        raise Refused("too_many_pixels")
    if max(image.size) > MOST_BESIDE * min(image.size):
        raise Refused("too_thin")
    return image


def shrunk(image: Image.Image, size: int) -> Image.Image:
    """Decoded, no larger than needed where the format can do that; in mode L, RGB, RGBA or CMYK."""
    scale = size / max(image.size)
    image.draft(None, (max(1, int(image.width * scale)), max(1, int(image.height * scale))))
    image.load()
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    elif image.has_transparency_data:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
        if image.getchannel("A").getextrema()[1] != OPAQUE:
            raise Refused("see_through")
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
    """In the colours that every screen assumes, RGB or RGBA."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError, KeyError):
        # Without a usable profile the colours are taken as sRGB, as browsers do.
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        target = ImageCms.createProfile("sRGB")
        image = ImageCms.profileToProfile(image, profile, target, outputMode=mode) or image
    return image.convert(mode)


def on_white(image: Image.Image) -> Image.Image:
    """As on paper: what is transparent would be lines that nobody sees on a dark page."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def as_jpeg(image: Image.Image, size: tuple[int, int]) -> bytes:
    """The whole picture on a white sheet of this size: for programs that show a link and read no WebP."""
    sheet = Image.new("RGB", size, "white")  # a new one: a copy would take a comment of the original along
    fits = ImageOps.contain(image, size, Resampling.LANCZOS)
    sheet.paste(fits, ((size[0] - fits.width) // 2, (size[1] - fits.height) // 2))
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
