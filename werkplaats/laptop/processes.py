"""Starting child processes that cannot outlive us, finding those that did, and one lock per folder."""

import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Runs between fork and exec in an interpreter of its own: `preexec_fn` is not safe in a process with threads.
# The death signal comes after the switch of user, because that switch clears it.
LAUNCHER = """
import ctypes, os, sys
parent, death_signal, uid, gid = map(int, sys.argv[1:5])
if os.getuid() != uid:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, death_signal)
if os.getppid() != parent:
    sys.exit("the parent is gone")
os.execv(sys.argv[5], sys.argv[5:])
"""


class AlreadyRunningError(Exception):
    """Another process holds this lock; `pid` is that process, or 0 when it has not said so yet."""

    def __init__(self, pid: int, message: str):
        super().__init__(message)
        self.pid = pid


def launch(
    command: list[Any], *, death_signal: int = signal.SIGTERM, user: tuple[int, int] | None = None, **popen: Any
) -> subprocess.Popen[bytes]:
    """A `Popen` of `command` (an absolute path first) in its own session, so that Ctrl-C does not reach it.

    On Linux it gets `death_signal` when the *thread* that calls this ends: call it from one that lives on.
    `user` is (uid, gid) to run as; `popen` goes to `subprocess.Popen`.
    """
    uid, gid = user or (os.getuid(), os.getgid())
    arguments = [os.getpid(), int(death_signal), uid, gid, *command]
    process: subprocess.Popen[bytes] = subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, *map(str, arguments)], start_new_session=True, **popen
    )
    return process


@contextlib.contextmanager
def locked(path: Path, message: str, *, wait: bool = False) -> Iterator[None]:
    """Holds the lock file `path`; the kernel lets go of it when this process dies, however it dies.

    Raises AlreadyRunningError with `message`, in which {pid} is the holder, unless `wait`.
    """
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            file.seek(0)
            pid = int(file.read().strip() or 0)
            raise AlreadyRunningError(pid, message.format(pid=pid)) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def until(condition: Callable[[], object], seconds: float) -> bool:
    """Whether `condition` became true within `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def processes() -> Iterator[tuple[int, list[str]]]:
    """(pid, command line) of every process on the machine."""
    if not Path("/proc/self").exists():
        listing = subprocess.check_output(["/bin/ps", "-axww", "-o", "pid=,command="], text=True)
        for line in listing.splitlines():
            pid, *command = line.split()
            yield int(pid), [" ".join(command)] if command[0] == "postgres:" else command
        return
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                command = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
                yield int(folder.name), command


def kill(pid: int, number: int) -> None:
    """Sends the signal `number` to `pid`, if it still lives."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def end_marked(name: str, value: str, seconds: float) -> None:
    """Ends every process of this user whose environment says `name=value`; kill -9 after `seconds`.

    The environment is inherited, so this finds the children of a dead child too. Does nothing without /proc.
    """
    mark = f"{name}={value}".encode()

    def marked() -> list[int]:
        found = []
        for pid, _ in processes():
            with contextlib.suppress(OSError):
                if mark in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0"):
                    found.append(pid)
        return found

    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in marked():
            kill(pid, number)
        if until(lambda: not marked(), seconds):
            return
