"""The start with a wrong environment: one clear sentence, and no more."""

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


def start(variables: dict) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "werkplaats.settings", **variables}
    command = [sys.executable, "-c", "import django; django.setup()"]
    return subprocess.run(command, check=False, env=environment, capture_output=True, text=True)


@pytest.mark.parametrize("missing", GOOD)
def test_a_missing_setting_stops_the_start_with_one_sentence(missing):
    found = start({name: value for name, value in GOOD.items() if name != missing})
    assert found.returncode == 1
    assert found.stderr.startswith(f"De omgevingsvariabele {missing} ontbreekt")
    assert len(found.stderr.splitlines()) == 1


def test_with_all_of_them_it_starts():
    assert start(GOOD).returncode == 0
