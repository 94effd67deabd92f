"""What the pages for developers point to is there, and nothing that they promise to list is left out."""

import importlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
APPS = ("werkplaats", "posts", "polls", "events", "plan", "inviting", "live")
CODE = re.compile(r"```.*?```", re.DOTALL)
QUOTED = re.compile(r"`([^`\n]+)`")
FOLDERS = "|".join([*APPS, "templates", "static", "tests", "docs", "bench", "LICENSES"])
FILE = re.compile(rf"(?:{FOLDERS})/[\w./-]*|[\w.-]+\.(?:md|toml)")
DOTTED = re.compile(rf"(?:{'|'.join(APPS)})(?:\.\w+)+")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
BY_HAND = re.compile(r"cursor\(\)|\.raw\(|RunSQL\(")


def is_there(name: str) -> bool:
    """Whether a dotted name leads to a module, or to something in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


def broken(text: str, folder: Path = ROOT) -> list[str]:
    """The paths, names and links in a page that lead nowhere; `folder` is where the page lies."""
    quoted = QUOTED.findall(CODE.sub("", text))
    lost = [each for each in quoted if FILE.fullmatch(each) and not (ROOT / each).exists()]
    lost += [
        name
        for each in quoted
        for name in DOTTED.findall(each)
        if "/" not in each and not name.endswith(".py") and not is_there(name)
    ]
    return lost + [link for link in LINK.findall(text) if not leads(link, text, folder)]


def leads(link: str, text: str, folder: Path) -> bool:
    """Whether a link goes to a file that is there, and to a heading in it."""
    if link.startswith("https://"):
        return True
    path, _, anchor = link.partition("#")
    page = folder / path if path else None
    if page and not page.exists():
        return False
    headings = HEADING.findall(page.read_text() if page else text) if anchor else []
    return not anchor or anchor in map(slug, headings)


def slug(heading: str) -> str:
    """The anchor of a heading, as git hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_points_to_what_is_there(page):
    assert broken(page.read_text(), page.parent) == []


def test_what_is_not_there_is_found():
    lost = ["posts/nowhere.py", "templates/posts/gone.html", "posts.actions.writing.gone", "NOWHERE.md"]
    assert broken(" ".join(f"`{each}`" for each in lost)) == [*lost[:2], lost[3], lost[2]]
    assert broken("[a](docs/gone.md) [b](#gone) [c](README.md#gone)") == ["docs/gone.md", "#gone", "README.md#gone"]
    assert broken("`posts/actions/writing.py`, `events.gate.cafes`\n# A B …?\n[d](#a-b-)") == []


def test_all_sql_by_hand_is_listed():
    page = (ROOT / "docs/architecture.md").read_text()
    section = page.partition("\n## SQL by hand\n")[2].partition("\n## ")[0]
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    by_hand = [str(file.relative_to(ROOT)) for file in files if BY_HAND.search(file.read_text())]
    assert [name for name in by_hand if f"`{name}`" not in section] == []
    assert len(by_hand) > 10


def test_every_decision_is_in_the_index():
    index = (ROOT / "docs/decisions/README.md").read_text()
    records = {file.name for file in (ROOT / "docs/decisions").glob("*.md")} - {"README.md"}
    assert {link for link in LINK.findall(index)} == records
