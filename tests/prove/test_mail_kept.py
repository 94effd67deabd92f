"""A mail job is never lost, also by kill -9 of web and worker. What a mail server may do: `test_mail_moods`."""

import os
import signal
from email.message import Message

import psycopg
import pytest

from bench.load import Person, once_let_in
from bench.server import environment, free_port, killed_worker, manage, serving, workers
from tests.helpers import migrated
from tests.helpers.mailserver import MailServer
from tests.prove.writers import open_a_cafe
from werkplaats.laptop import postgres
from werkplaats.laptop.processes import until

pytestmark = pytest.mark.alone


@pytest.fixture
def site(tmp_path):
    """A migrated site with a café, its variables, its port and a mail server to send to."""
    with MailServer() as server, postgres.throw_away(durable=True) as database:
        port = free_port()
        variables = environment(tmp_path, database.url, port, EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
        manage(variables, "collectstatic", "--no-input", "--verbosity=0")
        migrated.fill(variables["DATABASE_URL"])
        open_a_cafe(variables)
        yield variables, port, server, database


def sign_up(port: int, address: str) -> int:
    guest = Person(port, "/cafes/proef/")
    return once_let_in(port, guest.post("/cafes/proef/aanmelden/", wish="room", name="Gast", email=address)).status


def addressed(server: MailServer, address: str) -> list[Message]:
    return [mail for mail in server.mails if address in mail["To"]]


def test_mail_survives_kill_of_web_and_worker(site):
    variables, port, server, database = site
    server.mood = "silent"
    # The worker is killed first, and at once: a mail that nobody answers is given up after ten seconds.
    with serving(variables, port) as web, killed_worker(variables):
        assert sign_up(port, "gast@example.org") < 400
        for pid in workers(web):
            os.kill(pid, signal.SIGKILL)
        assert until(lambda: server.asked, 60), "the worker never tried"
    # Both are gone now, the worker in the middle of the mail.
    with psycopg.connect(database.url) as connection:
        doing = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND queue_name = 'mail'"
        assert connection.execute(doing).fetchone() == (1,)

    server.mood = "accept"
    with killed_worker(variables):
        assert until(lambda: addressed(server, "gast@example.org"), 150)
