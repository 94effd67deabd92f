"""Joins a stylesheet of ours with what it imports, when collectstatic runs: a page then asks for one file."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import "([^"]+)";', re.MULTILINE)


class Joined:
    """Opens a stylesheet of `storage` with each import replaced by what it names, as a browser reads them."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, name: str) -> "ContentFile[bytes]":
        return ContentFile(self.read(name).encode())

    def read(self, name: str) -> str:
        with self.storage.open(name) as sheet:
            text: str = sheet.read().decode()
        return IMPORT.sub(lambda found: self.read(posixpath.join(posixpath.dirname(name), found[1])), text)


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    def post_process(self, paths: dict[str, Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
        """`paths` holds, for each name, the storage where its source is and the name there."""
        sheets = {name: (Joined(storage), path) for name, (storage, path) in paths.items() if name.startswith("css/")}
        yield from super().post_process(paths | sheets, *args, **kwargs)
