"""Common ground on the sentences of the plan: what people of each role think of a wording.

As `plan.reading.ground`, with its rule for what may be told: coordinators read figures, everyone reads words when
reacting is over. Each wording has its own: a thumb on the one before is no thumb on this one.
"""

import json
from collections.abc import Iterable

from django.db import connection

from plan.reading.ground import Ground, Row, grounds_now, kept, row_of

# A row with the id 0 brings the names of the roles.
READ = """
    WITH counted AS (
        SELECT t.wording_id AS id, COALESCE(t.role_id, 0) AS role, count(*) FILTER (WHERE t.value > 0) AS up,
            count(*) FILTER (WHERE t.value < 0) AS down
        FROM plan_wordingthumb t WHERE t.wording_id = ANY(%(pks)s) GROUP BY t.wording_id, t.role_id
    ), tables AS (
        SELECT id, jsonb_object_agg(role, jsonb_build_array(up, 0, down)) AS now FROM counted GROUP BY id
    )
    SELECT 0 AS id, NULL AS is_closed,
        (SELECT jsonb_agg(jsonb_build_array(id, COALESCE(NULLIF(plural, ''), name)) ORDER BY position, name)
            FROM werkplaats_role) AS now, NULL AS shown, NULL AS seen, NULL AS version
    UNION ALL
    SELECT w.id, question.closed_at IS NOT NULL, t.now, g.shown, g.seen, g.version
    FROM plan_wording w JOIN plan_sentence sentence ON sentence.id = w.sentence_id
    LEFT JOIN posts_question question ON question.id = sentence.question_id
    LEFT JOIN tables t ON t.id = w.id LEFT JOIN plan_wordingground g ON g.wording_id = w.id
    WHERE w.id = ANY(%(pks)s) AND (t.id IS NOT NULL OR g.wording_id IS NOT NULL)
"""
# Who was second to tell something anew writes nothing, and reads what the first told.
KEEP = """
    INSERT INTO plan_wordingground AS g (wording_id, shown, seen, version, at)
    SELECT w.id, said.shown, said.seen, 1, now()
    FROM jsonb_to_recordset(%(rows)s) AS said (id bigint, shown jsonb, seen jsonb, version int)
    JOIN plan_wording w ON w.id = said.id
    WHERE said.version IS NULL OR EXISTS (SELECT FROM plan_wordingground k WHERE k.wording_id = w.id)
    ORDER BY w.id
    ON CONFLICT (wording_id) DO UPDATE SET shown = EXCLUDED.shown, seen = EXCLUDED.seen, version = g.version + 1,
        at = EXCLUDED.at
    WHERE g.version = (
        SELECT said.version FROM jsonb_to_recordset(%(rows)s) AS said (id bigint, version int)
        WHERE said.id = EXCLUDED.wording_id
    )
    RETURNING wording_id
"""


def grounds_of(wordings: Iterable[int]) -> dict[int, Ground]:
    """The common ground of these wordings, of those that have thumbs.

    One query for any number of them; one more when something new is told of any. It writes what it tells, so not in a
    transaction that only reads.
    """
    return grounds_now(list(wordings), _read, _keep)


def _read(pks: list[int]) -> tuple[dict[int, Row], dict[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(READ, {"pks": pks})
        (_, _, roles, *_), *rows = sorted(cursor.fetchall(), key=lambda row: row[0])
    names = dict(json.loads(roles) if roles else [])
    return {
        pk: row_of(False, closed, now, shown, seen, version, None, None)
        for pk, closed, now, shown, seen, version in rows
    }, names


def _keep(anew: dict[int, Row]) -> set[int]:
    return kept(KEEP, anew)
