"""A database as `migrate` leaves it, filled from a dump that is kept until a migration or a library changes.

Django makes each model anew for each of a thousand operations, which takes fifteen times as long as their SQL. What
must see `migrate` itself at work calls that.
"""

import hashlib
import subprocess
import tempfile
from pathlib import Path

from bench.server import ROOT, environment, free_port, manage
from werkplaats.laptop import postgres

KEPT = ROOT / ".pytest_cache" / "migrated"


def fill(url: str) -> None:
    """Makes all tables in the empty database at `url`, and the rows that migrations put there.

    Raises CalledProcessError when a migration, or the dump, fails.
    """
    dump = KEPT / f"{postgres.version(postgres.binaries())}-{fingerprint()}.sql"
    if dump.exists():
        _run("psql", url, "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1", f"--file={dump}")
        return
    with tempfile.TemporaryDirectory() as folder:
        manage(environment(Path(folder), url, free_port()), "migrate", "--verbosity=0")
    _keep(url, dump)


def fingerprint() -> str:
    """Another one for each change of a migration of ours, or of which libraries there are."""
    found = hashlib.sha256()
    for file in [ROOT / "uv.lock", *sorted(ROOT.glob("*/migrations/*.py"))]:
        found.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return found.hexdigest()[:16]


def _keep(url: str, dump: Path) -> None:
    """Keeps it whole or not at all: two processes of one run may come here, one while the other reads, or be killed."""
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in set(KEPT.glob(f"{dump.name.partition('-')[0]}-*.sql")) - {dump}:
        old.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile(dir=KEPT, delete_on_close=False) as unfinished:
        _run("pg_dump", url, f"--file={unfinished.name}")
        Path(unfinished.name).rename(dump)


def _run(program: str, url: str, *options: str) -> None:
    command = [postgres.binaries() / program, "--dbname", url, *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
