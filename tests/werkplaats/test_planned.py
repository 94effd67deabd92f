"""Statements that each connection plans once."""

import pytest
from django.db import connection

from werkplaats.database.planned import Planned

pytestmark = pytest.mark.django_db
DOUBLE = "SELECT %(number)s * 2, %(word)s || '!'"


def run(planned: Planned, **values) -> tuple:
    with connection.cursor() as cursor:
        planned.ready(cursor)
        cursor.execute(f"SELECT 1;{planned.call}", values)
        cursor.nextset()
        return cursor.fetchone()


def test_it_is_planned_once_and_runs_with_other_values(django_assert_num_queries):
    planned = Planned("double", DOUBLE, {"number": "bigint", "word": "text"})
    with django_assert_num_queries(2):
        assert run(planned, number=21, word="d'Hont %s") == (42, "d'Hont %s!")
        assert run(planned, number=None, word="ja") == (None, "ja!")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name = 'double'")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_another_connection_plans_it_itself():
    planned = Planned("double_again", DOUBLE, {"number": "bigint", "word": "text"})
    assert run(planned, number=1, word="een") == (2, "een!")
    connection.close()
    assert run(planned, number=2, word="twee") == (4, "twee!")
