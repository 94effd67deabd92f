"""What a test run stands on: a throw-away PostgreSQL, settings of its own, and Chromium if it is here.

Django's settings are read in `pytest_configure` below, not earlier: import models in tests and fixtures, not
at the top of a conftest.
"""

import contextlib
import email.policy
import gc
import os
import shutil
import tempfile
import threading
from pathlib import Path

import psycopg
import pytest
from _pytest import runner

from werkplaats.laptop import postgres

NO_CHROMIUM = "browser tests NOT run: install chromium"
# A twentieth of the time that Django's flush takes, and it empties the queue of jobs and the cache too.
EMPTY_TABLES = """
    DO $$ DECLARE name text; BEGIN
        FOR turn IN 1..1000 LOOP  -- until a browser's last request has written, ten seconds at most
            EXIT WHEN NOT EXISTS (
                SELECT FROM pg_stat_get_activity(NULL) WHERE pid <> pg_backend_pid() AND state <> 'idle'
                AND datid = (SELECT oid FROM pg_database WHERE datname = current_database())
                AND backend_type = 'client backend'
            );
            PERFORM pg_sleep(0.01), pg_stat_clear_snapshot();
        END LOOP;
        SET LOCAL session_replication_role = replica;
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
            AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
        LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
    END $$
"""
# The site lets nobody wait for long: not for a connection, a lock or a statement. Here a core may stand still for
# seconds, and a test judges what became of everybody: what it is to say of the limits, it sets. `test_settings` holds
# those that the site has, and the proofs that serve one have them.
NO_HURRY = "-c lock_timeout=60s -c statement_timeout=60s -c idle_in_transaction_session_timeout=0"
run = contextlib.ExitStack()
own_server = False
browser_tests_skipped = False
servers: set[str] = set()  # the versions that the tests stood on


def chromium_path() -> str | None:
    """The one that the environment variable CHROMIUM names, else Debian's; without a window it is twice as quick."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else shutil.which("chromium-headless-shell") or shutil.which("chromium")


def is_only_handing_out(config) -> bool:
    """Whether this process only hands tests out to others (`-n 2`), which each stand on a server of their own."""
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


def pytest_configure(config):
    global own_server
    if is_only_handing_out(config):
        return
    folder = Path(run.enter_context(tempfile.TemporaryDirectory(prefix="werkplaats-test-")))
    gc.set_threshold(100_000, 20, 100)  # tests make much and keep little: looking less often saves a tenth
    (folder / "static").mkdir()  # WhiteNoise warns about a folder that is not there
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "werkplaats.settings",
        "SECRET_KEY": "a-key-for-the-tests-that-is-long-enough-to-please-the-checks",
        "SITE_URL": "http://testserver",
        "EMAIL_URL": "folder:",
        "VAR_DIR": str(folder),
        "DATABASE_POOL": "0",  # a pool of 5 is for the threads of one worker, not for a test with 16
        "DEMO": "0",
    }
    if not os.environ.get("DATABASE_URL"):
        own_server = True
        os.environ["DATABASE_URL"] = run.enter_context(postgres.throw_away()).url
    elif os.environ.get("POSTGRES_BIN"):
        raise pytest.UsageError("DATABASE_URL and POSTGRES_BIN name a server each: which one is it?")
    # In the address, so that what tests start has it too.
    os.environ["DATABASE_URL"] += ("&" if "?" in os.environ["DATABASE_URL"] else "?") + "connect_timeout=60"
    tell_version(config)

    from django.conf import settings

    # Names with a hash need collectstatic first; the proofs run the real thing.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.DATABASES["default"]["OPTIONS"]["options"] += f" {NO_HURRY}"  # the last one counts


def tell_version(config) -> None:
    """Asks the server itself which version it is: what was asked for, or there is no run."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        number, told = connection.info.server_version, connection.info.parameter_status("server_version")
    if own_server and number // 10_000 != postgres.version(postgres.binaries()):
        raise pytest.UsageError(f"This is PostgreSQL {told}, and not that of {postgres.binaries()}.")
    servers.add(told)
    if hasattr(config, "workeroutput"):
        config.workeroutput["postgres"] = told


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(f"PostgreSQL {', '.join(sorted(servers)) or 'did not run'}")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    servers.update({told for told in [getattr(node, "workeroutput", {}).get("postgres")] if told})


def in_one_piece(call, *args):
    """Calls with a stack of frames in one piece of memory of a megabyte."""
    return call(*args)


# Python's frames lie in pieces of 16 kB. What is called again and again where one ends asks the kernel for the next
# piece each time, and gives it back: of a run with coverage that was a fifth. A large frame gets a larger piece.
in_one_piece.__code__ = in_one_piece.__code__.replace(co_stacksize=70_000)
run_thread = threading.Thread.run
threading.Thread.run = lambda thread: in_one_piece(run_thread, thread)  # as those of the live server


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    return in_one_piece(runner.pytest_runtest_protocol, item, nextitem)


