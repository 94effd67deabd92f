"""The drawings of the demo, already in the sizes in which the site keeps pictures."""

from pathlib import Path

from werkplaats import images
from werkplaats.demo.wensbeelden import PICTURES
from werkplaats.models import Picture

FOLDER = Path(__file__).resolve().parent.parent / "demo" / "pictures"


def load(name: str) -> Picture:
    """The row and the files of one of PICTURES."""
    width, height, alt = PICTURES[name]
    files = {size: (FOLDER / f"{name}-{size}.webp").read_bytes() for size in images.SIZES}
    return Picture.objects.use(images.Processed(files, width, height), alt)
