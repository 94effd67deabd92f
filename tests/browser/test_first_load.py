"""What a phone loads before it shows the landing page, as the server of a real installation sends it."""

import pytest

from bench.server import environment, free_port, manage, serving
from werkplaats.laptop import postgres

pytestmark = pytest.mark.prove

MOST = 150 * 1024  # bytes, bodies as sent; photos are left out


@pytest.fixture
def landing_page(tmp_path):
    """The address of a site with the demo's content, served for real."""
    with postgres.throw_away() as database:
        port = free_port()
        variables = environment(tmp_path, database.url, port)
        for command in (["collectstatic", "--no-input"], ["migrate"], ["loaddemo"]):
            manage(variables, *command, "--verbosity=0")
        with serving(variables, port):
            yield f"http://127.0.0.1:{port}/"


def test_the_first_load_is_light(chromium, landing_page):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="nl-NL")
    page, loaded = context.new_page(), []
    context.on("requestfinished", lambda request: loaded.append(request))
    page.goto(landing_page, wait_until="networkidle")  # what a script asks for counts too
    sizes = {request.url: request.sizes()["responseBodySize"] for request in loaded if "/media/" not in request.url}
    sheets = [request.response() for request in loaded if request.resource_type == "stylesheet"]
    assert len(sheets) <= 4
    assert all(sheet.header_value("content-encoding") for sheet in sheets), "compressed"
    context.close()
    kinds = {request.resource_type for request in loaded}
    assert {"document", "stylesheet", "script", "font", "image"} <= kinds
    total = sum(sizes.values())
    print(f"first load: {total} bytes in {len(loaded)} requests")
    assert total <= MOST, "\n".join(f"{size:7} {url}" for url, size in sorted(sizes.items(), key=lambda row: -row[1]))
