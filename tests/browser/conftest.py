"""A real Chromium against a live server; whatever a visitor's browser would complain about fails the test."""

import io
import os
from urllib.parse import urlsplit, urlunsplit

import pytest

from bench.load import Request, once
from bench.server import environment, free_port, manage, serving_live
from tests.conftest import NO_CHROMIUM, chromium_path
from werkplaats.laptop.processes import until

ASKED = ("document", "fetch", "xhr", "eventsource")  # of these an answer of 4xx is one
# Milliseconds in which what a test expects may come. A machine that others use stands still for seconds, and pages ask
# by themselves each few; where all is well nobody waits for this.
PATIENCE = 60_000
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run; every page gets a profile of its own. In CI its absence is an error."""
    if not chromium_path():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_CHROMIUM)
    from playwright.sync_api import expect, sync_playwright

    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=FLAGS, chromium_sandbox=os.getuid() != 0
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(autouse=True)
def no_hurry(monkeypatch):
    """Playwright writes faster than people, and would be taken for the program that it is."""
    from werkplaats.web import programs

    monkeypatch.setattr(programs, "TOO_FAST", 0)


@pytest.fixture
def complaints():
    """What browsers complained about so far; a test that provokes a complaint takes it out of this list."""
    return []


@pytest.fixture
def site_url(live_server):
    """Where the site is: pages, but no streams of a room. A file of tests that needs these says `streamed`."""
    return live_server.url


@pytest.fixture(scope="session")
def collected(tmp_path_factory):
    """A folder with the static files as the real processes serve them."""
    folder = tmp_path_factory.mktemp("site")
    variables = environment(folder, os.environ["DATABASE_URL"], free_port())
    manage(variables, "collectstatic", "--no-input", "--verbosity=0")
    return folder


@pytest.fixture
def streamed(transactional_db, settings, collected):
    """The address of the site as `make demo` serves it: one process for pages, and for the room with its streams."""
    from django.db import connection

    port, known = free_port(), urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(known._replace(path=f"/{connection.settings_dict['NAME']}"))
    shared = {"SECRET_KEY": settings.SECRET_KEY, "DEMO": "1", "DATABASE_POOL": "0", "DATABASE_PATIENT": "1"}
    with serving_live(environment(collected, database, port, **shared), port):
        # Its first request has it read all rooms, which on a busy machine is not done when it answers.
        assert until(lambda: once(port, Request("GET", "/live/")).status == 200, PATIENCE / 1000)
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def open_page(chromium, site_url, settings, complaints):
    """A function that opens a page of a new visitor; `page.goto("/")` then goes to the site.

    `width` is in CSS pixels, `dark` the colour scheme asked for, `js` whether scripts run. The test fails on
    any console error (a CSP violation is one), script error, missing file, 5xx, or request to another host.
    """
    settings.SITE_URL = site_url
    host = urlsplit(site_url).netloc
    contexts = []

    def check_console(message):
        # An answer of 4xx to a page or a form is an answer; `check_response` looks at the rest.
        if message.type == "error" and "the server responded with a status of" not in message.text:
            complaints.append(f"console: {message.text}")

    def check_request(request):
        if urlsplit(request.url).netloc not in ("", host):
            complaints.append(f"asks another host: {request.url}")

    def check_response(response):
        if response.status >= (500 if response.request.resource_type in ASKED else 400):
            complaints.append(f"{response.status} for {response.url}")

    def check_failure(request):
        # Chromium gives up what is on its way when it leaves a page, and a test may pull the plug. The rest is news.
        if request.failure not in ("net::ERR_ABORTED", "net::ERR_INTERNET_DISCONNECTED"):
            complaints.append(f"{request.failure} for {request.url}")

    def open_page(*, width: int = 390, dark: bool = False, js: bool = True):
        context = chromium.new_context(
            base_url=site_url,
            viewport={"width": width, "height": 844 if width < 800 else 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=js,
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            reduced_motion="reduce",  # nothing half faded in while it is judged
        )
        contexts.append(context)
        context.on("console", check_console)
        context.on("weberror", lambda error: complaints.append(f"script error: {error.error}"))
        context.on("request", check_request)
        context.on("response", check_response)
        context.on("requestfailed", check_failure)
        context.set_default_timeout(PATIENCE)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def demo(transactional_db, settings, tmp_path):
    """The demo's content, with the Postvak open; its mails and pictures land in folders of this test."""
    from django.core.management import call_command

    settings.DEMO = True
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MAIL_DIR = tmp_path / "mail"
    settings.MAILERS = {
        "default": {"BACKEND": "werkplaats.mail.FolderBackend", "OPTIONS": {"folder": settings.MAIL_DIR}}
    }
    for folder in (settings.MEDIA_ROOT, settings.MAIL_DIR):
        folder.mkdir()
    call_command("loaddemo", stdout=io.StringIO())
