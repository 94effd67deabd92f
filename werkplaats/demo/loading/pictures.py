"""The drawings of the demo, already in the sizes in which the site keeps pictures."""

from pathlib import Path

from werkplaats.demo.content.wensbeelden import PICTURES
from werkplaats.pictures import files as files_werkplaats
from werkplaats.pictures.models import Picture

FOLDER = Path(__file__).resolve().parent.parent / "content" / "pictures"


def load(name: str) -> Picture:
    """The row and the files of one of PICTURES."""
    width, height, alt = PICTURES[name]
    files = {size: (FOLDER / f"{name}-{size}.webp").read_bytes() for size in files_werkplaats.SIZES}
    return Picture.objects.use(files_werkplaats.Processed(files, width, height), alt)
