"""A mail server with moods, against codes, confirmations, notices and mails to many at once: no letter is lost.

Prints what came of each mood. Times are told, not judged: `test_worker_outlives` holds how quick a code is.
"""

import contextlib
import itertools
import json
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import NamedTuple

import psycopg
import pytest

from bench.load import Person, Request, once, once_let_in
from bench.server import ROOT, environment, free_port, manage, serving
from tests.helpers import migrated
from tests.helpers.letters import Letter
from tests.helpers.mailserver import MailServer
from tests.prove.causing import COORDINATOR
from tests.prove.writers import open_a_cafe
from werkplaats.laptop import postgres
from werkplaats.laptop.processes import launch, until

STRANGER = "iemand.anders@postvak.example"  # in the words of the server, and so in no log of ours
SILENCE = 60  # seconds
FOR_NOW = {
    "451 at RCPT": ("RCPT", f"451 4.7.1 <{STRANGER}>: not now"),
    "451 after the text": ("DATA", f"451 4.3.0 <{STRANGER}>: not now"),
    "hangs up after the text": "hang up",
    "421 at the greeting": ("", "421 4.3.2 too busy"),
    "silence": "silent",
}
FOR_GOOD = {
    "550 at MAIL FROM": ("MAIL", f"550 5.7.1 <{STRANGER}>: sender is not allowed"),
    "550 at RCPT": ("RCPT", f"550 5.1.1 <{STRANGER}>: no such user"),
    "554 after the text": ("DATA", f"554 5.7.1 <{STRANGER}>: looks like spam"),
    "552 after the text": ("DATA", f"552 5.2.2 <{STRANGER}>: mailbox full"),
}
WHY = {  # as «Vandaag» has it
    "550 at MAIL FROM": "de mailserver neemt onze afzender niet aan",
    "550 at RCPT": "het adres bestaat niet",
    "554 after the text": "de mailserver vertrouwt onze mail niet",
    "552 after the text": "het postvak is vol of gesloten",
}
EVERYBODY = "550 at MAIL FROM"  # before anybody is named
LONG = "451 at RCPT"  # the mood that stays until each letter was tried three times
HOW_MANY = {"code": 3, "unknown": 1, "sign-up": 4, "two cafés": 1, "notice": 2, "bulk": 10}
LOST = {"code": 1, "unknown": 1, "sign-up": 2, "notice": 1, "bulk": 5}  # of those, whose letter is refused for good
MAILS = "queue_name IN ('mail', 'codes')"
FAILURE = re.compile(r"Mail \d+ \(\S+\), try \d+: (?:\d{3} |\S+)")  # as the log has it


class Job(NamedTuple):
    status: str
    attempts: int
    pause: float | None  # seconds before the next try, counted from when PostgreSQL wrote that there is one
    waits: bool  # for an earlier mail to the same address


class Letters:
    """Whom one mood is about, by kind of mail: each is one letter, but who signs up for two cafés gets two.

    `expired` asks for a code that expires before it can leave.
    """

    def __init__(self, name: str):
        start = name.replace(" ", ".").lower()
        self.name, self.after = name, 0  # the last job before them
        self.by_kind = {
            kind: [f"{start}.{kind.split()[0]}{number}@example.org" for number in range(count)]
            for kind, count in HOW_MANY.items()
        }
        self.expired = f"{start}.expired@example.org"
        self.lost = {address for kind, count in LOST.items() for address in self.by_kind[kind][:count]}
        if name == EVERYBODY:
            self.lost = {*self.wanted, self.expired}

    @property
    def wanted(self) -> Counter[str]:
        """How many letters each of them should get once the server is well."""
        return Counter([*itertools.chain(*self.by_kind.values()), *self.by_kind["two cafés"]])

    @property
    def codes(self) -> list[str]:
        return self.by_kind["code"]


