"""Joins a stylesheet of ours with what it imports, when collectstatic runs: a page then asks for one file."""

import posixpath
import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import "([^"]+)";', re.MULTILINE)


class Joined:
    """Opens a stylesheet of `storage` with each import replaced by what it names, as a browser reads them."""

    def __init__(self, storage):
        self.storage = storage

    def open(self, name):
        return ContentFile(self.read(name).encode())

    def read(self, name) -> str:
        with self.storage.open(name) as sheet:
            text = sheet.read().decode()
        return IMPORT.sub(lambda found: self.read(posixpath.join(posixpath.dirname(name), found[1])), text)


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    def post_process(self, paths, *args, **kwargs):
        """`paths` holds, for each name, the storage where its source is and the name there."""
        sheets = {
            name: (Joined(storage), path)
            for name, (storage, path) in paths.items()
            if name.startswith("css/")
        }
        yield from super().post_process(paths | sheets, *args, **kwargs)
