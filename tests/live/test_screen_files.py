"""The screen is light or dark as who leads chose, not as the computer prefers: it has the colours of the site twice."""

import re
from pathlib import Path

from django.conf import settings

CSS = Path(settings.BASE_DIR, "static", "css")
TOKEN = re.compile(r"(--[\w-]+): (#\w+);")


def colours(sheet: str, dark_from: str) -> tuple[dict, dict]:
    light, _, dark = (CSS / sheet).read_text().partition(dark_from)
    return dict(TOKEN.findall(light)), dict(TOKEN.findall(dark))


def test_the_screen_has_the_colours_of_the_site():
    of_site = colours("tokens.css", "@media (prefers-color-scheme: dark)")
    of_screen = colours("live/screen_tokens.css", ":root.is-dark")
    for site, screen in zip(of_site, of_screen, strict=True):
        assert screen == {name: site[name] for name in screen}
    assert len(of_screen[0]) > 20
    # What is another colour in the dark is so on the screen too.
    assert of_screen[1].keys() == of_site[1].keys() & of_screen[0].keys()
