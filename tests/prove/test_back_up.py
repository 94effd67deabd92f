"""Back up, wipe and restore with the scripts of deploy/: each table is what it was, and each picture."""

import hashlib
import os
import subprocess
import uuid
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from bench.server import ROOT, environment, free_port, manage
from tests.helpers import migrated
from werkplaats.laptop import postgres

PASSWORD = "g@ heim"  # in the URL only: a throw-away server asks for none
FILE_OF_ALL = """
    WITH made AS (
        INSERT INTO plan_export (kind, names, asked_at, touched_at, state, done, total, size, problem)
        VALUES ('xlsx', false, now(), now(), 'made', 1, 1, 3, '') RETURNING id
    ) INSERT INTO plan_exportpart (export_id, number, content) SELECT id, 0, 'abc' FROM made
"""
TOOL = """#!/bin/sh
echo "$0 $*" >>"{log}"
[ "${{PGPASSWORD-}}" = "{password}" ] || case "$*" in *--dbname*) exit 9 ;; esac
{first}
exec "{real}" "$@"
"""


@pytest.fixture(scope="module")
def tables_of_a_site(tmp_path_factory):
    """A server with a migrated database, of which each test gets a copy."""
    with postgres.throw_away() as server:
        migrated.fill(server.url)
        yield server


