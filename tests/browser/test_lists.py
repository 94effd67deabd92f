"""Lists whose bullets are styled away are still called lists: Safari with VoiceOver does so only with `role="list"`."""

from urllib.parse import urlsplit

from tests.browser.every_page import public_pages

# What WebKit takes for no list: every item without a marker of its own, outside a navigation.
MUTE = """() => [...document.querySelectorAll("ul, ol")].filter((list) => list.checkVisibility() && list.children.length
    && !list.hasAttribute("role") && !list.closest("nav, .breadcrumbs, .errorlist, .messagelist, .object-tools")
    && [...list.children].every((item) => getComputedStyle(item).listStyleType === "none"
        && getComputedStyle(item, "::before").content === "none"))
    .map((list) => `${list.parentElement.className} > ${list.tagName}.${list.className} (${list.children.length})`)"""


def test_every_list_is_called_one(open_page, demo):
    found = set()
    for page in public_pages(open_page()):
        found |= {f"{urlsplit(page.url).path}: {list}" for list in page.evaluate(MUTE)}
    assert not found, "\n".join(sorted(found))
