"""No script of ours uses what an older phone cannot read: one such word, and the whole of site.js is dropped there.

Ours keep to what Safari 14 (2020) reads. htmx has private methods, so a phone needs Safari 15, which an iPhone of 2015
has. What is read but not known there, such as a method, fails on its own place alone: that too has another way.
"""

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR, "static")
SCRIPTS = sorted([*(STATIC / "js").rglob("*.js"), *(STATIC / "vendor").rglob("*.js")])
COMMENTS = re.compile(r"/\*.*?\*/|(?:^|(?<=\s))//[^\n]*", re.DOTALL | re.MULTILINE)
REGEX = r"(?<=[=(,:!&|?{};\s])/(?![*/\s])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/"
TOO_NEW = {  # what it is: since which Safari
    "a lookbehind: 16.4": r"\(\?<[=!]",
    "a regex with flag d or v: 15, 17": REGEX + r"[gimsuy]*[dv][gimsuydv]*(?!\w)",
    "flags inside a regex: never": r"\(\?[ims]*-?[ims]+:",
    "a static block: 16.4": r"\bstatic\s*\{",
    "a field of a class: 14.1": r"\bclass\b[\w\s]*\{\s*(?:static\s+)?#?\w+\s*[=;]",
    "a private method: 15": r"(?:^|[;{}])\s*(?:static\s+)?(?:async\s+)?#\w+\s*\(",
    "a look for a private field: 15": r"#\w+\s+in\b",
    "await outside a function: 15, in a module alone": r"^(?:await\b|(?:const|let|var)\b[^\n({]*=\s*await\b)",
    "import or export: in a module alone": r"^(?:import|export)\b(?!\s*\()",
    "a string as a name of import: 16": r"\bwith\s*\{\s*type:",
    "using: never": r"^\s*(?:await\s+)?using\s+\w+\s*=",
}
# What is read but not there before some Safari: 15 to 18, or at all.
METHODS = re.findall(
    r"\w+",
    """
    requestSubmit at findLast findLastIndex toSorted toReversed toSpliced hasOwn structuredClone
    randomUUID groupBy withResolvers fromAsync isSubsetOf isSupersetOf isDisjointFrom getOrInsert
    checkVisibility showPicker showModal showPopover hidePopover togglePopover startViewTransition
    moveBefore parseHTMLUnsafe setHTMLUnsafe vibrate requestIdleCallback createImageBitmap
    BroadcastChannel Segmenter OffscreenCanvas
    """,
)
OF_HTMX = {"a field of a class: 14.1", "a private method: 15"}


def too_new(script: str) -> list[str]:
    plain = COMMENTS.sub("", script)
    return [what for what, how in TOO_NEW.items() if re.search(how, plain, re.MULTILINE)]


def without_fallback(script: str) -> list[str]:
    """The methods that are called, while nothing in the script looks whether they are there."""
    plain = COMMENTS.sub("", script)
    called = [name for name in METHODS if re.search(rf"(?<!\w){name}\(", plain)]
    return [name for name in called if not re.search(rf"""\.{name}\b(?!\()|["']{name}["'] in""", plain)]


@pytest.mark.parametrize("script", SCRIPTS, ids=[str(each.relative_to(STATIC)) for each in SCRIPTS])
def test_an_older_phone_reads_this_script(script):
    assert {*too_new(script.read_text())} - (OF_HTMX if "vendor" in script.parts else set()) == set()


@pytest.mark.parametrize("script", SCRIPTS, ids=[str(each.relative_to(STATIC)) for each in SCRIPTS])
def test_an_older_phone_has_what_this_script_calls(script):
    if "vendor" not in script.parts:
        assert without_fallback(script.read_text()) == []


@pytest.mark.parametrize(
    ("script", "missing"),
    [
        ("form.requestSubmit();", ["requestSubmit"]),
        ("const last = [...rows].at(-1);", ["at"]),
        ("const id = crypto.randomUUID(); Object.hasOwn(a, b)", ["hasOwn", "randomUUID"]),
        ("structuredClone(a)", ["structuredClone"]),
        ("if (form.requestSubmit) form.requestSubmit(); else press();", []),
        ('if ("startViewTransition" in document) document.startViewTransition(go);', []),
        ("dialog.showModal?.(); noteAt(a); format(b); // never .at(-1)", []),
    ],
)
def test_what_it_calls_is_seen_unless_there_is_another_way(script, missing):
    assert without_fallback(script) == missing


@pytest.mark.parametrize(
    "script",
    [
        "href.replace(/(?<=&body=).*/, words);",
        "const at = /a/d.exec(words);",
        "words.match(/[\\p{L}--[a-z]]/v)",
        "words.match(/a(?i:b)/)",
        "class A {\n  static {\n    start();\n  }\n}",
        "class A {\n  #count = 0;\n}",
        "class A { constructor() {}\n  #next() {}\n}",
        "const is = #count in other;",
        "await start();",
        "const page = await fetch(here);",
        'import "./saying.js";',
        "export const a = 1;",
        'load(here, with { type: "json" });',
        "using lock = take();",
    ],
)
def test_what_it_does_not_read_is_seen(script):
    assert len(too_new(script)) == 1


@pytest.mark.parametrize(
    "script",
    [
        "unsaved ||= failed > 0; a ??= b?.c ?? 1_000;",
        "const start = async () => {\n  await ready;\n};",
        "words.replace(/(?<name>a)(?=b)(?!c)(?:d)/gimsuy, '')",
        "// no (?<= here, nor await\nstart(); /* static { */",
        'const link = "https://werkplaats.example/(a)/dv"; half = a / b / dv;',
        "class A {\n  start() {}\n  get x() {\n    return 1;\n  }\n}",
    ],
)
def test_what_it_reads_is_not_taken_for_that(script):
    assert too_new(script) == []
