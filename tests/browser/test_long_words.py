"""Words without an end, as people paste them, push no page wider than the screen; and ordinary words stay whole."""

import pytest
from django.apps import apps
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat, Left

from events.models.cafes import Cafe
from polls.cycles.models import DesignCycle
from polls.rounds.models.rounds import Group, StickerRound
from polls.voting.models import Poll
from polls.wensbeelden.models import Wensbeeld
from posts.models.posts import Post
from posts.models.questions import Question
from tests.browser.every_page import public_pages
from tests.browser.staff_page import log_in, pages_that_ask, staff_pages, staff_paths
from werkplaats.fields import Line, Prose
from werkplaats.people.models import User
from werkplaats.site.models import Motto

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.prove]
KEPT = {Motto, User}  # the mottos are to the letter
WIDER = "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"

# Ordinary words that stand on two lines: not addresses, not what nobody sees, and not the name of the organisation
# in the header, which browsers that know Dutch break with a hyphen.
BROKEN = r"""() => {
  const found = new Set(), range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!parent.checkVisibility({visibilityProperty: true})) continue;
    if (parent.closest(".visually-hidden, .beside, .brand, textarea, option")) continue;
    if (getComputedStyle(parent).clipPath === "inset(50%)") continue; // hidden at this width
    if (parent.closest("thead")?.offsetWidth < 2) continue; // for screen readers, where rows are stacked
    for (const word of node.data.matchAll(/(?<!\S)[«"'(]?(\p{L}{2,20}|\d+%)[)»"'.,:;!?]*(?!\S)/gu)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const tops = [...range.getClientRects()].filter(box => box.width > 1).map(box => box.top);
      if (Math.max(...tops) - Math.min(...tops) > 8) found.add(word[0]);
    }
  }
  return [...found];
}"""

# A row that cuts a sentence into columns: text that stands bare beside a link or stressed words.
CUT = r"""() => [...document.querySelectorAll("p, li, dd, div, section, .notice")].filter(row => {
  if (!/flex|grid/.test(getComputedStyle(row).display) || !row.checkVisibility()) return false;
  const bare = [...row.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim().length > 1);
  return bare && [...row.children].some(each => each.matches("a, b, strong, em, q, bdi, .nowrap"));
}).map(row => row.innerText.slice(0, 60))"""


def stretch() -> None:
    """Makes each text of the demo one word, as long as it may be."""
    for app in ("werkplaats", "posts", "polls", "events"):
        for model in apps.get_app_config(app).get_models():
            fields = [field for field in model._meta.fields if isinstance(field, Line | Prose)]
            if model in KEPT or not fields or not model._meta.managed or hasattr(model, "pgh_obj_id"):
                continue
            pk = Cast("pk", CharField())
            for field in fields:
                longest = min(field.max_length, 500)
                word = Left(Concat(pk, Value("www.samenwerkingsverband-voorbeeld.nl/" + "W" * longest)), longest)
                model.objects.exclude(**{field.name: ""}).update(**{field.name: word})


def pages() -> list[str]:
    """What visitors see of all this."""
    question, post = Question.objects.current(), Post.objects.public().first()
    rounds = list(StickerRound.objects.all())
    found = ["/", "/denk-praat-doe-mee/", "/programma/", "/wensbeelden/", "/cafes/", "/over/"]
    found += [question.get_absolute_url(), post.get_absolute_url(), f"/bijdragen/{post.pk}/antwoord/"]
    found += [poll.get_absolute_url() for poll in Poll.objects.all()]
    found += [wensbeeld.get_absolute_url() for wensbeeld in Wensbeeld.objects.public()[:3]]
    found += [each.get_absolute_url() for each in [*rounds, *DesignCycle.objects.all(), *Cafe.objects.public()]]
    found += [f"{each.get_absolute_url()}plakken/" for each in rounds]
    found += [group.get_absolute_url() for group in Group.objects.all()]
    return found


def too_wide(page, widths) -> list[str]:
    """Where the page that is open is wider than the screen."""
    faults = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate(WIDER):
            page.screenshot()  # on a busy machine the width is told before the page was laid out for it
        if wider := page.evaluate(WIDER):
            faults.append(f"{page.url} at {width} px: {wider} px too wide")
    return faults


def test_words_without_an_end_push_no_page_wide(open_page, demo):
    stretch()
    page, faults = open_page(js=False), []
    for path in pages():
        page.goto(path)
        faults += too_wide(page, (320, 390, 1280))
    assert not faults, "\n".join(faults)


def test_nor_a_page_of_the_back_office(open_page, demo):
    stretch()
    page, faults = open_page(), []
    log_in(page)
    for path in staff_paths():
        page.goto(path)
        faults += too_wide(page, (390, 1280))
    faults += [fault for asking in pages_that_ask(page) for fault in too_wide(asking, (390, 1280))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("pages", "widths"), [(public_pages, (320, 390, 1280)), (staff_pages, (390, 1280))], ids=["public", "staff"]
)
def test_ordinary_words_stay_whole(open_page, demo, pages, widths):
    faults = set()
    for page in pages(open_page()):
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            faults |= {f"{page.url} at {width} px: {word}" for word in page.evaluate(BROKEN)}
        faults |= {f"{page.url}: cut into columns: {row}" for row in page.evaluate(CUT)}
    assert not faults, "\n".join(sorted(faults))
