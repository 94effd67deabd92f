"""The site served as in production and its job worker, in processes of their own, for the benchmark and for proofs."""

import contextlib
import itertools
import os
import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import IO

from bench.load import Request, once
from werkplaats.laptop.processes import launch, until

ROOT = Path(__file__).resolve().parent.parent
WORKERS, THREADS = 2, 4
STARTS, STOPS = 120, 60  # seconds at most, on a machine that stands still now and then
FIRST_PORT, EACH, SHARES = 11_000, 100, 200  # all below 32768: from there the kernel gives one to whoever asks for any
numbers = itertools.cycle(range(EACH))


def free_port() -> int:
    """One of those of this process, so that nobody else takes it before the server does."""
    while True:
        port = FIRST_PORT + os.getpid() % SHARES * EACH + next(numbers)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def environment(folder: Path, database_url: str, port: int, **changes: str) -> dict[str, str]:
    """The variables of a production whose state lives in `folder`, served over plain HTTP on this machine."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "werkplaats.settings",
        "SECRET_KEY": secrets.token_hex(32),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": database_url,
        "EMAIL_URL": "folder:",
        "VAR_DIR": str(folder),
        "THREADS": str(THREADS),
        **changes,
    }


def manage(variables: dict[str, str], *command: str) -> None:
    """Runs `manage.py command`; raises CalledProcessError when it fails."""
    # Without a pool: the threads of one keep a `shell` for twenty seconds when it ends.
    subprocess.run(
        [sys.executable, ROOT / "manage.py", *command], env={**variables, "DATABASE_POOL": "0"}, cwd=ROOT, check=True
    )


def serving(
    variables: dict[str, str], port: int, *, interval: float = 0.1, log: IO[bytes] | None = None
) -> contextlib.AbstractContextManager[subprocess.Popen]:
    """The web server on `port`, answering; its workers are its children.

    `interval` is how many seconds a new worker gets before the old one stops, when the server is told to reload. What
    it tells goes to `log`.
    """
    command = ["--interface", "wsgi", "--workers", WORKERS, "--blocking-threads", THREADS]
    command += ["--respawn-interval", interval, "--workers-kill-timeout", 5, "werkplaats.wsgi:application"]
    return _granian(command, variables, port, log)


def serving_live(variables: dict[str, str], port: int) -> contextlib.AbstractContextManager[subprocess.Popen]:
    """The one process of deploy/werkplaats-live.service on `port`, answering."""
    command = ["--interface", "asginl", "--workers", 1]
    command += ["--respawn-interval", 0.5, "--workers-kill-timeout", 2, "werkplaats.asgi:application"]
    return _granian(command, variables, port)


@contextlib.contextmanager
def _granian(
    command: list, variables: dict[str, str], port: int, log: IO[bytes] | None = None
) -> Iterator[subprocess.Popen]:
    common = ["--no-ws", "--host", "127.0.0.1", "--port", port, "--respawn-failed-workers", "--log-level", "warning"]
    server = launch([Path(sys.executable).with_name("granian"), *common, *command], cwd=ROOT, env=variables, stderr=log)
    try:
        if not until(lambda: _answers(port), STARTS):
            raise RuntimeError("the server does not start")
        yield server
    finally:
        server.terminate()
        server.wait(STOPS)


@contextlib.contextmanager
def job_worker(variables: dict[str, str]) -> Iterator[subprocess.Popen]:
    """The process that sends the mails."""
    worker = launch([sys.executable, ROOT / "manage.py", "worker"], cwd=ROOT, env=variables, stderr=subprocess.DEVNULL)
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(STOPS)


@contextlib.contextmanager
def killed_worker(variables: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A job worker, killed with -9 at the end."""
    worker = launch([sys.executable, ROOT / "manage.py", "worker"], cwd=ROOT, env=variables)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def workers(server: subprocess.Popen) -> list[int]:
    """The process ids of the workers of a server."""
    return [int(pid) for pid in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]


def memory(pid: int, field: str = "VmRSS") -> int:
    """Megabytes of resident memory of a process; VmHWM is the most it had since `forget_peak`."""
    found = re.search(rf"{field}:\s*(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) // 1024 if found else 0


def forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _answers(port: int) -> bool:
    try:
        return once(port, Request("GET", "/healthz")).status == 200
    except (OSError, HTTPException):
        return False
