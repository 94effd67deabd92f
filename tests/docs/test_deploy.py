"""What the files of deploy/ promise each other and the README."""

import re
import subprocess
from pathlib import Path

import pytest

from live.stream.application import PREFIX

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("*.service")), ids=lambda unit: unit.name)
def test_no_unit_opens_the_folder_of_the_site_to_others(unit):
    assert "StateDirectory=werkplaats\nStateDirectoryMode=0750\n" in unit.read_text()


def test_every_setting_of_the_example_is_explained():
    names = re.findall(r"^([A-Z_]+)=", (DEPLOY / "environment.example").read_text(), re.MULTILINE)
    assert "BACKUP_DIR" in names
    assert [name for name in names if f"| `{name}` |" not in README] == []


def test_the_live_room_has_one_thread_whatever_the_settings_say():
    unit = (DEPLOY / "werkplaats-live.service").read_text()
    # A file of settings wins from Environment=.
    assert "\nExecStart=/usr/bin/env THREADS=1 /srv/werkplaats/.venv/bin/granian " in unit


def test_the_live_room_is_asked_once_when_it_starts_where_the_proxy_reaches_it():
    asked = re.search(
        r"^ExecStartPost=-.* (http://\S+)$", (DEPLOY / "werkplaats-live.service").read_text(), re.MULTILINE
    )
    assert asked[1] == f"http://127.0.0.1:8001{PREFIX}"
    nginx = (DEPLOY / "nginx.conf").read_text()
    assert f"location {PREFIX} {{\n        proxy_pass http://127.0.0.1:8001;" in nginx


def test_the_page_of_nginx_while_the_site_is_away_is_there():
    page = re.search(r"error_page 502 504 /(\S+);", (DEPLOY / "nginx.conf").read_text())[1]
    assert "We zijn zo terug" in (DEPLOY / page).read_text()


@pytest.mark.parametrize("kind", ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
def test_the_try_of_nginx_leaves_the_folders_of_the_machine_alone(kind):
    assert f"{kind}_temp_path $try/" in (DEPLOY / "check.sh").read_text()


def test_another_python_is_told_what_to_do():
    # `--what-if`: as if the libraries had to be installed anew, with a Python that is none.
    command = ["make", "--what-if=pyproject.toml", ".venv/.installed", "PYTHON=/bin/false"]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 2
    assert "make PYTHON=/opt/" in made.stderr
