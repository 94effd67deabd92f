"""One window of a browser that is not Chromium, in which things are found by the words that people read."""

import base64
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.otherbrowsers.drivers import ELEMENT, Firefox, Refused, WebKit

PATIENCE = 10  # seconds that something may take to come
PAPER = 250  # a grey that is as good as white
ENTER, CONTROL = "\ue007", "\ue009"
# By what somebody sees: the smallest thing to press, or the field of a label, with these words in it.
FIND = r"""
const [kind, words, within] = arguments;
const place = document.querySelector(within);
if (!place) return null;
const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim().toLowerCase();
const said = (each) => plain([each.innerText, each.value, each.ariaLabel].find((text) => plain(text)));
const isSeen = (each) => each.checkVisibility() && each.getClientRects().length > 0;
if (kind === "css") return [...place.querySelectorAll(words)].find(isSeen) ?? null;
if (kind === "press") {
  const all = [...place.querySelectorAll("button, a, summary, input[type=submit]")].filter(isSeen);
  const found = all.filter((each) => said(each).includes(plain(words)));
  return found.sort((one, other) => said(one).length - said(other).length)[0] ?? null;
}
const named = [...place.querySelectorAll("input, textarea, select")].filter((each) =>
  [...(each.labels ?? []), {innerText: each.ariaLabel}].some((label) => plain(label.innerText).includes(plain(words))));
return named.find(isSeen) ?? named[0] ?? null;
"""
READ = r"""
const [within, words] = arguments;
const read = [...document.querySelectorAll(within)].map((each) => each.innerText.replace(/\s+/g, " "));
return read.some((text) => text.includes(words));
"""
CHOOSE = """
const [list, words] = arguments;
const found = [...list.options].find((each) => each.text.includes(words));
if (!found) return false;
list.value = found.value;
for (const name of ["input", "change"]) list.dispatchEvent(new Event(name, {bubbles: true}));
return true;
"""
BRING = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"


class Failed(Exception):
    """A way did not go as it should, in words."""