@pytest.fixture
def site(tables_of_a_site, tmp_path):
    """The tables of a site, with the variables that its own services have, and PostgreSQL's programs in PATH."""
    copy, server = f"copy_{uuid.uuid4().hex}", tables_of_a_site
    with psycopg.connect(server.url.replace(f"/{postgres.DATABASE}?", "/postgres?"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {copy} TEMPLATE {postgres.DATABASE}")
    url = server.url.replace(f"/{postgres.DATABASE}?", f"/{copy}?").replace("postgres@", f"postgres:{quote(PASSWORD)}@")
    variables = environment(tmp_path / "var", url, free_port())
    (tmp_path / "var").mkdir()
    (tmp_path / "bin").mkdir()
    for name in ("pg_dump", "pg_restore", "psql"):
        put_tool(tmp_path, name)
    variables["PATH"] = f"{tmp_path / 'bin'}:{variables['PATH']}"
    return variables


def put_tool(folder: Path, name: str, first: str = "") -> None:
    """A program of PostgreSQL, of the server's own version, that notes how it was called and does `first` before."""
    tool = folder / "bin" / name
    real = postgres.binaries() / name
    tool.write_text(TOOL.format(log=folder / "called", password=PASSWORD, first=first, real=real))
    tool.chmod(0o755)


def run(variables: dict[str, str], script: str, folder: Path, **options) -> subprocess.CompletedProcess:
    command = [ROOT / "deploy" / script, folder]
    return subprocess.run(
        command, env=variables, cwd=folder.parent, capture_output=True, text=True, check=False, **options
    )


def tables(url: str) -> dict[str, str]:
    """A hash of all rows of each table."""
    with psycopg.connect(url) as connection:
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = sql.SQL("SELECT md5(coalesce(string_agg(row::text, '' ORDER BY row::text), '')) FROM {} AS row")
        return {name: connection.execute(rows.format(sql.Identifier(name))).fetchone()[0] for (name,) in names}


def pictures(variables: dict[str, str]) -> dict[str, str]:
    media = Path(variables["VAR_DIR"]) / "media"
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in media.glob("*")}


def test_what_was_backed_up_comes_back(site, tmp_path):
    url, backups = site["DATABASE_URL"], tmp_path / "backups"
    backups.mkdir()
    manage(site, "loaddemo", "--verbosity=0")
    before = tables(url)
    with psycopg.connect(url) as connection:
        connection.execute(FILE_OF_ALL)  # is in no back-up
    made = run(site, "backup.sh", backups)
    assert made.returncode == 0, made.stderr
    seen = pictures(site)
    assert len(before) > 50 and seen
    with psycopg.connect(url) as connection:
        connection.execute("DELETE FROM posts_thumb")
        connection.execute("CREATE TABLE later (id int)")
    for file in (Path(site["VAR_DIR"]) / "media").iterdir():
        file.unlink()
    (Path(site["VAR_DIR"]) / "media").rmdir()
    put_back = run(site, "restore.sh", Path(made.stdout.strip()))
    assert put_back.returncode == 0, put_back.stderr
    assert tables(url) == before
    assert pictures(site) == seen
    manage(site, "migrate", "--check", "--verbosity=0")
    called = (tmp_path / "called").read_text()
    assert all(str(tmp_path / "bin" / name) in called for name in ("pg_dump", "pg_restore", "psql"))
    assert "heim" not in called  # everybody on the machine can read what a program was called with
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT has_schema_privilege('public', 'public', 'USAGE')").fetchone() == (True,)
    media = Path(site["VAR_DIR"]) / "media"
    assert all(place.stat().st_mode & 0o007 == 0 for place in (media, *media.rglob("*")))
    assert media.stat().st_mode & 0o070 == 0o050  # nginx reads them as one of the group


def test_a_back_up_before_the_first_picture_leaves_its_folder_to_the_site(site, tmp_path):
    backups, media = tmp_path / "backups", Path(site["VAR_DIR"]) / "media"
    backups.mkdir()
    made = run(site, "backup.sh", backups, umask=0o077)
    assert made.returncode == 0, made.stderr
    assert not media.exists()
    assert run(site, "restore.sh", Path(made.stdout.strip())).returncode == 0
    assert media.is_dir() and not list(media.iterdir())


def test_who_uploads_meanwhile_spoils_no_back_up(site, tmp_path):
    backups, media = tmp_path / "backups", Path(site["VAR_DIR"]) / "media"
    backups.mkdir()
    media.mkdir()
    (tmp_path / "bin" / "tar").write_text('#!/bin/sh\n/bin/tar "$@"\nexit ${TAR_SAYS}\n')
    (tmp_path / "bin" / "tar").chmod(0o755)
    made = run({**site, "TAR_SAYS": "1"}, "backup.sh", backups)  # "file changed as we read it"
    assert made.returncode == 0, made.stderr
    failed = run({**site, "TAR_SAYS": "2"}, "backup.sh", backups)
    assert failed.returncode != 0
    assert [each.name for each in backups.iterdir()] == [Path(made.stdout.strip()).name]


def test_a_dump_that_fails_or_is_stopped_leaves_nothing(site, tmp_path):
    backups = tmp_path / "backups"
    backups.mkdir()
    for first in ("exit 1", "kill -TERM $PPID"):
        put_tool(tmp_path, "pg_dump", first)
        assert run(site, "backup.sh", backups).returncode != 0
        assert not list(backups.iterdir())


def test_nothing_is_restored_under_a_running_site(site, tmp_path):
    backups = tmp_path / "backups"
    backups.mkdir()
    made = Path(run(site, "backup.sh", backups).stdout.strip())
    with psycopg.connect(site["DATABASE_URL"]):
        refused = run(site, "restore.sh", made)
    assert refused.returncode == 1
    assert "systemctl stop" in refused.stderr


@pytest.mark.parametrize("part", ["werkplaats.dump", "media.tar.gz"])
def test_a_back_up_that_was_cut_off_changes_nothing(site, tmp_path, part):
    backups = tmp_path / "backups"
    backups.mkdir()
    manage(site, "loaddemo", "--verbosity=0")
    made = Path(run(site, "backup.sh", backups).stdout.strip())
    before = tables(site["DATABASE_URL"]), pictures(site)
    whole = (made / part).read_bytes()
    (made / part).write_bytes(whole[: len(whole) * 2 // 3])
    refused = run(site, "restore.sh", made)
    assert refused.returncode != 0 and "nothing was changed" in refused.stderr
    assert (tables(site["DATABASE_URL"]), pictures(site)) == before


def test_only_old_back_ups_go(site, tmp_path):
    backups = tmp_path / "backups"
    for name in ("20200101T000000Z", ".20200101T000001Z", "fotos-van-iemand"):
        (backups / name).mkdir(parents=True)
        os.utime(backups / name, (0, 0))
    (backups / ".20200101T000002Z").mkdir()  # of a back-up that runs
    made = Path(run(site, "backup.sh", backups).stdout.strip())
    assert {each.name for each in backups.iterdir()} == {made.name, "fotos-van-iemand", ".20200101T000002Z"}
