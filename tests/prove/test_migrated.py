"""The database that tests stand on is the one that `migrate` makes: the dump it is filled from leaves nothing out."""

import psycopg

from tests.helpers import migrated
from werkplaats.laptop import postgres

THINGS = """
    SELECT 'column', concat(attrelid::regclass, '.', attname),
        concat(format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated)
    FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped AND attrelid::regclass::text !~ '^(pg_|information_schema)'
    UNION ALL SELECT 'constraint', concat(conrelid::regclass, '.', conname), concat(contype, convalidated, confdeltype)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', indexrelid::regclass::text, regexp_replace(pg_get_indexdef(indexrelid), ' WHERE .*', '')
    FROM pg_index WHERE indrelid::regclass::text !~ '^pg_'
    UNION ALL SELECT 'trigger', concat(tgrelid::regclass, '.', tgname), concat(tgtype, tgenabled, tgfoid::regproc)
    FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', oid::regprocedure::text, concat(md5(prosrc), provolatile)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY 1, 2, 3
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"


def things(url: str) -> list[tuple]:
    """What there is in the database, and how many rows each of its tables has."""
    with psycopg.connect(url) as database:
        found = database.execute(THINGS).fetchall()
        for (table,) in database.execute(TABLES).fetchall():
            found.append(("rows", table, database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]))
    return found


def test_what_is_filled_from_the_dump_is_what_migrate_makes(tmp_path, monkeypatch):
    monkeypatch.setattr(migrated, "KEPT", tmp_path / "kept")
    found = []
    for _ in ("migrate, and keep", "fill from what was kept"):
        with postgres.throw_away() as server:
            migrated.fill(server.url)
            found.append(things(server.url))
    assert len(list((tmp_path / "kept").iterdir())) == 1
    assert {kind for kind, *_ in found[0]} == {"column", "constraint", "index", "trigger", "function", "rows"}
    assert found[0] == found[1]


def test_a_migration_that_changes_makes_another_dump(tmp_path, monkeypatch):
    (tmp_path / "posts/migrations").mkdir(parents=True)
    (tmp_path / "uv.lock").touch()
    (tmp_path / "posts/migrations/0001_initial.py").write_text("one")
    monkeypatch.setattr(migrated, "ROOT", tmp_path)
    first = migrated.fingerprint()
    assert migrated.fingerprint() == first
    (tmp_path / "posts/migrations/0001_initial.py").write_text("two")
    assert migrated.fingerprint() != first
