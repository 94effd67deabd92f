"""Votes that were acknowledged are counted, each once: over real HTTP, and with proof that the race can go wrong."""

import threading
from collections import Counter

import psycopg
import pytest
from django.db import connection

from bench.load import Person, once_let_in
from bench.server import environment, free_port, manage, serving
from polls.voting.models import Ballot
from tests.events.race import together
from tests.helpers import factories, migrated
from werkplaats.laptop import postgres

pytestmark = pytest.mark.alone

VOTES, PEOPLE_AT_ONCE, TAPS = 1000, 32, 50


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of the database and the port of a site that is served as in production, with two polls."""
    with postgres.throw_away() as server:
        port = free_port()
        variables = environment(tmp_path_factory.mktemp("site"), server.url, port)
        manage(variables, "collectstatic", "--no-input", "--verbosity=0")
        migrated.fill(variables["DATABASE_URL"])
        open_polls(server.url)
        with serving(variables, port):
            yield server.url, port


def open_polls(url: str) -> None:
    with psycopg.connect(url) as database:
        for slug, repeat in (("vaak", True), ("eens", False)):
            values = {"slug": slug, "repeat": repeat}
            database.execute(
                "WITH poll AS (INSERT INTO polls_poll (slug, question, intro, repeat_votes, wensbeeld_prompt,"
                " on_landing_page, results_shown, is_of_room)"
                " VALUES (%(slug)s, 'Wat?', '', %(repeat)s, '', false, 'always', false)"
                " RETURNING id) INSERT INTO polls_choice (poll_id, text, answer, asks_wensbeeld, position)"
                " SELECT id, text, 'Dank', false, 0 FROM poll, unnest(ARRAY['ja', 'nee', 'nog niet']) text",
                values,
            )


def choices(url: str, slug: str) -> list[int]:
    sql = "SELECT c.id FROM polls_choice c JOIN polls_poll p ON p.id = c.poll_id WHERE p.slug = %s ORDER BY c.id"
    with psycopg.connect(url) as database:
        return [pk for (pk,) in database.execute(sql, [slug])]


def counted(url: str, slug: str) -> tuple[int, int, int]:
    """What the site counts (votes and people) and how many rows there are."""
    sql = (
        "SELECT COALESCE(sum(t.votes), 0), COALESCE(sum(t.first_votes), 0),"
        " (SELECT count(*) FROM polls_ballot b WHERE b.poll_id = p.id)"
        " FROM polls_poll p JOIN polls_choice c ON c.poll_id = p.id LEFT JOIN polls_tally t ON t.choice_id = c.id"
        " WHERE p.slug = %s GROUP BY p.id"
    )
    with psycopg.connect(url) as database:
        return database.execute(sql, [slug]).fetchone()


def vote(port: int, person: Person, slug: str, choice: int) -> int:
    """The status of the answer; the person keeps what it says of who they are. A vote has a number: twice is once."""
    answer = once_let_in(port, person.post(f"/peilingen/{slug}/stem/", choice=choice, number=1))
    person.keep(answer)
    return answer.status


def of_strangers(site, slug: str, amount: int) -> Counter:
    """How often which status, when so many browsers that were never here each vote once."""
    url, port = site
    options = choices(url, slug)

    def one(number: int) -> int:
        return vote(port, Person(port, f"/peilingen/{slug}/"), slug, options[number % 3])

    return Counter(together(one, list(range(amount)), threads=PEOPLE_AT_ONCE))


def test_1000_acknowledged_votes_are_1000_counted(site):
    before = counted(site[0], "vaak")
    assert of_strangers(site, "vaak", VOTES) == {200: VOTES}
    assert counted(site[0], "vaak") == tuple(count + VOTES for count in before)


@pytest.mark.parametrize(("slug", "other"), [("vaak", "eens"), ("eens", "vaak")])
def test_50_parallel_votes_of_one_person_are_one(site, slug, other):
    url, port = site
    person = Person(port, f"/peilingen/{slug}/")
    vote(port, person, other, choices(url, other)[0])  # so that the site knows who they are
    before, options = counted(url, slug), choices(url, slug)
    taps = [options[n % 3] for n in range(TAPS)]
    answers = together(lambda choice: (choice, vote(port, person, slug, choice)), taps, threads=TAPS)
    # Where the last one counts, each did; where the first does, whoever chose something else hears that it did not.
    counts = next(choice for choice, status in answers if status == 200)
    assert answers == [(choice, 200 if slug == "eens" or choice == counts else 409) for choice, _ in answers]
    assert counted(url, slug) == tuple(count + 1 for count in before)


def test_a_count_that_reads_before_it_writes_loses_votes(site):
    """The control: if this counts them all, the proof above cannot tell a good counter from a bad one."""
    url, _ = site
    name = "SELECT proname FROM pg_proc WHERE proname LIKE 'pgtrigger_keeps_tally%'"
    with psycopg.connect(url) as database:
        [function] = database.execute(name).fetchone()
        [kept] = database.execute("SELECT pg_get_functiondef(%s::regproc)", [function]).fetchone()
        database.execute(
            f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$"
            " DECLARE seen int; BEGIN"
            " SELECT votes INTO seen FROM polls_tally WHERE choice_id = NEW.choice_id ORDER BY shard LIMIT 1;"
            " PERFORM pg_sleep(0.01);"
            " UPDATE polls_tally SET votes = seen + 1 WHERE choice_id = NEW.choice_id AND shard ="
            " (SELECT min(shard) FROM polls_tally WHERE choice_id = NEW.choice_id); RETURN NULL; END $$"
        )
    votes, _, rows = counted(url, "vaak")
    try:
        assert of_strangers(site, "vaak", 100) == {200: 100}
        after, _, rows_after = counted(url, "vaak")
    finally:
        with psycopg.connect(url) as database:
            database.execute(kept)
    print(f"with a bad counter: {after - votes} of 100")
    assert rows_after == rows + 100
    assert after < votes + 100


@pytest.mark.django_db(transaction=True)
def test_looking_first_and_writing_then_counts_one_person_twice():
    """The control of "50 are one": without the rule of the database, asking politely lets some through."""
    poll, visitor = factories.poll(), factories.visitor()
    choice, looked = poll.choices.first(), threading.Barrier(TAPS)
    rule = next(rule for rule in Ballot._meta.constraints if rule.name == "one_ballot_per_number")

    def politely(_):
        if not poll.ballots.filter(visitor=visitor).exists():
            looked.wait(60)
            Ballot.objects.create(poll=poll, visitor=visitor, choice=choice)

    with connection.schema_editor() as editor:
        editor.remove_constraint(Ballot, rule)
    try:
        together(politely, list(range(TAPS)), threads=TAPS)
        assert poll.ballots.count() == TAPS
    finally:
        Ballot.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Ballot, rule)
