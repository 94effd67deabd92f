"""Back up, wipe and restore with the scripts of deploy/: each table is what it was, and each picture."""

import hashlib
import os
import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from bench.server import ROOT, environment, free_port, manage
from werkplaats.laptop import postgres


@pytest.fixture
def site(tmp_path):
    """The demo's content, with the variables that the scripts need."""
    with postgres.throw_away() as database:
        variables = environment(tmp_path / "var", database.url, free_port())
        # Of the server's own version, whatever the machine has.
        variables |= {name: str(postgres.binaries() / name.lower()) for name in ("PG_DUMP", "PG_RESTORE", "PSQL")}
        (tmp_path / "var").mkdir()
        manage(variables, "migrate", "--verbosity=0")
        yield variables


def run(variables: dict[str, str], script: str, folder: Path) -> subprocess.CompletedProcess:
    command = [ROOT / "deploy" / script, folder]
    return subprocess.run(command, env=variables, cwd=folder.parent, capture_output=True, text=True, check=False)


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
    assert run(site, "backup.sh", backups).returncode == 0  # without a single picture, too
    manage(site, "loaddemo", "--verbosity=0")
    made = run(site, "backup.sh", backups)
    assert made.returncode == 0, made.stderr
    before, seen = tables(url), pictures(site)
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
    made = Path(run(site, "backup.sh", backups).stdout.strip())
    assert {each.name for each in backups.iterdir()} == {made.name, "fotos-van-iemand"}
