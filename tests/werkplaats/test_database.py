"""Which PostgreSQL the site runs on."""

import pytest
from django.db import NotSupportedError, connection

from werkplaats.database.base import OLDEST
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
