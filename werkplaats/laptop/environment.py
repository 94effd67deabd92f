"""What the settings need on a laptop: made once, kept in VAR_DIR, put in the environment before they are read."""

import os
import secrets
import sys
from pathlib import Path

from werkplaats.laptop import postgres

BASE_DIR = Path(__file__).resolve().parents[2]
# This process migrates and loads: it may take its time, and needs no pool. The children get neither.
OWN = {"DATABASE_PATIENT": "1", "DATABASE_POOL": "0"}


def prepare_environment() -> None:
    """Fills in what the settings need on a laptop; manage.py calls it before they are read."""
    var = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
    try:
        var.mkdir(parents=True, exist_ok=True)
        key = _secret_key(var / "secret_key")
        own_database = postgres.Server(var / "postgres").url
    except OSError as error:
        sys.exit(f"In de map {var} kan de demo niet schrijven ({error.strerror}).")
    except postgres.LocalDatabaseError as error:
        sys.exit(str(error))
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        sys.exit(f"PORT moet een getal van 1 tot 65535 zijn, niet «{port}».")
    given = {name: value for name, value in os.environ.items() if value}
    defaults = {"SECRET_KEY": key, "SITE_URL": f"http://127.0.0.1:{port}", "DATABASE_URL": own_database}
    os.environ |= defaults | given | OWN | {"DEMO": "1", "VAR_DIR": str(var), "PORT": port}


def _secret_key(path: Path) -> str:
    """A random key that stays the same, so that log-ins survive a restart."""
    if not path.exists() or not path.read_text():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
