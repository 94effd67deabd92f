"""No rule of ours is lost in an older browser by its neighbour: one selector it does not know drops the whole list."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR, "static", "css")
SHEETS = sorted(CSS.rglob("*.css"))
IDS = [str(each.relative_to(CSS)) for each in SHEETS]
# Younger than what the site is made for; `:is` and `:where` pass over what they do not know.
NEWER = re.compile(
    r":has\(|:popover-open|:user-(?:in)?valid|:state\(|::details-content|:open\b|:modal\b|:dir\(|:autofill|::highlight"
    r"|::view-transition|::?-(?:webkit|moz)-[\w-]+"
)
PASSES_OVER = re.compile(r":(?:is|where)\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")


def plain(sheet: str) -> str:
    return re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)


def selectors_of(listed: str) -> list[str]:
    """The parts of a selector list; a comma between brackets parts nothing."""
    parts, depth = [""], 0
    for sign in listed:
        depth += (sign in "([") - (sign in ")]")
        parts.append("") if sign == "," and not depth else parts.append(parts.pop() + sign)
    return [part.strip() for part in parts]


def mixed(sheet: str) -> list[str]:
    """The lists that hold a newer selector beside a plain one, or another newer one."""
    lists = [found.strip() for found in re.findall(r"([^{};]+)\{", plain(sheet))]
    needs = {
        each: {frozenset(NEWER.findall(PASSES_OVER.sub("", part))) for part in selectors_of(each)}
        for each in lists
        if not each.startswith("@")
    }
    return [each for each, kinds in needs.items() if len(kinds) > 1]


@pytest.mark.parametrize("sheet", SHEETS, ids=IDS)
def test_no_list_mixes_a_newer_selector_with_a_plain_one(sheet):
    assert mixed(sheet.read_text()) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=IDS)
def test_what_opens_as_a_popover_has_a_place_without_one(sheet):
    text = plain(sheet.read_text())
    opened = re.findall(r"([.#][\w-]+):popover-open", text)
    without = text.partition("@supports not selector(:popover-open)")[2]
    assert [name for name in opened if not re.search(rf"^\s*{re.escape(name)} \{{", without, re.MULTILINE)] == []


@pytest.mark.parametrize(
    "sheet",
    [
        ".a,\n.b:has(:checked) .c {}",
        "@media print { .a:popover-open, .a {} }",
        ".a:has(.b), .c:popover-open {}",
        "i::-moz-range-thumb, i::-webkit-slider-thumb {}",
    ],
)
def test_a_mixed_list_is_seen(sheet):
    assert len(mixed(sheet)) == 1


@pytest.mark.parametrize(
    "sheet",
    [
        ":is(.a, .b:has(:checked)), .c {}",
        ".a:is(.b, :has(.c :is(.d, .e))) {}",
        ".a:has(.b), .c:has(.d) {}",
        ".a:has(.b, .c) {} .d, .e {}",
        "/* .a, .b:has(.c) { */ .d { color: red; }",
    ],
)
def test_a_list_that_falls_alone_is_not_taken_for_that(sheet):
    assert mixed(sheet) == []
