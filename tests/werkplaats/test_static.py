"""What the browser gets: every file that is named exists and is used, nothing inline, a light first load."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from werkplaats.web.joining import Joined, imported

ROOT = Path(__file__).resolve().parent.parent.parent
STATIC = ROOT / "static"
STYLES = sorted((STATIC / "css").rglob("*.css"))
# Mail programs know no style sheets, so their HTML has styles inline; no browser page does.
TEMPLATES = sorted(p for p in (ROOT / "templates").rglob("*.html") if not {"mail", "email"} & set(p.parts))


def ids(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def names_in(template: Path) -> list[str]:
    return re.findall(r"""{%\s*(?:static|scripts)\s+["']([^"']+)["']""", template.read_text())


def imported_by(name: str) -> set[str]:
    """The stylesheet or script itself, and all that it takes in."""
    return {name}.union(*map(imported_by, imported(name, (STATIC / name).read_text())))


@pytest.mark.parametrize("template", TEMPLATES, ids=ids(TEMPLATES))
def test_templates_keep_to_the_content_security_policy(template):
    inline = r"\sstyle=|<style\b|\shx-on|\son[a-z]+=|<script(?![^>]*\s(src=|type=.application/json))|javascript:"
    assert not re.search(inline, template.read_text(), re.IGNORECASE)


@pytest.mark.parametrize("template", TEMPLATES, ids=ids(TEMPLATES))
def test_static_files_and_icons_that_a_template_names_exist(template):
    text = template.read_text()
    for name in names_in(template):
        assert finders.find(name), name
    symbols = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/img/icons.svg").read_text()))
    drawn = re.findall(r'<use href="[^"#]*#([\w-]+)"|{% icon "([\w-]+)" %}', text)
    assert {name for pair in drawn for name in pair if name} <= symbols


def test_every_stylesheet_and_script_is_used():
    named = {name for template in TEMPLATES for name in names_in(template)}
    files = {name for name in named if name.startswith(("css/", "js/"))}
    used = named.union(*map(imported_by, files))
    ours = [path for kind in ("css", "js") for path in STATIC.rglob(f"*.{kind}")]
    assert {str(path.relative_to(STATIC)) for path in ours} - used == set()


@pytest.mark.parametrize("sheet", STYLES, ids=ids(STYLES))
def test_style_sheets_are_plain(sheet):
    text = sheet.read_text()
    assert "!important" not in text
    assert len(text.splitlines()) <= 400
    for target in re.findall(r'url\("([^"]+)"\)', text):
        assert (sheet.parent / target).is_file(), target


def test_a_page_may_be_read_on_a_phone_that_is_turned():
    """What axe would look for in every style sheet: rules that hold a page to one orientation."""
    assert [sheet.name for sheet in STYLES if "orientation" in sheet.read_text()] == []


def test_the_first_load_leaves_room_for_the_page():
    """At most 150 KB in all: what base.html and the landing page load, and 25 KB for the page itself."""
    names = set(names_in(ROOT / "templates/base.html"))
    names -= {"img/og.jpg", "img/apple-touch-icon.png", "img/favicon.ico"}  # not asked for by a page load
    size = 0
    for name in names | {"img/icons.svg", "img/header.svg"}:
        path = Path(finders.find(name))
        joined = path.suffix in (".css", ".js")
        content = Joined(FileSystemStorage(STATIC)).read(name).encode() if joined else path.read_bytes()
        size += len(content) if name.endswith(".woff2") else len(gzip.compress(content))
    assert size <= 125_000