def pytest_runtest_logreport(report):
    global browser_tests_skipped
    browser_tests_skipped |= report.skipped and NO_CHROMIUM in str(report.longrepr)


def pytest_unconfigure(config):
    run.close()
    if browser_tests_skipped and not hasattr(config, "workerinput"):
        print(NO_CHROMIUM)


def is_a_proof(item) -> bool:
    return Path(__file__).parent / "prove" in item.path.parents


@pytest.hookimpl(tryfirst=True)  # before `-m` chooses
def pytest_collection_modifyitems(config, items):
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker("browser")
        if is_a_proof(item):
            item.add_marker("prove")
    # The longest are among these: begun at the end, one of them would keep one of two processes waiting for minutes.
    items.sort(key=is_a_proof, reverse=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """On a server of ours the tests' database is a copy of one that was filled in a second."""
    from django.db import connection

    from tests.helpers import migrated

    if own_server:
        migrated.fill(os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = postgres.DATABASE


@pytest.fixture(scope="session", autouse=True)
def emptying():
    """After a test that commits: empties the tables, quickly where the server is ours, and brings back the site."""
    from django.db import OperationalError, connection
    from django.test import TransactionTestCase

    from werkplaats.site.models import Site

    flush = TransactionTestCase._fixture_teardown

    def empty_tables(test_case):
        if own_server:
            try:
                with connection.cursor() as cursor:
                    cursor.execute(EMPTY_TABLES)
            except OperationalError:  # a browser's last request was still writing, in another order: it is done now
                with connection.cursor() as cursor:
                    cursor.execute(EMPTY_TABLES)
        else:
            flush(test_case)
        Site.objects.get_or_create(pk=1)

    TransactionTestCase._fixture_teardown = empty_tables


@pytest.fixture(scope="session", autouse=True)
def no_hurry():
    """Who signs up waits for their café as long as for any other row: see NO_HURRY."""
    from events.models import sign_up

    sign_up.PATIENCE = "60s"


@pytest.fixture(scope="session", autouse=True)
def nothing_to_free(emptying):
    """What was imported until now stays, so nobody has to look through it for what may go."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def nothing_kept():
    """No cards of another test: a roll-back gives back the version of the site, and with it their keys."""
    from tests.helpers.kept import forget

    forget()


@pytest.fixture
def status_of():
    """A function that asks a stranger's browser for an address, which may be a file: the status of the answer."""
    from django.test import Client

    def ask(address: str) -> int:
        response = Client().get(address)
        response.getvalue()  # read to its end a file is closed
        return response.status_code

    return ask


@pytest.fixture
def coordinator(client, settings):
    """A coordinator who is logged in with `client`; as in the demo, no second factor is asked."""
    from tests.helpers import factories

    settings.DEMO = True
    user = factories.coordinator()
    client.force_login(user)
    return user


@pytest.fixture
def mail_server(settings):
    """A mail server with moods, to which all mail goes."""
    from tests.helpers.mailserver import MailServer

    with MailServer() as server:
        options = {"host": "127.0.0.1", "port": server.port, "timeout": 10}
        backend = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
        yield server


@pytest.fixture
def totp_code(monkeypatch):
    """A function that gives the code of an app. The half minute that it is of lasts as long as the test."""
    from allauth.mfa.totp.internal import auth

    (counter,) = auth.yield_hotp_counters_from_time()
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([counter]))
    return lambda secret: auth.format_hotp_value(auth.hotp_value(secret, counter))


class Context:
    """What a job gets from the worker, as far as a mail looks at it."""

    def __init__(self, job):
        self.job = job


@pytest.fixture
def mailbox(tmp_path, settings):
    """A function that does all mail jobs in the queue, and returns their mails in order."""
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.models import ProcrastinateJob

    from werkplaats.mail.queue import BULK, CODES

    folder = {"BACKEND": "werkplaats.mail.FolderBackend", "OPTIONS": {"folder": tmp_path}}
    settings.MAILERS = {"default": folder}

    def deliver():
        for job in ProcrastinateJob.objects.filter(queue_name__in=[BULK, CODES]).order_by("pk"):
            app.tasks[job.task_name](Context(job), **job.args)
        ProcrastinateJob.objects.all()._raw_delete(using="default")
        mails = []
        for file in sorted(Path(tmp_path).iterdir()):
            mails.append(email.message_from_bytes(file.read_bytes(), policy=email.policy.default))
            file.unlink()
        return mails

    return deliver
