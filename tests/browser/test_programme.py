"""The programme as it is drawn, in every state: nothing runs over another, no word is broken, nothing sticks out."""

import itertools
import os
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.axe import faults_of, judged, sized
from tests.helpers import factories
from tests.helpers.clock import at
from werkplaats.site.models import Milestone

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = [320, 390, 768, 1024, 1366, 1440]
FAULTS = """() => {
  const line = document.querySelector(".line"), faults = [];
  const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
    && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
  const pairs = (all, what) => all.forEach((one, index) => all.slice(index + 1).forEach(other => {
    if (over(one.box, other.box)) faults.push(`${what}: ${one.words} / ${other.words}`);
  }));
  const boxed = each => ({box: each.getBoundingClientRect(), words: each.textContent.trim().replace(/\\s+/g, " ")});
  const all = selector => [...line.querySelectorAll(selector)].map(boxed);
  pairs(all("li:not(.today)"), "over each other");
  const months = all("text").filter(({box}) => box.width);
  pairs([...months, ...all(".today > .now")], "names over each other");
  for (const month of months) for (const {box} of all(".axis line")) {
    if (over(month.box, {left: box.left - 1, right: box.right + 1, top: box.top - 1, bottom: box.bottom + 1}))
      faults.push(`a line through ${month.words}`);
  }
  const texts = document.createTreeWalker(line.querySelector("ol"), NodeFilter.SHOW_TEXT);
  for (let text; text = texts.nextNode();) {
    const item = text.parentElement.closest("li:not(.today)");
    if (!item || text.parentElement.closest(".visually-hidden")) continue;
    const end = item.getBoundingClientRect().right;
    for (const word of text.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const rects = [...range.getClientRects()];
      if (rects.some(each => Math.abs(each.top - rects[0].top) > 3)) faults.push(`broken: ${word[0]}`);
      if (rects.some(each => each.right > end + 1)) faults.push(`sticks out: ${word[0]}`);
    }
  }
  return faults;
}"""


def ago(days: int):
    return timezone.now() - timedelta(days=days)


def milestone(days: int, title: str, **fields) -> None:
    date = timezone.localdate() + timedelta(days=days)
    end = date + timedelta(days=fields.pop("lasts")) if "lasts" in fields else None
    Milestone.objects.create(**{"date": date, "end": end, "title": title, "whole_month": False, **fields})


def cafe(days: int, title: str = "Een café", **fields) -> None:
    factories.cafe(**{"title": title, "starts_at": ago(-days), "ends_at": ago(-days) + timedelta(hours=2), **fields})


def one_thing():
    milestone(9, "Iets")


def a_whole_year():
    factories.question(opened_at=ago(38))
    factories.question(current=False, title="De Tweede Vraag", planned_for=ago(-19))
    factories.question(current=False, title="De Derde Vraag", planned_for=ago(-60))
    for days in (-24, 12, 60, 123):
        cafe(days, "Passend Onderwijscafé: verandering op school")
    milestone(-72, "De start", whole_month=True)
    milestone(18, "De eerste opbrengst")
    milestone(95, "Lees het concept", lasts=20)
    milestone(128, "Gemeenten en OPR", lasts=30)
    milestone(190, "Het plan is klaar", lasts=30)


def thirty():
    factories.question(opened_at=ago(10))
    for number in range(-10, 20):
        milestone(number * 12, f"Mijlpaal nummer {number}")
        cafe(number * 9, f"Café {number}")


def one_day():
    for number in range(3):
        cafe(5, f"Café {number} op die dag")
        milestone(5, f"Mijlpaal {number}")


def in_three_years():
    factories.question(opened_at=ago(10))
    cafe(1100, "Een café in een ver jaar")
    cafe(0, "Café van vandaag")


def all_past():
    factories.question(opened_at=ago(90)).__class__.objects.update(closed_at=ago(20))
    cafe(-60)
    milestone(-100, "Het begin", lasts=5)


def no_question():
    milestone(-200, "Voor het plan begint", lasts=30)
    milestone(40, "Het concept", lasts=30)
    cafe(-100)


def no_dates():
    factories.question(current=False)
    cafe(1, called_off_at=timezone.now())
    cafe(2)


def long_names():
    factories.question(opened_at=ago(3), title="Wat vinden wij van samenwerkingsafspraken en van alles eromheen?")
    factories.question(current=False, planned_for=ago(-30), title="Ondersteuningsprofielen met z'n allen verbeteren")
    milestone(100, "Medezeggenschapsraden van ouders en personeel in alle werkgebieden", lasts=9)
    milestone(130, "Instemming", lasts=2)
    for days in (-2, -1, 1, 2, 3):
        cafe(days, "Passend Onderwijscafé: hoogbegaafdenonderwijs in ons samenwerkingsverband")


STATES = [one_thing, a_whole_year, thirty, one_day, in_three_years, all_past, no_question, no_dates, long_names]
# Names of months and labels of years stand elsewhere each day, so a run is not judged by the day on which it is.
DAYS = ["2026-11-12", "2026-12-01", "2026-12-31", "2027-01-01", "2028-02-29"]


@pytest.mark.parametrize(("state", "day"), list(zip(STATES, itertools.cycle(DAYS))))
def test_nothing_runs_over_another_at_any_width(open_page, monkeypatch, state, day):
    now = at(f"{day} 14:00")
    monkeypatch.setattr(timezone, "now", lambda: now)
    state()
    page = judged(open_page())
    page.goto("/programma/")
    assert page.locator(".line .today time").get_attribute("datetime") == day
    found = faults_of(page, [(width, dark) for width in (390, 1366) for dark in (False, True)])
    page.emulate_media(color_scheme="light")
    for width in WIDTHS:
        sized(page, width, 900)
        wide = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{width} px: {fault}" for fault in page.evaluate(FAULTS)] + [f"{width} px: {wide} wider"] * (
            wide > 0
        )
        if folder := os.environ.get("LINE_SHOTS"):
            page.locator(".line").screenshot(path=f"{folder}/{state.__name__}-{width}.png")
    assert not found, "\n".join(found)
