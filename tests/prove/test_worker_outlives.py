"""The worker outlives a stop of PostgreSQL, short and long; a code goes before the rest, however much mail waits."""

import time

import psycopg
import pytest

from bench.load import Person, once_let_in
from bench.server import environment, free_port, job_worker, manage, serving
from tests.helpers import migrated
from tests.helpers.mailserver import MailServer
from tests.prove.writers import open_a_cafe
from werkplaats.laptop import postgres
from werkplaats.laptop.processes import until

BULK = 700  # mails that wait


@pytest.fixture
def site(tmp_path):
    """A migrated site with a café, served, with its worker: its port, mail server and database."""
    with MailServer() as server, postgres.throw_away(durable=True) as database:
        port = free_port()
        variables = environment(tmp_path, database.url, port, EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
        manage(variables, "collectstatic", "--no-input", "--verbosity=0")
        migrated.fill(variables["DATABASE_URL"])
        open_a_cafe(variables)
        manage(variables, "createsuperuser", "--no-input", "--email", "coordinator@example.org", "--verbosity=0")
        with serving(variables, port), job_worker(variables) as worker:
            yield port, server, database, worker


def sign_up(port: int, address: str) -> int:
    guest = Person(port, "/cafes/proef/")
    return once_let_in(port, guest.post("/cafes/proef/aanmelden/", wish="room", name="Gast", email=address)).status


def arrived(server: MailServer, address: str) -> bool:
    return any(address in mail["To"] for mail in server.mails)


@pytest.mark.parametrize("away", [4, 60])
def test_the_worker_outlives_a_stop_of_postgresql(site, away):
    port, server, database, worker = site
    assert sign_up(port, "eerst@example.org") < 400
    assert until(lambda: arrived(server, "eerst@example.org"), 60)
    database.crash()
    began = time.monotonic()
    assert not until(lambda: worker.poll() is not None, away), "the worker gave up"
    database.start()
    print(f"PostgreSQL was away for {time.monotonic() - began:.0f} s")
    assert until(lambda: sign_up(port, "daarna@example.org") < 400, 60)
    back = time.monotonic()
    assert until(lambda: arrived(server, "daarna@example.org"), 60)
    print(f"the first mail left {time.monotonic() - back:.1f} s later")
    assert worker.poll() is None


@pytest.mark.alone
def test_a_code_goes_first_with_700_mails_waiting(site):
    port, server, database, _ = site
    server.mood = "silent"  # every try of another mail takes as long as it may
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO events_registration (cafe_id, email, name, people, wishes, question, gave_up, version, seat,"
            " cancels, created_at)"
            " SELECT id, 'gast' || number || '@example.org', 'Gast', 1, '', '', '', 1, 'room', 0, now()"
            " FROM events_cafe, generate_series(1, %s) AS number",
            [BULK],
        )
        connection.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('mail', 'events.tasks.send_confirmation', 0, 'l' || id, NULL,"
            " jsonb_build_object('registration_id', id), NULL)::procrastinate_job_to_defer_v1])"
            " FROM events_registration"
        )
    assert until(lambda: server.asked, 60)
    server.mood = "accept"
    someone = Person(port, "/accounts/login/")
    began = time.monotonic()
    before = len(server.mails)
    assert once_let_in(port, someone.post("/accounts/login/", email="coordinator@example.org")).status < 400
    assert until(lambda: arrived(server, "coordinator@example.org"), 60)
    took = time.monotonic() - began
    place = [mail["To"] for mail in server.mails].index("coordinator@example.org")
    print(f"the code left after {took:.2f} s, behind {place - before} of {BULK} mails")
    # Behind those that left while it was asked for; in their queue it would have been the last.
    assert place < BULK / 2
