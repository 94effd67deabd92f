"""What is on its way between a page and the server, and tells a test less than what stands on the page."""

from playwright.sync_api import expect

from werkplaats.laptop.processes import until

# What a script says for six seconds stays: an answer may be seen later than that on a machine that stood still.
WORDS_STAY = """
  const wait = setTimeout;
  window.setTimeout = (task, time, ...more) => time === 6000 ? 0 : wait(task, time, ...more);
"""


def arrived(page, held: list) -> list:
    """With something in it, which a route puts there: a page shows that it sends before its browser tells us."""
    assert until(lambda: held or page.wait_for_timeout(20), 60), "nothing was asked"
    return held


def first_of(page, held: list):
    return arrived(page, held).pop(0)


def swapped(page) -> None:
    """Once the words of an answer are seen: until htmx told scripts of them, which is a moment later."""
    expect(page.locator(".htmx-settling")).to_have_count(0)
