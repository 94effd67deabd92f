"""What was erased for good, in a file outside the database: a restored back-up brings nobody back.

One JSON object a line, with a moment, what it was and internal ids: no name, no address, no words. The file is only
ever added to. `manage.py replay_erasures` erases again what stands in it.
"""

import json
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone


class What(StrEnum):
    PERSON = "person"
    POST = "post"
    WENSBEELD = "wensbeeld"
    IDEA = "idea"
    APART = "apart"  # a story about one child: gone out of sight, not erased yet
    LINES = "lines"  # of the staff, that named somebody who was erased


class Line(NamedTuple):
    """`ids` are keys of rows: of a person that of the account, of lines of the staff that of the `Erasure` they name.

    `more` says what else there is to find them by.
    """

    at: datetime
    what: What
    ids: list[int]
    more: dict[str, Any]


def note(what: What, ids: Iterable[int], **more: Any) -> None:
    """Adds a line; call it last in the transaction that erases.

    It is on the disk before the transaction is done, so nothing is erased that the list does not know. When the
    transaction fails after it, a replay does what was asked for and did not happen. Raises OSError when it cannot be
    written: then nothing is erased.
    """
    line = {"at": timezone.now().isoformat(timespec="microseconds"), "what": what.value, "ids": sorted(ids), **more}
    text = json.dumps(line, separators=(",", ":")) + "\n"
    settings.ERASED_LIST.parent.mkdir(parents=True, exist_ok=True)
    # One write to the end of the file: those of two processes do not mix.
    file = os.open(settings.ERASED_LIST, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        os.write(file, text.encode())
        os.fsync(file)
    finally:
        os.close(file)


def lines() -> Iterator[Line]:
    """All of it, oldest first. A line that was cut off, by a full disk say, is passed over."""
    if not settings.ERASED_LIST.exists():
        return
    with settings.ERASED_LIST.open(encoding="utf-8", errors="replace") as file:
        for text in file:
            try:
                more = json.loads(text)
                at, what = datetime.fromisoformat(more.pop("at")), What(more.pop("what"))
                yield Line(at, what, more.pop("ids"), more)
            except (ValueError, TypeError, KeyError, AttributeError):
                continue
