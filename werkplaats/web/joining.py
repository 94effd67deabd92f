"""Joins a stylesheet or a script of ours with what it imports, when collectstatic runs: a page asks for one file.

A script names them in comments, for browsers know no such thing: without collectstatic a page names each by itself.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^(?:// )?@import "([^"]+)";', re.MULTILINE)


def imported(name: str, text: str) -> list[str]:
    """The names of what the file `name` with this text imports."""
    return [resolved(name, each) for each in IMPORT.findall(text)]


def resolved(name: str, imported: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), imported))


class Joined:
    """Opens a file of `storage` with each import replaced by what it names, as a browser reads stylesheets."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    def open(self, name: str) -> "ContentFile[bytes]":
        return ContentFile(self.read(name).encode())

    def read(self, name: str) -> str:
        with self.storage.open(name) as file:
            text: str = file.read().decode()
        return IMPORT.sub(lambda found: self.read(resolved(name, found[1])), text)


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # it has no types
    joins = True

    def post_process(self, paths: dict[str, Any], *args: Any, **kwargs: Any) -> Iterator[Any]:
        """`paths` holds, for each name, the storage where its source is and the name there."""
        ours = {
            name: (Joined(storage), path) for name, (storage, path) in paths.items() if name.startswith(("css/", "js/"))
        }
        yield from super().post_process(paths | ours, *args, **kwargs)