class Window:
    """`site` is the address of the running demo; `width` and `height` are those of the page, in CSS pixels.

    `known` is what one way found and another needs.
    """

    def __init__(self, browser: str, site: str, width: int, height: int, known: dict):
        self.site, self.width, self.height, self.known = site, width, height, known
        self.driver: Firefox | WebKit = {"firefox": Firefox, "webkit": WebKit}[browser]()
        self.driver.fit(width, height)

    def found(self, name: str) -> str:
        """What another way left in `known`."""
        if name not in self.known:
            raise Failed(f"the way that finds the {name} did not go well")
        return self.known[name]

    def run(self, script: str, *given) -> Any:
        return self.driver.ask("run", script=script, args=list(given))

    def go(self, path: str) -> None:
        """Opens a page of the site, which is no wider than the window."""
        self.driver.ask("go", url=path if path.startswith("http") else self.site + path)
        wide, seen = self.run("return [document.scrollingElement.scrollWidth, innerWidth]")
        if seen != self.width:
            raise Failed(f"the window is {seen} px wide, and not {self.width}")
        if wide > seen + 1:
            raise Failed(f"{self.path} is {wide} px wide in a window of {seen}")

    def reload(self) -> None:
        """As F5 does: what WebDriver calls a refresh puts nothing back in a field."""
        self.run("document.documentElement.dataset.before = 'F5'; location.reload()")
        come = "return document.readyState === 'complete' && !document.documentElement.dataset.before"
        self.until(lambda: self.run(come), "the page came again")

    @property
    def path(self) -> str:
        return self.run("return location.pathname + location.search")

    def until(self, look, what: str) -> Any:
        """What `look` finds, once it finds something. Pages come and go meanwhile."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                if found := look():
                    return found
            except Refused:
                pass
            if time.monotonic() > end:
                raise Failed(f"not so on {self.path}: {what}")
            time.sleep(0.1)

    def find(self, kind: str, words: str, within: str = "body") -> dict:
        return self.until(lambda: self.run(FIND, kind, words, within), f"{kind} «{words}» in {within}")

    def css(self, selector: str, within: str = "body") -> dict:
        return self.find("css", selector, within)

    def says(self, words: str, within: str = "body") -> None:
        """Waits until these words can be read."""
        self.until(lambda: self.run(READ, within, words), f"«{words}» in {within}")

    def gone(self, selector: str) -> None:
        self.until(lambda: not self.count(selector), f"no {selector}")

    def press(self, words: str, within: str = "body") -> None:
        self.click(self.find("press", words, within))

    def click(self, element: dict) -> None:
        self.until(lambda: self.run("return document.fonts.status") == "loaded", "the letters are there")
        self.run(BRING, element)
        self.driver.ask("click", id=element[ELEMENT])

    def type(self, element: dict, text: str) -> None:
        self.driver.ask("type", id=element[ELEMENT], text=text)

    def fill(self, label: str, text: str, within: str = "body") -> None:
        field = self.find("field", label, within)
        self.run(BRING, field)
        self.driver.ask("clear", id=field[ELEMENT])
        self.type(field, text)

    def pick(self, label: str, option: str, within: str = "body") -> None:
        """Chooses from a list as a script would: what an open list looks like is the browser's own."""
        if not self.run(CHOOSE, self.find("field", label, within), option):
            raise Failed(f"«{option}» is not in the list «{label}»")

    def tick(self, label: str, within: str = "body") -> None:
        field = self.find("field", label, within)
        self.click(field)
        self.until(lambda: self.run("return arguments[0].checked", field), f"«{label}» is ticked")

    def value(self, selector: str) -> str:
        return self.run("return document.querySelector(arguments[0]).value", selector)

    def words(self, selector: str) -> str:
        return self.run("return arguments[0].innerText.trim()", self.css(selector))

    def count(self, selector: str) -> int:
        return self.run("return document.querySelectorAll(arguments[0]).length", selector)

    def key(self, *held_then_pressed: str) -> None:
        """Presses the last key where the focus is, while the others are held."""
        down = [{"type": "keyDown", "value": key} for key in held_then_pressed]
        up = [{"type": "keyUp", "value": key} for key in reversed(held_then_pressed)]
        self.driver.ask("act", actions=[{"type": "key", "id": "keyboard", "actions": down + up}])

    def sheets(self, path: str, width: float, height: float, margin: float) -> list[float]:
        """How far down each sheet something stands, from 0 (it is empty) to 1, on paper of this size in millimetres."""
        if self.driver.prints:
            self.go(path)
            sides = dict.fromkeys(("top", "bottom", "left", "right"), margin / 10)
            paper = {"width": width / 10, "height": height / 10}
            printed = base64.b64decode(
                self.driver.ask("print", page=paper, margin=sides, background=True, shrinkToFit=False)
            )
        else:
            script = Path(__file__).with_name("webkit_print.py")
            sizes = map(str, (width, height, margin))
            command = ["/usr/bin/python3", script, self.site + path, *sizes]
            printed = subprocess.run(command, capture_output=True, check=True).stdout
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "page.pdf")
            file.write_bytes(printed)
            subprocess.run(["pdftoppm", "-gray", "-r", "30", file, Path(folder, "sheet")], check=True)
            return [filled(sheet.read_bytes()) for sheet in sorted(Path(folder).glob("*.pgm"))]

    def shot(self, file: Path) -> None:
        file.write_bytes(base64.b64decode(self.driver.ask("shot")))

    def close(self) -> None:
        self.driver.close()


def filled(picture: bytes) -> float:
    """How far down a picture (PGM: a line each for its kind, its size and its white) something is not white."""
    _, size, _, pixels = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    rows = [pixels[start : start + width] for start in range(0, width * height, width)]
    return max((number for number, row in enumerate(rows, start=1) if min(row) < PAPER), default=0) / height
