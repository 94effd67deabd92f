"""No request ever leaves for a third party: no page, style sheet or script names another host to fetch from."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FETCHES = re.compile(
    r"""(?:src|srcset|action|poster)=["']\s*(?:https?:)?//|<link[^>]+href=["'](?:https?:)?//|url\(\s*["']?(?:https?:)?//|@import\s*["'](?:https?:)?//|(?:fetch|import)\(\s*["'`](?:https?:)?//"""
)


def files() -> list[Path]:
    found = [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static").rglob("*.css"),
        *(ROOT / "static/js").rglob("*.js"),
    ]
    return found


def test_no_file_fetches_from_elsewhere():
    assert [str(file.relative_to(ROOT)) for file in files() if FETCHES.search(file.read_text())] == []
    assert len(files()) > 50


def test_a_fetch_from_elsewhere_is_found():
    for text in (
        '<script src="https://cdn.example/x.js">',
        '<link rel="stylesheet" href="//fonts.example/a.css">',
        'background: url("https://img.example/a.png")',
        '@import "//fonts.example/a.css"',
        'fetch("https://api.example")',
    ):
        assert FETCHES.search(text), text