class Site:
    """The site as it runs, the mail server that it has, and what one can ask both."""

    def __init__(self, port, server, database, variables, log):
        self.port, self.server, self.log = port, server, log
        self.variables = variables | {"DATABASE_POOL": "0"}
        self.database = psycopg.connect(database.url, autocommit=True)
        self.letters = {name: Letters(name) for name in (*FOR_NOW, *FOR_GOOD)}

    def ask(self, query: str, *values) -> list[tuple]:
        return self.database.execute(query, values).fetchall()

    def count(self, rows: str, *values) -> int:
        return self.ask(f"SELECT count(*) FROM {rows}", *values)[0][0]

    def shell(self, words: str) -> str:
        command = [sys.executable, ROOT / "manage.py", "shell", "--verbosity=0", "-c"]
        command.append(f"from tests.prove import causing; causing.{words}")
        return subprocess.check_output(command, env=self.variables, cwd=ROOT, text=True)

    def post(self, browser: Person, action: str, **data: str) -> None:
        browser.start_anew()  # one browser signs up few addresses
        assert once_let_in(self.port, browser.post(action, **data)).status < 400

    def cause(self, name: str) -> Letters:
        """Causes the letters of one mood, all kinds at once."""
        made, browser = self.letters[name], Person(self.port, "/accounts/login/")
        made.after = self.ask("SELECT coalesce(max(id), 0) FROM procrastinate_jobs")[0][0]
        inside = f"notices_and_bulk({made.by_kind['notice']}, {made.by_kind['bulk']})"
        with ThreadPoolExecutor(1) as beside:
            done = beside.submit(self.shell, inside)
            for address in [*made.codes, made.expired, *made.by_kind["unknown"]]:
                self.post(browser, "/accounts/login/", email=address)
            signing_up = made.by_kind["sign-up"] + made.by_kind["two cafés"]
            for cafe, addresses in (("proef", signing_up), ("tweede", made.by_kind["two cafés"])):
                for address in addresses:
                    self.post(browser, f"/cafes/{cafe}/aanmelden/", wish="room", name="Gast", email=address)
            done.result()
        assert len(self.jobs(made)) == made.wanted.total() + 1
        return made

    def jobs(self, letters: Letters) -> list[Job]:
        found = self.ask(
            f"""
            SELECT job.status, job.attempts, extract(epoch FROM job.scheduled_at - (
                SELECT max(at) FROM procrastinate_events WHERE job_id = job.id AND type = 'deferred_for_retry'
            ))::float, EXISTS (
                SELECT FROM procrastinate_jobs before
                WHERE before.lock = job.lock AND before.id < job.id AND before.status IN ('todo', 'doing')
            )
            FROM procrastinate_jobs job WHERE id > %s AND {MAILS} ORDER BY id
            """,
            letters.after,
        )
        return [Job(*row) for row in found]

    def arrived(self, letters: Letters) -> Counter[str]:
        ours = letters.wanted.keys() | {letters.expired}
        return Counter(to for mail in list(self.server.taken) for to in mail.recipients if to in ours)

    def ids(self, letters: Letters) -> dict[str, int]:
        """How many different Message-IDs came by for each address, also of what was refused after its text."""
        mails = [*self.server.refused, *self.server.taken]
        found = {(mail.recipients[0], Letter(*mail).header("Message-ID")) for mail in mails}
        return Counter(to for to, _ in found if to in letters.wanted)

    def alarm(self):
        return once(self.port, Request("GET", "/readyz?alarm=1"))

    def tables_with(self, *words: str) -> set[str]:
        """The tables in which one of these words stands, in any column.

        Not those of sessions, which are encoded: one holds the address and the code of its log-in until it ends.
        """
        found = set()
        for (table,) in self.ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
            content = "\n".join(row for (row,) in self.ask(f'SELECT t::text FROM "{table}" t'))
            if any(word in content for word in words):
                found.add(table)
        return found


class Visitors:
    """Somebody who looks around all the while, and counts what fails."""

    def __init__(self, port: int):
        self.port, self.going, self.asked, self.again, self.failed = port, True, 0, 0, []

    def look_around(self) -> None:
        for path in itertools.cycle(["/", "/cafes/", "/cafes/proef/", "/denk-praat-doe-mee/", "/accounts/login/"]):
            if not self.going:
                return
            self.asked += 1
            try:
                answer = once_let_in(self.port, Request("GET", path))
                status, self.again = answer.status, self.again + answer.again
            except (OSError, HTTPException) as error:
                status = repr(error)
            if status != 200:
                self.failed.append((path, status))
            until(lambda: not self.going, 0.1)


@contextlib.contextmanager
def visiting(port: int):
    visitors = Visitors(port)
    thread = threading.Thread(target=visitors.look_around)
    thread.start()
    try:
        yield visitors
    finally:
        visitors.going = False
        thread.join()


