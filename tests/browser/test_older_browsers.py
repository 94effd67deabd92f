"""A browser without popover (an iPhone before iOS 17): the menu stands below the name, a word tells its meaning."""

import re

import pytest
from playwright.sync_api import expect

from werkplaats.site.models import GlossaryTerm, Site

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]


def without_popover(page):
    """Takes the word out of pages and style sheets, which then find a selector that nobody knows."""

    def answer(route):
        response = route.fetch()
        kind, text = response.headers.get("content-type", ""), response.text
        if "css" in kind:
            route.fulfill(response=response, body=text().replace(":popover-open", ":never-known"))
        elif "html" in kind:
            route.fulfill(response=response, body=re.sub(r'\spopover(?=[\s>])|\spopovertarget="[^"]*"', "", text()))
        else:
            route.fulfill(response=response)

    page.route("**/*", answer)
    return page


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_menu_stands_below_the_name(open_page, width):
    page = without_popover(open_page(width=width))
    page.goto("/over/")
    menu, brand = page.get_by_role("navigation", name="Hoofdmenu"), page.locator(".brand strong")
    expect(menu.get_by_role("link", name="Programma")).to_be_visible()
    expect(page.locator(".menu-button")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert brand.bounding_box()["height"] < 60
    assert page.locator(".site-head").bounding_box()["height"] < 300
    if width < 1024:
        assert menu.bounding_box()["y"] >= brand.bounding_box()["y"] + brand.bounding_box()["height"]


def test_a_word_keeps_its_meaning_until_it_is_asked(open_page):
    Site.objects.update_or_create(pk=1, defaults={"about": "Hier spreekt de consulent mee."})
    GlossaryTerm.objects.create(term="consulent", meaning="Iemand die scholen helpt.")
    page = without_popover(open_page(width=320))
    page.goto("/over/")
    meaning = page.locator(".meaning")
    expect(meaning).to_be_hidden()
    page.get_by_role("button", name="consulent").focus()
    expect(meaning).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
