"""An installation for one run: a throw-away PostgreSQL as in production, an empty folder, tables, static files."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
from django.core.management import call_command

from bench.server import environment, free_port
from werkplaats.laptop.postgres import throw_away

# All for one café, within an hour, from one machine.
BENCH = {"DJANGO_SETTINGS_MODULE": "bench.settings", "HOLDS_AN_HOUR": "1000000"}


class Bench(NamedTuple):
    """What the runs work with: the variables to serve the site with, its port, its database."""

    variables: dict[str, str]
    port: int
    database: str


@contextlib.contextmanager
def prepared() -> Iterator[Bench]:
    """An empty site, which is not served yet. This process is in its environment, with Django set up."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="werkplaats-bench-") as folder, throw_away(durable=True) as database:
        variables = environment(Path(folder), database.url, port, **BENCH)
        # One connection for this process, which may take its time; the site gets pool and time-outs as they are.
        os.environ |= {**variables, "DATABASE_POOL": "0", "DATABASE_PATIENT": "1"}
        django.setup()
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", run_syncdb=True, verbosity=0)
        yield Bench(variables, port, database.url)
