"""Every mail that the site can send, over SMTP to bytes, read by a reader that knows nothing of what wrote it."""

import datetime
import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.dispatch import Signal
from django.test import Client
from django.test.signals import template_rendered
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.events import mailing
from tests.helpers.counting import count_from_far, counted_in
from tests.helpers.letters import Letter
from tests.werkplaats.mail.kinds import KINDS, Kind
from tests.werkplaats.mail.scenes import typed
from werkplaats.fields import AddressField, NameField
from werkplaats.mail.queue import BULK, CODES
from werkplaats.models import Site
from werkplaats.mutes.models import Mute
from werkplaats.web.limits import Limit

pytestmark = pytest.mark.django_db
HOST = "werkplaats.samenwerkingsverband-noord-holland.example"
URL, SENDER = f"https://{HOST}", f"werkplaats@{HOST}"
# Where a link may lead besides the site: what a coordinator filled in, and calendars that only the HTML has.
FILLED_IN = {typed.ONLINE, "https://route.example/kaart?van=a&naar=b"}
CALENDARS = ("https://calendar.google.com/", "https://outlook.office.com/")


@pytest.fixture
def site(settings, mail_server, monkeypatch):
    """The site at a long address, with an address for questions, and its mail server; no second factor is asked."""
    settings.SITE_URL, settings.DEFAULT_FROM_EMAIL = URL, SENDER
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    settings.DEMO = True
    caches["default"].clear()
    monkeypatch.setattr("inviting.models.mondays.TOO_LATE", datetime.time.max)  # at any hour that this runs
    Site.objects.update_or_create(pk=1, defaults={"contact_email": typed.QUESTIONS})
    return mail_server


@pytest.fixture
def written():
    """The names of the templates that are filled in from here on."""
    names: set[str] = set()

    def note(template, **more: object) -> None:
        names.add(str(template.name))

    signal: Signal = template_rendered
    signal.connect(note, weak=False)
    yield names
    signal.disconnect(note)


def test_every_mail_is_right_on_the_wire_and_so_is_each_link_in_it(site, written):
    count_from_far()
    world, faults, done, opened = typed.World(), [], set(), set()
    for name, kind in KINDS.items():
        Limit.objects.all().delete()  # each on a day of its own
        told = kind.make(world)
        done |= set(ProcrastinateJob.objects.values_list("task_name", flat=True))
        mailing.work()
        letters = [Letter(*taken) for taken in site.taken]
        site.taken.clear()
        ours = [letter for letter in letters if letter.recipients == [told["to"]]]
        faults += [f"{name}: {len(ours)} mails to {told['to']}"] * (len(ours) != 1)
        for letter in letters:
            faults += [f"{name}: {fault}" for fault in on_the_wire(letter)]
        if not (kind.for_staff or name.startswith("helper")):  # they decide about rows, by these numbers
            told_rows = {number for letter in letters for number in counted_in(letter.wire)}
            faults += [f"{name}: it tells {number}, which counts rows" for number in told_rows]
        for letter in ours:
            faults += [f"{name}: {fault}" for fault in as_meant(kind, told, letter)]
        links = {page_of(link): link for letter in ours for link in letter.links if link.startswith(URL)}
        for page in links.keys() - opened:
            browser = world.desk if kind.for_staff and "/mails/" not in page else Client()
            faults += [f"{name}: {fault}" for fault in faults_of_opening(links[page], browser)]
        opened |= links.keys()
    assert not faults, "\n".join(Counter(faults))
    assert mail_templates() - written == set(), "a mail that this test does not send: give it a row in kinds.py"
    assert mail_jobs() - done == set()


def test_what_is_typed_in_these_mails_may_be_typed():
    for name in [typed.CODED, *(next(typed.NAMES) for _ in range(10))]:
        assert NameField(max_length=60).clean(name) == name
    for address in (typed.address(), typed.LONG_ADDRESS, typed.QUESTIONS, typed.COORDINATOR):
        assert AddressField().clean(address) == address


def mail_templates() -> set[str]:
    """Every template that mails are written from: those in a folder `mail`, and of accounts in `email`."""
    root = settings.BASE_DIR / "templates"
    files = {file.relative_to(root) for file in root.rglob("*.*")}
    return {str(file) for file in files if {"mail", "mails", "email"} & set(file.parts[:-1])}


def mail_jobs() -> set[str]:
    return {name for name, task in app.tasks.items() if task.queue in (BULK, CODES)}


