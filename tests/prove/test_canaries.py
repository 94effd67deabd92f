"""Erased is gone: unique words in every field of a person, and afterwards none of them anywhere."""

import os
import subprocess

import pytest
from django.db import connection
from django.test import Client

from bench.server import ROOT
from plan.models import Heard
from tests.helpers.logging_in import log_in
from tests.helpers.shown import hidden
from tests.prove import canaries
from tests.prove.canaries import COOKIE, EMAIL, PROVEN, Bird
from werkplaats.laptop import postgres
from werkplaats.models import Erasure, Picture, User

pytestmark = pytest.mark.django_db(transaction=True)
WIPE, WIPE_BY_STAFF = "/jouw-gegevens/wissen/", "/beheer/avg/persoon/wissen/"


def shown(browser) -> dict[str, str]:
    """What the form names of whom its page was shown to."""
    return {"van": hidden(browser.get(WIPE).text, "van")}


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Of the site, for this test alone."""
    settings.DEMO = True
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR_DIR / "media"
    settings.ERASED_LIST = settings.VAR_DIR / "erased.jsonl"
    settings.MEDIA_ROOT.mkdir(parents=True)
    mails = settings.VAR_DIR / "mail"
    settings.MAILERS = {"default": {"BACKEND": "werkplaats.mail.FolderBackend", "OPTIONS": {"folder": mails}}}


def staff_decides(bird: Bird) -> None:
    """On «Vandaag» a coordinator is led to where they still stand, and ticks all of it."""
    browser = Client()
    browser.force_login(bird.anouk)
    for row in Erasure.objects.exclude(elsewhere={}):
        ticks = [f"{label}:{key}" for label, keys in row.elsewhere.items() for key in keys]
        page = f"/beheer/avg/gewist/{row.pk}/"
        seen = hidden(browser.get(page).text, "gezien")
        assert browser.post(page, {"regel": ticks, "gezien": seen}).status_code == 302


def nothing_is_left(names: set[str]) -> None:
    assert canaries.everywhere() == set()
    assert canaries.in_text(canaries.new_exports()) == set()
    assert canaries.in_text(canaries.dump()) == set()  # the new exports lie there
    assert not names & canaries.pictures()


def picture_names() -> set[str]:
    names = canaries.pictures()
    assert len(names) == 6  # of a contribution and of a wensbeeld, in two sizes and one to share
    return names


def test_a_person_erases_themselves(caplog):
    bird = Bird(proven=True)
    assert PROVEN <= canaries.everywhere()  # the control: each of them is found
    assert "naam" in canaries.in_text(canaries.new_exports())
    names = picture_names()
    log_in(bird.browser, EMAIL)
    answer = bird.browser.post(WIPE, shown(bird.browser) | {"woorden": "weghalen"})
    assert "Je gegevens zijn gewist" in answer.text
    assert canaries.everywhere() <= {"naam", "tekst"}  # what the staff wrote: they are asked
    staff_decides(bird)
    nothing_is_left(names)
    assert not Picture.objects.exists()
    assert canaries.in_text(caplog.text) == set()
    bird.other.refresh_from_db()
    assert bird.other.text == "Van een ander"


def test_a_coordinator_erases_on_request():
    bird = Bird(proven=True)
    names = picture_names()
    browser = Client()
    browser.force_login(bird.anouk)
    page = browser.post(WIPE_BY_STAFF, {"adres": EMAIL}).text
    ticks = [part.partition('"')[0] for part in page.split('name="regel" value="')[1:]]
    assert ticks
    sent = {"adres": EMAIL, "zeker": "1", "gezien": hidden(page, "gezien"), "woorden": "weghalen", "regel": ticks}
    done = browser.post(WIPE_BY_STAFF, sent)
    assert "Dit is gedaan" in done.text
    nothing_is_left(names)


def test_who_has_only_a_cookie():
    bird = Bird(proven=False)
    assert COOKIE <= canaries.everywhere()
    names = picture_names()
    answer = bird.browser.post(WIPE, shown(bird.browser) | {"woorden": "weghalen"})
    assert "Je gegevens zijn gewist" in answer.text
    staff_decides(bird)
    assert canaries.everywhere() <= {"adres"}  # which nobody proved: it may be anybody's
    assert not names & canaries.pictures()


def test_words_stay_and_the_person_goes():
    bird = Bird(proven=True)
    log_in(bird.browser, EMAIL)
    bird.browser.post(WIPE, shown(bird.browser) | {"woorden": "laten-staan"})
    staff_decides(bird)
    # The words that everyone reads, their pictures, and no more.
    assert canaries.everywhere() == {"tekst", "beeld", "idee", "alt"}
    bird.post.refresh_from_db()
    assert bird.post.is_public and bird.post.name == "ouder"


def run(script: str, folder, settings) -> str:
    tools = {name.upper(): str(postgres.binaries() / name) for name in ("pg_dump", "pg_restore", "psql")}
    variables = {
        **os.environ,
        **tools,
        "DATABASE_URL": canaries.database_url(),
        "VAR_DIR": str(settings.VAR_DIR),
        "ERASED_LIST": str(settings.ERASED_LIST),
    }
    connection.close()
    command = [ROOT / "deploy" / script, folder]
    made = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    return made.stdout


def test_a_back_up_that_is_put_back_brings_nobody_back(settings, tmp_path):
    bird = Bird(proven=True)
    names, backups = picture_names(), tmp_path / "backups"
    backups.mkdir()
    backup = run("backup.sh", backups, settings).strip()
    log_in(bird.browser, EMAIL)
    bird.browser.post(WIPE, shown(bird.browser) | {"woorden": "weghalen"})
    staff_decides(bird)
    assert canaries.everywhere() == set()
    told = run("restore.sh", backup, settings)
    assert "Opnieuw gewist: 1 persoon" in told
    assert not User.objects.filter(email=EMAIL).exists()
    assert Heard.objects.filter(erased_at__isnull=False).exists()
    nothing_is_left(names)


def test_without_the_list_a_back_up_brings_them_back(settings, tmp_path):
    """The control: it is the list that does it."""
    bird = Bird(proven=True)
    (tmp_path / "backups").mkdir()
    backup = run("backup.sh", tmp_path / "backups", settings).strip()
    log_in(bird.browser, EMAIL)
    bird.browser.post(WIPE, shown(bird.browser) | {"woorden": "weghalen"})
    settings.ERASED_LIST.unlink()
    run("restore.sh", backup, settings)
    assert {"adres", "naam", "tekst"} <= canaries.everywhere()
