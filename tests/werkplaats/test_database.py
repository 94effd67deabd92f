"""Which PostgreSQL the site runs on."""

import runpy
import sys

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as base_migrate
from django.db import NotSupportedError, OperationalError, connection

from werkplaats.database import oldest
from werkplaats.database.base import OLDEST
from werkplaats.database.oldest import refuse_too_old
from werkplaats.laptop import postgres


@pytest.mark.parametrize("found", [14, 15, 18])
def test_a_server_that_is_too_old_stops_the_site_with_a_sentence(monkeypatch, found):
    monkeypatch.setattr(connection, "get_database_version", lambda: (found, 4))
    if found >= OLDEST:
        connection.check_database_version_supported()
    else:
        with pytest.raises(NotSupportedError, match=r"PostgreSQL 15 of nieuwer nodig. Deze server is van versie 14"):
            connection.check_database_version_supported()


def test_other_binaries_can_be_named_and_must_be_there(monkeypatch, tmp_path):
    monkeypatch.delenv("POSTGRES_BIN", raising=False)
    package = postgres.binaries()
    assert postgres.version(package) == 18
    (tmp_path / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)'\n")
    (tmp_path / "postgres").chmod(0o755)
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path))
    assert postgres.binaries() == tmp_path.resolve()
    assert postgres.version(tmp_path) == 15
    monkeypatch.setenv("POSTGRES_BIN", str(tmp_path / "weg"))
    with pytest.raises(postgres.LocalDatabaseError, match="daar staat geen PostgreSQL"):
        postgres.binaries()


@pytest.mark.django_db
def test_a_start_or_migrate_on_a_server_that_is_too_old_says_one_sentence(monkeypatch):
    refuse_too_old()
    monkeypatch.setattr(connection, "get_database_version", lambda: (14, 4))
    with pytest.raises(SystemExit, match=r"^De site heeft PostgreSQL 15 of nieuwer nodig"):
        refuse_too_old()
    monkeypatch.setattr(base_migrate.Command, "handle", lambda *a, **o: connection.check_database_version_supported())
    with pytest.raises(CommandError, match=r"^De site heeft PostgreSQL 15 of nieuwer nodig"):
        call_command("migrate")


@pytest.mark.django_db
def test_a_start_without_the_server_waits_for_it(monkeypatch):
    def away():
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "get_database_version", away)
    refuse_too_old()


def test_the_web_server_asks_it_when_it_starts(monkeypatch):
    asked = []
    monkeypatch.setattr(oldest, "refuse_too_old", lambda: asked.append(1))
    monkeypatch.delitem(sys.modules, "werkplaats.wsgi", raising=False)  # an earlier test may have asked for it
    runpy.run_module("werkplaats.wsgi")
    assert asked == [1]
