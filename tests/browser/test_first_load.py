"""What a phone loads before it shows a page, in how many requests, and what moves meanwhile.

The server is that of a real installation, without a proxy that compresses.
"""

import pytest

from bench.server import environment, free_port, manage, serving
from tests.helpers import migrated
from werkplaats.laptop import postgres

pytestmark = pytest.mark.prove

MOST = 150 * 1024  # bytes, bodies as sent; photos are left out
CONTRIBUTIONS = 20
PAGES = {"landing": "/", "question": "/denk-praat-doe-mee/"}
# Words of the demo in another order for each: what compresses is what would in life.
FILL = f"""
import random
from django.utils import timezone
from posts.models import Post, Question
from werkplaats.models import Role, Visitor

chance = random.Random(12)
words = " ".join(Post.objects.public().values_list("text", flat=True)).split()
question, roles = Question.objects.current(), list(Role.objects.filter(is_pupil=False))

def write(**fields):
    text = " ".join(chance.choices(words, k=chance.randrange(15, 90)))
    fields.update(name=chance.choice(words)[:30], role=chance.choice(roles), published_at=timezone.now())
    return Post.objects.create(question=question, visitor=Visitor.objects.create(), text=text, **fields)

for number in range({CONTRIBUTIONS} + 5):
    root = write()
    for _ in range(number % 4):
        write(parent=root)
"""
# Read when the page is quiet: what was painted largest, and all that shifted without anybody touching it.
WATCH = """
window.firstLoad = {shift: 0, shifts: [], paint: 0, what: ""};
const box = ({x, y, width, height}) => [x, y, width, height].map(Math.round).join();
const moved = ({node, previousRect, currentRect}) =>
  `${node?.nodeName} ${node?.className ?? node?.data}: ${box(previousRect)} > ${box(currentRect)}`;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  if (entry.hadRecentInput) return;
  firstLoad.shift += entry.value;
  firstLoad.shifts.push([entry.value, ...entry.sources.map(moved)]);
})).observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  Object.assign(firstLoad, {paint: entry.startTime, what: entry.element?.outerHTML.slice(0, 120) ?? ""});
})).observe({type: "largest-contentful-paint", buffered: true});
"""
# What the page needs of itself, whenever it was painted: all but what a script asked for.
ASKED = """() => performance.getEntriesByType("resource")
  .filter(({initiatorType}) => !["fetch", "xmlhttprequest", "beacon"].includes(initiatorType)).map(({name}) => name)"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a site with the demo's content and more, served for real."""
    with postgres.throw_away() as database:
        port = free_port()
        variables = environment(tmp_path_factory.mktemp("site"), database.url, port)
        manage(variables, "collectstatic", "--no-input", "--verbosity=0")
        migrated.fill(database.url)
        manage(variables, "loaddemo", "--verbosity=0")
        manage(variables, "shell", "--verbosity=0", "--command", FILL)
        with serving(variables, port):
            yield f"http://127.0.0.1:{port}"


def never_there(chromium):
    """A phone that was never there."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=3, locale="nl-NL")
    context.set_default_timeout(120_000)  # it is slow on purpose, on a machine that may be so too
    context.add_init_script(WATCH)
    return context


@pytest.fixture
def phone(chromium):
    context = never_there(chromium)
    yield context
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_the_first_load_is_light(phone, site, name):
    page, loaded = phone.new_page(), []
    phone.on("requestfinished", lambda request: loaded.append(request))
    page.goto(site + PAGES[name], wait_until="networkidle")  # what a script asks for counts too
    sizes = {request.url: request.sizes()["responseBodySize"] for request in loaded if "/media/" not in request.url}
    texts = [request for request in loaded if request.resource_type in ("document", "stylesheet", "script")]
    assert all(request.response().header_value("content-encoding") for request in texts), "compressed"
    if name == "question":
        assert page.locator("#bijdragen > .post").count() >= CONTRIBUTIONS
    kinds = {request.resource_type for request in loaded}
    assert {"document", "stylesheet", "script", "font"} <= kinds
    assert any("/img/icons" in url for url in sizes)
    total = sum(sizes.values())
    print(f"{name}: first load {total} bytes in {len(loaded)} requests")
    assert total <= MOST, "\n".join(f"{size:7} {url}" for url, size in sorted(sizes.items(), key=lambda row: -row[1]))


SLOW = {"offline": False, "latency": 300, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}


def slowly(context):
    """A page on a phone of some years ago, with a poor connection and nothing kept."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    return page


@pytest.mark.parametrize("name", PAGES)
def test_few_requests_make_the_first_screen(phone, site, name):
    page = slowly(phone)
    page.goto(site + PAGES[name], wait_until="networkidle")
    seen, asked = page.evaluate("firstLoad"), page.evaluate(ASKED)
    asked = [url for url in asked if "/favicon" not in url]  # for the tab, which a browser without a window has not
    print(f"{name}: {1 + len(asked)} requests, the largest paint at {seen['paint']:.0f} ms: {seen['what']}")
    assert 1 + len(asked) <= 6, "\n".join(asked)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_while_a_page_loads(chromium, site, name):
    """Ten loads of ten, each by a browser that was never there."""
    found = []
    for _ in range(10):
        context = never_there(chromium)
        page = slowly(context)
        page.goto(site + PAGES[name], wait_until="networkidle")
        found.append(page.evaluate("firstLoad"))
        context.close()
    print(f"{name}: shifts {[round(seen['shift'], 3) for seen in found]}")
    assert max(seen["shift"] for seen in found) <= 0.02, "\n".join(str(seen["shifts"]) for seen in found)