def on_the_wire(letter: Letter) -> list[str]:
    """What is wrong with a mail of any kind."""
    [to] = letter.recipients
    said = letter.subject + letter.words + letter.text
    wanted = {
        "From": (letter.header("From"), f"De digitale werkplaats <{SENDER}>"),
        "the sender": (letter.sender, SENDER),
        "To": (letter.header("To"), to),
        "Auto-Submitted": (letter.header("Auto-Submitted"), "auto-generated"),
        "charsets": (letter.charsets, {"utf-8"}),
        "parts": (
            letter.kinds,
            ["multipart/mixed"] * bool(letter.method)
            + ["multipart/alternative", "text/plain", "text/html"]
            + ["text/calendar"] * bool(letter.method),
        ),
        "lang": (letter.html.get("lang"), "nl"),
        "title": (letter.html.findtext("head/title"), letter.subject),
        "heading": (len(letter.html.findall(".//h1")), 1),
        "fetched from elsewhere": (letter.html.xpath("//*[@src or @srcset or self::link or self::script]"), []),
        "links in text and in HTML": (links_of(letter.links_in_text), links_of(letter.hrefs)),
        "other links": ({link for link in letter.links if not is_known(link)}, set()),
    }
    for typed_by_people in (typed.TITLE, typed.QUESTION, typed.ROOM):
        wanted[typed_by_people] = (typed_by_people in letter.text, typed_by_people in letter.words)
    faults = [f"{name}: {found!r} is not {right!r}" for name, (found, right) in wanted.items() if found != right]
    if not (letter.header("Message-ID") or "").endswith(f"@{HOST}>"):
        faults.append("a Message-ID of another host")
    if "&#" in said or "&amp;" in said:
        faults.append("entities that people get to see")
    return letter.faults + faults


def is_known(link: str) -> bool:
    own = link == URL or link.startswith((f"{URL}/", "mailto:"))
    return own or link in FILLED_IN or link.startswith(CALENDARS)


def links_of(links: set[str]) -> set[str]:
    """Those that must be in both parts; the foot of the HTML names the site, and the text need not."""
    return {link for link in links if link.rstrip("/") != URL and not link.startswith(("mailto:", *CALENDARS))}


def as_meant(kind: Kind, told: typed.Told, letter: Letter) -> list[str]:
    """What is wrong with a mail of this kind."""
    stop = letter.header("List-Unsubscribe")
    wanted = {
        "Subject": (letter.subject, kind.subject.format(**told)),
        "Reply-To": (letter.header("Reply-To"), kind.reply_to),
        "calendar": (letter.method, kind.method),
        "conversation": (
            letter.header("References"),
            f"<{conversation_of(kind, told, letter)}@{HOST}>" if kind.about else None,
        ),
        "List-Unsubscribe": (bool(stop), bool(kind.stop)),
        "one click": (letter.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click" if kind.stop else None),
        "addresses of others": (letter.addresses - {told["to"], SENDER, kind.reply_to} - names_of(letter), set()),
    }
    faults = [f"{name}: {found!r} is not {right!r}" for name, (found, right) in wanted.items() if found != right]
    if stop:
        faults += faults_of_stopping(kind, stop, letter)
    return faults


def conversation_of(kind: Kind, told: typed.Told, letter: Letter) -> str:
    return f"cafe-{letter.header('X-Cafe')}" if kind.about == "cafe" else f"conversation-{told['root']}"


def names_of(letter: Letter) -> set[str]:
    """What looks like an address and names the mail, its conversation or the event in its calendar file."""
    kinds = ("mail-", "cafe-", "conversation-")
    return {each for each in letter.addresses if each.endswith(f"@{HOST}") and each.startswith(kinds)}


def page_of(link: str) -> str:
    """What a link opens, as far as it is worth opening again: the public page of one café is that of another."""
    return re.sub(r"/cafes/[a-z0-9-]+/$", "/cafes/…/", link)


def faults_of_opening(link: str, browser: Client) -> list[str]:
    """What is wrong with a link that somebody opens, or a mail program before them: it shows, and changes nothing."""
    place = urlsplit(link)
    before = written_rows()
    page = browser.get(link.partition("#")[0], follow=True, secure=True, headers={"host": HOST})
    faults = [f"opening {link} wrote in {table}" for table, rows in written_rows().items() if rows != before[table]]
    if page.status_code != 200:
        faults.append(f"{link} answers {page.status_code}")
    elif place.fragment and f'id="{place.fragment}"' not in page.text:
        faults.append(f"{link} has no such place")
    return faults


def faults_of_stopping(kind: Kind, stop: str, letter: Letter) -> list[str]:
    """The button of a mail program: one POST, by nobody in particular, to the address in the header."""
    link = stop.removeprefix("<").removesuffix(">")
    if stop != f"<{link}>" or link not in letter.hrefs:
        return [f"List-Unsubscribe is {stop}, and the link in the mail another"]
    with transaction.atomic():
        browser = Client(enforce_csrf_checks=True)
        said = {"List-Unsubscribe": "One-Click"}
        answer = browser.post(link, said, secure=True, headers={"host": HOST})
        stopped = list(Mute.objects.values_list("kind", flat=True))
        transaction.set_rollback(True)
    return [] if (answer.status_code, stopped) == (200, [kind.stop]) else [f"{answer.status_code}, stops {stopped}"]


def written_rows() -> dict[str, int]:
    """How many rows the test wrote in each table so far; not those of counts that a page keeps for ten minutes."""
    rows = "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
    with connection.cursor() as cursor:
        cursor.execute(f"{rows} WHERE relname <> 'events_snapshot'")
        return dict(cursor.fetchall())
