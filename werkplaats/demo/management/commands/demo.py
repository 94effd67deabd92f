"""`manage.py demo`: the whole site on one computer, from one command, until Ctrl-C.

Everything that it makes lies in VAR_DIR: database, pictures, mails, static files, the key of the log-ins. The
web server and the job worker are children that get a SIGTERM when this process dies, and they carry a mark in
their environment by which the next start finds the ones that live on all the same.
"""

import contextlib
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection, connections

from plan.models import Harvest
from werkplaats.demo.content import rehearsal
from werkplaats.demo.management.commands import loaddemo
from werkplaats.laptop import postgres
from werkplaats.laptop.environment import BASE_DIR, OWN
from werkplaats.laptop.processes import AlreadyRunningError, end_marked, launch, locked, until

MARK = "WERKPLAATS_DEMO"
STOP_SECONDS = 5
START_SECONDS = 60
# A worker that is killed comes back; one that does not stop is killed seconds before we would.
# One process for pages and the live room, as no proxy stands before it: streams of a screen never end by themselves.
GRANIAN = ["-m", "granian", "--interface", "asginl", "--host", "127.0.0.1", "--no-ws", "--workers", "1"]
GRANIAN += ["--respawn-failed-workers", "--respawn-interval", "0.5", "--workers-kill-timeout", "2"]
GRANIAN += ["--log-level", "warning", "werkplaats.asgi:application"]

READY = """
De werkplaats draait. Stoppen: Ctrl-C.

  De site    {url}/
  Beheer     {url}/beheer/   Log in als coordinator@werkplaats.example; de code staat in het Postvak.
  Meedoen    Log in als samira@werkplaats.example: onder «Jouw bijdragen» staat wat zij schreef.
  Meelezen   Binnen vijf minuten komt er een mail voor meelezer@werkplaats.example, met een link.
  Uitnodigen Log in als anna@werkplaats.example en open {url}/uitnodigen/: zo nodigt een consulent mensen uit.
  Postvak    {url}/postvak/  Alle mails van deze demo, ook als bestand in {mail}
"""
REHEARSE = """\
  Oefenen    {url}  Een volle werkbank. Met z'n tweeën: de ander logt in als
             {sorter}. Alles weer ongesorteerd, voor de volgende: make rehearsal
"""


class Halt(Exception):
    """The demo cannot go on; the message is one Dutch sentence for the person at the terminal."""


