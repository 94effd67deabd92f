"""The first content of an installation, as data: texts for everyone, and invented people for the demo.

`manage.py loaddemo` puts it in the database. Each subject is a TOML file beside this one, the long texts lie in
`pages`. What the source documents prescribe stands there to the letter; all other words are ours. In long texts `## `
starts a heading, `- ` an item. Days are "month-day" of a school year that is moved to lie around today.
"""

import tomllib
from pathlib import Path
from types import SimpleNamespace

FOLDER = Path(__file__).parent


def read(subject: str) -> SimpleNamespace:
    """What stands in a file, a name for each of its tables and values."""
    return SimpleNamespace(**tomllib.loads((FOLDER / f"{subject}.toml").read_text("utf-8")))


cafes, mondays, posts, questions, rounds, site, wensbeelden = map(
    read, ("cafes", "mondays", "posts", "questions", "rounds", "site", "wensbeelden")
)
concept, half_sorted, rehearsal, rehearsal_heard, rehearsal_said, told = map(
    read, ("concept", "half_sorted", "rehearsal", "rehearsal_heard", "rehearsal_said", "told")
)
calls, play = read("calls"), read("play")
pages = {page.stem: page.read_text("utf-8").strip() for page in (FOLDER / "pages").glob("*.md")}
