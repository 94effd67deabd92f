"""Pictures that wait are private: of a site as in production, a stranger gets those that are shown and no others."""

import psycopg
import pytest

from bench.load import Answer, Request, once
from bench.server import environment, free_port, manage, serving
from tests.helpers import migrated
from werkplaats.laptop import postgres

# What everyone may see, said once more and not as the triggers say it.
SHOWN = """
    SELECT picture_id FROM posts_post
    WHERE published_at IS NOT NULL AND removed_at IS NULL AND picture_shown_at IS NOT NULL
    UNION SELECT picture_id FROM polls_wensbeeld WHERE published_at IS NOT NULL AND removed_at IS NULL
    UNION SELECT picture_id FROM werkplaats_motto UNION SELECT header_id FROM werkplaats_site
    UNION SELECT drawing_id FROM werkplaats_site
"""
ALL = "SELECT name, id IN (SELECT picture_id FROM shown WHERE picture_id IS NOT NULL) FROM werkplaats_picture"


@pytest.fixture
def site(tmp_path):
    """The demo's content, served; its port and its database."""
    with postgres.throw_away() as database:
        port = free_port()
        variables = environment(tmp_path, database.url, port)
        manage(variables, "collectstatic", "--no-input", "--verbosity=0")
        migrated.fill(variables["DATABASE_URL"])
        manage(variables, "loaddemo", "--verbosity=0")
        with serving(variables, port), psycopg.connect(database.url, autocommit=True) as connection:
            yield port, connection


def pictures(connection) -> dict[str, bool]:
    """The address of each file, and whether everyone may see it."""
    rows = connection.execute(f"WITH shown AS ({SHOWN}) {ALL}").fetchall()
    ends = ("640.webp", "1600.webp", "deel.jpg")
    return {f"/media/{name}-{end}": shown for name, shown in rows for end in ends}


def asked(port: int, address: str, **headers: str) -> Answer:
    return once(port, Request("GET", address, headers))


def seen(port: int, found: dict[str, bool]) -> dict[str, bool]:
    """Whether a stranger gets each of these; what they get may be kept for ten minutes, the rest not at all."""
    answers = {address: asked(port, address) for address in found}
    for answer in answers.values():
        expected = {200: "public, max-age=600", 404: "private, no-store"}
        assert answer.header("cache-control") == expected[answer.status]
    return {address: answer.status == 200 for address, answer in answers.items()}


def test_a_stranger_sees_what_is_shown_and_nothing_else(site):
    port, connection = site
    # One waits, beside what the demo shows.
    one = "SELECT min(id) FROM polls_wensbeeld WHERE picture_id IS NOT NULL"
    connection.execute(f"UPDATE polls_wensbeeld SET published_at = NULL WHERE id = ({one})")
    found = pictures(connection)
    assert set(found.values()) == {True, False}
    assert seen(port, found) == found
    kept = {address: asked(port, address).header("etag") for address, shown in found.items() if shown}
    assert all(asked(port, address, **{"If-None-Match": etag}).status == 304 for address, etag in kept.items())
    shown = "picture_id IS NOT NULL AND removed_at IS NULL"
    connection.execute(f"UPDATE polls_wensbeeld SET removed_at = now() WHERE {shown}")
    after = pictures(connection)
    gone = {address for address in kept if not after[address]}
    assert gone
    assert seen(port, after) == after
    assert {asked(port, each, **{"If-None-Match": kept[each]}).status for each in gone} == {404}
