"""The start with a wrong environment: one clear sentence, and no more."""

import json
import os
import subprocess
import sys

import pytest

GOOD = {
    "SECRET_KEY": "a-key-that-is-long-enough-for-anyone-who-checks-its-length-here",
    "SITE_URL": "https://werkplaats.example",
    "DATABASE_URL": "postgresql://iemand@127.0.0.1:9/niets",
    "EMAIL_URL": "smtp://mail.example:25",
}


# What the site says of how long anybody waits, and what PostgreSQL was told: this test run itself has other limits.
LIMITS = """
import json
from django.conf import settings
from events.models import sign_up
from werkplaats import pool
options = settings.DATABASES["default"]["OPTIONS"]
given = {name: options["pool"][name] for name in ("timeout", "reconnect_timeout", "max_size")}
given |= {"connect": options["connect_timeout"], "again": pool.TRY_AGAIN_AFTER, "café": sign_up.PATIENCE}
print(json.dumps(given))
"""
TOLD = """
import json
from django.db import connection
names = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
with connection.cursor() as cursor:
    print(json.dumps([cursor.execute(f"SHOW {name}").fetchone()[0] for name in names]))
"""


def start(variables: dict, then: str = "") -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "werkplaats.settings", **variables}
    command = [sys.executable, "-c", f"import django; django.setup(){then}"]
    return subprocess.run(command, check=False, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("missing", GOOD)
def test_a_missing_setting_stops_the_start_with_one_sentence(missing):
    found = start({name: value for name, value in GOOD.items() if name != missing})
    assert found.returncode == 1
    assert found.stderr.startswith(f"De omgevingsvariabele {missing} ontbreekt")
    assert len(found.stderr.splitlines()) == 1


def test_with_all_of_them_it_starts():
    assert start(GOOD).returncode == 0


def test_nobody_waits_for_long():
    """The figures of the promises: what is held does not stop the site, and a database that is away is told at once."""
    assert json.loads(start({**GOOD, "THREADS": "4"}, LIMITS).stdout) == {
        "timeout": 0.4,
        "reconnect_timeout": 1,
        "max_size": 5,  # more than threads, so that who finds no connection found no database
        "connect": 2,
        "again": 0.25,
        "café": "1400ms",
    }


def test_postgresql_knows_how_long():
    told = start({**GOOD, "DATABASE_URL": os.environ["DATABASE_URL"], "DATABASE_POOL": "0"}, TOLD)
    assert json.loads(told.stdout) == ["3s", "10s", "15s"]


def test_long_work_by_hand_has_no_limits():
    variables = {**GOOD, "DATABASE_URL": os.environ["DATABASE_URL"], "DATABASE_POOL": "0", "DATABASE_PATIENT": "1"}
    assert json.loads(start(variables, TOLD).stdout) == ["0", "0", "0"]