class Command(BaseCommand):
    """Starts everything, watches it, and stops it in order: web and worker first, PostgreSQL last."""

    help = "Draait de hele site op deze computer, met echte inhoud, tot Ctrl-C."
    requires_system_checks = ()

    def handle(self, **options):
        self.var = Path(os.environ["VAR_DIR"])
        self.port = int(os.environ["PORT"])
        self.url = f"http://127.0.0.1:{self.port}"
        self.server: postgres.Server | None = None
        self.web: subprocess.Popen | None = None
        self.worker: subprocess.Popen | None = None
        self.worker_deaths: list[float] = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        try:
            with locked(self.var / "demo.lock", f"De demo draait al in {self.var} (proces {{pid}})."):
                self.run()
        except KeyboardInterrupt:
            self.say("De werkplaats is gestopt.")
        except (AlreadyRunningError, postgres.LocalDatabaseError, Halt) as error:
            sys.exit(str(error))

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def stop(self, number, frame):
        # Once only: make passes a signal on that the whole process group already had.
        for signal_number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signal_number, lambda *_: None)
        raise KeyboardInterrupt

    def run(self) -> None:
        end_marked(MARK, str(self.var), STOP_SECONDS)
        self.check_port()
        with self.database() as self.server:
            self.load()
            try:
                self.start()
                while True:
                    time.sleep(0.3)
                    self.watch()
            finally:
                self.end()

    def check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", self.port))
            except OSError:
                raise Halt(f"Poort {self.port} is bezet. Kies een andere: make demo PORT={self.port + 1}") from None

    def database(self) -> contextlib.AbstractContextManager[postgres.Server | None]:
        """The private PostgreSQL, or nothing where DATABASE_URL names another server."""
        data = self.var / "postgres"
        if os.environ["DATABASE_URL"] != postgres.Server(data).url:
            return contextlib.nullcontext()
        self.say("Database wordt gestart …")
        return postgres.running(data, say=self.say)

    def load(self) -> None:
        """Brings tables, static files and content up to date; what is there already stays as it is."""
        self.say("Tabellen worden bijgewerkt …")
        try:
            connection.ensure_connection()
        except OperationalError as error:
            raise Halt(f"De database antwoordt niet: {error}") from None
        call_command("migrate", interactive=False, verbosity=0)
        self.collect_static()
        self.say("Inhoud wordt geladen …")
        new = not loaddemo.was_loaded()
        call_command("loaddemo")
        if new:
            call_command("loadrehearsal")
        harvest = Harvest.objects.filter(question__slug=rehearsal.question["slug"]).first()
        self.desk = harvest.get_absolute_url() if harvest else ""
        connections.close_all()

    def collect_static(self) -> None:
        """Hashes and compresses the static files, which takes seconds, when one of them has changed."""
        found = hashlib.sha256()
        for finder in get_finders():
            for path, storage in finder.list([]):
                status = Path(storage.path(path)).stat()
                found.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
        done = self.var / "static.done"
        if done.exists() and done.read_text() == found.hexdigest():
            return
        self.say("Vormgeving wordt klaargezet …")
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        done.write_text(found.hexdigest())

    def start(self) -> None:
        self.say("Site wordt gestart …")
        self.web = self.child(*GRANIAN, "--port", self.port)
        deadline = time.monotonic() + START_SECONDS
        while not self.ready():
            if time.monotonic() > deadline:
                raise Halt(f"De site antwoordt na {START_SECONDS} seconden nog niet op {self.url}/readyz.")
            time.sleep(0.1)
            self.watch()
        self.start_worker()  # only now: the first page need not wait for it
        rehearse = self.desk and REHEARSE.format(url=f"{self.url}{self.desk}", sorter=rehearsal.sorter["email"])
        self.say(READY.format(url=self.url, mail=self.var / "mail") + rehearse)

    def start_worker(self) -> None:
        self.worker = self.child(BASE_DIR / "manage.py", "worker")

    def child(self, *arguments) -> subprocess.Popen:
        environment = {name: value for name, value in os.environ.items() if name not in OWN}
        return launch([sys.executable, *arguments], cwd=BASE_DIR, env={**environment, MARK: str(self.var)})

    def ready(self) -> bool:
        """Whether the site answers; it says 503 as long as it does not see the database."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2):  # noqa: S310, our own address
                return True
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise Halt(f"De site geeft een fout ({error.code}); hierboven staat waarom.") from None
            return False
        except OSError:
            return False

    def watch(self) -> None:
        """Starts the worker again when it died; raises Halt when something died that does not come back."""
        if self.web and self.web.poll() is not None:
            raise Halt(f"De webserver is gestopt (code {self.web.returncode}).")
        database = self.server and self.server.process
        if self.server and database and database.poll() is not None:
            raise Halt(f"PostgreSQL is gestopt (code {database.returncode}). Zie {self.server.log}.")
        if self.worker and self.worker.poll() is not None:
            now = time.monotonic()
            self.worker_deaths = [then for then in self.worker_deaths if now - then < START_SECONDS] + [now]
            if len(self.worker_deaths) > 5:
                raise Halt(f"De postbode stopt telkens weer (code {self.worker.returncode}).")
            self.say(f"De postbode is gestopt (code {self.worker.returncode}) en wordt opnieuw gestart …")
            self.start_worker()

    def end(self) -> None:
        children = [child for child in (self.web, self.worker) if child]
        for child in children:
            child.terminate()
        until(lambda: all(child.poll() is not None for child in children), STOP_SECONDS)
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)  # each leads a group of its own, with its workers in it
            child.wait()
