"""Answering the page that asks an owner of an address what they wrote, as a browser does."""

import re

FORM = re.compile(r'name="bijdrage" value="(\d+)"><input type="hidden" name="gezien" value="([\d. ]*)"')


def forms(page: str) -> dict[int, str]:
    """What the form about each post says that was shown with it, in the order of the page."""
    return {int(pk): seen for pk, seen in FORM.findall(page)}


def sent(page: str, about: int) -> dict[str, str]:
    """All that the form about this post sends, but the button."""
    form = page.split(f'name="bijdrage" value="{about}">')[1].split("</form>")[0]
    return {"bijdrage": str(about), **dict(re.findall(r'name="(gezien|onder)" value="([^"]*)"', form))}


def press(browser, path: str, said: str, about: int | None = None, *, also: tuple[int, ...] = (), **extra):
    """Opens the page, ticks `also`, and presses ja or nee: about the first post, or about this one."""
    page = browser.get(path).text
    about = about or next(iter(forms(page)), None)
    data = (sent(page, about) if about in forms(page) else {"bijdrage": about, "gezien": ""}) if about else {}
    return browser.post(path, {**data, "antwoord": said, "ook": also}, **extra)
