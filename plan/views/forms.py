"""What the forms of the desk send, read and cleaned."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.dateparse import parse_date

from plan.actions.outcomes import Refused, Seen
from werkplaats.fields import clean_text
from werkplaats.web.addresses import row_key

CHOOSE_A_VOICE = "Kies eerst een stem."
MOST = 5000  # characters, of what is cleaned


def voices_in(marks: Iterable[str]) -> dict[int, Seen]:
    """By the key of the fragment what the page showed of it; malformed marks are left out."""
    parts = [[row_key(part) for part in mark.split(".")] for mark in marks]
    return {each[0]: Seen(each[1], each[2]) for each in parts if len(each) == 3 and each[0]}


def cards_in(marks: Iterable[str]) -> dict[int, int]:
    """By the key of the destination, or of the stack, the version that the page showed; malformed ones are left out."""
    parts = [[row_key(part) for part in mark.split(".")] for mark in marks]
    return {each[0]: each[1] for each in parts if len(each) == 2 and each[0]}


def asked(post: Any) -> dict[int, Seen]:
    """The voice on the desk, first, and those that were ticked beside it. Raises Refused without any."""
    found = voices_in([post.get("stem", ""), *post.getlist("ook")])
    if not found:
        raise Refused(CHOOSE_A_VOICE)
    return found


def line(post: Mapping[str, str], name: str, most: int) -> str:
    """What was typed in a field of one line. Raises Refused when it is longer than `most` characters."""
    return _text(post, name, most, multiline=False)


def prose(post: Mapping[str, str], name: str, most: int) -> str:
    """What was typed in a field of more lines, as `line`."""
    return _text(post, name, most, multiline=True)


def _text(post: Mapping[str, str], name: str, most: int, *, multiline: bool) -> str:
    text = clean_text(post.get(name, "")[:MOST], multiline=multiline)
    if len(text) > most:
        raise Refused(f"Dat zijn {len(text)} tekens. Er passen er {most}.")
    return text


def choice_in(post: Mapping[str, str]) -> dict[str, Any]:
    """The choice that was made, for the actions: they check it. Raises Refused for what does not fit."""
    return {
        "choice": post.get("keuze", ""),
        "words": line(post, "woorden", 300),
        "decided_by": line(post, "besluit_van", 120),
        "decided_on": day(post.get("besluit_op", "")),
    }


def typed_choice(post: Mapping[str, str]) -> dict[str, str]:
    """The choice as it was typed, to show it again."""
    names = {"choice": "keuze", "words": "woorden", "decided_by": "besluit_van", "decided_on": "besluit_op"}
    return {name: post.get(field, "") for name, field in names.items()}


def day(typed: str) -> date | None:
    """None for nothing. Raises Refused for what is no day of these times."""
    try:
        found = parse_date(typed)
    except ValueError:
        found = None
    if typed and (found is None or not 1990 <= found.year <= 2100):
        raise Refused("Vul de dag in als dag, maand en jaar.")
    return found


def quote_of(text: str, words: str) -> tuple[int, int] | None:
    """Where marked words stand in a text, in characters. None for no words; raises Refused when they are not there."""
    words = clean_text(words[:MOST], multiline=True)
    if not words:
        return None
    begin = text.find(words)
    if begin < 0:
        raise Refused("Deze woorden staan niet zo in de stem. Neem ze over zoals ze er staan.")
    return begin, begin + len(words)
