"""Triggers that raise versions. What is kept, what was read and what was agreed to names the version it was of."""

import re
from collections.abc import Container, Iterable
from hashlib import md5, sha256
from typing import Any

import pgtrigger
from django.http import QueryDict

SEEN = "gezien"  # the field of a form that names what its page showed
MARK = "woorden"  # and this one the mark of words beside it
A_MARK = re.compile(r"[0-9a-f]{12}")
NAMED = re.compile(r"(?<!\S)(\d{1,18})\.(\d{1,18})(?:\.(\d{1,18}))?(?!\S)", re.ASCII)


def named(rows: Iterable[Any]) -> str:
    """The value of SEEN: each of these rows with its version."""
    return " ".join(f"{row.pk}.{row.version}" for row in rows)


def seen_in(sent: QueryDict) -> dict[int, int]:
    """The version that a page showed, by the key of its row."""
    return {int(pk): int(version) for pk, version, _ in NAMED.findall(" ".join(sent.getlist(SEEN)))}


def is_other(sent: QueryDict, row: Any) -> bool:
    """Whether a page showed this row in another version than it has now."""
    return bool(seen_in(sent).get(row.pk, row.version) != row.version)


def named_with_state(rows: Iterable[Any]) -> str:
    """As `named`, for who decides: with the `shown_state` of a row that has one, what a page told besides the words."""
    return " ".join(
        f"{row.pk}.{row.version}" + (f".{row.shown_state}" if hasattr(row, "shown_state") else "") for row in rows
    )


def states_in(sent: QueryDict) -> dict[int, int]:
    """The `shown_state` that a page for who decides showed, by the key of its row."""
    return {int(pk): int(state) for pk, _, state in NAMED.findall(" ".join(sent.getlist(SEEN))) if state}


def sent_on(sent: QueryDict, pks: Container[int]) -> str:
    """What a page said that it showed of these rows, for a page that comes after it."""
    said = " ".join(sent.getlist(SEEN))
    return " ".join(each[0] for each in NAMED.finditer(said) if int(each[1]) in pks)


def mark_of(*words: object) -> str:
    """Twelve characters that are others as soon as any of these words is: for what is pressed, beside what it says."""
    return md5("\n".join(map(str, words)).encode(), usedforsecurity=False).hexdigest()[:12]


def mark_in(sent: QueryDict) -> str | None:
    """The mark that a page sent along in the field MARK; None when it sent none."""
    found = A_MARK.fullmatch(sent.get(MARK, ""))
    return found and found[0]


def mark_in_sql(*columns: str) -> str:
    """The same of columns that are never null, for the statement that writes what was pressed."""
    return f"left(md5(concat_ws(E'\\n', {', '.join(columns)})), 12)"


def state_of(*said: object) -> int:
    """A number that is another one as soon as any of this is: what `named_with_state` says of a row."""
    return int.from_bytes(sha256(repr(said).encode()).digest()[:7])


def bumps_site_version() -> pgtrigger.Trigger:
    """A trigger for a table that coordinators edit: each change raises Site.version, which keys kept pieces."""
    return pgtrigger.Trigger(
        name="bumps_site_version",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="UPDATE werkplaats_site SET version = version + 1; RETURN NULL;",
    )


def counts_version(name: str) -> pgtrigger.Trigger:
    """A trigger for a table with a `version`: each change of a row raises it."""
    return pgtrigger.Trigger(
        name=name, when=pgtrigger.Before, operation=pgtrigger.Update, func="NEW.version = OLD.version + 1; RETURN NEW;"
    )


def counts_changes() -> pgtrigger.Trigger:
    """A trigger for a table with `version` and `changed_at`: a change of a row raises the one and sets the other.

    An update that changes nothing leaves both as they are, whatever it says of them.
    """
    return pgtrigger.Trigger(
        name="counts_changes",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func="""
            NEW.version = OLD.version;
            NEW.changed_at = OLD.changed_at;
            IF NEW IS DISTINCT FROM OLD THEN
                NEW.version = OLD.version + 1;
                NEW.changed_at = clock_timestamp();
            END IF;
            RETURN NEW;
        """,
    )


def raises_version(*columns: str, but_for: str = "") -> pgtrigger.Trigger:
    """A trigger for a table with a `version`: a change of these columns raises it by one, nothing else does.

    `but_for`: a statement that sets this column too raises nothing. What was quoted and sorted is still what was said.
    """
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    if but_for:
        changed = f"({changed}) AND OLD.{but_for} IS NOT DISTINCT FROM NEW.{but_for}"
    return pgtrigger.Trigger(
        name="raises_version",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"NEW.version = OLD.version + ({changed})::int; RETURN NEW;",
    )
