"""Walks all ways of a running demo in Firefox and in WebKit, at a phone's size and a desktop's, and prints a table.

    python -m tests.otherbrowsers [SITE] [firefox|webkit] [phone|desktop] [WAY …]

Not part of `make test`: CONTRIBUTING.md says what to install. It writes in the demo, so start one for it.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from tests.otherbrowsers import backoffice, paper, public
from tests.otherbrowsers.drivers import Refused
from tests.otherbrowsers.window import Failed, Window

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
BROWSERS = ("firefox", "webkit")
# The coordinator first: the sticker round is then open for ideas. Each has a window of its own, as a new visitor.
WAYS: list[dict[str, Callable[[Window], None]]] = [backoffice.WAYS, public.WAYS, paper.WAYS]
SHOTS = Path("var/otherbrowsers")


def walk(site: str, browser: str, size: str, names: set[str]) -> dict[str, str]:
    """What went wrong, by the name of each way; empty where it went well."""
    told: dict[str, str] = {}
    known: dict[str, str] = {}
    for ways in WAYS:
        if names and not names & ways.keys():
            continue
        page = Window(browser, site, *SIZES[size], known)
        try:
            for name, way in ways.items():
                if not names or name in names or way is backoffice.log_in:
                    told[name] = tried(page, way, f"{browser} {size} {name}")
        finally:
            page.close()
    return told


def tried(page: Window, way: Callable[[Window], None], what: str) -> str:
    try:
        way(page)
    except (Failed, Refused) as failed:
        why = " ".join(str(failed).split())
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.shot(SHOTS / f"{what.replace(' ', '-')}.png")
    else:
        why = ""
    print(f"{what}: {why or 'ok'}", file=sys.stderr, flush=True)
    return why


def main(arguments: list[str]) -> int:
    """The exit status: 1 when something went wrong."""
    sites = [each for each in arguments if each.startswith("http")] or ["http://127.0.0.1:8000"]
    browsers = [each for each in BROWSERS if each in arguments] or BROWSERS
    sizes = [each for each in SIZES if each in arguments] or list(SIZES)
    names = set(arguments) - {*sites, *BROWSERS, *SIZES}
    if unknown := names - {name for ways in WAYS for name in ways}:
        sys.exit(f"No such way: {', '.join(sorted(unknown))}")
    columns = [(browser, size) for browser in browsers for size in sizes]
    told = {column: walk(sites[0].rstrip("/"), *column, names) for column in columns}
    print("| way |", " | ".join(" ".join(column) for column in columns), "|")
    print("|---|" + "---|" * len(columns))
    for name in dict.fromkeys(name for each in told.values() for name in each):
        print(f"| {name} |", " | ".join(told[column][name] or "ok" for column in columns), "|")
    return int(any(why for each in told.values() for why in each.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
