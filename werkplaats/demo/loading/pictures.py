"""The drawings of the demo, already in the sizes in which the site keeps pictures."""

from werkplaats.demo.content import FOLDER, wensbeelden
from werkplaats.models import Picture
from werkplaats.pictures.files import SIZES, Processed


def load(name: str, *, shown: bool = False) -> Picture:
    """The row and the files of one of the drawings; `shown` when it belongs to a text of coordinators."""
    drawing = wensbeelden.pictures[name]
    files = {size: (FOLDER / "pictures" / f"{name}-{size}.webp").read_bytes() for size in SIZES}
    shared = (FOLDER / "pictures" / f"{name}-deel.jpg").read_bytes()
    picture = Picture.objects.use(Processed(files, drawing["width"], drawing["height"], shared), drawing["alt"])
    if shown:
        picture.shown = True
        picture.save(update_fields=["shown"])
    return picture
