"""The drawings of the demo, already in the sizes in which the site keeps pictures."""

from werkplaats.demo.content import FOLDER, wensbeelden
from werkplaats.models import Picture
from werkplaats.pictures.files import SIZES, Processed


def load(name: str) -> Picture:
    """The row and the files of one of the drawings."""
    drawing = wensbeelden.pictures[name]
    files = {size: (FOLDER / "pictures" / f"{name}-{size}.webp").read_bytes() for size in SIZES}
    return Picture.objects.use(Processed(files, drawing["width"], drawing["height"]), drawing["alt"])