@pytest.fixture(autouse=True)
def well_again(site):
    """No mood of another test."""
    yield
    site.server.mood, site.server.only = "accept", set()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The site served, with two cafés, accounts and its worker, whose log goes into a file."""
    folder = tmp_path_factory.mktemp("moods")
    with MailServer() as server, postgres.throw_away(durable=True) as database:
        port = free_port()
        variables = environment(folder, database.url, port, EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
        manage(variables, "collectstatic", "--no-input", "--verbosity=0")
        migrated.fill(variables["DATABASE_URL"])
        for slug in ("proef", "tweede"):
            open_a_cafe(variables, slug)
        manage(variables, "createsuperuser", "--no-input", "--email", COORDINATOR, "--verbosity=0")
        made = Site(port, server, database, variables, folder / "worker.log")
        made.shell(f"accounts({[to for each in made.letters.values() for to in (*each.codes, each.expired)]})")
        with serving(variables, port), made.log.open("wb") as lines, visiting(port) as made.visitors:
            worker = launch([sys.executable, ROOT / "manage.py", "worker"], cwd=ROOT, env=variables, stderr=lines)
            try:
                yield made
            finally:
                worker.terminate()
                worker.wait(60)
                made.database.close()


def well(site: Site, letters: Letters) -> tuple[float, float]:
    """Makes the server well; returns after how many seconds each code had come, and all was done."""
    site.server.mood, began, there = "accept", time.monotonic(), site.arrived(letters)
    assert until(lambda: all(site.arrived(letters)[each] > there[each] for each in letters.codes), 120)
    codes = time.monotonic() - began
    waits = f"procrastinate_jobs WHERE id > %s AND {MAILS} AND status IN ('todo', 'doing')"
    assert until(lambda: site.count(waits, letters.after) == 0, 120), site.jobs(letters)
    return codes, time.monotonic() - began


@pytest.mark.parametrize("name", FOR_NOW)
def test_what_goes_by_again_loses_nothing_and_brings_nothing_twice_that_was_refused(site, name):
    server, mood, named = site.server, FOR_NOW[name], len(site.server.named)
    server.mood = mood
    letters = site.cause(name)
    expire(site, letters.expired)
    if mood == "silent":
        assert not until(lambda: len(server.named) > named, SILENCE) and not site.arrived(letters)
    else:
        times = 3 if name == LONG else 1
        assert until(lambda: all(job.attempts >= times or job.waits for job in tried(site, letters)), 180)
    waiting = site.ask("SELECT data->>'code' FROM werkplaats_letter WHERE \"to\" = ANY(%s)", letters.codes)
    codes = [code for (code,) in waiting]
    unknown = letters.by_kind["unknown"]
    if mood != "hang up":
        assert site.arrived(letters) == Counter()
        # Negative control of the search below: as long as they wait, it finds them.
        assert len(codes) == len(letters.codes) and site.tables_with(*codes) == {"werkplaats_letter"}
        assert site.tables_with(*unknown) == {"werkplaats_letter"}
    for job in site.jobs(letters):
        assert job.status in ("todo", "doing", "succeeded")
        if job.status == "todo" and job.attempts:
            # The worker decided when, before PostgreSQL wrote it: a core may have stood still in between.
            assert 0 < job.pause <= 5 * 2 ** (job.attempts - 1)
    if name == LONG:
        all_is_refused_for_eleven_minutes(site)
    for_codes, for_all = well(site, letters)

    came, expired = site.arrived(letters), site.arrived(letters)[letters.expired]
    if mood == "hang up":
        # Taken without a word, it goes once more; by its Message-ID a mail program knows that it is the same.
        assert all(came[address] > times for address, times in letters.wanted.items())
        assert came.total() == sum(job.attempts for job in site.jobs(letters)) - 1  # the last of the expired code
    else:
        assert came == letters.wanted  # and so no code that had expired
    assert site.ids(letters) == letters.wanted
    [both] = letters.by_kind["two cafés"]
    cafes = [Letter(*mail).header("X-Cafe") for mail in server.taken if mail.recipients == [both]]
    assert cafes == sorted(cafes) and len(set(cafes)) == 2  # in the order in which they were asked for
    assert site.count("werkplaats_failedmail WHERE job > %s", letters.after) == 0
    assert site.count("werkplaats_letter") == 0 and site.tables_with(*unknown, *codes) == set()
    assert site.alarm().status == 200
    twice = came.total() - expired - letters.wanted.total()
    tell(site, letters, f"{twice} more than once; once well the codes took {for_codes:.1f} s, all {for_all:.1f} s")


def expire(site: Site, address: str) -> None:
    """A quarter of an hour goes by for the code that this address waits for."""
    [(letter,)] = site.ask(
        "UPDATE werkplaats_letter SET created_at = created_at - interval '16 minutes' WHERE \"to\" = %s RETURNING id",
        address,
    )
    site.ask(
        "UPDATE procrastinate_events SET at = at - interval '16 minutes' FROM procrastinate_jobs job"
        " WHERE job.id = job_id AND queue_name = 'codes' AND args->>'letter_id' = %s::text AND type = 'deferred'"
        " RETURNING job_id",
        letter,
    )


def tried(site: Site, letters: Letters) -> list[Job]:
    """The jobs but the one of the code that expired, which needs no server."""
    return [job for job in site.jobs(letters) if job.status != "succeeded"]


def all_is_refused_for_eleven_minutes(site: Site) -> None:
    """As the clock of the events has it."""
    assert site.alarm().status == 200
    site.ask(
        "UPDATE procrastinate_events SET at = at - interval '11 minutes' WHERE type = 'deferred_for_retry' AND at >"
        " coalesce((SELECT max(at) FROM procrastinate_events WHERE type = 'succeeded'), '-infinity') RETURNING id"
    )
    answer = site.alarm()
    assert answer.status == 503 and "de mailserver weigert al tien minuten alles" in json.loads(answer.body)["alarms"]


@pytest.mark.parametrize("name", FOR_GOOD)
def test_what_is_refused_for_good_is_lost_alone_and_told(site, name):
    server, lost = site.server, site.letters[name].lost
    server.mood, server.only = FOR_GOOD[name], lost
    letters = site.cause(name)
    waits = f"procrastinate_jobs WHERE id > %s AND {MAILS} AND status IN ('todo', 'doing')"
    assert until(lambda: site.count(waits, letters.after) == 0, 120), site.jobs(letters)
    server.only = set()

    came = Counter({address: times for address, times in letters.wanted.items() if address not in lost})
    assert site.arrived(letters) - Counter([letters.expired]) == came
    ends = {("failed", 1)} if name == EVERYBODY else {("succeeded", 1), ("failed", 1)}
    assert {(job.status, job.attempts) for job in site.jobs(letters)} == ends
    reasons = [
        reason for (reason,) in site.ask("SELECT reason FROM werkplaats_failedmail WHERE job > %s", letters.after)
    ]
    letters_lost = sum(letters.wanted[each] or 1 for each in lost)
    said = FOR_GOOD[name][1].replace(f"<{STRANGER}>", "<…@postvak.example>")
    said = said.replace("550 ", "550 MAIL FROM: ") if name == EVERYBODY else said
    assert reasons == [said] * letters_lost
    assert site.count("werkplaats_letter") == 0
    assert site.tables_with(*letters.by_kind["unknown"]) == set()
    # Negative control: an address of somebody who takes part is found.
    assert "events_registration" in site.tables_with(letters.by_kind["sign-up"][0])
    page = site.shell("print_today()")
    assert f"Kwam niet aan: {WHY[name]}" in page and not [each for each in (STRANGER, *lost) if each in page]
    assert len(FAILURE.findall(site.log.read_text())) >= [job.status for job in site.jobs(letters)].count("failed") > 0
    tell(site, letters, f"for good: {letters_lost} of them, as asked")


def test_the_log_tells_each_failure_and_no_address_and_nobody_noticed_anything_on_the_site(site):
    lines = site.log.read_text()
    events = f"procrastinate_events JOIN procrastinate_jobs job ON job.id = job_id AND {MAILS}"
    failures = site.count(f"{events} WHERE type IN ('deferred_for_retry', 'failed')")
    found = FAILURE.findall(lines)
    print(f"\n{len(found)} lines in the log about {failures} failures; {site.visitors.asked} pages asked meanwhile")
    assert failures == len(found)  # of the moods that this process played: the other may have played them all
    everybody = {address for letters in site.letters.values() for address in (*letters.wanted, letters.expired)}
    assert not [address for address in (*everybody, STRANGER) if address in lines]
    assert until(lambda: site.visitors.asked > 100, 120) and site.visitors.failed == []
    # A pool may be late for who asks while a core stands still; a mail server that is in the way stops many.
    assert site.visitors.again <= site.visitors.asked / 20


def tell(site: Site, letters: Letters, words: str) -> None:
    tries = sum(job.attempts for job in site.jobs(letters))
    failed = site.count("werkplaats_failedmail WHERE job > %s", letters.after)
    [(first,)] = site.ask(
        "SELECT max(started.at - asked.at) FROM procrastinate_jobs job"
        " JOIN procrastinate_events asked ON asked.job_id = job.id AND asked.type = 'deferred'"
        " JOIN LATERAL (SELECT min(at) AS at FROM procrastinate_events WHERE job_id = job.id AND type = 'started')"
        " started ON true WHERE job.id > %s AND queue_name = 'codes' AND asked.at > now() - interval '10 minutes'",
        letters.after,
    )
    print(
        f"\n{letters.name}: {letters.wanted.total()} letters, {tries} tries, {site.arrived(letters).total()} taken,"
        f" {failed} given up; codes tried within {first.total_seconds():.1f} s; {words}"
    )
