"""`make demo` in full: it starts, survives what kills parts of it, and leaves no process behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from werkplaats.laptop import postgres
from werkplaats.laptop.processes import until

pytestmark = pytest.mark.alone

BASE_DIR = Path(__file__).resolve().parents[2]
JOB_WORKER = "manage.py\0worker"  # as /proc has it
START_SECONDS, STOP_SECONDS, BACK_SECONDS = 300, 60, 60  # what these prove is not how quick


class Demo:
    """One `manage.py demo` with a folder and a port of its own."""

    def __init__(self, var: Path):
        self.var = var
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.output = var.with_suffix(".out")

    def start(self):
        # Not the environment of this test run, which has a database and secrets of its own.
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment |= {"VAR_DIR": str(self.var), "PORT": str(self.port)}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, BASE_DIR / "manage.py", "demo"],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        return self

    def is_up(self) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        return "De werkplaats draait." in self.output.read_text() and self.get("/readyz") == 200

    def get(self, path: str) -> int:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}") as answer:
            return answer.status
        return 0

    def processes(self, *, named: str = "") -> list[int]:
        """Every living descendant, children of killed children too; `named` is part of the command line."""
        parents, commands = {}, {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
                    if state != "Z":
                        parents[int(folder.name)] = int(parent)
                        commands[int(folder.name)] = (folder / "cmdline").read_text()
        family = [self.process.pid]
        for pid in family:
            family += [child for child, parent in parents.items() if parent == pid]
        return [pid for pid in family[1:] if named in commands[pid]]

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(STOP_SECONDS)


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """One folder for all tests here: the first start makes the database, the later ones find it."""
    var = tmp_path_factory.mktemp("demo") / "var"
    yield var
    postgres.remove(var / "postgres")


@pytest.fixture
def demo(var):
    demo = Demo(var).start()
    try:
        assert until(demo.is_up, START_SECONDS), demo.output.read_text()
        yield demo
    finally:
        demo.end()


def alive(pids: list[int]) -> list[int]:
    return [pid for pid in pids if Path(f"/proc/{pid}/cmdline").exists() and Path(f"/proc/{pid}/cmdline").read_bytes()]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_every_process(demo, number):
    pids = demo.processes()
    assert demo.processes(named="granian")
    assert demo.processes(named=JOB_WORKER)
    assert demo.processes(named="postgres")

    demo.process.send_signal(number)
    assert demo.process.wait(STOP_SECONDS) == 0
    assert alive(pids) == []
    assert "De werkplaats is gestopt." in demo.output.read_text()


@pytest.mark.parametrize("also", ["nothing", "granian", "postgres"])
def test_after_kill_9_the_next_start_works_and_nothing_old_lives_on(demo, also):
    pids = demo.processes()
    main = [pid for pid in demo.processes(named=also)[:1]]
    for pid in [demo.process.pid, *main]:
        os.kill(pid, signal.SIGKILL)
    demo.process.wait()

    again = Demo(demo.var)
    again.port = demo.port
    again.start()
    try:
        assert until(again.is_up, START_SECONDS), again.output.read_text()
        assert alive(pids) == []
        assert again.get("/") == 200
    finally:
        again.end()


def test_a_second_demo_in_the_same_folder_says_so_and_leaves_the_first_alone(demo):
    second = Demo(demo.var)
    second.output = demo.var.with_suffix(".second")
    second.start()
    assert second.process.wait(START_SECONDS) == 1
    assert f"draait al in {demo.var} (proces {demo.process.pid})" in second.output.read_text()
    assert demo.get("/readyz") == 200


def test_a_taken_port_is_said_in_one_sentence_and_nothing_is_left_running(var):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        demo = Demo(var)
        demo.port = taken.getsockname()[1]
        demo.start()
        assert demo.process.wait(START_SECONDS) == 1
    assert demo.output.read_text().strip() == (
        f"Poort {demo.port} is bezet. Kies een andere: make demo PORT={demo.port + 1}"
    )
    assert postgres.Server(var / "postgres").pids() == []


def test_killed_workers_come_back(demo):
    [job_worker] = demo.processes(named=JOB_WORKER)
    web_workers = demo.processes(named="granian")[1:]
    assert web_workers
    for pid in (job_worker, web_workers[0]):
        os.kill(pid, signal.SIGKILL)

    def all_back():
        now = demo.processes(named=JOB_WORKER) + demo.processes(named="granian")[1:]
        return len(now) == 1 + len(web_workers) and job_worker not in now and web_workers[0] not in now

    assert until(all_back, BACK_SECONDS), demo.output.read_text()
    assert until(lambda: demo.get("/") == 200, BACK_SECONDS)


def test_a_dead_postgres_stops_the_demo_with_its_reason(demo):
    pids = demo.processes()
    postgres.Server(demo.var / "postgres").pids()
    os.kill(postgres.Server(demo.var / "postgres").pids()[0], signal.SIGKILL)
    assert demo.process.wait(STOP_SECONDS) == 1
    assert "PostgreSQL is gestopt" in demo.output.read_text()
    assert until(lambda: alive(pids) == [], STOP_SECONDS)
