"""A migration that finds a table held gives way, and comes back."""

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from werkplaats.management.commands import migrate

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_held_table_is_tried_again_and_others_pass_meanwhile(monkeypatch, capsys):
    monkeypatch.setattr(migrate, "PAUSE", 0)
    tried, parameters = [], connection.get_connection_params()

    def handle(self, *args, **options):
        tried.append(1)
        if len(tried) == 2:
            holder.rollback()  # is answered, so the lock is gone: that of a closed connection goes some time later
            holder.close()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
            cursor.execute("ALTER TABLE posts_theme ALTER COLUMN name SET NOT NULL")

    monkeypatch.setattr(migrate.migrate.Command, "handle", handle)
    holder = psycopg.connect(
        **{name: parameters[name] for name in ("dbname", "host", "port", "user") if name in parameters}
    )
    holder.execute("SELECT 1 FROM posts_theme")  # as a dump holds it: until its transaction ends
    call_command("migrate")
    assert len(tried) == 2
    assert "even bezet" in capsys.readouterr().out


def test_another_fault_is_not_tried_again(monkeypatch):
    tried = []

    def handle(self, *args, **options):
        tried.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")

    monkeypatch.setattr(migrate.migrate.Command, "handle", handle)
    with pytest.raises(Exception, match="nowhere"):
        call_command("migrate")
    assert len(tried) == 1


def test_a_migration_may_take_long(monkeypatch):
    seen = {}

    def handle(self, *args, **options):
        with connection.cursor() as cursor:
            for name in ("statement_timeout", "lock_timeout"):
                cursor.execute(f"SHOW {name}")
                seen[name] = cursor.fetchone()[0]

    monkeypatch.setattr(migrate.migrate.Command, "handle", handle)
    call_command("migrate")
    assert seen["statement_timeout"] == "0"
